"""Answers as the chat shows them: a card of HTML for each status."""

from __future__ import annotations

from typing import Any

from chatbot.answers import Answer, AnswerStatus, Quotation
from chatbot.messages import VIETNAMESE, Messages
from chatbot.web.parts import Asker
from chatbot.web.templating import Templates
from chatbot.web.typeset import typeset
from corpus.clauses import lead_ins
from corpus.errors import UnknownDocumentError
from corpus.model import Document


class Cards:
    """Renders answers in one language."""

    def __init__(
        self, templates: Templates, asker: Asker, words: Messages, *, feedback: bool = False
    ) -> None:
        """Take the parts; `feedback`: whether a card asks if it is right."""
        self._feedback = feedback
        self._templates = templates
        self._asker = asker
        self._words = words

    def message(
        self, answer: Answer, base: str, *, as_typed: bool = False, said: str = ""
    ) -> dict[str, Any]:
        """Return what the page needs of an answer: markup, announcement, the turn to remember.

        Args:
            answer: What is shown.
            base: Path the server is reached under, "" at the root of a host.
            as_typed: Whether it was asked exactly as typed, which is then not offered again.
            said: What the page itself has to say, in its language; "" where the answer speaks.
        """
        values = {"answer": answer, "as_typed": as_typed, **self._details(answer)}
        values["message"] = said or self._spoken(answer)
        html = self._templates.render("card.html", self._words.language, base, values)
        quotation = answer.answer
        return {
            "html": html,
            "status": answer.status.value,
            "announcement": self._announcement(answer),
            "answer": {"citation": quotation.citation, "url": base + quotation.url}
            if quotation
            else None,
            "turn": {
                "question": answer.question,
                "document_id": quotation.document_id if quotation else None,
                "provision": provision_of(quotation) if quotation else None,
            },
        }

    def _announcement(self, answer: Answer) -> str:
        if answer.answer is not None:
            return self._words.answer_ready.format(citation=answer.answer.citation)
        if answer.status is AnswerStatus.UNAVAILABLE:
            return self._words.unavailable_title
        if answer.asks_nothing:
            return self._words.said_in_passing
        return f"{self._words.no_answer_ready} {self._words.not_found_title}."

    def _details(self, answer: Answer) -> dict[str, Any]:
        quotation = answer.answer
        highlights = telling(quotation) if quotation else ()
        document = self._document(quotation) if quotation else None
        return {
            "lead_ins": _leading(document, quotation) if quotation and document else (),
            "lines": typeset(quotation.quote, highlights) if quotation else (),
            "highlights": highlights,
            "provision": provision_of(quotation) if quotation else "",
            "metadata": document.metadata if document else None,
            "alternatives": [(other, typeset(other.quote)) for other in answer.alternatives],
            "feedback": self._feedback,
        }

    def _spoken(self, answer: Answer) -> str:
        """Return the message of an answer; answers speak Vietnamese, so English has its own."""
        own = {
            AnswerStatus.ANSWERED: "",
            AnswerStatus.NOT_FOUND: self._words.said_in_passing
            if answer.asks_nothing
            else self._words.not_found,
            AnswerStatus.UNAVAILABLE: self._words.unavailable,
        }[answer.status]
        if self._words.language == VIETNAMESE.language or answer.status is AnswerStatus.UNAVAILABLE:
            return answer.message or own
        return own

    def _document(self, quotation: Quotation) -> Document | None:
        try:
            return self._asker.library.document(quotation.document_id)
        except UnknownDocumentError:
            return None  # removed since the index was built; the quotation still stands


def _leading(document: Document, quotation: Quotation) -> list[str]:
    """Return the lines that lead to what is quoted: they say what it is a part of."""
    provision = document.by_id.get(provision_of(quotation))
    bounds = lead_ins(document, provision) if provision else []
    return [document.text[start:end].splitlines()[-1].strip() for start, end in bounds]


def telling(quotation: Quotation) -> tuple[tuple[int, int], ...]:
    """Return the highlights, or none where they cover all: a mark on everything says nothing."""
    covered = sum(end - start for start, end in quotation.highlights)
    return () if covered >= len(quotation.quote.strip()) else quotation.highlights


def provision_of(quotation: Quotation) -> str:
    """Return the id of the quoted provision, which its permalink carries."""
    return quotation.url.partition("#")[2]
