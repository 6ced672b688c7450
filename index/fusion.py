"""Putting the two legs together: a weighted sum of two absolute scores.

Neither is scaled by what else was found, so a score means the same whether five clauses are
loaded or ten thousand. Scaled to 0…1 within each search, as is usual, the words of a question
that shares next to nothing with a small document weighed as much as its meaning
(docs/experiments.md).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.types import FloatArray

LEXICAL_WEIGHT = 0.5
DEPTH = 100  # hits of each leg that are candidates


def fuse(
    dense: FloatArray, lexical: FloatArray, *, lexical_weight: float = LEXICAL_WEIGHT
) -> FloatArray:
    """Score candidates by both legs.

    Args:
        dense: float32[n], cosines of the candidates.
        lexical: float32[n], the shares of the attainable BM25 score they have, 0…1.
        lexical_weight: Share of the lexical leg, 0…1; the rest is the dense leg's.

    Returns:
        float32[n], at most 1.
    """
    if dense.shape != lexical.shape:
        raise ValueError(f"{dense.shape} dense and {lexical.shape} lexical scores do not pair up")
    return (lexical_weight * lexical + (1 - lexical_weight) * dense).astype(np.float32)


def ranking(fused: FloatArray, dense: FloatArray) -> NDArray[np.int64]:
    """Return positions from best to worst.

    The fused score decides, then the cosine, then the order given (reading order), so that
    the same question always gets the same answer.
    """
    return np.lexsort((-dense, -fused)).astype(np.int64)


def best(scores: FloatArray, count: int) -> NDArray[np.int64]:
    """Return the positions of the `count` highest scores, highest first, ties in order given."""
    if count <= 0:
        return np.zeros(0, np.int64)
    if count < len(scores):
        bar = np.partition(scores, len(scores) - count)[len(scores) - count]
        places = np.flatnonzero(scores >= bar)
    else:
        places = np.arange(len(scores))
    return places[np.argsort(-scores[places], kind="stable")][:count].astype(np.int64)
