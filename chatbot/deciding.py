"""The decision to answer or not: a small calibrated model over named evidence."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from chatbot.evidence import Evidence
from corpus.errors import UnavailableError

COEFFICIENTS_FILE = Path(__file__).parent / "data" / "deciding.json"
FEATURES = ("above", "lead", "coverage", "found", "missing", "agree")


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether to answer, and how likely the best hit answers."""

    answer: bool
    chance: float  # 0…1


@dataclass(frozen=True, slots=True)
class Calibration:
    """What `chatbot.deciding_fit` found."""

    weights: tuple[float, ...]  # one a feature
    offset: float
    least_chance: float  # to answer


def inputs(evidence: Evidence) -> tuple[float, ...]:
    """Return the values of `FEATURES`, each within about 0…1."""
    lead = max(0.0, evidence.example - evidence.passage) if evidence.example is not None else 0.0
    return (
        evidence.passage - evidence.background,
        lead,
        evidence.coverage,
        math.tanh(evidence.found / 10),
        math.tanh(evidence.missing / 10),
        float(evidence.agree),
    )


def decide(evidence: Evidence | None) -> Decision:
    """Decide whether the best hit answers, on the evidence about it; `None` is no hit."""
    if evidence is None or not evidence.subjects:
        return Decision(False, 0.0)
    model = calibration()
    total = model.offset + sum(
        weight * value for weight, value in zip(model.weights, inputs(evidence), strict=True)
    )
    chance = 1 / (1 + math.exp(-total))
    return Decision(chance >= model.least_chance, chance)


@cache
def calibration() -> Calibration:
    """Read the calibration.

    Raises:
        UnavailableError: The file cannot be read.
    """
    try:
        values = json.loads(COEFFICIENTS_FILE.read_text(encoding="utf-8"))
        weights = tuple(float(values["weights"][name]) for name in FEATURES)
        return Calibration(weights, float(values["offset"]), float(values["least_chance"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UnavailableError(
            f"{COEFFICIENTS_FILE} cannot be read: {error!r}; install the package again"
        ) from error
