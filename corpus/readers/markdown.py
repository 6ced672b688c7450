"""Tables of Markdown, written the one way all readers write tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.readers.content import table_lines

_ROW = re.compile(r"\s*\|.*\|\s*", re.DOTALL)
_RULE = re.compile(r"[\s|:-]*-[\s|:-]*")
_SPLIT = re.compile(r"(?<!\\)\|")
LONGEST_ROW = 20  # lines
_BREAK = re.compile(r"<br\s*/?>|\\(?=\s|$)", re.IGNORECASE)


def markdown_tables(text: str) -> str:
    """Return Markdown with its tables as other readers give them; the rest as it is.

    Rules between rows go; tables that only place text, such as letterheads, become lines.
    """
    lines: list[str] = []
    rows: list[list[str]] = []
    for line in _lines(text):
        if _ROW.fullmatch(line):
            if not _RULE.fullmatch(line):
                cells = _SPLIT.split(line.strip()[1:-1])
                rows.append([_plain(cell) for cell in cells])
            continue
        if rows:
            lines.extend(table_lines(rows))
            rows = []
        lines.append(line)
    lines.extend(table_lines(rows) if rows else [])
    return "\n".join(lines)


def _plain(cell: str) -> str:
    return _BREAK.sub("\n", cell.replace("**", "").replace("\\|", "|"))


def _lines(text: str) -> Iterator[str]:
    """Yield the lines; a row whose cells have lines of their own, as some converters write, as one.

    Such a row is parted by hard line breaks; one that is not closed soon is no row.
    """
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        end = at + 1
        if lines[at].lstrip().startswith("|") and lines[at].rstrip().endswith("\\"):
            behind = range(at + 1, min(at + LONGEST_ROW, len(lines)))
            end = next((n + 1 for n in behind if lines[n].rstrip().endswith("|")), end)
        yield "\n".join(lines[at:end])
        at = end
