"""How text is cut, over a small vocabulary of our own."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from index.tokenizer import ADDED_SCORE, MASK, SPECIALS, build_tokenizer

LETTERS = "▁abcdeghiklmnopqrstuvxyàáảãạăâđèéêềếệìíòóôồốộơờớợùúưừứựý0123456789/.,()"
WORDS = {"▁được": -5.0, "▁thả": -6.0, "▁diều": -6.0, "▁đ": -9.0, "ược": -9.0, "▁duoc": ADDED_SCORE}
PIECES = [*SPECIALS, *LETTERS, *WORDS, MASK]
SCORES = [0.0] * len(SPECIALS) + [-12.0] * len(LETTERS) + [*WORDS.values()] + [0.0]
TOKENIZER = build_tokenizer(PIECES, SCORES)


def tokens(text: str) -> list[str]:
    """Return the pieces of a text without its frame."""
    return list(TOKENIZER.encode(text, add_special_tokens=False).tokens)


def test_ids_are_the_rows_of_the_pieces() -> None:
    assert [TOKENIZER.token_to_id(piece) for piece in PIECES] == list(range(len(PIECES)))
    assert TOKENIZER.get_vocab_size() == len(PIECES)


def test_every_piece_needs_a_score() -> None:
    with pytest.raises(ValueError, match="argument 2 is shorter"):
        build_tokenizer(PIECES, SCORES[:-1])


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("được", ["▁được"]),
        ("được thả diều", ["▁được", "▁thả", "▁diều"]),
        ("duoc", ["▁duoc"]),  # an added piece wins over its letters
        ("được.", ["▁được", "."]),
        ("ược", ["▁", "ược"]),
        ("do", ["▁", "d", "o"]),
        ("", []),
        (" \n\t ", []),
    ],
)
def test_the_likeliest_cut_is_taken(text: str, cut: list[str]) -> None:
    assert tokens(text) == cut


@pytest.mark.parametrize(
    "typed",
    [
        unicodedata.normalize("NFD", "được thả"),
        "  được   thả  ",
        "được\nthả",
        "được\u00a0thả",
        "được\u200bthả",
        "\ufeffđược\x00thả",
        "được\r\n\tthả\x7f",
    ],
)
def test_unicode_form_and_blanks_do_not_matter(typed: str) -> None:
    assert tokens(typed) == ["▁được", "▁thả"]


def test_letters_that_only_look_different_are_one() -> None:
    assert tokens("ｄuoc") == tokens("duoc")
    assert tokens("10²") == tokens("102")


def test_what_has_no_piece_is_unknown() -> None:
    assert TOKENIZER.encode("漢").ids == [0, TOKENIZER.token_to_id("▁"), 3, 2]


def test_a_text_and_a_pair_are_framed_as_xlm_roberta_does() -> None:
    one, two = TOKENIZER.token_to_id("▁thả"), TOKENIZER.token_to_id("▁diều")
    assert TOKENIZER.encode("thả").ids == [0, one, 2]
    assert TOKENIZER.encode("").ids == [0, 2]
    assert TOKENIZER.encode("thả", "diều").ids == [0, one, 2, 2, two, 2]


def test_a_tokenizer_is_the_same_once_saved() -> None:
    again = Tokenizer.from_str(TOKENIZER.to_str())
    text = "Được thả  diều 漢 từ 7 giờ"
    assert again.encode(text).ids == TOKENIZER.encode(text).ids


@given(st.lists(st.text(LETTERS[1:], min_size=1, max_size=8), max_size=6))
def test_known_letters_are_given_back(words: list[str]) -> None:
    text = " ".join(words)
    assert TOKENIZER.decode(TOKENIZER.encode(text).ids) == text


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_decomposed_text_is_cut_alike(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    assert TOKENIZER.encode(decomposed).ids == TOKENIZER.encode(text).ids
