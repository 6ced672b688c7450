"""Tables of a PDF page: where lines are ruled, words belong to cells."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2.raw as pdfium
from pypdfium2 import PdfObject, PdfPage

from corpus.readers.content import table_lines
from corpus.readers.layout import Grid, Row, Word

THIN = 3.0  # points: a filled rectangle no thicker than this is a line
NEAR = 3.0  # points within which lines meet
MIN_LENGTH = 8.0
MAX_LINES = 4000  # a drawing, not a table


@dataclass(frozen=True, slots=True)
class Ruling:
    """A straight line; y downwards. Horizontal: `at` is y, `low` and `high` are x."""

    horizontal: bool
    at: float
    low: float
    high: float


def rulings_of(page: PdfPage) -> list[Ruling]:
    """Return the horizontal and vertical lines a page draws; none for turned pages."""
    if page.get_rotation():
        return []
    height = page.get_size()[1]
    found: list[Ruling] = []
    for drawn in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=3):
        for left, bottom, right, top in _boxes(drawn):
            wide, tall = right - left, top - bottom
            if tall <= THIN and wide >= MIN_LENGTH:
                found.append(Ruling(True, height - (top + bottom) / 2, left, right))
            elif wide <= THIN and tall >= MIN_LENGTH:
                found.append(Ruling(False, (left + right) / 2, height - top, height - bottom))
        if len(found) > MAX_LINES:
            return []
    return found


def grids_of(rulings: Sequence[Ruling], rows: Sequence[Row]) -> tuple[list[Grid], list[Row]]:
    """Return the tables, and the rows of text outside them."""
    grids: list[Grid] = []
    outside = list(rows)
    for group in _connected(rulings):
        across = [line for line in group if line.horizontal]
        levels = _distinct(line.at for line in across)
        uprights = [line for line in group if not line.horizontal]
        if len(levels) < 2 or len(_distinct(line.at for line in uprights)) < 3:
            continue  # a frame or an underline
        left, right = min(line.low for line in across), max(line.high for line in across)
        inside, outside = _divide(outside, levels[0], levels[-1], left, right)
        cells = [_cells(inside, upper, lower, uprights) for upper, lower in pairwise(levels)]
        lines = table_lines([row for row in cells if any(row)])
        if lines:
            grids.append(Grid(levels[0], tuple(lines)))
    return grids, outside


def _boxes(drawn: PdfObject) -> Iterator[tuple[float, float, float, float]]:
    """Yield the boxes of the straight pieces of a path; a thin path is one piece."""
    left, bottom, right, top = drawn.get_bounds()
    if min(right - left, top - bottom) <= THIN:
        yield left, bottom, right, top
        return
    matrix = drawn.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    before: tuple[float, float] | None = None
    first: tuple[float, float] | None = None
    for at in range(min(pdfium.FPDFPath_CountSegments(drawn.raw), MAX_LINES)):
        segment = pdfium.FPDFPath_GetPathSegment(drawn.raw, at)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.on_point(x.value, y.value)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            first = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO and before is not None:
            yield _box(before, point)
        before = point
        if pdfium.FPDFPathSegment_GetClose(segment) and first is not None:
            yield _box(point, first)


def _box(one: tuple[float, float], two: tuple[float, float]) -> tuple[float, float, float, float]:
    (x1, y1), (x2, y2) = one, two
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def _connected(rulings: Sequence[Ruling]) -> list[list[Ruling]]:
    """Return the lines in groups that touch one another, by the height they cover."""
    spans = sorted(rulings, key=lambda line: line.at if line.horizontal else line.low)
    groups: list[list[Ruling]] = []
    end = float("-inf")
    for line in spans:
        top, bottom = (line.at, line.at) if line.horizontal else (line.low, line.high)
        if top > end + NEAR:
            groups.append([])
        groups[-1].append(line)
        end = max(end, bottom) if len(groups[-1]) > 1 else bottom
    return groups


def _distinct(values: Iterator[float] | Sequence[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > NEAR:
            found.append(value)
    return found


def _divide(
    rows: Sequence[Row], top: float, bottom: float, left: float, right: float
) -> tuple[list[Row], list[Row]]:
    inside: list[Row] = []
    outside: list[Row] = []
    for row in rows:
        within = top < row.base - 0.2 * row.size < bottom + NEAR and left - NEAR < row.left < right
        (inside if within else outside).append(row)
    return inside, outside


def _cells(
    rows: Sequence[Row], upper: float, lower: float, uprights: Sequence[Ruling]
) -> list[str]:
    """Return the cells of the band between two levels; borders are the lines that cross it."""
    middle = (upper + lower) / 2
    borders = _distinct(
        [line.at for line in uprights if line.low - NEAR < middle < line.high + NEAR]
    )
    cells: list[list[str]] = [[] for _ in range(max(len(borders) - 1, 1))]
    for row in rows:
        if not upper < row.base - 0.2 * row.size <= lower:
            continue
        for word in row.words:
            cells[_column(word, borders, len(cells))].append(word.text)
    return [" ".join(words) for words in cells]


def _column(word: Word, borders: Sequence[float], count: int) -> int:
    middle = (word.left + word.right) / 2
    return min(max(sum(border < middle for border in borders) - 1, 0), count - 1)
