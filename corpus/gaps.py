"""What a source leaves out."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.identifiers import label_number, provision_id
from corpus.model import Citation, Document, Gap, Level, Provision

_ORDER = (Level.ARTICLE, Level.CLAUSE, Level.POINT)


def gaps(document: Document) -> tuple[Gap, ...]:
    """Return the gaps of the document, in reading order."""
    found: list[Gap] = []

    def visit(siblings: Sequence[Provision], parent: str) -> None:
        for place, node in enumerate(siblings):
            if node.level is Level.GAP:
                before = siblings[place - 1].id if place else ""
                after = siblings[place + 1].id if place + 1 < len(siblings) else ""
                found.append(Gap(node.start, node.end, parent, before, after))
            visit(node.children, node.id)

    visit(document.children, "")
    return tuple(sorted(found, key=lambda gap: gap.start))


def gap_for(document: Document, citation: Citation) -> Gap | None:
    """Return the gap a cited provision would lie in; `None` if it is present or cannot.

    Articles lie in a gap by their number; the clauses of an article (points of a clause)
    behind its last one may lie in a gap inside it or right behind it.
    """
    if provision_id(citation) in document.by_id:
        return None
    steps = (citation.article, citation.clause, citation.point)
    scope: Provision | None = None
    for level, label, depth in zip(_ORDER, steps, range(3), strict=True):
        if label is None:
            return None
        prefix = Citation(*steps[: depth + 1])
        present = document.by_id.get(provision_id(prefix))
        if present is None:
            return _gap_among(document, scope, level, label)
        scope = present
    return None


def _gap_among(document: Document, scope: Provision | None, level: Level, label: str) -> Gap | None:
    inside = scope.walk() if scope else document.walk()
    known = [node for node in inside if node.level is level]
    before = [node for node in known if _place(node.label) < _place(label)]
    after = [node for node in known if _place(node.label) > _place(label)]
    low = before[-1].end if before else (scope.start if scope else 0)
    if before and any(child.level is Level.GAP for child in before[-1].children):
        low = before[-1].children[-1].start if level is not Level.POINT else low
    high = after[0].start if after else (scope.end if scope else len(document.text))
    for gap in gaps(document):
        beyond = not after and scope is not None and gap.start == scope.end
        if low <= gap.start < high or beyond:
            return gap
    return None


def _place(label: str) -> tuple[int, str]:
    letters = "".join(char for char in label if not char.isdigit())
    return label_number(label), letters.replace("đ", "d~")
