"""Learning which words people use for which words of the law."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.training import translate
from index.training.examples import (
    AskedClause,
    LawClause,
    Question,
    is_development,
    read_law_clauses,
    read_shared,
)
from index.training.translate import LEAST_CLAUSES, learn_translations, read_examples
from index.translation import TranslatedIndex, Translations
from tests.index.training.laws import write_shared

# What is said, and what people call it.
CALLED = {"chứng nhận": "sổ đỏ", "phương tiện": "xe cộ", "thức ăn": "đồ nhậu"}
TIMES = 8


def asked_clauses(called: dict[str, str], times: int = TIMES) -> list[AskedClause]:
    law = LawClause("999/2099/QH99", "Rồng", "Luật", "1", "Nuôi rồng", None, "")
    return [
        AskedClause(
            replace(law, clause=str(number), text=f"{said} của rồng số {number}"),
            tuple(Question(f"{name} {more} thế nào", "everyday") for more in ("đó", "kia", "nọ")),
        )
        for said, name in called.items()
        for number in range(times)
    ]


@pytest.fixture(scope="module")
def table() -> Translations:
    asked = asked_clauses(CALLED)
    return learn_translations(asked, [one.clause.passage for one in asked])


def lift(table: Translations, asked: str, said: str) -> float:
    entries = slice(table.starts[table.asked[asked]], table.starts[table.asked[asked] + 1])
    by_target = dict(zip(table.targets[entries], table.lifts[entries], strict=True))
    return float(by_target.get(table.said[said], 0.0))


@pytest.mark.parametrize(("said", "name"), CALLED.items())
def test_a_name_is_a_translation_of_what_is_said(table: Translations, said: str, name: str) -> None:
    other = next(one for one in CALLED if one != said)
    assert lift(table, name, said) > 1
    assert lift(table, name, other) == 0


def test_the_manner_of_asking_is_no_translation(table: Translations) -> None:
    lifts = [lift(table, "thế nào", said) for said in CALLED]
    assert max(lifts) < 2


def test_the_clause_is_found_by_its_name(table: Translations) -> None:
    index = TranslatedIndex.build(list(CALLED), table)
    rows = np.arange(len(CALLED))
    for number, name in enumerate(CALLED.values()):
        shares = index.shares(table.known([name]), rows)
        assert shares[:, 0].argmax() == number


def test_a_pair_that_met_in_few_clauses_is_not_learned() -> None:
    few = asked_clauses({"hang động": "nhà lầu"}, LEAST_CLAUSES - 1)
    asked = asked_clauses(CALLED) + few
    table = learn_translations(asked, [one.clause.passage for one in asked])
    assert "nhà lầu" in table.asked
    assert lift(table, "nhà lầu", "hang") == 0


def test_does_not_depend_on_the_order(table: Translations) -> None:
    asked = asked_clauses(CALLED)
    background = [one.clause.passage for one in asked]
    assert learn_translations(asked[::-1], background[::-1]).pack() == table.pack()


def test_too_little_to_learn_from_is_refused() -> None:
    asked = asked_clauses(CALLED)
    with pytest.raises(ValueError, match="no clause for the background"):
        learn_translations(asked, [])
    with pytest.raises(ValueError, match="no two terms meet"):
        learn_translations(asked[:1], ["hang của rồng"])


def test_development_laws_are_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(translate, "BACKGROUND_STEP", 1)
    data = write_shared(tmp_path)
    asked, background = read_examples(data, [])
    every = [one.clause.number for one in read_shared(data)]
    assert [one.clause.number for one in asked] == [n for n in every if not is_development(n)]
    assert 0 < len(asked) < len(every)
    laws = [one for one in read_law_clauses(data) if not is_development(one.number)]
    assert background == [one.passage for one in laws]
    assert 0 < len(background) < len(read_law_clauses(data))
