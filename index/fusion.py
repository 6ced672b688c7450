"""Putting the two legs together: weighted sum of min-max-scaled scores.

On real law it beats reciprocal rank fusion, which throws away how far ahead the first hit
is (docs/experiments.md).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.types import FloatArray

LEXICAL_WEIGHT = 0.5
DEPTH = 100  # hits of each leg that can score in it


def fuse(
    dense: FloatArray,
    lexical: FloatArray,
    *,
    lexical_weight: float = LEXICAL_WEIGHT,
    depth: int = DEPTH,
) -> FloatArray:
    """Score candidates 0…1 by both legs.

    Args:
        dense: float32[n], cosines of the candidates.
        lexical: float32[n], their BM25 scores, 0 or more.
        lexical_weight: Share of the lexical leg, 0…1; the rest is the dense leg's.
        depth: A leg's score is 1 for its best candidate and 0 for its `depth`-th and below.

    Returns:
        float32[n].
    """
    if dense.shape != lexical.shape:
        raise ValueError(f"{dense.shape} dense and {lexical.shape} lexical scores do not pair up")
    scaled_lexical = _scale(lexical, depth) if lexical.any() else lexical
    fused = lexical_weight * scaled_lexical + (1 - lexical_weight) * _scale(dense, depth)
    return fused.astype(np.float32)


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


def _scale(scores: FloatArray, depth: int) -> FloatArray:
    """Map the highest score to 1, the `depth`-th highest (or the lowest) and below to 0.

    Where all are equal the leg prefers nobody: all get 1.
    """
    if not len(scores):
        return scores
    place = max(len(scores) - depth, 0)
    floor = np.partition(scores, place)[place]
    span = scores.max() - floor
    if span <= 0:
        return np.ones_like(scores)
    scaled: FloatArray = np.clip((scores - floor) / span, 0, 1)
    return scaled
