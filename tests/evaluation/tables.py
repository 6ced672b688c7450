"""Figures as lines of text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from index.metrics import Interval
from tests.evaluation.measuring import Result

Say = Callable[[str], None]


def show_figures(title: str, figures: Mapping[str, Interval], say: Say) -> None:
    """Print one line a figure, with its 95 % bootstrap interval."""
    say(f"\n== {title}")
    for name, figure in figures.items():
        say(f"{name:<46} {line(figure)}")


def line(figure: Interval) -> str:
    """Return a figure on one line: mean, interval, number of questions."""
    if not figure.n:
        return "    –"
    return f"{figure.mean:6.3f}  [{figure.low:.3f}, {figure.high:.3f}]  n {figure.n}"


def show_failures(results: Iterable[Result], say: Say) -> None:
    """Print every case that failed: what was expected, what came, how it was read."""
    say("\n== failures")
    for one in results:
        expected = "refusal" if one.expected is None else one.expected[1]
        came = "nothing" if one.first is None else f"{one.first[0]}#{one.first[1]}"
        state = "answered" if one.answered else "refused, first"
        say(f"{one.id}: {one.question}")
        say(f"    expected {expected}; {state} {came}")
        if one.understood_as:
            say(f"    read as: {one.understood_as}")
