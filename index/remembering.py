"""An encoder for measuring, fitting and testing, which ask the same questions again and again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.store import load_vectors
from index.types import Encoder, FloatArray
from index.view import text_digest


class Remembering:
    """An encoder that encodes each question once, however often it is asked."""

    def __init__(self, encoder: Encoder, saved: Path | None = None) -> None:
        """Take the encoder that is asked what is not remembered.

        Args:
            encoder: The real one.
            saved: Folder of an index; the questions it holds, if it is of this encoder, are
                remembered from the start.
        """
        self._encoder = encoder
        self._known: dict[bytes, FloatArray] = {}
        self.identity, self.dimension = encoder.identity, encoder.dimension
        self.encode_passages = encoder.encode_passages
        if saved and (index := load_vectors(saved, encoder)):
            for view in (index.questions, index.unanswered):
                self._known |= view.vectors_by_digest()

    def encode_queries(self, texts: Sequence[str]) -> FloatArray:
        """Return float32[n, dimension], each row of length 1."""
        digests = [text_digest(text) for text in texts]
        missing = {d: t for d, t in zip(digests, texts, strict=True) if d not in self._known}
        if missing:
            vectors = self._encoder.encode_queries(list(missing.values()))
            self._known |= dict(zip(missing, vectors, strict=True))
        rows = [self._known[digest] for digest in digests]
        return np.stack(rows) if rows else np.zeros((0, self.dimension), np.float32)
