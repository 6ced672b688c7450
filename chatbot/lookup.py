"""Citation look-up: a question that names a provision is answered from the tree, not by search.

Needs the library alone: no model, no index.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from chatbot.answers import Turn
from corpus.citations import find_citations, print_citation
from corpus.errors import UnknownDocumentError
from corpus.gaps import gap_for
from corpus.identifiers import label_number, provision_id
from corpus.library import Library
from corpus.model import Citation, Document, Level, Provision


class Finding(StrEnum):
    """What a cited place turned out to be."""

    PRESENT = "present"
    ABSENT = "absent"  # the document is loaded, the provision does not exist in it
    OMITTED = "omitted"  # the source leaves the provision out
    NOT_LOADED = "not_loaded"  # the document is not in the library


@dataclass(frozen=True, slots=True)
class LookedUp:
    """One citation of a question, looked up."""

    finding: Finding
    citation: Citation  # completed with article and document where the context gives them
    document: Document | None = None
    provision: Provision | None = None  # set when present


def look_up(
    question: str,
    library: Library,
    history: tuple[Turn, ...] = (),
    document_id: str | None = None,
) -> list[LookedUp]:
    """Return what the question cites; empty when it cites no provision of a known document.

    Args:
        question: NFC.
        library: Where to look.
        history: Earlier turns; "còn điểm b?" is read in the place last answered.
        document_id: Look in this document only.
    """
    found = find_citations(question, library.names, weak=bool(history))
    cited = [citation for one in found for citation in one.citations]
    named = next((citation for citation in cited if citation.document), None)
    places = [one for one in cited if one.article or one.clause or one.point]
    last = next((turn for turn in reversed(history) if turn.document_id and turn.provision), None)
    results: list[LookedUp] = []
    for citation in places:
        if named and not citation.document:
            citation = replace(citation, document=named.document, kind=named.kind)
        document = _document(citation, library, document_id, last)
        if document is None:
            if citation.document:
                results.append(LookedUp(Finding.NOT_LOADED, citation))
            continue
        full = _completed(citation, document, last)
        if full.article is None:
            continue
        full = replace(full, document=document.metadata.number, kind=document.metadata.kind or None)
        results.append(_place(full, document))
    if not places and named and _document(named, library, document_id, None) is None:
        results.append(LookedUp(Finding.NOT_LOADED, named))
    return results


def children_labels(document: Document, citation: Citation) -> tuple[str, list[str]]:
    """Return the nearest present provision above a citation, and what it holds.

    For "khoản 9 Điều 6": ("Điều 6", ["khoản 1", "khoản 2", …]). For an absent article: ("",
    its articles).
    """
    above = [
        Citation(article=citation.article, clause=citation.clause),
        Citation(article=citation.article),
    ]
    for place in above:
        node = document.by_id.get(provision_id(place)) if place.article else None
        if node is not None and provision_id(place) != provision_id(citation):
            names = {Level.CLAUSE: "khoản", Level.POINT: "điểm"}
            held = [
                f"{names[child.level]} {child.label}"
                for child in node.children
                if child.level in names
            ]
            return print_citation(place), held
    articles = [f"Điều {node.label}" for node in document.walk() if node.level is Level.ARTICLE]
    return "", articles


def _document(
    citation: Citation, library: Library, document_id: str | None, last: Turn | None
) -> Document | None:
    if citation.document:
        try:
            return library.find(citation.document, citation.kind)
        except UnknownDocumentError:
            return None
    if document_id:
        return library.documents.get(document_id)
    if last and last.document_id and last.document_id in library.documents:
        return library.documents[last.document_id]
    return next(iter(library.documents.values())) if len(library.documents) == 1 else None


def _completed(citation: Citation, document: Document, last: Turn | None) -> Citation:
    """Fill the parts a follow-up leaves out from the place answered last."""
    if citation.article or last is None or last.document_id != document.id:
        return citation
    steps = dict(part.split("-", 1) for part in (last.provision or "").split(".") if "-" in part)
    clause = citation.clause or (steps.get("khoan") if citation.point else None)
    return replace(citation, article=steps.get("dieu"), clause=clause)


def _place(citation: Citation, document: Document) -> LookedUp:
    provision = document.by_id.get(provision_id(citation))
    if provision is not None:
        return LookedUp(Finding.PRESENT, citation, document, provision)
    if gap_for(document, citation) is not None and _exists_officially(citation, document):
        return LookedUp(Finding.OMITTED, citation, document)
    return LookedUp(Finding.ABSENT, citation, document)


def _exists_officially(citation: Citation, document: Document) -> bool:
    count = document.metadata.article_count
    number = label_number(citation.article or "")
    return count is None or not number or number <= count
