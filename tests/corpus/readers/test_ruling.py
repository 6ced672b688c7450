"""Tables of a PDF page: its lines, and the words between them."""

from __future__ import annotations

import pypdfium2
import pytest

from corpus.readers.layout import Row, Word
from corpus.readers.ruling import MAX_LINES, MIN_LENGTH, THIN, Ruling, grids_of, rulings_of
from tests.corpus.readers.test_pdf import HEIGHT, make_pdf

SIZE = 10.0


def drawn(operators: str, rotate: int = 0) -> list[Ruling]:
    with pypdfium2.PdfDocument(make_pdf(operators, rotate=rotate)) as document:
        return rulings_of(document[0])


def rounded(rulings: list[Ruling]) -> set[tuple[bool, int, int, int]]:
    """Return lines to the nearest five points; how thick they are drawn makes them longer."""
    return {
        (one.horizontal, nearest(one.at), nearest(one.low), nearest(one.high)) for one in rulings
    }


def nearest(place: float) -> int:
    return 5 * round(place / 5)


ACROSS = (True, 100, 50, 350)
DOWN = (False, 50, 100, 200)


@pytest.mark.parametrize(
    ("operators", "lines"),
    [
        (f"50 {HEIGHT - 100} m 350 {HEIGHT - 100} l S", {ACROSS}),
        (f"50 {HEIGHT - 100} m 50 {HEIGHT - 200} l S", {DOWN}),
        (f"50 {HEIGHT - 101} 300 2 re f", {ACROSS}),
        (f"0.5 0 0 0.5 0 0 cm 100 {2 * HEIGHT - 200} m 700 {2 * HEIGHT - 200} l S", {ACROSS}),
        (
            f"50 {HEIGHT - 200} 300 100 re S",
            {ACROSS, DOWN, (True, 200, 50, 350), (False, 350, 100, 200)},
        ),
        (f"50 {HEIGHT - 200} m 350 {HEIGHT - 100} l S", set()),  # aslant
        (f"50 700 {MIN_LENGTH - 1} 1 re f", set()),
        (f"50 700 {THIN + 2} {THIN + 2} re f", set()),
        ("", set()),
    ],
)
def test_lines_of_a_page(operators: str, lines: set[tuple[bool, int, int, int]]) -> None:
    assert rounded(drawn(operators)) == lines


def test_a_turned_page_or_a_drawing_has_none() -> None:
    line = "50 700 m 350 700 l S\n"
    assert drawn(line, rotate=90) == []
    assert drawn(line * (MAX_LINES + 1)) == []


def row(base: float, *words: tuple[str, float]) -> Row:
    return Row(tuple(Word(text, left, left + 5 * len(text)) for text, left in words), base, SIZE)


def across(*levels: float, left: float = 40, right: float = 300) -> list[Ruling]:
    return [Ruling(True, level, left, right) for level in levels]


def down(*places: float, top: float = 90, bottom: float = 150) -> list[Ruling]:
    return [Ruling(False, place, top, bottom) for place in places]


HEAD = row(110, ("Số", 50), ("Tên", 160), ("ống", 190))
BODY = row(140, ("1", 50), ("Ống", 160))


def test_lines_drawn_twice_or_a_little_apart_are_one() -> None:
    lines = across(90, 91, 120, 150, 151.5) + down(40, 41, 150, 150, 300)
    grids, outside = grids_of(lines, [HEAD, BODY])
    assert [grid.lines for grid in grids] == [("| Số | Tên ống |", "| 1 | Ống |")]
    assert outside == []


@pytest.mark.parametrize(
    "lines",
    [
        [],
        across(90),  # an underline
        across(90, 150) + down(40, 300),  # a frame
        across(90, 120, 150),
        down(40, 150, 300),
    ],
)
def test_what_is_no_table_takes_no_words(lines: list[Ruling]) -> None:
    assert grids_of(lines, [HEAD, BODY]) == ([], [HEAD, BODY])


def test_a_cell_over_two_columns_is_one_cell() -> None:
    lines = across(90, 120, 150) + down(40, 300) + down(150, top=120)
    grids, _ = grids_of(lines, [HEAD, BODY])
    assert [grid.lines for grid in grids] == [("| Số Tên ống |", "| 1 | Ống |")]


def test_tables_apart_are_two_and_rows_beside_stay_outside() -> None:
    lines = across(90, 120, 150) + down(40, 150, 300)
    lines += across(390, 420) + down(40, 150, 300, top=390, bottom=420)
    between, beside, low = row(200, ("Giữa", 50)), row(110, ("bên", 400)), row(410, ("Hai", 50))
    grids, outside = grids_of(lines, [HEAD, beside, BODY, between, low])
    assert [(grid.base, grid.lines) for grid in grids] == [
        (90, ("| Số | Tên ống |", "| 1 | Ống |")),
        (390, ("| Hai |",)),
    ]
    assert outside == [beside, between]


def test_an_empty_band_is_no_row() -> None:
    lines = across(90, 120, 150, 180) + down(40, 150, 300, bottom=180)
    grids, _ = grids_of(lines, [HEAD, row(170, ("1", 50))])
    assert [grid.lines for grid in grids] == [("| Số | Tên ống |", "| 1 |")]
