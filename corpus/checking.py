"""The parse report: what an operator reads before trusting a loaded document."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from corpus.gaps import gaps
from corpus.identifiers import label_number
from corpus.model import Document, Level


@dataclass(frozen=True, slots=True)
class ParseReport:
    """Counts and doubts about a parsed document."""

    counts: dict[str, int]  # nodes by level
    problems: tuple[str, ...]  # broken sequences
    remarks: tuple[str, ...]  # gaps, remainders: worth reading, nothing wrong

    def __str__(self) -> str:
        """Return the report as lines."""
        counted = ", ".join(f"{count} {level}" for level, count in self.counts.items())
        lines = [f"recognised: {counted}"]
        lines += [f"problem: {problem}" for problem in self.problems]
        lines += [f"remark: {remark}" for remark in self.remarks]
        return "\n".join(lines)


def check(document: Document) -> ParseReport:
    """Return the report on `document`."""
    nodes = list(document.walk())
    counts = Counter(node.level.value for node in nodes)
    skipped = gaps(document)
    problems: list[str] = []
    articles = [node for node in nodes if node.level is Level.ARTICLE]
    for before, after in pairwise(articles):
        expected = label_number(before.label) + 1
        omitted = any(before.start < gap.start < after.start for gap in skipped)
        if label_number(after.label) not in (expected, expected - 1, 1) and not omitted:
            problems.append(f"Điều {before.label} is followed by Điều {after.label}")
    remarks = [f"the source leaves text out at character {gap.start}" for gap in skipped]
    remarks += [
        f"not placed: {document.full_text(node).strip()[:60]!r}"
        for node in nodes
        if node.level is Level.REMAINDER
    ]
    return ParseReport(dict(counts), tuple(problems), tuple(remarks))
