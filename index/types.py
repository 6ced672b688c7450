"""Values and seams of the index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.model import Clause

FloatArray = NDArray[np.float32]


class Encoder(Protocol):
    """Turns text into unit vectors. Questions and passages are encoded differently."""

    @property
    def identity(self) -> str:
        """Name and revision, as written into the manifest of an index."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    def __hash__(self) -> int:
        """Allow what is learned with an encoder to be kept beside it."""

    def encode_queries(self, texts: Sequence[str]) -> FloatArray:
        """Return float32[n, dimension], each row of length 1."""

    def encode_passages(self, texts: Sequence[str]) -> FloatArray:
        """Return float32[n, dimension], each row of length 1."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A clause found for a question.

    `score` is the fused score, at most 1, higher is better. `dense` is the cosine, -1…1, of the
    passage or of an example question, whichever is nearer; `lexical` is the BM25 score, 0 or
    more.
    """

    clause: Clause
    score: float
    dense: float
    lexical: float
