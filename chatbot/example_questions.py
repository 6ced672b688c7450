"""Example questions an operator writes for the loaded documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from chatbot.assembly import Assembly
from corpus.errors import InputError, UnknownDocumentError
from corpus.library import Library, stored_questions
from corpus.model import Document
from corpus.questions import (
    NO_PROVISION,
    Asked,
    ExampleQuestion,
    by_provision,
    holder_of,
    merged,
    read_questions,
    write_questions,
)
from index.search import Progress


@dataclass(frozen=True, slots=True)
class Change:
    """What became of the questions of the library."""

    documents: tuple[Document, ...]
    questions: int  # added, or taken away
    embedded: int


class ExampleQuestions:
    """Adds questions to the library of one assembly, all or nothing."""

    def __init__(self, parts: Assembly, *, embedding: Progress | None = None) -> None:
        """Take the parts; `embedding` is called with (rows done, rows in all)."""
        self._parts = parts
        self._embedding = embedding

    def add(self, file: Path, document: str | None = None) -> Change:
        """Add the questions of a file to those there are.

        Args:
            file: See `corpus.questions`.
            document: Number or id, for lines that name none.

        Raises:
            InputError: The file cannot be read, or a line names no loaded provision.
            UnavailableError: Another load is under way, or something cannot be written.
        """
        questions = read_questions(_content(file), str(file))
        with self._parts.changing():
            library = self._parts.fresh_library()
            listing, added = self._parts.listing(), 0
            grouped = _by_document(questions, document, library, file)
            for document_id, theirs in grouped.items():
                before = stored_questions(self._parts.store, listing, document_id)
                after = merged(before, by_provision(theirs))
                added += _count(after) - _count(before)
                checksum = self._parts.store.add_text(write_questions(after))
                listing = listing.with_questions(document_id, checksum)
            embedded = self._parts.switch(listing, progress=self._embedding)
        documents = tuple(library.documents[document_id] for document_id in grouped)
        return Change(documents, added, embedded)

    def clear(self, number_or_id: str) -> Change:
        """Take away all that an operator added for a document.

        Raises:
            UnknownDocumentError: It is not loaded.
            UnavailableError: Another load is under way, or something cannot be written.
        """
        with self._parts.changing():
            document = self._parts.fresh_library().find(number_or_id)
            listing = self._parts.listing()
            before = stored_questions(self._parts.store, listing, document.id)
            embedded = self._parts.switch(
                listing.with_questions(document.id, None), progress=self._embedding
            )
        return Change((document,), _count(before), embedded)

    def added(self) -> dict[str, Asked]:
        """Return what an operator added, by document id."""
        listing = self._parts.listing()
        return {
            document_id: stored_questions(self._parts.store, listing, document_id)
            for document_id in listing.questions
        }


def _content(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file} cannot be read as text in UTF-8: {error}") from error


def _by_document(
    questions: Sequence[ExampleQuestion], document: str | None, library: Library, file: Path
) -> dict[str, list[ExampleQuestion]]:
    """Group questions by document id; each with a provision must have a clause to go with."""
    if not questions:
        raise InputError(f"{file} holds no question")
    grouped: dict[str, list[ExampleQuestion]] = {}
    clauses: dict[str, set[str]] = {}
    for question in questions:
        place = f"{file}, line {question.line}"
        named = question.document or document
        if not named:
            raise InputError(f'{place}: no "document"; add it, or name one with --document')
        try:
            found = library.find(named)
        except UnknownDocumentError as error:
            raise InputError(f"{place}: {error}") from error
        names = clauses.setdefault(
            found.id, {clause.provision_id for clause in library.clauses_of[found.id]}
        )
        grouped.setdefault(found.id, []).append(question)
        if question.provision == NO_PROVISION:
            continue
        if question.provision not in found.by_id or not holder_of(question.provision, names):
            raise InputError(
                f"{place}: {found.metadata.number} has no clause {question.provision!r}; ids look "
                f"like {min(names, default='dieu-1.khoan-1')!r} and are the ends of the links on "
                "its page"
            )
        said = found.full_text(found.by_id[question.provision])
        if question.words not in said:
            raise InputError(
                f"{place}: {question.words[:60]!r} is not in {question.provision}; the words must "
                "be copied from the text as it is"
            )
    return grouped


def _count(asked: Asked) -> int:
    return sum(map(len, asked.values()))
