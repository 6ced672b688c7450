"""The vocabulary: syllables typed without marks get pieces of their own."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from index.bundled import WEIGHTS, WORD_EMBEDDINGS, prepare_bundled_encoder
from index.bundled_data import read_unmarked_pieces
from index.training.vocabulary import choose_unmarked_pieces, count_unmarked
from index.training.widen import widen_model


def test_counts_what_loses_its_marks_to_the_same_syllable() -> None:
    counts = count_unmarked(["Được hay dược, được duoc; số 12"])
    assert counts["duoc"] == {"được": 2, "dược": 1, "duoc": 1}
    assert counts["Duoc"] == {"Được": 1}
    assert "12" not in counts


def test_added_are_frequent_short_syllables_without_a_piece() -> None:
    counts = {
        "duoc": Counter({"được": 20, "dược": 5}),
        "hay": Counter({"hay": 90}),
        "hiem": Counter({"hiếm": 24}),
        "DUOC": Counter({"ĐƯỢC": 90}),
        "trachnhiem": Counter({"tráchnhiệm": 90}),
        "cua": Counter({"của": 70}),
    }
    assert choose_unmarked_pieces(counts, {"▁hay"}) == ["▁cua", "▁duoc"]


def test_a_new_piece_starts_as_the_mean_of_what_it_may_stand_for(tmp_path: Path) -> None:
    base = prepare_bundled_encoder(tmp_path / "cache", tuned=False)
    counts = {"duoc": Counter({"được": 3, "dược": 1})}
    widen_model(base, tmp_path / "wide", ["▁duoc"], counts)
    before, after = load_file(base / WEIGHTS), load_file(tmp_path / "wide" / WEIGHTS)
    narrow, wide = (
        Tokenizer.from_file(str(folder / "tokenizer.json")) for folder in (base, tmp_path / "wide")
    )
    words = before[WORD_EMBEDDINGS].astype(np.float32)
    rows = {s: words[narrow.encode(s, add_special_tokens=False).ids].mean(axis=0) for s in
            ("được", "dược")}  # fmt: skip
    added = after[WORD_EMBEDDINGS][len(words) :]
    np.testing.assert_allclose(added, [(3 * rows["được"] + rows["dược"]) / 4], atol=1e-3)
    assert wide.encode("duoc", add_special_tokens=False).ids == [len(words)]
    assert len(narrow.encode("duoc", add_special_tokens=False).ids) > 1
    assert wide.encode("được dược").ids == narrow.encode("được dược").ids


def test_shipped_encoder_cuts_unmarked_text_into_whole_syllables(tmp_path: Path) -> None:
    folder = prepare_bundled_encoder(tmp_path, tuned=True)
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    asked = "truong hop nao thi duoc tu choi tiep nhan van ban dien tu"
    assert tokenizer.encode(asked, add_special_tokens=False).tokens == [
        f"▁{syllable}" for syllable in asked.split()
    ]
    assert len(read_unmarked_pieces()) == len(set(read_unmarked_pieces()))
