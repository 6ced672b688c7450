from __future__ import annotations

import json
from pathlib import Path

import pytest

from chatbot.asking import Chatbot
from chatbot.evaluation import evaluate, read_questions
from corpus.errors import InputError
from corpus.library import shipped_library
from index.search import ClauseIndex
from tests.toys import ToyEncoder


def written(folder: Path, *questions: str) -> Path:
    relevant = [{"document": "137/2024/NĐ-CP", "article": "7", "clause": 1}]
    lines = [
        json.dumps({"id": n, "question": question, "relevant": relevant})
        for n, question in enumerate(questions)
    ]
    file = folder / "questions.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def test_strays_of_a_copied_set_are_dropped_and_the_set_is_measured(tmp_path: Path) -> None:
    questions = read_questions(written(tmp_path, "\x08Từ chối thì\x08 phải\nlàm gì?"))
    assert questions[0].question == "Từ chối thì phải\nlàm gì?"
    index = ClauseIndex.build(shipped_library().clauses, ToyEncoder())
    report = evaluate(Chatbot(shipped_library(), lambda: index), questions).to_json()
    assert report["n"] == 1
    assert 0 <= report["mrr@10"] <= 1
    assert report["wrongly_answered"] is None  # no question that must be refused


@pytest.mark.parametrize("content", ["", "{", "[]", '{"id": 1, "question": "a"}'])
def test_a_file_that_is_no_question_set_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(InputError):
        read_questions(file)
