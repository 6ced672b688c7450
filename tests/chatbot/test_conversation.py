"""What a question continues."""

from __future__ import annotations

import pytest

from chatbot.answers import Turn
from chatbot.conversation import Dependence, Topic, dependence, topics

KITES = "công viên cho thả diều mấy giờ"
FINE = "thả diều ban đêm bị phạt bao nhiêu tiền"


def turn(question: str, provision: str = "dieu-2.khoan-1") -> Turn:
    return Turn(question, "999-2099-nd-cp", provision)


SHOWN = Topic("khoản 1 Điều 2", "Giờ thả diều")


def names(history: list[Turn]) -> list[str]:
    return [topic.name for topic in topics(history, SHOWN)]


@pytest.mark.parametrize(
    ("question", "how_much"),
    [
        ("dây diều được dài tối đa bao nhiêu mét", Dependence.NONE),
        ("người trông coi công viên ấy có phải thu giữ dây kim loại không", Dependence.NONE),
        ("còn dây diều thì dài tối đa bao nhiêu mét", Dependence.POSSIBLE),
        ("diều là gì", Dependence.POSSIBLE),
        ("khoản 1 điều 2", Dependence.POSSIBLE),
        ("ai trông coi chỗ đó", Dependence.CERTAIN),
        ("Họ có phải báo công viên", Dependence.CERTAIN),
        ("còn diều", Dependence.CERTAIN),
        ("thế thì sao", Dependence.CERTAIN),
    ],
)
def test_dependence_is_judged_by_the_words(question: str, how_much: Dependence) -> None:
    assert dependence(question) is how_much


@pytest.mark.parametrize(
    ("questions", "topic"),
    [
        ([KITES], KITES),
        (["diều là gì"], "diều là gì"),  # short, but nothing came before it
        ([KITES, "diều là gì"], KITES),
        ([KITES, "thế thì sao"], KITES),
        ([KITES, "còn dây diều thì dài mấy mét"], "còn dây diều thì dài mấy mét"),
        ([KITES, "khoản 1 điều 3"], KITES),
        (["dây diều dài tối đa mấy mét", KITES], KITES),
    ],
)
def test_the_topic_is_the_last_question_that_stands_alone(questions: list[str], topic: str) -> None:
    assert topics([turn(text) for text in questions], SHOWN) == (Topic(topic, topic),)


def test_a_question_without_an_answer_is_followed_by_the_last_that_got_one() -> None:
    assert names([turn(KITES), Turn(FINE)]) == [FINE, KITES]
    assert names([turn(KITES), Turn(FINE), turn("thế thì sao")]) == [FINE, KITES]
    assert names([Turn(FINE), turn(KITES)]) == [KITES]


@pytest.mark.parametrize(
    "questions", [["khoản 1 điều 2"], ["khoản 1 điều 2", "thế thì sao"], ["thế thì sao"]]
)
def test_where_no_question_stands_alone_it_is_what_was_answered_last(questions: list[str]) -> None:
    assert topics([turn(text) for text in questions], SHOWN) == (SHOWN,)


def test_what_was_answered_last_comes_behind_a_question_without_an_answer() -> None:
    history = [turn("khoản 1 điều 2"), Turn(FINE), Turn("thế thì sao")]
    assert names(history) == [FINE, SHOWN.name]


def test_a_question_asked_again_is_one_topic() -> None:
    assert names([turn(KITES), Turn(KITES)]) == [KITES]
