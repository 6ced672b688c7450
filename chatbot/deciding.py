"""The decision to answer or not, absolute and calibrated."""

from __future__ import annotations

from dataclasses import dataclass

from chatbot.language import LanguageModel
from index.search import SearchResult


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether to answer, and how likely the best hit answers."""

    answer: bool
    chance: float  # 0…1


def decide(question: str, result: SearchResult, model: LanguageModel) -> Decision:
    """Decide whether the best hit of a search answers the question."""
    if not result.hits:
        return Decision(False, 0.0)
    best = result.hits[0]
    chance = min(1.0, max(0.0, (best.dense - 0.82) * 5 + 0.3 * result.coverage))
    return Decision(chance >= 0.4, chance)
