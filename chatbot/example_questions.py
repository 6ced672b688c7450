"""Example questions an operator writes for the loaded documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from chatbot.assembly import Assembly
from corpus.citations import parse_citation
from corpus.errors import CitationError, InputError
from corpus.identifiers import provision_id
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
    without,
    write_questions,
)
from corpus.text import one_line
from index.search import Progress


@dataclass(frozen=True, slots=True)
class Change:
    """What became of the questions of the library."""

    documents: tuple[Document, ...]
    questions: int  # added, or taken away
    embedded: int


class ExampleQuestions:
    """Adds questions to the library of one assembly or takes them away, all or nothing."""

    def __init__(self, parts: Assembly, *, embedding: Progress | None = None) -> None:
        """Take the parts; `embedding` is called with (rows done, rows in all)."""
        self._parts = parts
        self._embedding = embedding

    def add_file(self, file: Path, document: str | None = None) -> Change:
        """Add the questions of a file; see `corpus.questions` and `add`.

        Raises:
            InputError: As `add` does, and where the file cannot be read or holds no question.
        """
        questions = read_questions(_content(file), str(file))
        if not questions:
            raise InputError(f"{file} holds no question")
        return self.add(questions, document)

    def add(self, questions: Sequence[ExampleQuestion], document: str | None = None) -> Change:
        """Add questions to those there are, all or nothing.

        Args:
            questions: At least one.
            document: Number or id, for questions that name none.

        Raises:
            InputError: A question names no loaded provision.
            UnavailableError: Another load is under way, or something cannot be written.
        """
        with self._parts.changing():
            library = self._parts.fresh_library()
            listing, added = self._parts.listing(), 0
            grouped = _by_document(questions, document, library)
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
        return self._keep(number_or_id, lambda before: {})

    def take_away(self, number_or_id: str, text: str, provision: str | None = None) -> Change:
        """Take away one question that an operator added for a document.

        Args:
            number_or_id: Of the document.
            text: The question; its blanks and its Unicode form do not matter.
            provision: Id of the provision that loses it, or `NO_PROVISION`; `None` for all.

        Raises:
            InputError: No such question was added.
            UnknownDocumentError: The document is not loaded.
            UnavailableError: Another load is under way, or something cannot be written.
        """
        wanted = one_line(text)

        def others(before: Asked) -> Asked:
            after = without(before, wanted, provision)
            if after == before:
                raise InputError(
                    f"no question {wanted!r} was added for {provision or number_or_id}; "
                    "`app.py questions` prints those that were"
                )
            return after

        return self._keep(number_or_id, others)

    def added(self) -> dict[str, Asked]:
        """Return what an operator added, by document id."""
        listing = self._parts.listing()
        return {
            document_id: stored_questions(self._parts.store, listing, document_id)
            for document_id in listing.questions
        }

    def _keep(self, number_or_id: str, chosen: Callable[[Asked], Asked]) -> Change:
        """Keep what is chosen of the questions that an operator added for a document."""
        with self._parts.changing():
            document = self._parts.fresh_library().find(number_or_id)
            listing = self._parts.listing()
            before = stored_questions(self._parts.store, listing, document.id)
            after = chosen(before)
            checksum = self._parts.store.add_text(write_questions(after)) if after else None
            embedded = self._parts.switch(
                listing.with_questions(document.id, checksum), progress=self._embedding
            )
        return Change((document,), _count(before) - _count(after), embedded)


def _content(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file} cannot be read as text in UTF-8: {error}") from error


def _by_document(
    questions: Sequence[ExampleQuestion], document: str | None, library: Library
) -> dict[str, list[ExampleQuestion]]:
    """Group questions by document id; each with a provision must have a clause to go with."""
    grouped: dict[str, list[ExampleQuestion]] = {}
    clauses: dict[str, set[str]] = {}
    for question in questions:
        place = question.where
        named = question.document or document
        if not named:
            raise InputError(f'{place}: no "document"; add it, or name one with --document')
        try:
            found = library.find(named)
            provision = _provision_of(question.provision, found, library)
        except InputError as error:
            raise InputError(f"{place}: {error}") from error
        names = clauses.setdefault(
            found.id, {clause.provision_id for clause in library.clauses_of[found.id]}
        )
        grouped.setdefault(found.id, []).append(replace(question, provision=provision))
        if provision == NO_PROVISION:
            continue
        if provision not in found.by_id or not holder_of(provision, names):
            raise InputError(
                f"{place}: {found.metadata.number} has no clause {question.provision!r}; ids look "
                f"like {min(names, default='dieu-1.khoan-1')!r} and are the ends of the links on "
                "its page"
            )
        said = found.full_text(found.by_id[provision])
        if question.words not in said:
            raise InputError(
                f"{place}: {question.words[:60]!r} is not in {provision}; the words must "
                "be copied from the text as it is"
            )
    return grouped


def _provision_of(named: str, document: Document, library: Library) -> str:
    """Return the id of what is named by id or by citation; what is neither stays as it is.

    Raises:
        InputError: It is cited as a provision of another document.
    """
    if named == NO_PROVISION or named in document.by_id:
        return named
    try:
        citation = parse_citation(named)
    except CitationError:
        return named
    if citation.document:
        cited = library.find(citation.document, citation.kind)
        if cited.id != document.id:
            raise InputError(
                f"{named!r} is a provision of {cited.metadata.number}, "
                f"but the question is for {document.metadata.number}; name the same document"
            )
    return provision_id(citation) or named


def _count(asked: Asked) -> int:
    return sum(map(len, asked.values()))
