"""Tables of Markdown, written the one way all readers write tables."""

from __future__ import annotations

import re

from corpus.readers.content import table_lines

_ROW = re.compile(r"\s*\|.*\|\s*")
_RULE = re.compile(r"[\s|:-]*-[\s|:-]*")
_SPLIT = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"<br\s*/?>|\\(?=\s|$)", re.IGNORECASE)


def markdown_tables(text: str) -> str:
    """Return Markdown with its tables as other readers give them; the rest as it is.

    Rules between rows go; tables that only place text, such as letterheads, become lines.
    """
    lines: list[str] = []
    rows: list[list[str]] = []
    for line in text.split("\n"):
        if _ROW.fullmatch(line):
            if not _RULE.fullmatch(line):
                cells = _SPLIT.split(line.strip()[1:-1])
                rows.append([_BREAK.sub("\n", cell) for cell in cells])
            continue
        if rows:
            lines.extend(table_lines(rows))
            rows = []
        lines.append(line)
    lines.extend(table_lines(rows) if rows else [])
    return "\n".join(lines)
