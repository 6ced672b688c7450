"""The library: an immutable snapshot of the loaded documents."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from importlib.resources import files
from types import MappingProxyType

from corpus.clauses import clauses_of
from corpus.errors import UnknownDocumentError
from corpus.identifiers import VERSION, slug
from corpus.lazy import StoredDocument
from corpus.listing import Entry, Listing, metadata_from
from corpus.model import Clause, Document
from corpus.parsing import parse
from corpus.questions import Asked, by_provision, merged, read_questions, with_questions
from corpus.reading import decode
from corpus.storing import Store

SHIPPED = "137-2024-nd-cp"


@dataclass(frozen=True, slots=True)
class Earlier:
    """A text of a document that another one replaced: it can be read, and is never searched."""

    document: Document  # its id is its own: "999-2099-nd-cp@3f2a91bc"
    of: str  # id of the document that answers in its place
    replaced: date


@dataclass(frozen=True)
class Library:
    """Documents by id, and their clauses in document order."""

    documents: Mapping[str, Document]
    clauses: tuple[Clause, ...]
    content_hash: str  # changes exactly when a clause, its passage or its questions change
    earlier: Mapping[str, Earlier] = field(default_factory=dict)  # by id, the latest first

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names by which people cite documents without a number, for `find_citations`."""
        named = {
            name
            for document in self.documents.values()
            for name in (document.metadata.number, document.metadata.title)
            if name and not name[0].isdigit() and len(name) <= 120
        }
        return tuple(sorted(named, key=len, reverse=True))

    @cached_property
    def by_key(self) -> Mapping[tuple[str, str], Clause]:
        """Clauses by their key."""
        return {clause.key: clause for clause in self.clauses}

    @cached_property
    def clauses_of(self) -> Mapping[str, tuple[Clause, ...]]:
        """The clauses of each document, by its id, in document order."""
        found: dict[str, list[Clause]] = {document: [] for document in self.documents}
        for clause in self.clauses:
            found[clause.document_id].append(clause)
        return {document: tuple(clauses) for document, clauses in found.items()}

    def document(self, document_id: str) -> Document:
        """Return a document, or an earlier text of one, by its id; raises UnknownDocumentError."""
        if found := self.documents.get(document_id):
            return found
        if earlier := self.earlier.get(document_id):
            return earlier.document
        raise UnknownDocumentError(f"no document {document_id!r} is loaded")

    def earlier_of(self, document_id: str) -> tuple[Earlier, ...]:
        """Return the earlier texts of a document, the latest first."""
        return tuple(one for one in self.earlier.values() if one.of == document_id)

    def find_earlier(self, name: str) -> Earlier | None:
        """Return the earlier text that a name like "999/2099/NĐ-CP@3f2a91bc" means.

        Returns:
            `None` where the name means no earlier text.

        Raises:
            UnknownDocumentError: It means one that is not there.
        """
        base, mark, version = name.strip().rpartition(VERSION)
        if not mark:
            return None
        current = self.find(base).id
        known = [one.document.id for one in self.earlier_of(current)]
        wanted = f"{current}{VERSION}{version.lower()}"
        if wanted not in known:
            listed = ", ".join(known) or "none"
            raise UnknownDocumentError(f"no earlier text {name!r}; there is: {listed}")
        return self.earlier[wanted]

    def find(self, number_or_id: str, kind: str | None = None) -> Document:
        """Return a document by id, number, part of a number ("137/2024") or name.

        Raises:
            UnknownDocumentError: There is none, or more than one fits.
        """
        wanted = slug(number_or_id)
        if exact := self.documents.get(wanted):
            return exact
        fitting = [
            document
            for key, document in self.documents.items()
            if (wanted and key.startswith(wanted + "-"))
            or (wanted and slug(document.metadata.title) == wanted)
        ]
        if kind:
            fitting = [doc for doc in fitting if doc.metadata.kind in ("", kind)]
        if len(fitting) == 1:
            return fitting[0]
        loaded = ", ".join(list(self.documents)[:5])
        problem = "more than one document fits" if fitting else "no document"
        raise UnknownDocumentError(f"{problem} {number_or_id!r}; loaded: {loaded}")


