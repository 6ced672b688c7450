"""Embedding that goes on where it was cut short."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.resuming import ResumingEncoder
from index.types import FloatArray
from tests.toys import ToyEncoder

TEXTS = ["thả diều", "giờ thả diều", "dây diều"]
RECORD = 4 + 16 + 4 * 64  # bytes: checksum, digest, vector


def written(folder: Path) -> Path:
    (file,) = folder.iterdir()
    return file


def asked_anew(folder: Path) -> int:
    """Return how many of `TEXTS` the next run has to encode; their vectors must be right."""
    encoder = ResumingEncoder(ToyEncoder(), folder)
    assert np.array_equal(encoder.encode_passages(TEXTS), ToyEncoder().encode_passages(TEXTS))
    return encoder.encoded


def test_what_an_earlier_run_encoded_is_not_encoded_again(tmp_path: Path) -> None:
    ResumingEncoder(ToyEncoder(), tmp_path).encode_passages(TEXTS[:2])
    inner = ToyEncoder()
    encoder = ResumingEncoder(inner, tmp_path)
    vectors = encoder.encode_passages(TEXTS)
    assert np.array_equal(vectors, ToyEncoder().encode_passages(TEXTS))
    assert vectors.dtype == np.float32
    assert inner.passages_encoded == encoder.encoded == 1
    assert asked_anew(tmp_path) == 0


def test_within_one_run_nothing_is_encoded_twice(tmp_path: Path) -> None:
    inner = ToyEncoder()
    encoder = ResumingEncoder(inner, tmp_path)
    for texts in (TEXTS[:1], TEXTS[:2], TEXTS[::-1]):
        encoder.encode_passages(texts)
    assert inner.passages_encoded == 3
    assert asked_anew(tmp_path) == 0  # each batch was added to those before


def test_a_question_is_no_passage_of_the_same_words(tmp_path: Path) -> None:
    class TwoSided(ToyEncoder):
        def encode_queries(self, texts: Sequence[str]) -> FloatArray:
            return -super().encode_queries(texts)

    ResumingEncoder(TwoSided(), tmp_path).encode_passages(TEXTS)
    encoder = ResumingEncoder(TwoSided(), tmp_path)
    assert np.array_equal(encoder.encode_queries(TEXTS), -ToyEncoder().encode_queries(TEXTS))
    assert encoder.encoded == 3
    assert np.array_equal(encoder.encode_passages(TEXTS), ToyEncoder().encode_passages(TEXTS))
    assert encoder.encoded == 3


def test_vectors_of_another_encoder_are_not_taken(tmp_path: Path) -> None:
    ResumingEncoder(ToyEncoder(), tmp_path).encode_passages(TEXTS)
    other = ResumingEncoder(ToyEncoder(dimension=8, identity="toy@2"), tmp_path)
    assert (other.identity, other.dimension) == ("toy@2", 8)
    assert other.encode_passages(TEXTS).shape == (3, 8)
    assert other.encoded == 3
    assert asked_anew(tmp_path) == 0  # each has a file of its own


@pytest.mark.parametrize("kept", [0, 1, RECORD - 1, RECORD, RECORD + 5, 3 * RECORD - 1])
def test_a_file_cut_short_gives_its_whole_records(tmp_path: Path, kept: int) -> None:
    ResumingEncoder(ToyEncoder(), tmp_path).encode_passages(TEXTS)
    file = written(tmp_path)
    file.write_bytes(file.read_bytes()[:kept])
    assert asked_anew(tmp_path) == 3 - kept // RECORD
    assert asked_anew(tmp_path) == 0  # what was half written is no longer in the way


@pytest.mark.parametrize("place", [0, RECORD - 1, RECORD, RECORD + 4, RECORD + 20])
def test_a_damaged_record_ends_what_is_read(tmp_path: Path, place: int) -> None:
    ResumingEncoder(ToyEncoder(), tmp_path).encode_passages(TEXTS)
    file = written(tmp_path)
    content = bytearray(file.read_bytes())
    content[place] ^= 1
    file.write_bytes(content)
    assert asked_anew(tmp_path) == 3 - place // RECORD
    assert asked_anew(tmp_path) == 0


def test_nothing_is_written_before_something_is_encoded(tmp_path: Path) -> None:
    folder = tmp_path / "embedding"
    encoder = ResumingEncoder(ToyEncoder(), folder)
    assert encoder.encode_passages([]).shape == encoder.encode_queries([]).shape == (0, 64)
    assert not folder.exists()
    encoder.encode_queries(TEXTS)
    assert written(folder).is_file()


def test_what_is_forgotten_is_encoded_again(tmp_path: Path) -> None:
    encoder = ResumingEncoder(ToyEncoder(), tmp_path)
    encoder.forget()  # nothing yet
    encoder.encode_passages(TEXTS)
    encoder.forget()
    assert list(tmp_path.iterdir()) == []
    encoder.encode_passages(TEXTS[:1])
    assert encoder.encoded == 4
    assert asked_anew(tmp_path) == 2


def test_a_folder_that_cannot_be_made_costs_only_the_memory(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("", "utf-8")
    folder = tmp_path / "taken" / "embedding"
    assert asked_anew(folder) == 3
    assert asked_anew(folder) == 3


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(st.booleans(), st.lists(st.sampled_from([*TEXTS, "", "ơi"]), max_size=5)),
        max_size=6,
    )
)
def test_the_vectors_are_those_of_the_encoder(batches: list[tuple[bool, list[str]]]) -> None:
    plain = ToyEncoder()
    with TemporaryDirectory() as folder:
        for is_question, texts in batches:  # each batch by a process of its own
            encoder = ResumingEncoder(ToyEncoder(), Path(folder))
            encode = encoder.encode_queries if is_question else encoder.encode_passages
            expected = plain.encode_queries(texts) if is_question else plain.encode_passages(texts)
            assert np.array_equal(encode(texts), expected)
