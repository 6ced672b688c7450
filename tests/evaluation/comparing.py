"""The encoder as published against ours, question by question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.library import shipped_library
from index.metrics import paired_difference
from index.training.examples import read_lines
from index.training.measure import typing_views
from index.types import Encoder
from tests.evaluation.own import Own, measure_own
from tests.evaluation.systems import Build, in_memory, system
from tests.evaluation.tables import Say, line
from tests.evaluation.tasks import DATA, alqac, lay, right_first, right_first_by_meaning

Values = dict[str, list[float]]  # one a question, by figure


@dataclass(frozen=True, slots=True)
class Candidate:
    """An encoder to compare, with what keeps the indexes it needs."""

    name: str
    encoder: Encoder
    large: Build


def compare(plain: Candidate, tuned: Candidate, questions: int, say: Say) -> None:
    """Print every figure for both and the paired difference, with 95 % intervals.

    Args:
        plain: The encoder as published.
        tuned: Ours.
        questions: About how many of each shared set to ask; 0 asks all.
        say: Prints a line.
    """
    say(f"\n== plain {plain.encoder.identity} → tuned {tuned.encoder.identity}")
    before, after = ({**_own(one), **_shared(one, questions)} for one in (plain, tuned))
    show_pairs(before, after, say)


def show_pairs(before: Mapping[str, Sequence[float]], after: Values, say: Say) -> None:
    """Print means of both and their paired difference."""
    for name, values in before.items():
        gain = paired_difference(values, after[name])
        if gain.n:
            old, new = sum(values) / gain.n, sum(after[name]) / gain.n
            say(f"{name:<46} {old:.3f} → {new:.3f}  {line(gain)}")


def own_values(own: Own) -> Values:
    """Return the figures of the own questions, one value a question."""
    answerable = [*own.shipped, *own.fictitious]
    return {
        "own: accuracy@1": [float(one.right) for one in answerable],
        "own: refused": [float(not one.answered) for one in answerable],
        "own: answered wrongly": [float(one.answered and not one.right) for one in answerable],
        "own, must refuse: answered": [float(one.answered) for one in own.refused],
        "own, follow-ups: right": [float(one.right) for one in own.follow_ups],
        "own, dialogues: right": [float(one.right) for one in own.dialogues],
    }


def _own(candidate: Candidate) -> Values:
    return own_values(measure_own(in_memory(candidate.encoder)))


def _shared(candidate: Candidate, questions: int) -> Values:
    if not DATA.is_dir():
        return {}
    values: Values = {"off-topic-dev: answered": off_topic(candidate.encoder)}
    exam = alqac(candidate.large).part(questions)
    values["ALQAC dev: accuracy@1"] = right_first(exam)
    everyday = lay(candidate.large).part(questions)
    whole, dense = right_first(everyday), right_first_by_meaning(everyday)
    values |= {"lay: accuracy@1": whole, "lay, dense: accuracy@1": dense}
    for style in sorted(set(everyday.groups)):
        for name, column in (("lay", whole), ("lay, dense", dense)):
            values[f"{name}, {style}: accuracy@1"] = [
                value
                for value, group in zip(column, everyday.groups, strict=True)
                if group == style
            ]
    for typing, alter in typing_views().items():
        if typing != "as written":
            values[f"lay, dense, {typing}: accuracy@1"] = right_first_by_meaning(everyday, alter)
    return values


def off_topic(
    encoder: Encoder, file: Path = DATA / "questions" / "off-topic-dev.jsonl"
) -> list[float]:
    """Return 1 for each published off-topic question that the decree alone answers."""
    chatbot = system(shipped_library(), in_memory(encoder)).chatbot
    return [float(chatbot.ask(row["question"]).answer is not None) for row in read_lines(file)]
