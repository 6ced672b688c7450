"""Errors of the index; the whole tree is drawn in `corpus.errors`."""

from corpus.errors import UnavailableError


class EncoderError(UnavailableError):
    """The embedding model cannot be prepared or loaded."""


class StoredIndexError(UnavailableError):
    """The saved index is missing, broken, or made by another model, corpus or format."""
