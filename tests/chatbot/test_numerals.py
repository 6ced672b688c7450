"""Numbers in words and Roman numerals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.numerals import below_hundred, below_thousand, restored, roman, year
from corpus.citation_tokens import tokenize


@pytest.mark.parametrize(
    ("text", "number", "count"),
    [
        ("hai", 2, 1),
        ("mười hai điều", 12, 2),
        ("hai mươi tư", 24, 3),
        ("hai mươi mốt", 21, 3),
        ("mười lăm", 15, 2),
        ("ba mươi", 30, 2),
        ("tư", 0, 0),  # only as "thứ tư"
        ("không", 0, 0),
        ("", 0, 0),
    ],
)
def test_numbers_below_a_hundred(text: str, number: int, count: int) -> None:
    assert below_hundred(text.split()) == (number, count)


@pytest.mark.parametrize(
    ("text", "number", "count"),
    [
        ("một trăm ba mươi bảy", "137", 5),
        ("hai trăm linh năm", "205", 4),
        ("một trăm", "100", 2),
        ("một ba bảy", "137", 3),
        ("mot ba bay", "137", 3),
        ("một lần", "", 0),
        ("", "", 0),
    ],
)
def test_numbers_of_documents(text: str, number: str, count: int) -> None:
    assert below_thousand(text.split()) == (number, count)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("năm hai nghìn không trăm hai mươi tư của", (2024, 8)),
        ("năm hai ngàn linh năm", (2005, 5)),
        ("năm hai nghìn", (2000, 3)),
        ("năm nay", (0, 0)),
        ("", (0, 0)),
    ],
)
def test_years(text: str, read: tuple[int, int]) -> None:
    assert year(text.split()) == read


@pytest.mark.parametrize(
    ("text", "number"), [("IV", 4), ("XXIX", 29), ("VI", 6), ("", 0), ("iv", 0)]
)
def test_roman_numerals(text: str, number: int) -> None:
    assert roman(text) == number


def test_marks_left_out_of_number_words() -> None:
    typed = "hai bay sau tu mười bẩy bà từ"
    assert [restored(token) for token in tokenize(typed)] == [
        *("hai", "bảy", "sáu", "tư", "mười", "bảy", "bà", "từ")
    ]


@given(st.lists(st.sampled_from("hai mươi mười trăm tư linh năm nghìn không x".split())))
def test_no_reader_takes_more_words_than_there_are(words: list[str]) -> None:
    for _, count in (below_hundred(words), below_thousand(words), year(words)):
        assert 0 <= count <= len(words)
