"""Facts a document states about itself: number, kind, title, issuer, dates."""

from __future__ import annotations

from corpus.model import Metadata


def read_header(text: str) -> Metadata:
    """Return what the text states; what it does not state stays unknown, number included."""
    raise NotImplementedError
