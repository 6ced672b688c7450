"""ALQAC typed as people type: marks lost, half lost, slips, raw Telex."""

from __future__ import annotations

from index.metrics import paired_difference
from index.training.measure import typing_views
from tests.evaluation.systems import Build
from tests.evaluation.tables import Say, line
from tests.evaluation.tasks import alqac, right_first


def typing_habits(build: Build, questions: int, say: Say) -> None:
    """Print accuracy@1 of each way of typing, and how far it falls below the questions as written.

    Args:
        build: Gives the index.
        questions: About how many to ask; 0 asks all.
        say: Prints a line.
    """
    say("\n== ALQAC dev, accuracy@1 by typing, and the paired difference")
    task = alqac(build).part(questions)
    written: list[float] = []
    for name, alter in typing_views().items():
        values = right_first(task, alter)
        written = written or values
        mean = sum(values) / len(values)
        say(f"{name:<14} {mean:.3f}  {line(paired_difference(written, values))}")
