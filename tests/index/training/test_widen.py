"""A model gets pieces of its own for what is typed without marks."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from index.bundled import WEIGHTS, WORD_EMBEDDINGS
from index.tokenizer import ADDED_SCORE
from index.training.widen import widen_model

ADDED = ["▁dieu", "▁tha"]
COUNTS = {
    "dieu": Counter({"điều": 6, "diều": 3, "diễu": 1}),
    "tha": Counter({"thả": 1}),
    "khong": Counter({"không": 9}),  # was not chosen
}


@pytest.fixture
def wide(tiny: Path, tmp_path: Path) -> Path:
    widen_model(tiny, tmp_path / "wide", ADDED, COUNTS)
    return tmp_path / "wide"


def tokenizer_of(folder: Path) -> Tokenizer:
    return Tokenizer.from_file(str(folder / "tokenizer.json"))


def test_new_rows_are_means_weighed_by_how_often_each_is_written(tiny: Path, wide: Path) -> None:
    before, after = load_file(tiny / WEIGHTS), load_file(wide / WEIGHTS)
    words = before[WORD_EMBEDDINGS]
    cut = tokenizer_of(tiny)

    def row(syllable: str) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        return np.asarray(words[cut.encode(syllable, add_special_tokens=False).ids].mean(axis=0))

    dieu = 0.6 * row("điều") + 0.3 * row("diều") + 0.1 * row("diễu")
    assert len(after[WORD_EMBEDDINGS]) == len(words) + 2
    assert np.array_equal(after[WORD_EMBEDDINGS][: len(words)], words)
    assert np.allclose(after[WORD_EMBEDDINGS][len(words) :], [dieu, row("thả")], atol=1e-6)


def test_all_but_the_words_stays(tiny: Path, wide: Path) -> None:
    before, after = load_file(tiny / WEIGHTS), load_file(wide / WEIGHTS)
    assert set(before) == set(after)
    for name in set(before) - {WORD_EMBEDDINGS}:
        assert np.array_equal(before[name], after[name])
    files = {path.relative_to(tiny) for path in tiny.rglob("*")}
    assert {path.relative_to(wide) for path in wide.rglob("*")} == files


def test_pieces_and_size_follow_the_rows(tiny: Path, wide: Path) -> None:
    narrow, cut = tokenizer_of(tiny), tokenizer_of(wide)
    size = narrow.get_vocab_size()
    assert [cut.id_to_token(row) for row in range(size)] == [
        narrow.id_to_token(row) for row in range(size)
    ]
    assert [cut.token_to_id(piece) for piece in ADDED] == [size, size + 1]
    assert cut.encode("tha dieu", add_special_tokens=False).tokens == ["▁tha", "▁dieu"]
    assert cut.encode("điều 6").ids == narrow.encode("điều 6").ids
    assert json.loads((wide / "config.json").read_text("utf-8"))["vocab_size"] == size + 2
    vocabulary = json.loads((wide / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    assert [score for _, score in vocabulary[size:]] == [ADDED_SCORE] * 2


def test_what_was_in_the_target_is_replaced_and_the_base_stays(tiny: Path, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in tiny.rglob("*") if path.is_file()}
    target = tmp_path / "wide"
    target.mkdir()
    (target / "left.txt").write_text("", "utf-8")
    widen_model(tiny, target, ADDED, COUNTS)
    assert not (target / "left.txt").exists()
    assert {path: path.read_bytes() for path in tiny.rglob("*") if path.is_file()} == before
