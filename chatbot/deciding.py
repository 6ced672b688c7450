"""The decision to answer or not: a small calibrated model over named evidence."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from chatbot.evidence import Evidence
from corpus.errors import UnavailableError

COEFFICIENTS_FILE = Path(__file__).parent / "data" / "deciding.json"
PLAIN = ("above", "asked", "leaning", "explained", "unexplained")
TAUGHT = ("above", "leaning", "coverage", "found", "missing")
# The weight of an input slides from the plain one to the taught one, the more is known of what
# the document leaves open; "taught" says how far.
FEATURES = (*PLAIN, *(f"{name}, taught" for name in TAUGHT), "taught")
HALF_TAUGHT = 150  # questions without an answer that bring the weights half the way


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

    def chance(self, values: Sequence[float]) -> float:
        """Return how likely a hit answers, 0…1, from the values of `FEATURES`."""
        total = self.offset + math.fsum(
            weight * value for weight, value in zip(self.weights, values, strict=True)
        )
        return 1 / (1 + math.exp(-total))


def inputs(evidence: Evidence) -> tuple[float, ...]:
    """Return the values of `FEATURES`, each within about 0…1."""
    asked = 0.0
    if evidence.example is not None:
        asked = max(0.0, evidence.example - evidence.background)
    values = {
        "above": evidence.passage - evidence.background,
        "asked": asked,
        "leaning": evidence.leaning or 0.0,
        "coverage": evidence.coverage,
        "explained": evidence.explained,
        "unexplained": evidence.unexplained,
        "found": math.tanh(evidence.found / 10),
        "missing": math.tanh(evidence.missing / 10),
    }
    taught = evidence.lessons / (evidence.lessons + HALF_TAUGHT)
    return (
        *((1 - taught) * values[name] for name in PLAIN),
        *(taught * values[name] for name in TAUGHT),
        taught,
    )


def decide(evidence: Evidence | None) -> Decision:
    """Decide whether the best hit answers, on the evidence about it; `None` is no hit."""
    if evidence is None or not evidence.subjects:
        return Decision(False, 0.0)
    model = calibration()
    chance = model.chance(inputs(evidence))
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
