"""A stored document whose text is read, and whose tree is built, when first asked for.

A library of thousands of documents starts at once; an answer needs the trees of a few.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from corpus.model import Document, Metadata, Provision
from corpus.parsing import parse


class StoredDocument(Document):
    """A `Document` that comes from the library's folder."""

    def __init__(self, document_id: str, metadata: Metadata, read: Callable[[], str]) -> None:
        """Take the facts; nothing is read yet.

        Args:
            document_id: Its id.
            metadata: Facts about the document.
            read: Returns its text; raises LibraryError.
        """
        object.__setattr__(self, "id", document_id)
        object.__setattr__(self, "metadata", metadata)
        object.__setattr__(self, "_read", read)

    @cached_property
    def text(self) -> str:
        """The text; raises LibraryError."""
        read: Callable[[], str] = self.__dict__["_read"]
        return read()

    @cached_property
    def _parsed(self) -> Document:
        return parse(self.text, self.metadata)

    @property
    def children(self) -> tuple[Provision, ...]:
        """The provisions on top; raises LibraryError."""
        return self._parsed.children

    @property
    def by_id(self) -> dict[str, Provision]:
        """All provisions; raises LibraryError."""
        return self._parsed.by_id
