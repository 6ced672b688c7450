"""Fitting the decision: who counts how much, and how many are wrongly answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot import deciding_fit
from chatbot.background import load_background
from chatbot.data_files import numbered_lines
from chatbot.deciding import FEATURES
from chatbot.deciding_fit import (
    SHARES,
    SMALL_TALK_FILE,
    WRONGLY_ANSWERED,
    Case,
    Source,
    fit,
    make_background,
)
from index.types import FloatArray
from tests.index.training.laws import numbers, write_shared
from tests.toys import ToyEncoder

RIGHT = {Source.LAWS, Source.DECREE}


def case(source: Source, value: float = 0.0, amount: int = 0) -> Case:
    return Case("one", source, (value, *[0.0] * (len(FEATURES) - 1)), amount)


def spread(source: Source, low: float, high: float, count: int, amount: int = 0) -> list[Case]:
    return [case(source, float(value), amount) for value in np.linspace(low, high, count)]


def mixed() -> list[Case]:
    """Return cases of every source; the right ones have the larger values, but not always."""
    cases = []
    for source in Source:
        low = 0.3 if source in RIGHT else 0.0
        cases += spread(source, low, low + 0.7, 20)
    return cases


@pytest.mark.parametrize("source", Source)
def test_only_what_found_its_clause_is_right(source: Source) -> None:
    assert case(source).right == (source in RIGHT)


def test_right_and_wrong_weigh_the_same() -> None:
    assert sum(SHARES[source] for source in RIGHT) == pytest.approx(0.5)
    assert sum(SHARES.values()) == pytest.approx(1)


@given(st.lists(st.integers(1, 30), min_size=len(Source), max_size=len(Source)), st.integers(0, 30))
def test_however_many_cases_a_source_has_nothing_known_is_even_odds(
    counts: list[int], less_taught: int
) -> None:
    cases = [
        case(source) for source, count in zip(Source, counts, strict=True) for _ in range(count)
    ]
    cases += [case(Source.DECREE, amount=20)] * less_taught
    found = fit(cases)
    assert found.chance(case(Source.LAWS).values) == pytest.approx(0.5, abs=1e-4)


@pytest.mark.parametrize(
    ("source", "amount"),
    [*((source, 0) for source in Source), (Source.DECREE, 20), (Source.FAR, 20)],
)
def test_more_cases_of_a_kind_do_not_give_it_more_weight(
    monkeypatch: pytest.MonkeyPatch, source: Source, amount: int
) -> None:
    monkeypatch.setattr(deciding_fit, "RIDGE", 1e-9)  # it would count less beside more cases
    less_taught = spread(Source.DECREE, 0.1, 0.6, 9, 20) + spread(Source.FAR, 0.2, 0.9, 9, 20)
    cases = mixed() + less_taught
    more = [one for one in cases if (one.source, one.amount) == (source, amount)] * 4
    assert more
    before, after = fit(cases), fit(cases + more)
    for value in (0.0, 0.5, 1.0):
        values = case(source, value).values
        assert after.chance(values) == pytest.approx(before.chance(values), abs=1e-6)


def test_what_speaks_for_an_answer_raises_the_chance() -> None:
    found = fit(mixed())
    assert len(found.weights) == len(FEATURES)
    assert found.weights[0] > 0
    assert all(weight == pytest.approx(0, abs=1e-6) for weight in found.weights[1:])
    low, high = (found.chance(case(Source.LAWS, value).values) for value in (0.1, 0.9))
    assert low < 0.5 < high


def test_the_threshold_lets_so_many_of_the_other_laws_be_answered() -> None:
    others = spread(Source.OTHER_LAWS, 0.0, 0.7, 200)
    high = spread(Source.NEAR, 0.9, 1.0, 50) + spread(Source.SMALL_TALK, 0.9, 1.0, 50)
    found = fit([one for one in mixed() if one.source is not Source.OTHER_LAWS] + others + high)
    answered = sum(found.chance(one.values) >= found.least_chance for one in others)
    assert answered == round(200 * WRONGLY_ANSWERED)


def test_small_talk_is_lines_each_once() -> None:
    lines = [line for _, line in numbered_lines(SMALL_TALK_FILE)]
    assert len(lines) == len(set(lines)) > 50
    assert [line for line in lines if not line.strip()] == []


@dataclass
class Noting(ToyEncoder):
    """Keeps what it encodes."""

    passages: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)

    def encode_passages(self, texts: Sequence[str]) -> FloatArray:
        self.passages += texts
        return super().encode_passages(texts)

    def encode_queries(self, texts: Sequence[str]) -> FloatArray:
        self.questions += texts
        return super().encode_queries(texts)


def test_the_background_is_made_of_laws_trained_on_and_asked_about_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "background.npz"
    monkeypatch.setattr(deciding_fit, "BACKGROUND_FILE", file)
    monkeypatch.setattr(deciding_fit, "SAMPLE", 6)
    monkeypatch.setattr(deciding_fit, "LONGEST", 60)
    encoder = Noting()
    make_background(write_shared(tmp_path / "data"), encoder)
    assert len(encoder.passages) == 6  # one an article
    assert max(map(len, encoder.passages)) == 60
    for number in numbers(False, 6):
        assert sum(number in passage for passage in encoder.passages) == 1
    assert all("1. Nội dung" in passage for passage in encoder.passages)  # its first clause
    assert len(encoder.questions) == 6  # one a clause
    for number in numbers(True, 6):
        assert sum(number in question for question in encoder.questions) == 1
    background = load_background(file)
    assert background.encoder == encoder.identity
    assert background.vectors.shape == (6, encoder.dimension)
