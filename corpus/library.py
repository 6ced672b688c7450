"""The library: an immutable snapshot of the loaded documents."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any

from corpus.clauses import clauses_of
from corpus.errors import LibraryError, UnknownDocumentError
from corpus.identifiers import document_id, slug
from corpus.model import Clause, Document, Metadata, Status
from corpus.parsing import parse
from corpus.reading import decode

SHIPPED = "137-2024-nd-cp"


@dataclass(frozen=True)
class Library:
    """Documents by id, and their clauses in document order."""

    documents: Mapping[str, Document]
    clauses: tuple[Clause, ...]
    content_hash: str  # changes exactly when a clause, its passage or its questions change

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
        """Return a document by its id; raises UnknownDocumentError."""
        try:
            return self.documents[document_id]
        except KeyError:
            raise UnknownDocumentError(f"no document {document_id!r} is loaded") from None

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
    questions: Mapping[str, Mapping[str, list[str]]] | None = None,
) -> Library:
    """Return the library of `documents`; `questions` by document id and provision id."""
    table = {document.id: document for document in documents}
    asked = questions or {}
    clauses = tuple(
        clause
        for document in table.values()
        for clause in clauses_of(document, asked.get(document.id))
    )
    digest = hashlib.sha256()
    for clause in clauses:
        parts = (*clause.key, clause.passage, clause.quote, *clause.questions)
        digest.update("\0".join(parts).encode("utf-8") + b"\1")
    return Library(MappingProxyType(table), clauses, digest.hexdigest())


def shipped_library() -> Library:
    """Return the library that holds the shipped decree only."""
    document, questions = _shipped()
    return build_library([document], {document.id: questions})


def load_library(folder: Path) -> Library:
    """Return the shipped decree plus the documents stored in `folder` (which may not exist).

    Each is a `<id>.txt` with its `<id>.json` of metadata; a stored document of the same
    number stands in for the shipped one.

    Raises:
        LibraryError: A stored file is missing, broken, or was changed by hand.
    """
    document, asked = _shipped()
    documents = {document.id: document}
    questions = {document.id: asked}
    for path in sorted(folder.glob("*.json")) if folder.is_dir() else []:
        stored = _load(path)
        documents[stored.id] = stored
        if stored.id == SHIPPED and stored.text != document.text:
            questions.pop(SHIPPED, None)
    return build_library(documents.values(), questions)


def _shipped() -> tuple[Document, dict[str, list[str]]]:
    folder = files("corpus") / "decree"
    text = decode((folder / f"{SHIPPED}.txt").read_bytes(), f"{SHIPPED}.txt")
    facts = tomllib.loads((folder / f"{SHIPPED}.toml").read_text("utf-8"))
    questions: dict[str, list[str]] = {}
    listed = folder / f"{SHIPPED}.questions.jsonl"
    for line in listed.read_text("utf-8").splitlines():
        entry = json.loads(line)
        questions.setdefault(entry["provision"], []).append(entry["question"])
    source = hashlib.sha256(text.encode("utf-8")).hexdigest()
    facts |= {"source_name": f"{SHIPPED}.txt", "source_sha256": source}
    return parse(text, _metadata(facts)), questions


def _load(path: Path) -> Document:
    try:
        facts = json.loads(path.read_text("utf-8"))
        expected = facts.pop("text_sha256")
        data = path.with_suffix(".txt").read_bytes()
        metadata = _metadata(facts)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LibraryError(f"stored document {path} cannot be read: {error}") from error
    found = hashlib.sha256(data).hexdigest()
    if found != expected:
        raise LibraryError(
            f"{path.with_suffix('.txt')} has checksum {found[:12]}, expected {expected[:12]}: "
            "the file was changed; load the document again from its official file"
        )
    document = parse(data.decode("utf-8"), metadata)
    if document.id != path.stem:
        raise LibraryError(f"{path} holds document {document.id}, expected {path.stem}")
    return document


def _metadata(facts: Mapping[str, Any]) -> Metadata:
    """Build metadata from a table of TOML or JSON."""
    values = dict(facts)
    for name in ("issued", "effective"):
        if isinstance(values.get(name), str):
            values[name] = date.fromisoformat(values[name])
    for name in ("amended_by", "notes"):
        values[name] = tuple(values.get(name, ()))
    if values.get("status"):
        values["status"] = Status(values["status"])
    document_id(values["number"])
    return Metadata(**values)
