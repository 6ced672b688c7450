"""Blocks of text as the lines the parser takes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.content import Table, lines_of, squeeze, table_lines


@pytest.mark.parametrize(
    ("text", "squeezed"),
    [
        ("  Điều\t 6\u00a0. \n\n 1.\u3000Một ", "Điều 6 .\n\n1. Một"),
        ("Điều\u202f6", "Điều 6"),
        (" \t", ""),
        ("", ""),
    ],
)
def test_blanks_are_squeezed_line_by_line(text: str, squeezed: str) -> None:
    assert squeeze(text) == squeezed


@given(st.text("aế \t\n\u00a0|", max_size=40))
def test_squeezing_is_final_and_keeps_lines_and_words(text: str) -> None:
    once = squeeze(text)
    assert squeeze(once) == once
    assert "  " not in once
    assert once.count("\n") == text.count("\n")
    assert once.split() == text.split()


def test_paragraphs_and_rows_are_lines() -> None:
    table = Table((("Số", "Tên"), ("1", "Ống\ndài")))
    assert lines_of(["Điều 1.  A ", table, "Hai\nba"]) == (
        "Điều 1. A\n| Số | Tên |\n| 1 | Ống dài |\nHai\nba\n"
    )
    assert lines_of([]) == "\n"


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ([], []),
        ([["Số", "Tên"], ["1", "Ống"]], ["| Số | Tên |", "| 1 | Ống |"]),
        ([["Số", "Tên"], ["1", ""]], ["| Số | Tên |", "| 1 |"]),
        ([["Số", "Tên"], ["", "Ống"], ["", ""]], ["| Số | Tên |", "|  | Ống |"]),
        ([["a|b", "c"]], ["| a/b | c |"]),
        ([["Gồm", " nhiều\n\n dòng \t chữ"]], ["| Gồm | nhiều dòng chữ |"]),
    ],
)
def test_rows_of_a_table(rows: list[list[str]], lines: list[str]) -> None:
    assert table_lines(rows) == lines


@pytest.mark.parametrize(
    "cell",
    [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "CỘNG HOÀ XÃ HỘI",
        "Nơi nhận:",
        "TM. CHÍNH PHỦ\nTHỦ TƯỚNG",
        "Nguyễn Văn X\nKT. BỘ TRƯỞNG",
        "Mở đầu\nĐiều 1. Phạm vi",
    ],
)
def test_a_table_that_only_places_text_is_read_cell_by_cell(cell: str) -> None:
    assert table_lines([["Trái\n\ndưới", cell], ["", "Hết"]]) == [
        *("Trái", "dưới"),
        *cell.split("\n"),
        "Hết",
    ]


def test_a_table_of_one_column_is_no_table() -> None:
    assert table_lines([["Một\nhai"], ["Ba"]]) == ["Một", "hai", "Ba"]


CELLS = st.text("aế1 |\n", max_size=8)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=3), max_size=4))
def test_no_word_of_a_table_is_lost(rows: list[list[str]]) -> None:
    lines = table_lines(rows)
    assert not any("\n" in line or not line for line in lines)
    words = " ".join(cell for row in rows for cell in row).replace("|", "/").split()
    assert [word for line in lines for word in line.split() if word != "|"] == words
