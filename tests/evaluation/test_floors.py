"""Quality does not fall: the questions written for this project, asked of the real system."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from corpus.library import shipped_library
from index.metrics import Interval
from index.types import Encoder
from tests.evaluation import cases, floors
from tests.evaluation.floors import broken_floors
from tests.evaluation.own import Own, measure_on
from tests.evaluation.quotes import check_quotations, generated
from tests.evaluation.systems import (
    System,
    fictitious_document,
    in_memory,
    system,
)

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def both(encoder: Encoder) -> System:
    return system(shipped_library([fictitious_document()]), in_memory(encoder))


@pytest.fixture(scope="module")
def own(both: System) -> Own:
    alone = system(shipped_library(), in_memory(both.index.encoder))
    return measure_on(alone, both)


def test_quality_is_at_or_above_the_floors(own: Own) -> None:
    assert broken_floors(own.figures, part="own") == []


def test_every_case_was_asked(own: Own) -> None:
    refused = cases.refused_questions()
    assert len(own.shipped) == len(cases.shipped_questions())
    assert len(own.fictitious) == len(cases.fictitious_questions())
    assert len(own.refused_with_fictitious) == len(refused)
    assert len(own.refused) == sum(not case.fictitious for case in refused)
    assert {one.id for one in own.follow_ups} == {case.id for case in cases.follow_ups()}
    judged = sum(one.holds_words is not None for one in [*own.shipped, *own.fictitious])
    assert judged >= 60


def test_quotations_are_the_words_of_the_source(both: System) -> None:
    checked = check_quotations(both, 300)
    assert checked.wrong == ()
    assert checked.answered > 150
    assert checked.quotations > checked.answered


def test_a_quotation_that_is_not_the_source_is_found(
    both: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.evaluation import quotes

    sources = {name: text.replace(" là ", " la ") for name, text in quotes.sources_of().items()}
    monkeypatch.setattr(quotes, "sources_of", lambda: sources)
    assert check_quotations(both, 60).wrong


def test_generated_questions_are_the_same_every_time(both: System) -> None:
    first = list(generated(both, 40))
    assert first == list(generated(both, 40))
    assert len(set(first)) > 30


def test_a_figure_below_its_floor_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "floors.toml"
    file.write_text("[own.least]\nright = 0.9\n[own.most]\nwrong = 0.1\n", encoding="utf-8")
    monkeypatch.setattr(floors, "FILE", file)

    def broken(right: float, wrong: float) -> list[str]:
        figures = {"right": Interval(right, 0, 1, 9), "wrong": Interval(wrong, 0, 1, 9)}
        return broken_floors(figures, part="own")

    assert broken(0.9, 0.1) == []
    assert broken(0.89, 0.1) == ["right is 0.890, at least 0.9 is required"]
    assert broken(0.9, 0.11) == ["wrong is 0.110, at most 0.1 is allowed"]
    # A figure over no question is no quality.
    assert len(broken(math.nan, math.nan)) == 2
