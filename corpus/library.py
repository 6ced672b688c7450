"""The library: an immutable snapshot of the loaded documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.model import Clause, Document, Metadata


@dataclass(frozen=True)
class Library:
    """Documents by id, and their clauses in document order."""

    documents: Mapping[str, Document]
    clauses: tuple[Clause, ...]
    content_hash: str  # changes exactly when a clause, its passage or its questions change

    @property
    def names(self) -> tuple[str, ...]:
        """Numbers and titles by which people cite the documents, for `find_citations`."""
        raise NotImplementedError

    def find(self, number_or_id: str, kind: str | None = None) -> Document:
        """Return a document by id, number, part of a number ("137/2024") or name.

        Raises:
            UnknownDocumentError: There is none, or more than one fits.
        """
        raise NotImplementedError


def build_library(documents: Iterable[Document]) -> Library:
    """Return the library of `documents`."""
    raise NotImplementedError


def shipped_library() -> Library:
    """Return the library that holds the shipped decree only."""
    raise NotImplementedError


def load_library(folder: Path) -> Library:
    """Return the shipped decree plus the documents stored in `folder` (which may not exist).

    Raises:
        LibraryError: A stored file is missing, broken, or was changed by hand.
    """
    raise NotImplementedError


def save_document(folder: Path, text: str, metadata: Metadata) -> Document:
    """Store a document, replacing one of the same id, atomically; return it parsed."""
    raise NotImplementedError


def remove_document(folder: Path, document_id: str) -> None:
    """Remove a stored document; raises UnknownDocumentError if it is not there."""
    raise NotImplementedError
