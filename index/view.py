"""Vectors of one kind (of passages, or of questions) and the clause each belongs to."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.model import Clause
from index.types import FloatArray
from index.vectors import RowArray, VectorIndex

Encode = Callable[[Sequence[str]], FloatArray]
DIGEST_BYTES = 16
BATCH = 256  # rows between two reports of progress


class Rows(NamedTuple):
    """What a view is made of."""

    owners: Sequence[int]  # the clause number of each row, rising
    texts: Sequence[str]


@dataclass(frozen=True, slots=True)
class View:
    """Vectors in rows. A clause has none, one or several; its cosine is that of its best."""

    owners: RowArray  # int64[rows], rising: the number of the clause a row belongs to
    digests: NDArray[np.uint8]  # [rows, DIGEST_BYTES]: tells whether a row's text changed
    vectors: VectorIndex

    @classmethod
    def build(
        cls,
        rows: Rows,
        encode: Encode,
        dimension: int,
        *,
        known: Mapping[bytes, FloatArray] | None = None,
        embedded: Callable[[int], None] | None = None,
    ) -> View:
        """Index the texts of `rows`.

        Args:
            rows: Owners and texts.
            encode: Turns texts into float32[n, dimension].
            dimension: Length of a vector.
            known: Vectors by digest of their text, from an earlier index.
            embedded: Called with the number of rows just done, after each batch.
        """
        owners, texts = rows
        digests = [text_digest(text) for text in texts]
        vectors = np.zeros((len(texts), dimension), np.float32)
        known = known or {}
        missing = []
        for row, digest in enumerate(digests):
            if (vector := known.get(digest)) is None:
                missing.append(row)
            else:
                vectors[row] = vector
        if embedded and len(missing) < len(texts):
            embedded(len(texts) - len(missing))
        # Rows of similar length share a batch: no time is lost on padding.
        missing.sort(key=lambda row: len(texts[row]), reverse=True)
        for start in range(0, len(missing), BATCH):
            batch = missing[start : start + BATCH]
            vectors[batch] = encode([texts[row] for row in batch])
            if embedded:
                embedded(len(batch))
        return cls(
            owners=np.array(owners, dtype=np.int64),
            digests=np.frombuffer(b"".join(digests), np.uint8).reshape(-1, DIGEST_BYTES),
            vectors=VectorIndex.build(vectors),
        )

    @property
    def size(self) -> int:
        """Number of rows."""
        return len(self.owners)

    def vectors_by_digest(self) -> dict[bytes, FloatArray]:
        """Return every row's vector under the digest of its text."""
        rows = self.vectors.vectors(np.arange(self.size, dtype=np.int64))
        return {digest.tobytes(): row for digest, row in zip(self.digests, rows, strict=True)}

    def nearest(self, vector: FloatArray, count: int, allowed: RowArray | None) -> RowArray:
        """Return the numbers of the `count` clauses with the nearest rows, and maybe more.

        Args:
            vector: float32[dimension].
            count: Clauses wanted.
            allowed: Clause numbers to choose from; `None` allows all.
        """
        if not self.size:
            return np.zeros(0, np.int64)
        rows = None if allowed is None else self.rows_of(allowed)
        # The nearest `count` clauses lie within this many rows even if each fills its share.
        wanted = count * int(np.bincount(self.owners).max())
        _, found = self.vectors.search(vector[np.newaxis], wanted, allowed=rows)
        return np.unique(self.owners[found[0]])

    def cosines(self, vector: FloatArray, clauses: RowArray, otherwise: float) -> FloatArray:
        """Return the cosine of each clause's best row; `otherwise` for a clause without one.

        Args:
            vector: float32[dimension].
            clauses: Clause numbers, rising.
            otherwise: A value below every cosine.
        """
        best = np.full(len(clauses), otherwise, np.float32)
        rows = self.rows_of(clauses)
        if len(rows):
            places = np.searchsorted(clauses, self.owners[rows])
            np.maximum.at(best, places, self.vectors.vectors(rows) @ vector)
        return best

    def vectors_of(self, clauses: RowArray) -> FloatArray:
        """Return the vectors of the clauses' rows, float32[rows, dimension]."""
        return self.vectors.vectors(self.rows_of(clauses))

    def rows_of(self, clauses: RowArray) -> RowArray:
        """Return the rows of the clauses."""
        return np.flatnonzero(np.isin(self.owners, clauses)).astype(np.int64)


def passage_rows(clauses: Sequence[Clause]) -> Rows:
    """Return the rows of the passages, one a clause."""
    return Rows(range(len(clauses)), [clause.passage for clause in clauses])


def question_rows(clauses: Sequence[Clause]) -> Rows:
    """Return the rows of the example questions."""
    return _rows([clause.questions for clause in clauses])


def unanswered_rows(clauses: Sequence[Clause]) -> Rows:
    """Return the rows of the questions known to have no answer."""
    return _rows([clause.unanswered for clause in clauses])


def _rows(texts: Sequence[Sequence[str]]) -> Rows:
    rows = [(number, text) for number, theirs in enumerate(texts) for text in theirs]
    return Rows([number for number, _ in rows], [text for _, text in rows])


# By attribute of `ClauseIndex`, and name of its files.
VIEWS: dict[str, Callable[[Sequence[Clause]], Rows]] = {
    "passages": passage_rows,
    "questions": question_rows,
    "unanswered": unanswered_rows,
}


def text_digest(text: str) -> bytes:
    """Return a digest of a row's text; equal texts have equal vectors."""
    return hashlib.sha256(text.encode("utf-8")).digest()[:DIGEST_BYTES]
