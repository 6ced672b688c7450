"""The decision: one chance out of named evidence."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot import deciding
from chatbot.deciding import FEATURES, calibration, decide, inputs
from chatbot.evidence import Evidence
from corpus.errors import UnavailableError

CLEAR = Evidence(
    passage=0.8,
    background=0.4,
    example=0.85,
    leaning=None,
    lessons=0,
    found=12.0,
    missing=0.0,
    subjects=5,
    explained=0.6,
    unexplained=0.1,
    coverage=0.9,
)
COSINES = st.floats(-1, 1)
EVIDENCE = st.builds(
    Evidence,
    passage=COSINES,
    background=COSINES,
    example=st.none() | COSINES,
    leaning=st.none() | COSINES,
    lessons=st.integers(0, 5000),
    found=st.floats(0, 100),
    missing=st.floats(0, 100),
    subjects=st.integers(1, 40),
    explained=st.floats(0, 1),
    unexplained=st.floats(0, 1),
    coverage=st.floats(0, 1),
)


def test_clear_evidence_is_answered_and_its_opposite_is_not() -> None:
    far = replace(CLEAR, passage=0.35, example=0.3, found=0.0, missing=15.0, coverage=0.1)
    assert decide(CLEAR).answer
    assert not decide(far).answer


def test_what_a_document_leaves_open_counts_the_more_the_more_of_it_is_known() -> None:
    against = replace(CLEAR, leaning=-0.9)
    chances = [decide(replace(against, lessons=count)).chance for count in (20, 200, 2000)]
    assert chances == sorted(chances, reverse=True)
    assert not decide(replace(against, lessons=2000)).answer


def test_nothing_is_answered_without_a_hit_or_a_subject() -> None:
    assert not decide(None).answer
    assert not decide(replace(CLEAR, subjects=0)).answer


@given(EVIDENCE, st.floats(0.01, 0.5))
def test_a_clause_that_stands_out_more_is_likelier_to_answer(
    evidence: Evidence, more: float
) -> None:
    nearer = replace(evidence, example=None, background=evidence.background - more)
    assert decide(nearer).chance >= decide(replace(evidence, example=None)).chance


@given(EVIDENCE, COSINES, st.floats(0.01, 0.5))
def test_a_question_like_those_answered_is_rather_answered(
    evidence: Evidence, leaning: float, more: float
) -> None:
    further = replace(evidence, leaning=leaning + more)
    assert decide(further).chance >= decide(replace(evidence, leaning=leaning)).chance


@given(EVIDENCE)
def test_answers_exactly_where_the_chance_is_enough(evidence: Evidence) -> None:
    decision = decide(evidence)
    assert 0 <= decision.chance <= 1
    assert decision.answer == (decision.chance >= calibration().least_chance)
    assert len(inputs(evidence)) == len(FEATURES)


def test_coefficients_of_another_make_are_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "deciding.json"
    file.write_text(json.dumps({"weights": {"passage": 1.0}, "offset": 0, "least_chance": 0.5}))
    monkeypatch.setattr(deciding, "COEFFICIENTS_FILE", file)
    calibration.cache_clear()
    try:
        with pytest.raises(UnavailableError, match="cannot be read"):
            calibration()
    finally:
        calibration.cache_clear()
