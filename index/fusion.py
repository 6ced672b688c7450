"""Putting the three legs together: a weighted sum of absolute scores.

None is scaled by what else was found, so a score means nearly the same whether five clauses are
loaded or ten thousand (how rare a term is, and whether any clause has it, does change). Scaled to
0…1 within each search, as is usual, the words of a question that shares next to nothing with a
small document weighed as much as its meaning (docs/experiments.md).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.types import FloatArray

DEPTH = 100  # clauses that words, passages and example questions each make candidates


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each leg counts."""

    dense: float
    asked: float  # of how much nearer the nearest example question is than the passage
    lexical: float
    translated: float


# The last three are 1 together, so that scores are at most 1; see docs/experiments.md, The
# translated leg.
WEIGHTS = Weights(dense=0.36, asked=0.39, lexical=0.2, translated=0.41)


def fuse(
    dense: FloatArray,
    lead: FloatArray,
    lexical: FloatArray,
    translated: FloatArray,
    weights: Weights = WEIGHTS,
) -> FloatArray:
    """Score candidates by all legs.

    Args:
        dense: float32[n], cosines of the candidates' passages.
        lead: float32[n], how much nearer their nearest example questions are, 0 or more.
        lexical: float32[n], the shares of the attainable BM25 score they have, 0…1.
        translated: float32[n], how well they explain the question's terms, 0…1.
        weights: Of the legs.

    Returns:
        float32[n].
    """
    if not dense.shape == lead.shape == lexical.shape == translated.shape:
        raise ValueError(
            f"{dense.shape} dense, {lead.shape} lead, {lexical.shape} lexical and "
            f"{translated.shape} translated scores do not pair up"
        )
    fused = (
        weights.dense * dense
        + weights.asked * lead
        + weights.lexical * lexical
        + weights.translated * translated
    )
    single: FloatArray = fused.astype(np.float32)
    return single


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
