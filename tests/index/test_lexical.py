"""BM25 over syllables and pairs, against scores worked out by hand and by a plain loop."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.text import syllables
from index.lexical import LexicalIndex

TEXTS = ["kế hoạch năm", "kế hoạch", "điểm đ khoản 2"]


def plain_bm25(texts: list[str], question: str, k1: float = 1.5, b: float = 0.75) -> list[float]:
    """The textbook formula, term by term."""

    def terms(text: str) -> list[str]:
        words = syllables(text)
        return words + [f"{one} {two}" for one, two in pairwise(words)]

    rows = [Counter(terms(text)) for text in texts]
    lengths = [sum(row.values()) for row in rows]
    mean = sum(lengths) / len(lengths)
    scores = []
    for row, length in zip(rows, lengths, strict=True):
        score = 0.0
        for term in terms(question):
            having = sum(term in other for other in rows)
            idf = math.log(1 + (len(rows) - having + 0.5) / (having + 0.5))
            held_back = k1 * (1 - b + b * length / max(mean, 1))
            score += idf * row[term] / (row[term] + held_back) if row[term] else 0.0
        scores.append(score)
    return scores


def test_scores_worked_out_by_hand() -> None:
    # Lengths with pairs: 5, 3, 7; mean 5. "kế", "hoạch", "kế hoạch" are in two of three rows:
    # idf = ln(1 + 1.5 / 2.5) = ln 1.6, counted three times; "năm" and "hoạch năm" in one:
    # idf = ln(1 + 2.5 / 1.5) = ln(8 / 3). Row 1 has the mean length: 1 / (1 + 1.5).
    index = LexicalIndex.build(TEXTS)
    scores = index.scores("kế hoạch năm")
    first = (3 * math.log(1.6) + 2 * math.log(8 / 3)) / 2.5
    second = 3 * math.log(1.6) / (1 + 1.5 * (0.25 + 0.75 * 3 / 5))
    np.testing.assert_allclose(scores, [first, second, 0.0], rtol=1e-6)
    assert scores.dtype == np.float32


SYLLABLE = st.sampled_from(["kế", "hoạch", "5", "đ", "ở", "năm", "2"])
TEXT = st.lists(SYLLABLE, max_size=12).map(" ".join)


@settings(max_examples=80, deadline=None)
@given(texts=st.lists(TEXT, min_size=1, max_size=8), question=TEXT)
def test_agrees_with_the_textbook_formula(texts: list[str], question: str) -> None:
    scores = LexicalIndex.build(texts).scores(question)
    np.testing.assert_allclose(scores, plain_bm25(texts, question), rtol=1e-4, atol=1e-6)


@settings(max_examples=80, deadline=None)
@given(texts=st.lists(TEXT, min_size=1, max_size=8), question=TEXT, unknown=st.integers(0, 3))
def test_no_row_attains_what_is_attainable(texts: list[str], question: str, unknown: int) -> None:
    index = LexicalIndex.build(texts)
    asked = question + " lạ" * unknown
    attainable = index.attainable(asked)
    assert (index.scores(asked) < attainable).all() or not asked.strip()
    assert attainable >= index.attainable(question)
    assert index.attainable("") == 0


@pytest.mark.parametrize("question", ["2", "đ", "điểm đ"])
def test_single_characters_and_numbers_count(question: str) -> None:
    scores = LexicalIndex.build(TEXTS).scores(question)
    assert scores.argmax() == 2
    assert (scores[:2] == 0).all()


def test_case_and_normal_form_do_not_matter() -> None:
    index = LexicalIndex.build([unicodedata.normalize("NFD", TEXTS[0].upper()), *TEXTS[1:]])
    composed, decomposed = (
        index.scores(unicodedata.normalize("NFC", "Kế HOẠCH năm")),
        index.scores(unicodedata.normalize("NFD", "kế hoạch NĂM")),
    )
    np.testing.assert_array_equal(composed, decomposed)
    np.testing.assert_array_equal(composed, LexicalIndex.build(TEXTS).scores("kế hoạch năm"))


def test_unknown_syllables_break_pairs() -> None:
    index = LexicalIndex.build(["kế hoạch", "kế và hoạch"])
    with_gap = index.scores("kế lạ hoạch")
    apart = index.scores("kế") + index.scores("hoạch")
    np.testing.assert_allclose(with_gap, apart, rtol=1e-6)


@pytest.mark.parametrize(
    ("term", "rows"),
    [
        ("kế", [0, 1, 3]),
        ("kế hoạch", [0, 1]),
        ("hoạch kế", []),
        ("năm", [0]),
        ("khoản 2", [2]),
        ("rồng", []),
        ("kế rồng", []),
        ("rồng kế", []),
    ],
)
def test_rows_having_a_syllable_or_a_pair(term: str, rows: list[int]) -> None:
    index = LexicalIndex.build([*TEXTS, "hoạch rồi kế"])
    assert index.rows_having(term).tolist() == rows


def test_two_customs_of_writing_the_tone_are_found_alike() -> None:
    index = LexicalIndex.build(["hoá đơn", "sức khoẻ"])
    assert index.scores("hóa đơn").argmax() == 0
    assert index.rows_having("khỏe").tolist() == [1]


@pytest.mark.parametrize("texts", [[], [""], ["", "—"]])
def test_nothing_to_index_scores_nothing(texts: list[str]) -> None:
    index = LexicalIndex.build(texts)
    assert index.scores("kế hoạch").tolist() == [0.0] * len(texts)


@pytest.mark.parametrize("texts", [TEXTS, [], ["đ"]])
def test_arrays_bring_it_all_back(texts: list[str]) -> None:
    index = LexicalIndex.build(texts)
    again = LexicalIndex.from_arrays(index.arrays())
    assert again.numbers == index.numbers
    assert again.size == index.size
    np.testing.assert_array_equal(again.scores("kế hoạch đ"), index.scores("kế hoạch đ"))
    assert not any(array.dtype.hasobject for array in index.arrays().values())
