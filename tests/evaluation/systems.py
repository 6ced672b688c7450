"""The real system over a few libraries, built from the parts it is made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from chatbot.asking import Chatbot
from chatbot.loading import read_document
from corpus.library import Library
from corpus.model import Document
from index.search import ClauseIndex
from index.types import Encoder
from tests.benchmarks.retrieval import indexed
from tests.evaluation.cases import FICTITIOUS_FILE

# One file a document: of several formats the one that is text already.
_BEST_FIRST = (".md", ".txt", ".html", ".docx", ".doc", ".pdf")

Build = Callable[[Library], ClauseIndex]


@dataclass(frozen=True)
class System:
    """A library with its index and the chatbot over both."""

    library: Library
    index: ClauseIndex
    chatbot: Chatbot


def in_memory(encoder: Encoder) -> Build:
    """Return a builder that keeps nothing on disk: for small libraries."""
    return lambda library: ClauseIndex.build(library.clauses, encoder)


def cached(encoder: Encoder, cache: Path) -> Build:
    """Return a builder that keeps indexes under `cache`, by content and encoder."""
    return lambda library: indexed(library.clauses, library.content_hash, encoder, cache)


def system(library: Library, build: Build) -> System:
    """Return the system over a library."""
    index = build(library)
    return System(library, index, Chatbot(library, lambda: index))


def fictitious_document() -> Document:
    """Return the fictitious decree, read as an operator's file is."""
    return read_document(FICTITIOUS_FILE).document


def real_documents(folder: Path) -> list[Document]:
    """Return one document of each number in `../shared/data/documents`."""
    files: dict[str, Path] = {}
    for suffix in _BEST_FIRST:
        for file in sorted(folder.glob(f"*{suffix}")):
            files.setdefault(file.name.split(".")[0].lower(), file)
    return [read_document(file).document for _, file in sorted(files.items())]


def without_examples(library: Library) -> Library:
    """Return a library none of whose clauses has an example question."""
    clauses = tuple(
        replace(clause, questions=(), answering=(), unanswered=()) for clause in library.clauses
    )
    return replace(library, clauses=clauses, content_hash=library.content_hash[::-1])
