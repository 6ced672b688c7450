"""An encoder for measuring and fitting, which ask the same questions again and again."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.types import Encoder, FloatArray


class Remembering:
    """An encoder that encodes each question once, however often it is asked."""

    def __init__(self, encoder: Encoder) -> None:
        """Take the encoder that is asked what is not remembered."""
        self._encoder = encoder
        self._known: dict[str, FloatArray] = {}
        self.identity, self.dimension = encoder.identity, encoder.dimension
        self.encode_passages = encoder.encode_passages

    def encode_queries(self, texts: Sequence[str]) -> FloatArray:
        """Return float32[n, dimension], each row of length 1."""
        missing = [text for text in texts if text not in self._known]
        if missing:
            self._known |= dict(zip(missing, self._encoder.encode_queries(missing), strict=True))
        vectors = [self._known[text] for text in texts]
        return np.stack(vectors) if vectors else np.zeros((0, self.dimension), np.float32)
