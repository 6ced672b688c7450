"""What a question continues."""

from __future__ import annotations

import pytest

from chatbot.answers import Turn
from chatbot.conversation import Dependence, dependence, follow_up

HEADING = "Giờ thả diều"
HEADINGS = {"999-2099-nd-cp#dieu-2.khoan-1": HEADING}


def turn(question: str) -> Turn:
    return Turn(question, "999-2099-nd-cp", "dieu-2.khoan-1")


@pytest.mark.parametrize(
    ("question", "how_much"),
    [
        ("dây diều được dài tối đa bao nhiêu mét", Dependence.NONE),
        ("còn dây diều thì dài tối đa bao nhiêu mét", Dependence.POSSIBLE),
        ("ai trông coi chỗ đó", Dependence.CERTAIN),
        ("thế thì sao", Dependence.CERTAIN),
    ],
)
def test_dependence_is_judged_by_the_words(question: str, how_much: Dependence) -> None:
    assert dependence(question) is how_much


def test_without_an_answer_before_nothing_is_continued() -> None:
    unanswered = Turn("thả diều mấy giờ thì được", None, None)
    found = follow_up("thế thì sao", [unanswered], {})
    assert (found.dependence, found.context) == (Dependence.NONE, "")


@pytest.mark.parametrize(
    ("history", "context"),
    [
        (["công viên cho thả diều mấy giờ"], "công viên cho thả diều mấy giờ"),
        (["diều là gì"], "diều là gì"),  # short, but nothing came before it
        (["công viên cho thả diều mấy giờ", "thế thì sao"], "công viên cho thả diều mấy giờ"),
        (["khoản 1 điều 2"], HEADING),
        (["khoản 1 điều 2", "thế thì sao"], HEADING),
    ],
)
def test_the_context_is_the_last_question_that_stands_alone(
    history: list[str], context: str
) -> None:
    found = follow_up("còn ai trông coi chỗ đó", [turn(text) for text in history], HEADINGS)
    assert found.context == context
