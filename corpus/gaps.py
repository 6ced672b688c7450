"""What a source leaves out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.identifiers import label_order, provision_id
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

    It may lie in a gap between its neighbours or at the end of the one before it; the clauses
    of an article (points of a clause) behind its last one also in a gap right behind it.
    """
    if provision_id(citation) in document.by_id:
        return None
    held = Citation(annex=citation.annex, appendix=citation.appendix)
    scope = document.by_id.get(provision_id(held))
    if scope is None and provision_id(held):
        return None
    steps = (citation.article, citation.clause, citation.point)
    for level, label in zip(_ORDER, steps, strict=True):
        if label is None:
            return None
        held = replace(held, **{level.value: label})
        present = document.by_id.get(provision_id(held))
        if present is None:
            return _gap_among(document, scope, level, label)
        scope = present
    return None


def _gap_among(document: Document, scope: Provision | None, level: Level, label: str) -> Gap | None:
    start, end = (scope.start, scope.end) if scope else (0, _end_of_body(document))
    inside = scope.walk() if scope else document.walk()
    known = [node for node in inside if node.level is level and node.start < end]
    before = [node for node in known if label_order(node.label) < label_order(label)]
    after = [node for node in known if label_order(node.label) > label_order(label)]
    low = before[-1].end if before else start
    high = after[0].start if after else end
    found = gaps(document)
    between = [gap for gap in found if low <= gap.start < high]
    at_end = [gap for gap in found if before and gap.end == low]
    behind = [gap for gap in found if not after and scope and gap.start == scope.end]
    return next(iter([*between, *at_end, *behind]), None)


def _end_of_body(document: Document) -> int:
    """Return where annexed regulations begin, whose articles are numbered from 1 again."""
    articles = (node for node in document.walk() if node.level is Level.ARTICLE)
    holders = (article.id.rpartition(".")[0] for article in articles)
    return next((document.by_id[holder].start for holder in holders if holder), len(document.text))
