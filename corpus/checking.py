"""The parse report: what an operator reads before trusting a loaded document."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.model import Document


@dataclass(frozen=True, slots=True)
class ParseReport:
    """Counts and doubts about a parsed document."""

    counts: dict[str, int]  # nodes by level
    problems: tuple[str, ...]  # broken sequences; `load` refuses while there are any
    remarks: tuple[str, ...]  # gaps, remainders: worth reading, nothing wrong


def check(document: Document) -> ParseReport:
    """Return the report on `document`."""
    raise NotImplementedError
