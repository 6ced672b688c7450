"""What a source leaves out."""

from __future__ import annotations

from corpus.model import Citation, Document, Gap


def gaps(document: Document) -> tuple[Gap, ...]:
    """Return the gaps of the document, in reading order."""
    raise NotImplementedError


def gap_for(document: Document, citation: Citation) -> Gap | None:
    """Return the gap a cited provision would lie in; `None` if it is present or cannot."""
    raise NotImplementedError