def build_library(
    documents: Iterable[Document],
    questions: Mapping[str, Asked] | None = None,
) -> Library:
    """Return the library of `documents`; `questions` by document id and provision id."""
    table = {document.id: document for document in documents}
    asked = questions or {}
    clauses = (
        clause
        for document in table.values()
        for clause in with_questions(clauses_of(document), asked.get(document.id, {}))
    )
    return _library(table, clauses)


def shipped_library(others: Iterable[Document] = ()) -> Library:
    """Return the library that holds the shipped decree, and `others` where given."""
    document, questions = _shipped()
    return build_library([document, *others], {document.id: questions})


def load_library(store: Store, listing: Listing) -> Library:
    """Return the shipped decree plus the documents of a list.

    A listed document of the same number stands in for the shipped one; a shipped one that the
    list says is removed is left out. An operator's example questions are added to those that
    come with the product. Texts are read and parsed when first asked for, or when
    no clauses are remembered of them.

    Raises:
        LibraryError: A stored file is missing, broken, or was changed by hand.
    """
    shipped, asked = _shipped()
    documents: dict[str, Document] = {}
    clauses: list[Clause] = []
    if shipped.id not in listing.removed:
        documents[shipped.id] = shipped
    documents |= {entry.id: _stored(store, entry) for entry in listing.entries}
    earlier = {
        entry.id: Earlier(_stored(store, entry), entry.document_id, entry.replaced)
        for entry in listing.earlier
        if entry.replaced
    }
    entries = {entry.id: entry for entry in listing.entries}
    for document in documents.values():
        entry = entries.get(document.id)
        same = document.id == shipped.id and document.text == shipped.text
        found = clauses_of(document) if entry is None or same else _clauses(store, entry, document)
        own = stored_questions(store, listing, document.id)
        clauses += with_questions(found, merged(asked if same else {}, own))
    return _library(documents, clauses, earlier)


def stored_questions(store: Store, listing: Listing, document_id: str) -> dict[str, dict[str, str]]:
    """Return the questions an operator added for a document, by provision id.

    Raises:
        LibraryError: A stored file is missing, or was changed by hand.
    """
    checksum = listing.questions.get(document_id)
    if checksum is None:
        return {}
    return by_provision(read_questions(store.text(checksum), f"questions of {document_id}"))


def _stored(store: Store, entry: Entry) -> StoredDocument:
    return StoredDocument(entry.id, entry.metadata, lambda: store.text(entry.text_sha256))


def _clauses(store: Store, entry: Entry, document: Document) -> tuple[Clause, ...]:
    remembered = store.clauses(entry)
    if remembered is None:
        remembered = clauses_of(document)
        store.remember(entry, remembered)
    return remembered


def _library(
    documents: Mapping[str, Document],
    clauses: Iterable[Clause],
    earlier: Mapping[str, Earlier] = MappingProxyType({}),
) -> Library:
    kept = tuple(clauses)
    digest = hashlib.sha256()
    for clause in kept:
        parts = (*clause.key, clause.passage, clause.quote, *clause.questions, *clause.answering)
        digest.update("\0".join(parts).encode("utf-8") + b"\1")
        digest.update("\0".join(clause.unanswered).encode("utf-8") + b"\1")
    return Library(MappingProxyType(dict(documents)), kept, digest.hexdigest(), earlier)


def _shipped() -> tuple[Document, dict[str, dict[str, str]]]:
    folder = files("corpus") / "decree"
    text = decode((folder / f"{SHIPPED}.txt").read_bytes(), f"{SHIPPED}.txt")
    facts = tomllib.loads((folder / f"{SHIPPED}.toml").read_text("utf-8"))
    name = f"{SHIPPED}.questions.jsonl"
    questions = by_provision(read_questions((folder / name).read_text("utf-8"), name))
    source = hashlib.sha256(text.encode("utf-8")).hexdigest()
    facts |= {"source_name": f"{SHIPPED}.txt", "source_sha256": source}
    return parse(text, metadata_from(facts)), questions
