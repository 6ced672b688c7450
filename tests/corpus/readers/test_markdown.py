"""Tables of Markdown as other readers write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.markdown import LONGEST_ROW, markdown_tables


@given(st.lists(st.text("aế1.#*-: \\", max_size=10), max_size=6).map("\n".join))
def test_text_without_tables_is_left_as_it_is(text: str) -> None:
    assert markdown_tables(text) == text


@pytest.mark.parametrize(
    ("table", "lines"),
    [
        ("|Số|Tên|\n|---|:---:|\n|1|Ống|", "| Số | Tên |\n| 1 | Ống |"),
        ("  | Số | Tên |  \n| --- | --- |", "| Số | Tên |"),
        ("|Số|**Tên**|\n|-|-|\n|1||", "| Số | Tên |\n| 1 |"),
        ("|Số|Tên<br>ống<BR/>dài|\n|-|-|", "| Số | Tên ống dài |"),
        (r"|a \| b|c|", "| a / b | c |"),
        ("|-|-|", ""),
        ("|CHÍNH PHỦ|CỘNG HÒA XÃ HỘI<br>Độc lập|\n|-|-|", "CHÍNH PHỦ\nCỘNG HÒA XÃ HỘI\nĐộc lập"),
        ("|Một cột|\n|-|", "Một cột"),
    ],
)
def test_tables(table: str, lines: str) -> None:
    assert markdown_tables(f"Trên\n{table}\nDưới") == "\n".join(
        ["Trên", *filter(None, [lines]), "Dưới"]
    )
    assert markdown_tables(table) == lines


def test_tables_apart_stay_apart() -> None:
    text = "|a|b|\n|-|-|\n\n|c|d|\n"
    assert markdown_tables(text) == "| a | b |\n\n| c | d |\n"


@pytest.mark.parametrize("broken", [1, LONGEST_ROW - 1])
def test_a_row_of_several_lines_is_one_row(broken: int) -> None:
    row = "|1|" + "Ống \\\n" * broken + "hết|"
    assert markdown_tables(f"|Số|Tên|\n{row}") == (
        "| Số | Tên |\n| 1 | " + "Ống " * broken + "hết |"
    )


def test_a_row_that_is_not_closed_soon_is_no_row() -> None:
    text = "|1|" + "Ống \\\n" * LONGEST_ROW + "hết|\nDưới"
    assert markdown_tables(text) == text
