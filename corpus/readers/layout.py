"""From words at places on pages to the lines of a document.

A page knows no paragraphs: it has rows of words. What belongs together is seen from where rows
end (would the next row's first word still have fitted?), how far they stand apart, and what they
begin. Running heads and page numbers go; letterheads are read column by column.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.lines import opening
from corpus.model import Level
from corpus.readers.vietnamese import is_syllable

_PAGE_NUMBER = re.compile(
    r"\W*(?:Trang|Page)?\W*(?:\d{1,4}|[ivxl]{1,6})(?:\s*/\s*\d{1,4})?\W*", re.I
)
_NUMBERED = re.compile(r"(?:Luật )?[Ss]ố\s*:|.*ngày.*tháng.*năm")
_DATED = re.compile(r"ngày.*tháng.*năm")
_DIGITS = re.compile(r"\d+")
_ENDS = (".", ";", ":", "”", '"', "./.")
_LEVELS = (Level.ARTICLE, Level.CLAUSE, Level.POINT, Level.SUBPOINT, Level.ITEM)
_GROUPS = (Level.PART, Level.CHAPTER, Level.SECTION, Level.SUBSECTION, Level.APPENDIX)
HEAD_ROWS = 2  # rows at the top and bottom of a page that may be running heads
WIDE_GAP = 2.0  # of the letter size: a gap that separates columns, not words


@dataclass(frozen=True, slots=True)
class Word:
    """A word and where it stands; points, y downwards from the top of the page."""

    text: str
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Row:
    """Words on one baseline, from left to right."""

    words: tuple[Word, ...]
    base: float  # y of the baseline
    size: float  # of the letters

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def left(self) -> float:
        return self.words[0].left

    @property
    def right(self) -> float:
        return self.words[-1].right


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table of a page, as finished lines."""

    base: float
    lines: tuple[str, ...]


@dataclass(slots=True)
class Page:
    """One page; rows from top to bottom."""

    width: float
    height: float
    rows: list[Row]
    grids: list[Grid] = field(default_factory=list)
    scanned: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    """A row on its way into a paragraph."""

    row: Row
    page: int
    alone: bool = False  # never joined with its neighbours: letterhead, signature


def text_of(pages: Sequence[Page]) -> str:
    """Return the text of a document, one line a paragraph or row of a table."""
    heads = _running_heads(pages)
    margins = _Margins(pages)
    paragraphs: list[str] = []
    open_lines: list[_Line] = []
    for number, page in enumerate(pages):
        for item in _items(page, number, heads):
            if isinstance(item, _Line) and open_lines and margins.joins(open_lines, item):
                open_lines.append(item)
                continue
            if open_lines:
                paragraphs.append(_joined(open_lines))
                open_lines = []
            if isinstance(item, Grid):
                paragraphs.extend(item.lines)
            else:
                open_lines = [item]
    if open_lines:
        paragraphs.append(_joined(open_lines))
    return "\n".join(paragraphs) + "\n"


