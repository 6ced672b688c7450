"""Questions that were not answered."""

import json
import logging
import re
import unicodedata
from pathlib import Path

import pytest

from chatbot.answers import Alternative, Answer, AnswerStatus
from chatbot.refusals import Refusal, RefusalLog

NEAR = Alternative(
    "khoản 1 Điều 3", "1. Cấm dây kim loại.", "/van-ban/999-2099-nd-cp#dieu-3.khoan-1"
)
OTHER = Alternative("Điều 9", "Hiệu lực", "/van-ban/999-2099-nd-cp#dieu-9")


def refused(question: str, *near: Alternative) -> Answer:
    return Answer(AnswerStatus.NOT_FOUND, question, alternatives=near, message="Không có.")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "refused.jsonl"


def test_a_refused_question_is_kept_with_its_day_and_what_came_nearest(file: Path) -> None:
    RefusalLog(file).note(refused("diều giấy bán ở đâu", NEAR, OTHER))
    RefusalLog(file).note(refused("mua dây ở đâu"))
    first, second = RefusalLog(file).read()
    assert (first.question, first.times, first.nearest) == ("diều giấy bán ở đâu", 1, NEAR.url)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", first.last)
    assert (second.question, second.nearest) == ("mua dây ở đâu", None)


def test_thanks_are_no_refused_question(file: Path) -> None:
    RefusalLog(file).note(Answer(AnswerStatus.NOT_FOUND, "cảm ơn nhé", asks_nothing=True))
    assert not file.exists()


@pytest.mark.parametrize("status", [AnswerStatus.ANSWERED, AnswerStatus.UNAVAILABLE])
def test_only_refusals_are_kept(file: Path, status: AnswerStatus) -> None:
    RefusalLog(file).note(Answer(status, "thả diều mấy giờ"))
    assert RefusalLog(file).read() == []
    assert not file.exists()


def test_one_question_typed_in_many_ways_is_one_and_the_last_way_is_shown(file: Path) -> None:
    log = RefusalLog(file)
    for question in (
        "Bán diều ở đâu",
        "gì cơ",
        "ban dieu  o dau",
        unicodedata.normalize("NFD", "bán diều ở đâu"),
        " BÁN DIỀU Ở ĐÂU ",
    ):
        log.note(refused(question))
    assert [(one.question, one.times) for one in log.read()] == [
        (" BÁN DIỀU Ở ĐÂU ", 4),
        ("gì cơ", 1),
    ]


def test_the_most_frequent_comes_first_with_what_was_last_nearest(file: Path) -> None:
    log = RefusalLog(file)
    for question, near in (("một", NEAR), ("hai", NEAR), ("hai", OTHER), ("ba", NEAR)):
        log.note(refused(question, near))
    assert [(one.question, one.nearest) for one in log.read()] == [
        ("hai", OTHER.url),
        ("một", NEAR.url),
        ("ba", NEAR.url),
    ]


def test_the_last_day_counts(file: Path) -> None:
    rows = [
        {"day": day, "question": "bán diều ở đâu", "nearest": None}
        for day in ("2099-01-02", "2099-03-04")
    ]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    (found,) = RefusalLog(file).read()
    assert found == Refusal("bán diều ở đâu", 2, None, "2099-03-04")
    assert found.to_json() == {
        "question": "bán diều ở đâu",
        "times": 2,
        "nearest": None,
        "last": "2099-03-04",
    }


def test_a_log_that_cannot_be_written_costs_no_answer(
    file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file.mkdir()
    with caplog.at_level(logging.ERROR):
        RefusalLog(file).note(refused("bán diều ở đâu"))
    assert "a refused question cannot be kept" in caplog.text
    with pytest.raises(IsADirectoryError):
        RefusalLog(file).read()
