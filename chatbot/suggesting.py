"""What to ask next, from the text itself: questions of neighbouring provisions, references."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import zip_longest

from chatbot.messages import VIETNAMESE
from corpus.citations import FoundCitation, find_citations, print_citation
from corpus.clauses import citation_of
from corpus.identifiers import provision_id
from corpus.library import Library
from corpus.model import Citation, Clause, Document, Level, Provision

SUGGESTIONS = 3


def suggestions(
    library: Library, document: Document, provision: Provision, asked: str
) -> tuple[str, ...]:
    """Return up to `SUGGESTIONS` questions that the loaded documents can answer.

    First what the provision refers to, then example questions of its neighbours, nearest
    first, then the headings of the articles around.

    Args:
        library: Holds the example questions.
        document: The document answered from.
        provision: The provision that answered.
        asked: The question, which is not suggested again.
    """
    found: dict[str, None] = {}
    for question in _all(library, document, provision):
        if question.casefold() != asked.casefold():
            found[question] = None
        if len(found) == SUGGESTIONS:
            break
    return tuple(found)


def _all(library: Library, document: Document, provision: Provision) -> Iterator[str]:
    own = citation_of(document, provision)
    if question := next(_referred(document, provision, own), None):
        yield question  # one is enough: a provision may refer to a dozen others
    for clause in _nearest_first(library.clauses_of[document.id], provision):
        if clause.questions and not _same_clause(clause.citation, own):
            yield clause.questions[0]
    for article in _articles_around(document, provision):
        heading = article.heading[:1].lower() + article.heading[1:]
        place = print_citation(Citation(article=article.label))
        yield VIETNAMESE.suggest_article.format(article=place, heading=heading)


def _referred(document: Document, provision: Provision, own: Citation) -> Iterator[str]:
    """Yield questions for the other provisions of this document that the text refers to."""
    for found in _citations_in(document.full_text(provision)):
        for citation in found.citations:
            if citation.document or "document" in found.relative:
                continue
            article = citation.article or (own.article if "article" in found.relative else None)
            place = Citation(article=article, clause=citation.clause, point=citation.point)
            target = document.by_id.get(provision_id(place)) if article else None
            if target and not provision.start <= target.start < provision.end:
                yield VIETNAMESE.suggest_provision.format(citation=_capital(print_citation(place)))


@lru_cache(maxsize=256)  # the same provisions answer again and again
def _citations_in(text: str) -> tuple[FoundCitation, ...]:
    return tuple(find_citations(text))


def _nearest_first(clauses: Sequence[Clause], provision: Provision) -> list[Clause]:
    return sorted(
        clauses,
        key=lambda clause: (clause.start < provision.start, abs(clause.start - provision.start)),
    )


def _same_clause(one: Citation, other: Citation) -> bool:
    return (one.article, one.clause) == (other.article, other.clause)


def _articles_around(document: Document, provision: Provision) -> Iterator[Provision]:
    articles = [node for node in document.walk() if node.level is Level.ARTICLE and node.heading]
    behind = [article for article in articles if article.start >= provision.end]
    before = [article for article in reversed(articles) if article.end <= provision.start]
    for pair in zip_longest(behind, before):
        yield from filter(None, pair)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