class _Margins:
    """Where rows of each page begin and end, and how far they stand apart."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self._pages = pages
        by_width: dict[int, list[Row]] = {}
        for page in pages:
            by_width.setdefault(round(page.width), []).extend(page.rows)
        self._sides = {width: _sides(rows) for width, rows in by_width.items() if rows}
        # A scanned page lies where the paper lay, so it has margins of its own.
        self._own = {
            at: _sides(page.rows)
            for at, page in enumerate(pages)
            if page.scanned and len(page.rows) >= 10
        }
        steps = sorted(
            (below.base - above.base) / max(above.size, 1)
            for page in pages
            for above, below in zip(page.rows, page.rows[1:], strict=False)
            if 0.8 < (below.base - above.base) / max(above.size, 1) < 4
        )
        self._step = steps[len(steps) // 5] if steps else 1.2

    def joins(self, paragraph: Sequence[_Line], line: _Line) -> bool:
        """Whether `line` goes on with the paragraph."""
        before, row = paragraph[-1].row, line.row
        if line.alone or paragraph[-1].alone or before.text.strip("-_ ") == "":
            return False
        begins, began = opening(row.text), opening(paragraph[0].row.text)
        if self._ends(paragraph[-1], row) or (
            begins and begins.level in _GROUPS and row.text.isupper()
        ):
            return False
        if line.page == paragraph[-1].page and self._apart(paragraph[-1], line):
            return False
        if begins is None or begins.level not in _LEVELS:
            return not (before.text.endswith((";", ":")) and row.text[:1] in '“"')
        if begins.level is Level.ARTICLE:
            return False
        heads = began is not None and began.level is Level.ARTICLE and len(paragraph) < 4
        return not (heads or before.text.endswith(_ENDS))

    def _ends(self, last: _Line, row: Row) -> bool:
        """Whether the first word of `row` would still have fitted behind `last`."""
        left, right = self._own.get(last.page) or self._sides[round(self._pages[last.page].width)]
        before = last.row
        needed = (row.words[0].right - row.words[0].left) + 0.25 * before.size
        slack = 0.3 * before.size
        centred = abs((before.left - left) - (right - before.right)) < before.size and (
            before.left > left + 2 * before.size
        )
        room = (right - left) - (before.right - before.left) if centred else right - before.right
        return needed + slack < room

    def _apart(self, last: _Line, line: _Line) -> bool:
        step = (line.row.base - last.row.base) / max(last.row.size, 1)
        loose = 1.5 if self._pages[line.page].scanned else 1.15
        return step > self._step * loose or step < 0


def _sides(rows: Sequence[Row]) -> tuple[float, float]:
    """Return where most rows begin, and where the longest ones end."""
    begins = Counter(round(row.left / 2) for row in rows)
    left = 2.0 * begins.most_common(1)[0][0]
    rights = sorted(row.right for row in rows)
    return left, rights[min(len(rights) - 1, int(len(rights) * 0.97))]


def _items(page: Page, number: int, heads: set[str]) -> Iterator[_Line | Grid]:
    """Yield rows and tables from top to bottom, without what only belongs to the paper."""
    rows = [row for at, row in enumerate(page.rows) if not _is_head(page, at, heads)]
    items: list[tuple[float, _Line | Grid]] = [(grid.base, grid) for grid in page.grids]
    at = 0
    while at < len(rows):
        end = max(_letterhead(rows, at), _signature(rows, at))
        if end == at:
            items.append((rows[at].base, _Line(rows[at], number)))
            at += 1
            continue
        columns = _columns(rows[at:end])
        items.extend((rows[at].base, _Line(row, number, alone=True)) for row in columns)
        at = end
    items.sort(key=lambda item: item[0])
    yield from (item for _, item in items)


def _letterhead(rows: Sequence[Row], at: int) -> int:
    """Return where the two columns "cơ quan | CỘNG HÒA …" that begin at a row end, else `at`."""
    near = rows[at : at + 2]
    place = next((row for row in near if "XÃ HỘI CHỦ NGHĨA" in row.text.upper()), None)
    if place is None or place.base - rows[at].base > place.size:
        return at
    for end in range(at, min(len(rows), at + 8)):
        if _DATED.search(rows[end].text):
            return end + 1
    return min(len(rows), at + 3)


def _signature(rows: Sequence[Row], at: int) -> int:
    """Return where the two columns "Nơi nhận | chữ ký" that begin at a row end, else `at`."""
    # The other column may begin a little higher.
    near = rows[at : at + 2]
    first = next((row for row in near if row.text.replace(" ", "").startswith("Nơinhận")), None)
    if first is None:
        return at
    row = rows[at]
    beside = row.left > first.words[min(1, len(first.words) - 1)].right + WIDE_GAP * row.size
    if row is not first and not (beside and first.base - row.base < 2 * first.size):
        return at
    for end in range(at + 1, len(rows)):
        begins = opening(rows[end].text)
        if begins is not None and begins.level in _GROUPS:
            return end
    return len(rows)


def _columns(rows: Sequence[Row]) -> list[Row]:
    """Return rows with a wide gap in them as the left column, then the right one.

    The line "Số … | …, ngày …" of a letterhead comes after both columns above it, as in the
    tables that letterheads are.
    """
    gutter = _gutter(rows)
    dated = next((at for at, row in enumerate(rows) if _NUMBERED.match(row.text)), len(rows))
    return _split(rows[:dated], gutter) + _split(rows[dated:], gutter)


def _split(rows: Sequence[Row], gutter: float) -> list[Row]:
    left: list[Row] = []
    right: list[Row] = []
    for row in rows:
        for column, words in (
            (left, tuple(word for word in row.words if word.left < gutter)),
            (right, tuple(word for word in row.words if word.left >= gutter)),
        ):
            if words:
                column.append(Row(words, row.base, row.size))
    return left + right


def _gutter(rows: Sequence[Row]) -> float:
    """Return the x where the right column begins; infinite where there is one column."""
    for row in rows:
        for at, word in enumerate(row.words):
            if (
                word.text == "CỘNG"
                and at + 1 < len(row.words)
                and row.words[at + 1].text[:1] == "H"
            ):
                return word.left - 1
    starts = [
        after.left
        for row in rows
        for before, after in zip(row.words, row.words[1:], strict=False)
        if after.left - before.right > WIDE_GAP * row.size
    ]
    # A first row that is the right column alone stands a little above the left one.
    if len(rows) > 1 and rows[0].left > rows[1].left + 12 * rows[0].size:
        starts.append(rows[0].left)
    return min(starts) - 1 if starts else float("inf")


def _running_heads(pages: Sequence[Page]) -> set[str]:
    """Return the rows, digits masked, that stand at the edge of many pages."""
    if len(pages) < 3:
        return set()
    seen = Counter(
        key
        for page in pages
        for key in {_masked(row) for row in (*page.rows[:HEAD_ROWS], *page.rows[-HEAD_ROWS:])}
    )
    enough = max(3, len(pages) * 0.3)  # odd and even pages may differ
    return {key for key, count in seen.items() if count >= enough and len(key) > 3}


def _is_head(page: Page, at: int, heads: set[str]) -> bool:
    edge = at < HEAD_ROWS or at >= len(page.rows) - HEAD_ROWS
    if edge and _masked(page.rows[at]) in heads:
        return True
    outermost = at == 0 or at == len(page.rows) - 1
    return outermost and len(page.rows) > 1 and bool(_PAGE_NUMBER.fullmatch(page.rows[at].text))


def _masked(row: Row) -> str:
    return _DIGITS.sub("#", row.text)


def _joined(lines: Sequence[_Line]) -> str:
    """Return rows as one paragraph, with the breaks inside words undone."""
    text = lines[0].row.text
    for line in lines[1:]:
        after = line.row.text
        if text.endswith("\xad"):
            text = text[:-1] + after
        elif re.search(r"\w-$", text):
            # "kinh tế-" + "kỹ thuật" and "NĐ-" + "CP" keep it, "commu-" + "nication" does not.
            head = re.split(r"[\s-]", text[:-1])[-1]
            tail = re.split(r"[\W\d_]", after)[0]
            broken = (
                head.isascii()
                and head.islower()
                and tail.islower()
                and not (is_syllable(head) and is_syllable(tail))
            )
            text = (text[:-1] if broken else text) + after
        elif re.search(r"\w/$", text):
            text += after
        else:
            text += " " + after
    return text
