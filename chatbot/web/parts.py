"""What the web needs of the rest: a library to show and someone to ask."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from chatbot.answers import Answer, Turn
from corpus.library import Earlier
from corpus.model import Clause, Document

Prepare = Callable[[], object]  # loads what is slow to load; raises UnavailableError


class Shelf(Protocol):
    """The loaded documents."""

    @property
    def documents(self) -> Mapping[str, Document]:
        """All documents by id, in the order they are listed."""

    @property
    def clauses(self) -> Sequence[Clause]:
        """Their clauses, in reading order."""

    @property
    def earlier(self) -> Mapping[str, Earlier]:
        """Texts that were replaced and can still be read, by id."""

    def earlier_of(self, document_id: str) -> Sequence[Earlier]:
        """Return the earlier texts of a document, the latest first."""

    def document(self, document_id: str) -> Document:
        """Return a document, or an earlier text of one; raises UnknownDocumentError."""

    def find(self, number_or_id: str, kind: str | None = None) -> Document:
        """Return a document by its number or name; raises UnknownDocumentError."""


class Asker(Protocol):
    """Answers questions; `chatbot.asking.Chatbot` is the real one."""

    @property
    def library(self) -> Shelf:
        """The documents that answers are taken from."""

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        *,
        document_id: str | None = None,
        as_typed: bool = False,
    ) -> Answer:
        """Answer a question; raises InputError and UnavailableError."""
