"""What the example questions of a document teach about other questions."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.leaning import MOST, Leaning, one_against_the_rest
from index.types import FloatArray

SIZE = 16


def around(middle: int, count: int, chance: np.random.Generator) -> FloatArray:
    """Return vectors of length 1 that lie about one axis, float32[count, SIZE]."""
    vectors = np.eye(SIZE)[middle] + 0.1 * chance.standard_normal((count, SIZE))
    unit: FloatArray = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    return unit


def fitted(answered: FloatArray, unanswered: FloatArray) -> Leaning:
    """Learn from vectors; every question has a wording of its own."""
    texts = [f"câu{place}" for place in range(len(answered) + len(unanswered))]
    both = np.concatenate([answered, unanswered])
    return Leaning.fit(texts[: len(answered)], texts[len(answered) :], both)


@given(st.integers(0, 2**32 - 1), st.integers(1, 30), st.integers(1, 30))
def test_a_question_leans_to_the_kind_it_is_among(seed: int, answered: int, open_: int) -> None:
    chance = np.random.default_rng(seed)
    leaning = fitted(around(0, answered, chance), around(1, open_, chance))
    assert leaning.of("mới", around(0, 1, chance)[0]) > 0
    assert leaning.of("mới", around(1, 1, chance)[0]) < 0


@given(st.integers(0, 2**32 - 1))
def test_a_question_far_from_every_example_leans_to_neither(seed: int) -> None:
    chance = np.random.default_rng(seed)
    leaning = fitted(around(0, 9, chance), around(1, 9, chance))
    far = abs(leaning.of("mới", -around(0, 1, chance)[0]))
    assert far < 0.5 * leaning.of("mới", around(0, 1, chance)[0])


def test_the_wording_tells_what_the_meaning_does_not() -> None:
    chance = np.random.default_rng(137)
    answered = [f"kế hoạch {n} lập mấy năm" for n in range(9)]
    unanswered = [f"kế hoạch {n} dài mấy trang" for n in range(9)]
    leaning = Leaning.fit(answered, unanswered, around(0, 18, chance))
    vector = around(0, 1, chance)[0]
    assert leaning.of("lập mấy năm", vector) > 0.3
    assert leaning.of("Dài mấy trang?", vector) < -0.3


def test_all_examples_count_and_not_the_nearest_alone() -> None:
    """One stray example among many of the other kind does not decide."""
    chance = np.random.default_rng(137)
    stray = around(0, 1, chance)
    leaning = fitted(around(0, 40, chance), stray)
    assert leaning.of("mới", around(0, 1, chance)[0]) > 0


def test_learns_from_so_many_examples_at_most() -> None:
    chance = np.random.default_rng(137)
    leaning = fitted(around(0, MOST, chance), around(1, 100, chance))
    assert leaning.vectors.shape == (MOST, SIZE)
    assert leaning.of("mới", around(1, 1, chance)[0]) < 0


def test_no_examples_of_a_kind_are_no_error() -> None:
    chance = np.random.default_rng(137)
    leaning = fitted(np.zeros((0, SIZE), np.float32), around(1, 3, chance))
    assert leaning.of("mới", around(1, 1, chance)[0]) == pytest.approx(-1, abs=0.2)


class Axes:
    """An encoder that gives a text the axis its first letter names, and nothing else."""

    identity = "axes"
    dimension = SIZE

    def encode_queries(self, texts: Sequence[str]) -> FloatArray:
        vectors: FloatArray = np.stack([np.eye(SIZE, dtype=np.float32)[int(t[0])] for t in texts])
        return vectors

    encode_passages = encode_queries


def test_each_kind_is_told_from_all_others() -> None:
    kinds = {"một": ["1a", "1b"], "hai": ["2a"], "ba": ["3a", "3b", "3c"]}
    learned = one_against_the_rest(kinds, Axes())
    assert list(learned) == list(kinds)
    for axis, kind in enumerate(kinds, start=1):
        leanings = {name: one.of("mới", np.eye(SIZE)[axis]) for name, one in learned.items()}
        assert max(leanings, key=leanings.__getitem__) == kind
        assert leanings[kind] > 0 > max(value for name, value in leanings.items() if name != kind)
