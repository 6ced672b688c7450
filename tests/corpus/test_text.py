"""One Unicode form, folding, syllables, and what is no text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import TextError
from corpus.text import check_text, clean, fold, nfc, one_line, syllables

SENTENCE = "Đơn vị được cấp phép quay Ở khoản 2, điểm đ"
VIETNAMESE = st.text(
    alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạằẵếộợừỷỵĐƯỞẪ 0123456789.,;-_\n\t", max_size=60
)
ANY_TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\t\n\r\v\f\x85"), max_size=60
)


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_every_spelling_of_the_marks_becomes_one(form: str) -> None:
    typed = unicodedata.normalize("NFD" if "D" in form else "NFC", SENTENCE)
    assert nfc(typed) == SENTENCE
    assert fold(typed) == fold(SENTENCE)
    assert syllables(typed) == syllables(SENTENCE)
    assert clean(typed) == SENTENCE


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Điều", "dieu"),
        ("ĐƯỜNG phố Ở", "duong pho o"),
        ("Ðiều ðường", "dieu duong"),  # eth, as some keyboards type it
        ("khoản 2", "khoan 2"),
        ("dieu 6", "dieu 6"),
        ("", ""),
    ],
)
def test_folding_takes_case_marks_and_strokes_away(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(VIETNAMESE)
def test_folding_vietnamese_gives_plain_letters_and_is_final(text: str) -> None:
    folded = fold(text)
    assert folded.isascii()
    assert folded == folded.lower()
    assert len(folded) == len(nfc(text))
    assert fold(folded) == folded


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Khoản 2, điểm đ.", ["khoản", "2", "điểm", "đ"]),
        ("137/2024/NĐ-CP", ["137", "2024", "nđ", "cp"]),
        ("dieu_6", ["dieu", "6"]),
        ("k2d6", ["k2d6"]),
        (" \n…—", []),
        ("", []),
    ],
)
def test_syllables_are_runs_of_letters_and_digits(text: str, found: list[str]) -> None:
    assert syllables(text) == found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Điều\x00", r"^control character U\+0000 at character 4: expected plain text"),
        ("\x1b[31m", r"^control character U\+001B at character 0"),
        ("ab\x7f", r"^control character U\+007F at character 2"),
        ("a\x9f", r"^control character U\+009F at character 1"),
        ("a\ud800", r"^lone surrogate U\+D800 at character 1"),
        ("\udfffa", r"^lone surrogate U\+DFFF at character 0"),
    ],
)
def test_what_is_no_text_is_refused_with_its_place(text: str, words: str) -> None:
    for look in (check_text, clean, one_line):
        with pytest.raises(TextError, match=words):
            look(text)


@pytest.mark.parametrize("text", ["", "Điều 6\tkhoản 2\r\n", "a\x0bb\x0cc\x85d\u2028", "😀"])
def test_text_with_tabs_and_line_ends_of_any_kind_is_text(text: str) -> None:
    check_text(text)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\r\nb\rc\vd\fe\x85f\u2028g\u2029h\ni", "a\nb\nc\nd\ne\nf\ng\nh\ni"),
        ("a\r\n\r\nb", "a\n\nb"),
        ("\ufeffĐi\u00adều\u200b 6\u2060", "Điều 6"),
        ("e\u200b\u0302", "ê"),  # the mark joins its letter once nothing stands between
        ("  a\t b  ", "  a\t b  "),
        ("", ""),
    ],
)
def test_a_document_keeps_one_kind_of_line_end_and_nothing_invisible(text: str, kept: str) -> None:
    assert clean(text) == kept


@given(ANY_TEXT)
def test_cleaning_is_final(text: str) -> None:
    once = clean(text)
    assert clean(once) == once == nfc(once)
    assert not set(once) & set("\r\v\f\x85\u2028\u2029\u00ad\u200b\ufeff")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  khoản\t2 \n điều  6 ", "khoản 2 điều 6"),
        ("điều\u00a06", "điều 6"),
        ("điều\u20286", "điều 6"),
        (" \n ", ""),
        ("", ""),
    ],
)
def test_a_question_stands_on_one_line(typed: str, kept: str) -> None:
    assert one_line(typed) == kept


@given(ANY_TEXT)
def test_a_question_keeps_its_words_in_order(text: str) -> None:
    line = one_line(text)
    assert line.split(" ") == (clean(text).split() or [""])
    assert one_line(line) == line
