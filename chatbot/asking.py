"""From a question to its answer: look up what it cites, else search, decide, quote."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

from chatbot.answers import Alternative, Answer, AnswerStatus, Quotation, Turn
from chatbot.deciding import answers
from chatbot.lookup import Finding, LookedUp, children_labels, look_up
from chatbot.messages import VIETNAMESE
from corpus.citations import print_citation
from corpus.clauses import article_of, citation_of, is_complete, quote_bounds
from corpus.errors import InputError, UnavailableError, UnknownDocumentError
from corpus.identifiers import permalink
from corpus.library import Library
from corpus.model import Citation, Clause, Document, Provision
from corpus.text import check_text, nfc
from index.search import ClauseIndex

log = logging.getLogger(__name__)

ALTERNATIVES = 3
SUGGESTIONS = 3
SEARCH_DEPTH = 10


class Chatbot:
    """Answers questions from a library."""

    def __init__(self, library: Library, index: Callable[[], ClauseIndex]) -> None:
        """Take the parts.

        Args:
            library: What is quoted.
            index: Returns the index of that library; called at the first question that has
                to be searched, so that a look-up loads no model.
        """
        self.library = library
        self._index = index

    def ask(
        self, question: str, history: Sequence[Turn] = (), *, document_id: str | None = None
    ) -> Answer:
        """Answer a question.

        Args:
            question: As typed.
            history: Earlier turns, oldest first.
            document_id: Answer from this document only.

        Raises:
            TextError: The question is not text.
            InputError: The question is empty.
            UnknownDocumentError: There is no document of this id.
        """
        check_text(question)
        asked = " ".join(nfc(question).split())
        if not asked:
            raise InputError("the question is empty; expected a question")
        if document_id is not None and document_id not in self.library.documents:
            raise UnknownDocumentError(f"no document {document_id!r} is loaded")
        cited = look_up(asked, self.library, tuple(history), document_id)
        if cited:
            return self._from_look_up(question, cited)
        try:
            return self._from_search(question, asked, document_id)
        except UnavailableError:
            log.exception("search is not possible")
            return Answer(AnswerStatus.UNAVAILABLE, question, message=VIETNAMESE.unavailable)

    def _from_look_up(self, question: str, cited: Sequence[LookedUp]) -> Answer:
        present = [one for one in cited if one.finding is Finding.PRESENT]
        quotations = [
            self._quotation(one.document, one.provision, one.citation)
            for one in present
            if one.document and one.provision
        ]
        if not quotations:
            return Answer(
                AnswerStatus.NOT_FOUND,
                question,
                alternatives=self._nearest(cited[0]),
                message=_why_not(cited[0]),
            )
        others = tuple(Alternative(one.citation, one.quote, one.url) for one in quotations[1:])
        return Answer(
            AnswerStatus.ANSWERED,
            question,
            answer=quotations[0],
            alternatives=others,
            suggestions=self._suggestions(present[0].document, present[0].provision),
        )

    def _nearest(self, looked: LookedUp) -> tuple[Alternative, ...]:
        """Return clauses of the cited article, so that a refusal helps."""
        if looked.document is None:
            return ()
        same = [
            clause
            for clause in self.library.clauses
            if clause.document_id == looked.document.id
            and clause.citation.article == looked.citation.article
        ]
        return tuple(_alternative(clause) for clause in same[:ALTERNATIVES])

    def _from_search(self, question: str, asked: str, document_id: str | None) -> Answer:
        documents = None if document_id is None else [document_id]
        result = self._index().examine(asked, SEARCH_DEPTH, documents=documents)
        clauses = [hit.clause for hit in result.hits]
        if not answers(result):
            return Answer(
                AnswerStatus.NOT_FOUND,
                question,
                alternatives=tuple(_alternative(one) for one in clauses[: ALTERNATIVES - 1]),
                message=VIETNAMESE.not_found,
            )
        best = clauses[0]
        document = self.library.documents[best.document_id]
        provision = document.by_id[best.provision_id]
        return Answer(
            AnswerStatus.ANSWERED,
            question,
            answer=self._quotation(document, provision, best.citation),
            alternatives=tuple(_alternative(one) for one in clauses[1 : ALTERNATIVES + 1]),
            suggestions=self._suggestions(document, provision),
        )

    def _quotation(self, document: Document, provision: Provision, citation: Citation) -> Quotation:
        start, end = quote_bounds(document, provision)
        article = article_of(document, provision)
        return Quotation(
            citation=print_citation(citation),
            document=document.metadata.number,
            document_id=document.id,
            article=citation.article,
            clause=citation.clause,
            point=citation.point,
            heading=article.heading if article else "",
            quote=document.text[start:end],
            highlights=((0, end - start),),
            complete=is_complete(provision),
            url=permalink(document.id, provision.id),
        )

    def _suggestions(
        self, document: Document | None, provision: Provision | None
    ) -> tuple[str, ...]:
        """Return example questions of the neighbouring clauses."""
        if document is None or provision is None:
            return ()
        own = citation_of(document, provision)
        neighbours = [
            clause
            for clause in self.library.clauses
            if clause.document_id == document.id
            and (clause.citation.article, clause.citation.clause) != (own.article, own.clause)
            and clause.questions
        ]
        return tuple(clause.questions[0] for clause in neighbours[:SUGGESTIONS])


def _alternative(clause: Clause) -> Alternative:
    url = permalink(clause.document_id, clause.provision_id)
    return Alternative(print_citation(clause.citation), clause.quote, url)


def _why_not(looked: LookedUp) -> str:
    """Return the sentence that says why a cited place cannot be shown."""
    place = print_citation(looked.citation)
    if looked.finding is Finding.NOT_LOADED:
        return VIETNAMESE.document_not_loaded.format(citation=place)
    if looked.finding is Finding.OMITTED:
        return VIETNAMESE.omitted_by_source.format(citation=place)
    above, held = children_labels(looked.document, looked.citation) if looked.document else ("", [])
    holder = above or (looked.document.metadata.number if looked.document else "")
    listed = ", ".join(held)
    if not listed:
        return VIETNAMESE.holds_nothing.format(citation=place, holder=holder)
    return VIETNAMESE.absent_provision.format(citation=place, holder=holder, held=listed)
