"""Retrieval metrics and how sure they are.

A question's `relevant` set names what answers it; where it is empty the question must not
be answered. Rankings list distinct names, best first.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable, Sequence, Set
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Name = TypeVar("Name", bound=Hashable)
Values = NDArray[np.float64]

RESAMPLES = 2000
CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the system did with one question."""

    ranked: tuple[Hashable, ...]  # distinct, best first
    relevant: frozenset[Hashable]  # empty: must not be answered
    answered: bool = True


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean with its bootstrap interval; `n` questions took part. NaN where n = 0."""

    mean: float
    low: float
    high: float
    n: int


def accuracy_at_1(ranked: Sequence[Hashable], relevant: Set[Hashable]) -> float:
    """Return 1 if the first name is relevant, else 0."""
    return float(bool(ranked) and ranked[0] in relevant)


def recall_at(k: int, ranked: Sequence[Hashable], relevant: Set[Hashable]) -> float:
    """Return the share of the relevant names among the first `k`."""
    return sum(name in relevant for name in ranked[:k]) / len(relevant)


def reciprocal_rank_at(k: int, ranked: Sequence[Hashable], relevant: Set[Hashable]) -> float:
    """Return 1 / place of the first relevant name among the first `k`, else 0."""
    places = (place for place, name in enumerate(ranked[:k], start=1) if name in relevant)
    return 1 / next(places, math.inf)


def ndcg_at(k: int, ranked: Sequence[Hashable], relevant: Set[Hashable]) -> float:
    """Return the discounted gain of the first `k`, over that of a perfect ranking."""
    gain = sum(
        1 / math.log2(place + 1)
        for place, name in enumerate(ranked[:k], start=1)
        if name in relevant
    )
    perfect = sum(1 / math.log2(place + 1) for place in range(1, min(k, len(relevant)) + 1))
    return gain / perfect


def distinct(names: Iterable[Name]) -> tuple[Name, ...]:
    """Keep each name's first occurrence, as when clauses are judged by their article."""
    return tuple(dict.fromkeys(names))


_RANKING_METRICS: dict[str, Callable[[Sequence[Hashable], Set[Hashable]], float]] = {
    "accuracy@1": accuracy_at_1,
    "recall@5": lambda ranked, relevant: recall_at(5, ranked, relevant),
    "recall@10": lambda ranked, relevant: recall_at(10, ranked, relevant),
    "mrr@10": lambda ranked, relevant: reciprocal_rank_at(10, ranked, relevant),
    "ndcg@10": lambda ranked, relevant: ndcg_at(10, ranked, relevant),
}


def report(outcomes: Sequence[Outcome], *, seed: int = 0) -> dict[str, Interval]:
    """Return every metric with its interval.

    The ranking metrics judge answerable questions, whether or not an answer was given.
    `answered` is the share of all questions that got an answer; `wrongly_answered` the
    share of the questions without relevant names that got one; `wrongly_refused` the share
    of the answerable ones that got none.

    Args:
        outcomes: One a question.
        seed: Of the bootstrap; the same seed gives the same intervals.
    """
    answerable = [outcome for outcome in outcomes if outcome.relevant]
    others = [outcome for outcome in outcomes if not outcome.relevant]
    values = {
        name: [metric(o.ranked, o.relevant) for o in answerable]
        for name, metric in _RANKING_METRICS.items()
    }
    values["answered"] = [float(o.answered) for o in outcomes]
    values["wrongly_answered"] = [float(o.answered) for o in others]
    values["wrongly_refused"] = [float(not o.answered) for o in answerable]
    return {name: interval(column, seed=seed) for name, column in values.items()}


def interval(values: Sequence[float], *, seed: int = 0, resamples: int = RESAMPLES) -> Interval:
    """Return the mean of `values` and its percentile bootstrap interval.

    Args:
        values: One a question.
        seed: Of the random generator.
        resamples: Samples drawn with replacement.
    """
    if not values:
        return Interval(math.nan, math.nan, math.nan, 0)
    array = np.asarray(values, dtype=np.float64)
    low, high = _bounds(array, seed, resamples)
    return Interval(float(array.mean()), low, high, len(array))


def paired_difference(
    before: Sequence[float],
    after: Sequence[float],
    *,
    seed: int = 0,
    resamples: int = RESAMPLES,
) -> Interval:
    """Return the mean of after - before, question by question, and its interval.

    Args:
        before: Values of one system.
        after: Values of the other for the same questions in the same order.
        seed: Of the random generator.
        resamples: Samples drawn with replacement.

    Raises:
        ValueError: The two lists have different lengths.
    """
    pairs = zip(before, after, strict=True)
    return interval([new - old for old, new in pairs], seed=seed, resamples=resamples)


def _bounds(values: Values, seed: int, resamples: int) -> tuple[float, float]:
    generator = np.random.default_rng(seed)
    means = np.empty(resamples)
    for sample in range(resamples):
        means[sample] = values[generator.integers(len(values), size=len(values))].mean()
    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(means, [tail, 1 - tail])
    return float(low), float(high)
