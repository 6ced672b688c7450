"""What is looked up by words."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.terms import pack_terms, terms_of, unpack_terms, words_of


def test_terms_are_syllables_then_pairs() -> None:
    assert list(terms_of("Sổ đỏ, 5 năm")) == ["sổ", "đỏ", "5", "năm", "sổ đỏ", "đỏ 5", "5 năm"]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_two_customs_of_writing_the_tone_are_one_term(form: str) -> None:
    typed = unicodedata.normalize(form, "Hoá đơn, sức KHOẺ")  # type: ignore[arg-type]
    assert list(terms_of(typed)) == list(terms_of("hóa đơn sức khỏe"))


@pytest.mark.parametrize("text", ["", "…", " – "])
def test_nothing_to_look_up_has_no_terms(text: str) -> None:
    assert list(terms_of(text)) == []


@given(st.text(max_size=40))
def test_pairs_are_of_neighbours(text: str) -> None:
    words, terms = words_of(text), list(terms_of(text))
    assert terms[: len(words)] == words
    assert len(terms) == max(0, 2 * len(words) - 1)
    assert terms[len(words) :] == [f"{one} {two}" for one, two in pairwise(words)]


@pytest.mark.parametrize("terms", [[], ["đ"], ["sổ", "sổ đỏ", "2"]])
def test_packed_terms_come_back_with_their_numbers(terms: list[str]) -> None:
    packed = pack_terms(terms)
    assert packed.dtype == "uint8"
    assert unpack_terms(packed) == {term: number for number, term in enumerate(terms)}
