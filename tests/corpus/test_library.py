from __future__ import annotations

from pathlib import Path

import pytest

from corpus.articles import read_corpus
from corpus.citations import print_citation
from corpus.errors import InputError, UnknownDocumentError
from corpus.gaps import gap_for
from corpus.identifiers import document_id, permalink
from corpus.library import shipped_library
from corpus.model import Citation


def test_the_shipped_decree_has_five_clauses_word_for_word(shared: Path) -> None:
    source = (shared / "decree" / "source-article.txt").read_text("utf-8")
    clauses = shipped_library().clauses
    assert [print_citation(clause.citation) for clause in clauses] == [
        "khoản 1 Điều 6 Nghị định 137/2024/NĐ-CP",
        "khoản 2 Điều 6 Nghị định 137/2024/NĐ-CP",
        "khoản 3 Điều 6 Nghị định 137/2024/NĐ-CP",
        "khoản 4 Điều 6 Nghị định 137/2024/NĐ-CP",
        "khoản 1 Điều 7 Nghị định 137/2024/NĐ-CP",
    ]
    assert [clause.complete for clause in clauses] == [True, False, True, True, True]
    for clause in clauses:
        assert clause.quote in source


def test_every_provision_of_the_decree_has_example_questions() -> None:
    assert all(len(clause.questions) >= 12 for clause in shipped_library().clauses)


def test_the_decree_is_known_to_leave_questions_unanswered_that_it_is_not_asked_as() -> None:
    first, *others = shipped_library().clauses
    assert len(first.unanswered) >= 50
    assert not any(clause.unanswered for clause in others)
    asked = {question for clause in (first, *others) for question in clause.questions}
    assert not asked & set(first.unanswered)


def test_the_words_that_answer_an_example_question_are_those_of_its_clause() -> None:
    for clause in shipped_library().clauses:
        assert len(clause.answering) == len(clause.questions)
        assert any(clause.answering)
        assert all(words in clause.quote for words in clause.answering)


@pytest.mark.parametrize("name", ["137-2024-nd-cp", "137/2024/NĐ-CP", "137/2024", "137"])
def test_a_document_is_found_by_what_people_call_it(name: str) -> None:
    assert shipped_library().find(name).id == "137-2024-nd-cp"


def test_an_unknown_document_is_named() -> None:
    with pytest.raises(UnknownDocumentError, match="999/2099"):
        shipped_library().find("999/2099/NĐ-CP")


@pytest.mark.parametrize(
    ("citation", "omitted"),
    [
        (Citation("3"), True),  # before the first article we have
        (Citation("12"), True),  # behind the last one
        (Citation("6", "2", "c"), True),  # the source shows "..." behind điểm b
        (Citation("7", "2"), True),  # behind the last clause of the last article
        (Citation("6", "5"), False),  # Điều 7 follows: there is none
        (Citation("6", "3", "h"), False),
        (Citation("6", "2"), False),  # present
    ],
)
def test_what_the_source_omits(citation: Citation, omitted: bool) -> None:
    (document,) = shipped_library().documents.values()
    assert (gap_for(document, citation) is not None) is omitted


def test_ids_and_permalinks() -> None:
    assert document_id("137/2024/NĐ-CP") == "137-2024-nd-cp"
    assert permalink("a", "dieu-6.khoan-2") == "/van-ban/a#dieu-6.khoan-2"


@pytest.mark.parametrize("line", ["{", '{"document": "A"}', "[]"])
def test_a_wrong_corpus_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "corpus.jsonl"
    path.write_text(line, "utf-8")
    with pytest.raises(InputError, match="line 1"):
        read_corpus(path)
