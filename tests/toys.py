"""Small stand-ins for the heavy parts: a deterministic encoder and a brute-force index."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np

from index.types import FloatArray
from index.vectors import RowArray


@dataclass(eq=False)
class ToyEncoder:
    """Hashed bag of syllables: texts sharing syllables are near. Counts what it encodes."""

    dimension: int = 64
    identity: str = "toy@1"
    passages_encoded: int = field(default=0, init=False)
    queries_encoded: int = field(default=0, init=False)

    def encode_queries(self, texts: Sequence[str]) -> FloatArray:
        self.queries_encoded += len(texts)
        return self._encode(texts)

    def encode_passages(self, texts: Sequence[str]) -> FloatArray:
        self.passages_encoded += len(texts)
        return self._encode(texts)

    def _encode(self, texts: Sequence[str]) -> FloatArray:
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        for row, text in enumerate(texts):
            for syllable in re.findall(r"\w+", unicodedata.normalize("NFC", text).lower()):
                vectors[row] += _direction(syllable, self.dimension)
            vectors[row] += _direction("", self.dimension) * 0.1  # no text gets a zero vector
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors


@cache
def _direction(syllable: str, dimension: int) -> FloatArray:
    seed = int.from_bytes(hashlib.sha256(syllable.encode()).digest()[:8], "little")
    return np.random.default_rng(seed).standard_normal(dimension).astype(np.float32)


@dataclass(frozen=True)
class BruteForce:
    """What `VectorIndex` must agree with: every inner product, sorted."""

    vectors_: FloatArray

    def search(
        self, queries: FloatArray, k: int, *, allowed: RowArray | None = None
    ) -> tuple[FloatArray, RowArray]:
        rows = np.arange(len(self.vectors_)) if allowed is None else np.asarray(allowed)
        scores = queries.astype(np.float64) @ self.vectors_[rows].astype(np.float64).T
        order = np.argsort(-scores, axis=1, kind="stable")[:, :k]
        return np.take_along_axis(scores, order, axis=1).astype(np.float32), rows[order]
