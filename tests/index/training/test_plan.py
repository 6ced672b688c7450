"""The order of training."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from index.training.examples import (
    AskedClause,
    LawClause,
    is_development,
    read_law_clauses,
    read_shared,
)
from index.training.noise import strip_marks
from index.training.plan import (
    COLUMNS,
    TYPED_COLUMNS,
    PlanOptions,
    Siblings,
    clean_texts,
    dress,
    likeness,
    make_plan,
    typed_rows,
)
from index.types import FloatArray
from tests.index.training.laws import write_shared

OPTIONS = PlanOptions(epochs=2, rows_per_batch=4, weak=0.0, noise=0.0)


@pytest.fixture
def parts(tmp_path: Path) -> tuple[list[AskedClause], FloatArray, list[LawClause]]:
    data = write_shared(tmp_path / "data", laws=8)
    asked = [a for a in read_shared(data) if not is_development(a.clause.number)]
    vectors = np.eye(len(asked), dtype=np.float32)
    return asked, vectors, read_law_clauses(data)


@pytest.mark.parametrize(
    ("one", "two", "share"),
    [("một hai ba", "ba hai bốn năm", 2 / 3), ("a", "b", 0), ("a b", "a b c d", 1), ("", "", 0)],
)
def test_likeness(one: str, two: str, share: float) -> None:
    assert likeness(one, two) == pytest.approx(share)


def test_every_clause_is_shown_once_an_epoch(
    parts: tuple[list[AskedClause], FloatArray, list[LawClause]],
) -> None:
    plan = make_plan(*parts, OPTIONS)
    assert set(plan) == set(COLUMNS)
    assert len(plan["passage"]) == 16
    for epoch in (plan["passage"][:8], plan["passage"][8:]):
        shown = {a.clause.text for a in parts[0] if any(a.clause.text in p for p in epoch)}
        assert shown == {a.clause.text for a in parts[0]}


def test_plan_follows_from_the_seed(
    parts: tuple[list[AskedClause], FloatArray, list[LawClause]],
) -> None:
    assert make_plan(*parts, OPTIONS) == make_plan(*parts, OPTIONS)
    other = PlanOptions(epochs=2, rows_per_batch=4, weak=0.0, noise=0.0, seed=1)
    assert make_plan(*parts, OPTIONS) != make_plan(*parts, other)


def test_without_noise_questions_are_those_written(
    parts: tuple[list[AskedClause], FloatArray, list[LawClause]],
) -> None:
    plan = make_plan(*parts, OPTIONS)
    written = {q.text for a in parts[0] for q in a.questions}
    assert {t for column in COLUMNS[:3] for t in plan[column]} == written


def _clause(clause: str, text: str, article: str = "1") -> LawClause:
    return LawClause("999/2099/QH99", "Luật hư cấu", "Luật", article, "Điều", clause, text)


def test_sibling_never_says_nearly_the_same() -> None:
    asked = _clause("1", "một hai ba bốn năm sáu")
    same = _clause("2", "một hai ba bốn năm bảy")
    other = _clause("3", "tám chín mười mười một")
    chance = random.Random(1)
    siblings = Siblings([asked, same, other])
    assert {siblings.draw(asked, chance) for _ in range(30)} == {other}
    assert Siblings([asked, same]).draw(asked, chance) is None


def test_dress_always_holds_the_clause() -> None:
    clause = _clause("1", "nội dung", article="7")
    forms = {dress(clause, random.Random(seed)) for seed in range(40)}
    assert "Luật hư cấu\nĐiều\nnội dung" in forms
    assert "Luật 999/2099/QH99 Luật hư cấu\nĐiều 7. Điều\nnội dung" in forms
    assert len(forms) == 4


def test_texts_to_type_are_half_questions(
    parts: tuple[list[AskedClause], FloatArray, list[LawClause]],
) -> None:
    asked, _, laws = parts
    texts = clean_texts(asked, laws, 10, seed=1)
    questions = {q.text.lower() for item in asked for q in item.questions}
    assert len(texts) == 10
    assert sum(text.lower() in questions for text in texts) == 5
    assert texts == clean_texts(asked, laws, 10, seed=1)


def test_typed_rows_keep_the_order_of_the_texts() -> None:
    texts = ["Kế hoạch chuyển đổi số", "điều kiện"]
    rows = typed_rows(texts, seed=1)
    assert tuple(rows) == TYPED_COLUMNS
    assert rows["unmarked"] == ["Ke hoach chuyen doi so", "dieu kien"]
    assert [strip_marks(text) for text in rows["half_marked"]] == rows["unmarked"]
