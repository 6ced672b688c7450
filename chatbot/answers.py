"""The answer to a question: one shape for the page, the widget, the API and the CLI."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class AnswerStatus(StrEnum):
    """What became of a question. `UNAVAILABLE` is never shown as "nothing found"."""

    ANSWERED = "answered"
    NOT_FOUND = "not_found"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True, slots=True)
class Quotation:
    """A provision quoted word for word, with what a reader needs to check it."""

    citation: str  # "khoản 2 Điều 6 Nghị định 137/2024/NĐ-CP"
    document: str  # number, or name where there is none
    document_id: str
    article: str | None
    clause: str | None
    point: str | None
    heading: str
    quote: str  # a substring of the document's text
    highlights: tuple[tuple[int, int], ...]  # offsets into `quote` of the words that answer
    complete: bool  # False where the source leaves text out inside the provision
    url: str  # "/van-ban/137-2024-nd-cp#dieu-6.khoan-2"


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another provision that may be meant."""

    citation: str
    quote: str
    url: str


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of the conversation and the provision that answered it."""

    question: str
    document_id: str | None = None
    provision: str | None = None  # id: "dieu-6.khoan-2"


@dataclass(frozen=True, slots=True)
class Answer:
    """What `Chatbot.ask` returns."""

    status: AnswerStatus
    question: str  # as typed
    understood_as: str | None = None  # how the question was read; None if unchanged
    answer: Quotation | None = None  # set exactly when status is ANSWERED
    alternatives: tuple[Alternative, ...] = ()
    suggestions: tuple[str, ...] = ()
    message: str = ""  # what a person reads when there is no answer
    asks_nothing: bool = False  # thanks and the like: there is nothing to answer

    def to_json(self) -> dict[str, Any]:
        """Return the JSON shape that /api/docs describes; the message says what asks nothing."""
        shape = asdict(self)
        del shape["asks_nothing"]
        return shape
