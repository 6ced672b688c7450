"""What a reader hands on: blocks of text, and how they become the lines the parser takes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from corpus.lines import opening
from corpus.model import Level

Progress = Callable[[int, int], None]  # page done, pages in all
_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u3000]+")
_LETTERHEAD = re.compile(
    r"CỘNG H(?:ÒA|OÀ) XÃ HỘI|Độc lập\s*-\s*Tự do|Nơi nhận\s*:|^(?:TM|KT|TL|TUQ)\.\s"
    r"|^(?:PHÓ )?(?:CHỦ TỊCH|BỘ TRƯỞNG|THỦ TƯỚNG|THỐNG ĐỐC|TỔNG [A-Z]|GIÁM ĐỐC|CỤC TRƯỞNG)",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Content:
    """The text of a file before it is cleaned, and how it was read."""

    text: str
    format: str
    encoding: str = ""
    scanned: bool = False
    confidence: float | None = None
    pages: int | None = None
    notes: tuple[str, ...] = ()  # what may be missing, for the operator


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; the lines of a cell are separated by line ends."""

    rows: tuple[tuple[str, ...], ...]


def squeeze(text: str) -> str:
    """Return text with runs of blanks as one, none at line ends."""
    return "\n".join(_SPACES.sub(" ", line).strip() for line in text.split("\n"))


def lines_of(blocks: Iterable[str | Table]) -> str:
    """Return paragraphs and tables as the text of a document, one line a paragraph or row."""
    lines: list[str] = []
    for block in blocks:
        lines.extend(table_lines(block.rows) if isinstance(block, Table) else [squeeze(block)])
    return "\n".join(lines) + "\n"


def table_lines(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the lines of a table: `| cell | cell |` a row, unless it only places text.

    Letterheads and signatures are set as tables without borders, some files put whole articles
    into one; there the cells are read one after the other.
    """
    cells = [squeeze(cell) for row in rows for cell in row]
    if _only_places_text(rows, cells):
        return [line for cell in cells for line in cell.split("\n") if line]
    lines: list[str] = []
    for row in rows:
        flat = [" ".join(squeeze(cell).split()).replace("|", "/") for cell in row]
        while flat and not flat[-1]:  # merged cells are counted differently by each format
            flat.pop()
        if flat:
            lines.append("| " + " | ".join(flat) + " |")
    return lines


def _only_places_text(rows: Sequence[Sequence[str]], cells: Sequence[str]) -> bool:
    if max((len(row) for row in rows), default=0) < 2:
        return True
    if any(_LETTERHEAD.search(cell) for cell in cells):
        return True
    return any(
        (begins := opening(line)) is not None and begins.level is Level.ARTICLE
        for cell in cells
        for line in cell.split("\n")
    )
