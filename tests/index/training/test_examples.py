"""Reading laws and questions, and the split that must never move."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.training.examples import (
    OWN_QUESTIONS,
    is_development,
    read_law_clauses,
    read_lines,
    read_own,
    read_shared,
)
from tests.index.training.laws import write_shared


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return write_shared(tmp_path / "data")


def test_split_is_the_agreed_one() -> None:
    # sha256("02/2016/TT-BTTTT") ends in …6 in base 8, that of "24/2018/QH14" computed alike.
    import hashlib

    for number in ("02/2016/TT-BTTTT", "24/2018/QH14", "999/2099/QH99"):
        last_digit = int(hashlib.sha256(number.encode()).hexdigest()[-1], 16)
        assert is_development(number) == (last_digit in (0, 8))


def test_articles_are_split_at_numbered_paragraphs(data: Path) -> None:
    clauses = read_law_clauses(data)
    assert [c.clause for c in clauses[:3]] == ["1", "2", "3"]
    assert clauses[2].text.split("\n")[1] == "Kèm theo."
    assert clauses[0].passage == f"{clauses[0].title}\nĐiều hư cấu\n{clauses[0].text}"


def test_questions_find_their_clause(data: Path) -> None:
    item = read_shared(data)[0]
    assert [q.style for q in item.questions] == ["everyday", "office", "formal"]
    assert all(item.clause.number in q.text for q in item.questions)


def test_own_questions_are_joined_by_place_and_text(data: Path, tmp_path: Path) -> None:
    laws = read_law_clauses(data)
    place = {"number": laws[0].number, "article": "1", "clause": "1", "digest": laws[0].digest}
    rest = {"style": "story", "question": "ai trả?", "answer_span": None}
    file = tmp_path / "own.jsonl"
    lines = [place | rest, place | rest | {"digest": "00000000"}]
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    (found,) = read_own(file, laws)
    assert found.clause == laws[0]
    assert [q.text for q in found.questions] == ["ai trả?"]


def test_our_own_questions_keep_out_of_development_laws() -> None:
    records = list(read_lines(OWN_QUESTIONS))
    assert len(records) > 2000
    assert not [r for r in records if is_development(r["number"])]
    assert not [r for r in records if "text" in r or not r["question"].strip()]
