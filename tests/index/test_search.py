"""Search, fusion, FAISS and the saved index, on hand-made clauses and the toy encoder."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus.library import Library, build_library
from corpus.model import Metadata
from corpus.parsing import parse
from index.errors import StoredIndexError
from index.fusion import fuse
from index.search import ClauseIndex
from index.store import load_index, save_index, stored_index_problem
from index.vectors import VectorIndex
from tests.toys import BruteForce, ToyEncoder

TEXT = (
    "Điều 1. Phạm vi\n1. Quy định về hộp thư.\n2. Quy định về con mèo.\nĐiều 2. Phí\nKhông thu phí."
)


@pytest.fixture
def library() -> Library:
    return build_library([parse(TEXT, Metadata(number="999/2099/NĐ-CP", title="Thử"))])


def test_faiss_agrees_with_brute_force_on_scores() -> None:
    random = np.random.default_rng(7)
    vectors = random.standard_normal((500, 64)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    scores, rows = VectorIndex.build(vectors).search(vectors[:20], 10)
    expected, expected_rows = BruteForce(vectors).search(vectors[:20], 10)
    np.testing.assert_allclose(scores, expected, atol=1e-5)
    np.testing.assert_array_equal(rows, expected_rows)


def test_fusion_by_hand() -> None:
    dense = np.array([0.9, 0.8, 0.7], np.float32)
    lexical = np.array([0.0, 4.0, 2.0], np.float32)
    # scaled: dense 1, .5, 0; lexical 0, 1, .5; half of each
    np.testing.assert_allclose(
        fuse(dense, lexical, lexical_weight=0.5), [0.5, 0.75, 0.25], atol=1e-6
    )


def test_the_clause_sharing_the_words_comes_first(library: Library) -> None:
    index = ClauseIndex.build(library.clauses, ToyEncoder())
    hits = index.search("con mèo", 2)
    assert hits[0].clause.provision_id == "dieu-1.khoan-2"
    assert index.search("con mèo", documents=["other"]) == []


def test_nothing_is_embedded_twice(library: Library) -> None:
    encoder = ToyEncoder()
    first = ClauseIndex.build(library.clauses, encoder)
    before = encoder.passages_encoded
    ClauseIndex.build(library.clauses, encoder, previous=first)
    assert encoder.passages_encoded == before == 3


def test_a_saved_index_answers_the_same(library: Library, tmp_path: Path) -> None:
    encoder = ToyEncoder()
    index = ClauseIndex.build(library.clauses, encoder)
    save_index(index, tmp_path, library.content_hash)
    loaded = load_index(
        tmp_path, encoder=encoder, library_hash=library.content_hash, clauses=library.clauses
    )
    assert loaded.search("hộp thư") == index.search("hộp thư")


def test_an_index_of_another_model_or_library_is_refused(library: Library, tmp_path: Path) -> None:
    save_index(ClauseIndex.build(library.clauses, ToyEncoder()), tmp_path, library.content_hash)
    for encoder, library_hash in (
        (ToyEncoder(identity="toy@2"), library.content_hash),
        (ToyEncoder(), "other"),
    ):
        with pytest.raises(StoredIndexError, match=r"expected .* python app\.py index"):
            load_index(
                tmp_path, encoder=encoder, library_hash=library_hash, clauses=library.clauses
            )


def test_a_damaged_file_is_noticed(library: Library, tmp_path: Path) -> None:
    save_index(ClauseIndex.build(library.clauses, ToyEncoder()), tmp_path, library.content_hash)
    (stored,) = tmp_path.glob("generation-*/passages.faiss")
    data = bytearray(stored.read_bytes())
    data[-1] ^= 1
    stored.write_bytes(bytes(data))
    with pytest.raises(StoredIndexError, match=r"checksum of passages\.faiss"):
        load_index(
            tmp_path,
            encoder=ToyEncoder(),
            library_hash=library.content_hash,
            clauses=library.clauses,
        )


def test_a_missing_index_names_the_command(tmp_path: Path) -> None:
    problem = stored_index_problem(tmp_path, encoder_identity="toy@1", library_hash="x")
    assert problem is not None
    assert "python app.py index" in problem
