"""What changed between two texts of one document, provision by provision."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from corpus.citations import print_citation
from corpus.clauses import citation_of
from corpus.model import Citation, Document, Level, Provision

SHOWN_CHARS = 60  # of the words before and after, from the first difference on
LISTED = 20  # provisions of one kind in the printed text; JSON has all
_CONTEXT = 12  # characters kept before the first difference
_CITED = (Level.ARTICLE, Level.CLAUSE, Level.POINT, Level.APPENDIX)


@dataclass(frozen=True, slots=True)
class Change:
    """A provision whose own words differ; those of the provisions below it are their own."""

    id: str
    name: str  # as people cite it inside the document: "khoản 2 Điều 6"
    before: str  # words from the first difference on; "" where the provision is new
    after: str  # "" where the provision is gone


@dataclass(frozen=True, slots=True)
class Comparison:
    """The provisions that changed, appeared and vanished, in reading order."""

    changed: tuple[Change, ...]
    appeared: tuple[Change, ...]
    vanished: tuple[Change, ...]
    unchanged: int

    @property
    def same(self) -> bool:
        """Whether no provision differs."""
        return not (self.changed or self.appeared or self.vanished)

    def __str__(self) -> str:
        """Return the comparison as lines, as `diff` marks them."""
        if self.same:
            return f"no provision changed ({self.unchanged} the same)"
        lines = [
            f"{len(self.changed)} changed, {len(self.appeared)} appeared, "
            f"{len(self.vanished)} vanished, {self.unchanged} the same"
        ]
        lines += _listed([f"~ {one.name}: “{one.before}” → “{one.after}”" for one in self.changed])
        lines += _listed([f"+ {one.name}: “{one.after}”" for one in self.appeared])
        lines += _listed([f"- {one.name}: “{one.before}”" for one in self.vanished])
        return "\n".join(lines)

    def to_json(self) -> dict[str, Any]:
        """Return {"changed": [{"id", "name", "before", "after"}], "appeared", "vanished", …}."""
        return asdict(self)


def compare(old: Document, new: Document) -> Comparison:
    """Compare two texts of one document; white space does not count.

    Of a provision that appeared or vanished, those below it are not listed as well.
    """
    before, after = _words(old), _words(new)
    changed = [
        Change(key, _name(new, new.by_id[key]), *_difference(before[key], words))
        for key, words in after.items()
        if key in before and before[key] != words
    ]
    appeared = [
        Change(node.id, _name(new, node), "", _short(_whole(new, node)))
        for node in _tops(new, set(before))
    ]
    vanished = [
        Change(node.id, _name(old, node), _short(_whole(old, node)), "")
        for node in _tops(old, set(after))
    ]
    kept = sum(key in before for key in after) - len(changed)
    return Comparison(tuple(changed), tuple(appeared), tuple(vanished), kept)


def _words(document: Document) -> dict[str, str]:
    return {node.id: " ".join(document.own_text(node).split()) for node in document.walk()}


def _whole(document: Document, node: Provision) -> str:
    return " ".join(document.full_text(node).split())


def _tops(document: Document, known: set[str]) -> list[Provision]:
    """Return the provisions that are not known, without those below one of them."""
    found: list[Provision] = []
    end = 0
    for node in document.walk():
        if node.id not in known and node.start >= end:
            found.append(node)
            end = node.end
    return found


def _name(document: Document, node: Provision) -> str:
    if node.level not in _CITED:
        return node.id
    cited = citation_of(document, node)
    place = Citation(cited.article, cited.clause, cited.point, cited.appendix, annex=cited.annex)
    return print_citation(place) or node.id


def _difference(before: str, after: str) -> tuple[str, str]:
    """Return both texts from shortly before the first difference on."""
    at = next(
        (place for place, (a, b) in enumerate(zip(before, after, strict=False)) if a != b),
        min(len(before), len(after)),
    )
    start = max(at - _CONTEXT, 0)
    lead = "…" if start else ""
    return lead + _short(before[start:]), lead + _short(after[start:])


def _short(words: str) -> str:
    return words if len(words) <= SHOWN_CHARS else words[:SHOWN_CHARS].rstrip() + "…"


def _listed(lines: list[str]) -> list[str]:
    more = [f"  … and {len(lines) - LISTED} more (--json has all)"] if len(lines) > LISTED else []
    return lines[:LISTED] + more
