"""Answers as the chat shows them: a card of HTML for each status."""

from __future__ import annotations

from typing import Any

from chatbot.answers import Answer, AnswerStatus, Quotation
from chatbot.messages import VIETNAMESE, Messages
from chatbot.web.parts import Shelf
from chatbot.web.templating import Templates
from chatbot.web.typeset import typeset
from corpus.errors import UnknownDocumentError
from corpus.model import Metadata


class Cards:
    """Renders answers in one language, for a server reached under `base`."""

    def __init__(self, templates: Templates, shelf: Shelf, words: Messages) -> None:
        self._templates = templates
        self._shelf = shelf
        self._words = words

    def message(self, answer: Answer, base: str) -> dict[str, Any]:
        """Return what the page needs of an answer: markup, announcement, the turn to remember."""
        html = self._templates.render(
            "card.html", self._words.language, base, {"answer": answer, **self._details(answer)}
        )
        quotation = answer.answer
        return {
            "html": html,
            "status": answer.status.value,
            "announcement": self._announcement(answer),
            "turn": {
                "question": answer.question,
                "document_id": quotation.document_id if quotation else None,
                "provision": provision_of(quotation) if quotation else None,
            },
        }

    def unavailable(self, question: str, message: str, base: str) -> dict[str, Any]:
        """Return the message of a question the system could not work on."""
        answer = Answer(AnswerStatus.UNAVAILABLE, question, message=message)
        return self.message(answer, base)

    def _announcement(self, answer: Answer) -> str:
        if answer.answer is not None:
            return self._words.answer_ready.format(citation=answer.answer.citation)
        if answer.status is AnswerStatus.UNAVAILABLE:
            return self._words.unavailable_title
        return f"{self._words.no_answer_ready} {self._words.not_found_title}."

    def _details(self, answer: Answer) -> dict[str, Any]:
        quotation = answer.answer
        return {
            "lines": typeset(quotation.quote, quotation.highlights) if quotation else (),
            "provision": provision_of(quotation) if quotation else "",
            "metadata": self._metadata(quotation) if quotation else None,
            "alternatives": [(other, typeset(other.quote)) for other in answer.alternatives],
            "message": self._spoken(answer),
        }

    def _spoken(self, answer: Answer) -> str:
        """Return the message of an answer; answers speak Vietnamese, so English has its own."""
        own = {
            AnswerStatus.ANSWERED: "",
            AnswerStatus.NOT_FOUND: self._words.not_found,
            AnswerStatus.UNAVAILABLE: self._words.unavailable,
        }[answer.status]
        if self._words.language == VIETNAMESE.language or answer.status is AnswerStatus.UNAVAILABLE:
            return answer.message or own
        return own

    def _metadata(self, quotation: Quotation) -> Metadata | None:
        try:
            return self._shelf.document(quotation.document_id).metadata
        except UnknownDocumentError:
            return None  # removed since the index was built; the quotation still stands


def provision_of(quotation: Quotation) -> str:
    """Return the id of the quoted provision, which its permalink carries."""
    return quotation.url.partition("#")[2]
