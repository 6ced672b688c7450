"""A quotation as lines and marked words, so that it can be set as law is set.

Only the layout is guessed here, from the marks lines begin with; no character is changed:
the lines' texts join to the quotation exactly.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_MARKS = (
    ("gap", re.compile(r"\s*(?:\.{3,}|…|\[…\]|\[\.\.\.\])\s*")),
    ("clause", re.compile(r"\s*\d+[a-zđ]?\.\s.*", re.DOTALL)),
    ("point", re.compile(r"\s*[a-zđ]{1,2}\d?\)\s.*", re.DOTALL)),
    ("item", re.compile(r"\s*[-–—+•]\s.*", re.DOTALL)),
)
_RANKS = {"clause": 0, "point": 1, "item": 2}


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of characters that are all marked, or all not."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a quotation with its line end.

    `kind` is what it begins with: clause, point, item, gap, or text; `depth` counts the
    numbered lines it stands under.
    """

    kind: str
    depth: int
    segments: tuple[Segment, ...]


def typeset(quote: str, highlights: Sequence[tuple[int, int]] = ()) -> tuple[Line, ...]:
    """Cut a quotation into lines.

    Args:
        quote: Exact words.
        highlights: Offsets `[start, end)` into `quote`; those outside it are cut off.
    """
    marks = _tidy(highlights, len(quote))
    lines: list[Line] = []
    above: list[str] = []  # kinds of the lines the next one may stand under
    start = 0
    for text in quote.splitlines(keepends=True):
        kind = line_kind(text)
        if kind in _RANKS:
            while above and _RANKS[above[-1]] >= _RANKS[kind]:
                above.pop()
        lines.append(Line(kind, len(above), _segments(quote, start, start + len(text), marks)))
        if kind in _RANKS:
            above.append(kind)
        start += len(text)
    return tuple(lines)


def line_kind(text: str) -> str:
    """Return what a line begins with: clause, point, item, gap, or text."""
    return next((kind for kind, mark in _MARKS if mark.fullmatch(text)), "text")


def _tidy(highlights: Sequence[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    """Return the highlights sorted, within `0…length`, joined where they touch."""
    tidy: list[tuple[int, int]] = []
    for start, end in sorted((max(0, start), min(length, end)) for start, end in highlights):
        if start >= end:
            continue
        if tidy and start <= tidy[-1][1]:
            tidy[-1] = (tidy[-1][0], max(end, tidy[-1][1]))
        else:
            tidy.append((start, end))
    return tidy


def _segments(
    quote: str, start: int, end: int, marks: Sequence[tuple[int, int]]
) -> tuple[Segment, ...]:
    """Cut `quote[start:end]` where marks begin and end."""
    segments: list[Segment] = []
    at = start
    for mark_start, mark_end in marks:
        left, right = max(at, mark_start), min(end, mark_end)
        if left >= right:
            continue
        if at < left:
            segments.append(Segment(quote[at:left], marked=False))
        segments.append(Segment(quote[left:right], marked=True))
        at = right
    if at < end:
        segments.append(Segment(quote[at:end], marked=False))
    return tuple(segments)
