"""From the text of an official document to its tree of provisions."""

from __future__ import annotations

from corpus.model import Document, Metadata


def parse(text: str, metadata: Metadata) -> Document:
    """Parse a whole document; raises TextError, ParseError."""
    raise NotImplementedError
