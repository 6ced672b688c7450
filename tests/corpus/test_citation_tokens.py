"""Tokens of a citation, and marker words typed without care."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.citation_tokens import Token, tokenize, typed_as
from corpus.text import fold


def word(text: str) -> Token:
    (token,) = tokenize(text)
    return token


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("khoản 2 Điều 6", ["khoản", "2", "Điều", "6"]),
        ("k2đ6", ["k", "2", "đ", "6"]),
        ("137/2024/NĐ-CP", ["137", "/", "2024", "/", "NĐ", "-", "CP"]),
        ("(a)…", ["(", "a", ")", "…"]),
        (" \n", []),
        ("", []),
    ],
)
def test_letters_digits_and_signs_part(text: str, words: list[str]) -> None:
    assert [token.text for token in tokenize(text)] == words


@given(st.text(max_size=80))
def test_tokens_stand_where_they_say_and_leave_only_blanks_between(text: str) -> None:
    at = 0
    for token in tokenize(text):
        assert text[token.start : token.end] == token.text
        assert token.bare == fold(token.text)
        assert token.glued is (token.start == at > 0)
        assert not text[at : token.start].strip("_ \t").strip()
        at = token.end
    assert not text[at:].strip("_ \t").strip()


def test_what_is_written_together_is_glued() -> None:
    assert [token.glued for token in tokenize("k2 đ6.")] == [False, True, False, True, True]


@pytest.mark.parametrize(
    ("text", "number", "letter"),
    [
        ("6", True, False),
        ("2024", True, False),
        ("٣", False, False),  # a digit, but none of ours
        ("đ", False, True),
        ("NĐ", False, False),
        ("/", False, False),
    ],
)
def test_numbers_and_single_letters(text: str, number: bool, letter: bool) -> None:
    assert (word(text).is_number, word(text).is_letter) == (number, letter)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("điều", "điều"),
        ("ĐIỀU", "điều"),
        ("dieu", "điều"),
        ("đieu", "điều"),
        ("điêu", "điều"),
        ("dièu", "điều"),
        ("khoan", "khoản"),
        ("khỏan", "khoản"),  # the tone on the other vowel
        ("khoản", "Khoản"),
    ],
)
def test_a_marker_may_lack_marks(typed: str, meant: str) -> None:
    assert typed_as(word(typed), meant)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("khoán", "khoản"),
        ("điếu", "điều"),
        ("điểm", "điều"),
        ("điễm", "điểm"),
        ("điểm", "diem"),  # the plain word has no marks to leave out
        ("dieus", "điều"),
        ("6", "điều"),
    ],
)
def test_a_word_with_another_mark_or_letter_is_no_marker(typed: str, meant: str) -> None:
    assert not typed_as(word(typed), meant)
