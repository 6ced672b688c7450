"""Files of example questions, and how clauses get theirs."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.clauses import clauses_of
from corpus.errors import InputError
from corpus.model import Metadata
from corpus.parsing import parse
from corpus.questions import (
    LONGEST,
    NO_PROVISION,
    ExampleQuestion,
    by_provision,
    checked_question,
    holder_of,
    merged,
    read_questions,
    with_questions,
    without,
    write_questions,
)

WORDS = st.text('aăđeếọ 0?"\\“', min_size=1, max_size=12).map(lambda text: " ".join(text.split()))
ASKED = st.dictionaries(
    st.sampled_from(["dieu-1", "dieu-2.khoan-1", "dieu-2.khoan-1.diem-dd"]),
    st.dictionaries(WORDS.filter(bool), WORDS, min_size=1, max_size=3),
    max_size=3,
)
CLAUSES = clauses_of(
    parse(
        "Điều 1. A\nLời.\nĐiều 2. B\n1. Gồm:\na) Một.\n2. Hai.\n",
        Metadata(number="999/2099/NĐ-CP", kind="Nghị định"),
    )
)


@given(ASKED, st.sampled_from(["", "999/2099/NĐ-CP"]))
def test_written_questions_are_read_back(asked: dict[str, dict[str, str]], document: str) -> None:
    read = read_questions(write_questions(asked, document), "x")
    assert by_provision(read) == asked
    assert {question.document for question in read} <= {document}


def test_a_line_says_where_it_stands_and_blank_lines_count() -> None:
    content = (
        '\n{"provision": "dieu-1", "question": " thả  diều ở đâu ", "by": "ghi chú"}\n  \n'
        '{"document": "999/2099/NĐ-CP", "provision": "dieu-2", "question": "a", "words": " Một. "}'
    )
    assert read_questions(content, "q.jsonl") == [
        ExampleQuestion("q.jsonl, line 2", "", "dieu-1", "thả diều ở đâu", ""),
        ExampleQuestion("q.jsonl, line 4", "999/2099/NĐ-CP", "dieu-2", "a", "Một."),
    ]
    assert read_questions("", "q.jsonl") == []


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85"])
def test_only_a_line_feed_ends_a_line(sign: str) -> None:
    line = f'{{"provision": "dieu-1", "question": "thả{sign}diều"}}'
    questions = read_questions(f"{line}\r\n{line}\n", "x")
    assert [question.text for question in questions] == ["thả diều", "thả diều"]


def test_a_wrong_line_is_named_and_shown() -> None:
    good = '{"provision": "dieu-1", "question": "a"}\n'
    with pytest.raises(InputError, match=r"^q.jsonl, line 3: '\[\"dieu-1\"\]': expected an object"):
        read_questions(f'{good}{good}["dieu-1"]\n{good}', "q.jsonl")


@pytest.mark.parametrize("member", ["document", "provision", "question", "words"])
@pytest.mark.parametrize("value", [1, None, ["a"]])
def test_a_member_that_is_no_text_is_refused(member: str, value: object) -> None:
    row = {"document": "", "provision": "dieu-1", "question": "a", "words": "", member: value}
    with pytest.raises(InputError, match="expected an object with the texts"):
        read_questions(json.dumps(row), "x")


def given_question(text: str, provision: str = "dieu-1", words: str = "") -> ExampleQuestion:
    return ExampleQuestion("dòng 1", "", provision, text, words)


def test_a_question_is_kept_without_needless_blanks_in_one_unicode_form() -> None:
    typed = unicodedata.normalize("NFD", " thả\tdiều\u00a0 ở đâu\n")
    kept = checked_question(given_question(typed, words=unicodedata.normalize("NFD", " Một. ")))
    assert (kept.text, kept.words) == ("thả diều ở đâu", "Một.")


@pytest.mark.parametrize("length", [1, LONGEST])
def test_the_length_of_a_question_is_that_of_its_kept_form(length: int) -> None:
    assert len(checked_question(given_question("ế" * length + "  ")).text) == length
    decomposed = unicodedata.normalize("NFD", "ế" * length)
    assert len(checked_question(given_question(decomposed)).text) == length


@pytest.mark.parametrize(("text", "length"), [(" \n", 0), ("a" * (LONGEST + 1), LONGEST + 1)])
def test_an_empty_or_too_long_question_is_refused(text: str, length: int) -> None:
    words = f"^dòng 1: a question of {length} characters, expected 1…{LONGEST}$"
    with pytest.raises(InputError, match=words):
        checked_question(given_question(text))


@pytest.mark.parametrize("member", ["question", "words"])
def test_what_is_no_text_is_refused_with_its_line(member: str) -> None:
    row = {"provision": "dieu-1", "question": "a", member: "a\ud800b"}
    with pytest.raises(InputError, match=r"^x, line 1: lone surrogate U\+D800"):
        read_questions(json.dumps(row), "x")


def test_words_answer_only_what_has_a_provision() -> None:
    with pytest.raises(InputError, match="dòng 1: a question without a provision"):
        checked_question(given_question("gì", NO_PROVISION, "Một."))
    assert checked_question(given_question("gì", NO_PROVISION)).provision == NO_PROVISION


def test_a_question_asked_twice_is_kept_once_with_the_words_said_last() -> None:
    rows = [given_question("b"), given_question("a"), given_question("b", words="Một.")]
    asked = by_provision([*rows, given_question("b", "dieu-2")])
    assert asked == {"dieu-1": {"b": "Một.", "a": ""}, "dieu-2": {"b": ""}}
    assert list(asked["dieu-1"]) == ["b", "a"]


def test_a_file_names_words_and_document_only_where_there_are_any() -> None:
    lines = write_questions({"dieu-1": {"a": "", "đ": "Một."}}).splitlines()
    assert [json.loads(line) for line in lines] == [
        {"provision": "dieu-1", "question": "a"},
        {"provision": "dieu-1", "question": "đ", "words": "Một."},
    ]
    assert "đ" in lines[1]
    assert write_questions({}, "999/2099/NĐ-CP") == ""


@given(ASKED, ASKED)
def test_merging_loses_no_question_and_believes_the_second(
    first: dict[str, dict[str, str]], second: dict[str, dict[str, str]]
) -> None:
    both = merged(first, second)
    assert set(both) == set(first) | set(second)
    for provision, answers in both.items():
        one, two = first.get(provision, {}), second.get(provision, {})
        assert set(answers) == set(one) | set(two)
        assert all(answers[text] == two.get(text, one.get(text)) for text in answers)
    assert merged(first, {}) == merged({}, first) == first


def test_taking_a_question_away_leaves_no_empty_provision() -> None:
    asked = {"dieu-1": {"a": "", "b": ""}, "dieu-2": {"a": "Một."}, "": {"a": ""}}
    assert without(asked, "a") == {"dieu-1": {"b": ""}}
    assert without(asked, "a", "dieu-2") == {"dieu-1": {"a": "", "b": ""}, "": {"a": ""}}
    assert without(asked, "a", NO_PROVISION) == {"dieu-1": asked["dieu-1"], "dieu-2": {"a": "Một."}}
    assert without(asked, "c") == asked


@pytest.mark.parametrize(
    ("provision", "holder"),
    [
        ("dieu-2.khoan-1", "dieu-2.khoan-1"),
        ("dieu-2.khoan-1.diem-a.tiet-a1", "dieu-2.khoan-1"),
        ("dieu-1.khoan-9", "dieu-1"),
        ("dieu-2.khoan-10", None),  # no part of khoản 1
        ("dieu-2", None),  # holds a clause, and is held by none
        ("", None),
    ],
)
def test_the_clause_that_is_or_holds_a_provision(provision: str, holder: str | None) -> None:
    assert holder_of(provision, {"dieu-1", "dieu-2.khoan-1"}) == holder


def test_clauses_get_the_questions_of_what_they_hold() -> None:
    found = with_questions(
        CLAUSES,
        {
            "dieu-2.khoan-1": {"a": ""},
            "dieu-2.khoan-1.diem-a": {"b": "Một."},
            "dieu-9": {"c": ""},
            NO_PROVISION: {"ngoài văn bản": ""},
        },
    )
    assert [(one.provision_id, one.questions, one.answering, one.unanswered) for one in found] == [
        ("dieu-1", (), (), ("ngoài văn bản",)),
        ("dieu-2.khoan-1", ("a", "b"), ("", "Một."), ()),
        ("dieu-2.khoan-2", (), (), ()),
    ]
    assert with_questions(CLAUSES, {}) == CLAUSES
    assert with_questions([], {"dieu-1": {"a": ""}}) == ()
