"""Puts an answer into words: quotation, alternatives, and why there is none."""

from __future__ import annotations

from collections.abc import Sequence

from chatbot.answers import Alternative, Quotation
from chatbot.aspects import Aspect
from chatbot.highlighting import Span
from chatbot.lookup import Finding, LookedUp, children_labels
from chatbot.messages import VIETNAMESE
from corpus.citations import print_citation
from corpus.clauses import article_of, citation_of, is_complete, quote_bounds
from corpus.identifiers import permalink
from corpus.library import Library
from corpus.model import Citation, Clause, Document, Level, Provision

ALTERNATIVES = 3
NAMED_DOCUMENTS = 3  # documents a refusal names
NAMED_ARTICLES = 5  # articles it names
_ASPECTS = {
    Aspect.SCOPE: VIETNAMESE.aspect_scope,
    Aspect.ADDRESSEES: VIETNAMESE.aspect_addressees,
    Aspect.EFFECT: VIETNAMESE.aspect_effect,
}


def quoted(document: Document, provision: Provision) -> str:
    """Return the words of a provision as they are shown: a substring of the document's text."""
    start, end = quote_bounds(document, provision)
    return document.text[start:end]


def quotation(
    document: Document, provision: Provision, citation: Citation, highlights: tuple[Span, ...]
) -> Quotation:
    """Return a provision quoted word for word.

    Args:
        document: Holds the text.
        provision: What is quoted, whole.
        citation: Of the provision.
        highlights: Offsets into the quotation.
    """
    article = article_of(document, provision)
    return Quotation(
        citation=print_citation(citation),
        document=document.metadata.number,
        document_id=document.id,
        article=citation.article,
        clause=citation.clause,
        point=citation.point,
        heading=article.heading if article else "",
        quote=quoted(document, provision),
        highlights=highlights,
        complete=is_complete(provision),
        url=permalink(document.id, provision.id),
    )


def alternative(clause: Clause) -> Alternative:
    """Return a clause as something else that may be meant."""
    url = permalink(clause.document_id, clause.provision_id)
    return Alternative(print_citation(clause.citation), clause.quote, url)


def place(document: Document, provision: Provision) -> Alternative:
    """Return a provision as something else that may be meant."""
    citation = print_citation(citation_of(document, provision))
    return Alternative(citation, quoted(document, provision), permalink(document.id, provision.id))


def other(quoted_place: Quotation) -> Alternative:
    """Return a quoted place as something else that may be meant."""
    return Alternative(quoted_place.citation, quoted_place.quote, quoted_place.url)


def near_place(library: Library, looked: LookedUp) -> tuple[Alternative, ...]:
    """Return clauses of the cited article, so that a refusal helps."""
    if looked.document is None:
        return ()
    same = [
        clause
        for clause in library.clauses_of[looked.document.id]
        if clause.citation.article == looked.citation.article
    ]
    return tuple(alternative(clause) for clause in same[:ALTERNATIVES])


def why_no_place(looked: LookedUp) -> str:
    """Return the sentence that says why a cited place cannot be shown."""
    place = print_citation(looked.citation)
    if looked.finding is Finding.NOT_LOADED:
        return VIETNAMESE.document_not_loaded.format(citation=place)
    if looked.finding is Finding.OMITTED:
        return VIETNAMESE.omitted_by_source.format(citation=place)
    above, held = children_labels(looked.document, looked.citation) if looked.document else ("", [])
    holder = above or (looked.document.metadata.number if looked.document else "")
    if not held:
        return VIETNAMESE.holds_nothing.format(citation=place, holder=holder)
    return VIETNAMESE.absent_provision.format(
        citation=place, holder=holder, held=", ".join(_shortened(held))
    )


def nothing_found(library: Library) -> str:
    """Return the sentences that say nothing answers, and what was searched."""
    names = [document.metadata.name for document in library.documents.values()]
    shown = names[:NAMED_DOCUMENTS]
    if len(names) > len(shown):
        shown.append(VIETNAMESE.and_others.format(count=len(names) - len(shown)))
    if not shown:
        return VIETNAMESE.not_found
    loaded = VIETNAMESE.loaded_documents.format(documents=", ".join(shown))
    return f"{VIETNAMESE.not_found} {loaded}"


def says_nothing(document: Document, aspect: Aspect) -> str:
    """Return the sentences that say a document does not tell this of itself, and what it has."""
    articles = [node for node in document.walk() if node.level is Level.ARTICLE]
    held = [f"Điều {one.label}. {one.heading}".strip(" .") for one in articles]
    return VIETNAMESE.aspect_not_told.format(
        document=document.metadata.name,
        aspect=_ASPECTS[aspect],
        held="; ".join(_shortened(held, NAMED_ARTICLES)),
    )


def no_amount(clause: Clause) -> str:
    """Return the sentence that says a clause is about what is asked and states no such amount."""
    return VIETNAMESE.no_amount.format(citation=print_citation(clause.citation))


def _shortened(labels: Sequence[str], most: int = 12) -> list[str]:
    """Return a list that reads at a glance: its beginning and its end."""
    if len(labels) <= most:
        return list(labels)
    return [*labels[: most - 2], "…", labels[-1]]
