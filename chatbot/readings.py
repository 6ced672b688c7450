"""What a typed token may stand for, and the choice of the likeliest line of readings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chatbot.language import BOUNDARY, NUMBER, LanguageModel, tokens
from corpus.tones import canonical


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a token."""

    text: str  # what is written in its place
    syllables: tuple[str, ...]  # canonical, as the language model counts them; at least one
    weight: float  # log: 0 needs no excuse, less is less likely
    changed: bool = True

    @classmethod
    def as_typed(cls, typed: str, weight: float = 0.0) -> Reading:
        """Return the reading that leaves the token alone."""
        syllable = NUMBER if typed.isdigit() else canonical(typed)
        return cls(typed, (syllable,), weight, changed=False)

    @classmethod
    def syllable(cls, syllable: str, typed: str, weight: float) -> Reading:
        """Return the reading as another syllable, in the capitals of what was typed."""
        return cls(like(typed, syllable), (syllable,), weight)


def phrase(text: str, model: LanguageModel, weight: float = 0.0) -> Reading:
    """Return a reading of several syllables whose own likelihood does not count.

    Only how it fits its neighbours does; otherwise the longer phrase would always lose.
    """
    syllables = tuple(token for token in tokens(text) if token != BOUNDARY)
    ids = model.numbers(syllables)
    own = float(model.log_follow(ids[:-1], ids[1:]).sum()) if len(ids) > 1 else 0.0
    return Reading(text, syllables, weight - own)


def like(typed: str, syllable: str) -> str:
    """Return the syllable in the capitals of what was typed."""
    if len(typed) > 1 and typed.isupper():
        return syllable.upper()
    if typed[:1].isupper():
        return syllable[:1].upper() + syllable[1:]
    return syllable


def likeliest(model: LanguageModel, columns: Sequence[Sequence[Reading]]) -> list[Reading]:
    """Choose one reading per token so that the whole line is likeliest (Viterbi).

    Args:
        model: Ranks neighbours.
        columns: The readings of each token, at least one.
    """
    if all(len(column) == 1 for column in columns):
        return [column[0] for column in columns]
    boundary = model.numbers([BOUNDARY])
    last, score = boundary, np.zeros(1)
    steps: list[NDArray[np.int64]] = []
    for column in columns:
        heads = model.numbers(reading.syllables[0] for reading in column)
        inner = np.array([reading.weight + _inside(model, reading) for reading in column])
        arriving = score[:, np.newaxis] + model.log_follow(last[:, np.newaxis], heads)
        steps.append(arriving.argmax(axis=0))
        score = arriving.max(axis=0) + inner
        last = model.numbers(reading.syllables[-1] for reading in column)
    score = score + model.log_follow(last, boundary)
    path = [int(score.argmax())]
    for step in reversed(steps[1:]):
        path.append(int(step[path[-1]]))
    return [column[place] for column, place in zip(columns, reversed(path), strict=True)]


def _inside(model: LanguageModel, reading: Reading) -> float:
    """Return the log probability of a reading's later syllables."""
    if len(reading.syllables) == 1:
        return 0.0
    ids = model.numbers(reading.syllables)
    return float(model.log_follow(ids[:-1], ids[1:]).sum())
