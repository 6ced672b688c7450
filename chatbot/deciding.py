"""The decision to answer or not: is the best hit near enough, in meaning or in words?

A first, simple rule: three named inputs, each with its bar. Cosines of e5 models are squeezed
into a narrow band, so the bar on them is high and says little alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from index.search import SearchResult


@dataclass(frozen=True, slots=True)
class Bars:
    """What a hit must reach. Chosen on development questions, see docs/experiments.md."""

    certain_cosine: float = 0.905  # as near as a rewording: enough alone
    least_cosine: float = 0.86  # below this no shared word helps
    least_coverage: float = 0.5  # share of the question's informative words in the clause


DEFAULT_BARS = Bars()


def answers(result: SearchResult, bars: Bars = DEFAULT_BARS) -> bool:
    """Tell whether the best hit answers the question."""
    if not result.hits or result.dense_first is None:
        return False
    best = result.hits[0]
    if best.dense >= bars.certain_cosine:
        return True
    return best.dense >= bars.least_cosine and result.coverage >= bars.least_coverage
