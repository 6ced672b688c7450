"""The shape of an answer as everyone outside sees it."""

from __future__ import annotations

import json

from chatbot.answers import Alternative, Answer, AnswerStatus, Quotation

QUOTATION = Quotation(
    citation="khoản 1 Điều 2 Nghị định 999/2099/NĐ-CP",
    document="999/2099/NĐ-CP",
    document_id="999-2099-nd-cp",
    article="2",
    clause="1",
    point=None,
    heading="Giờ thả diều",
    quote="1. Được thả diều từ 7 giờ đến 19 giờ.",
    highlights=((3, 37),),
    complete=True,
    url="/van-ban/999-2099-nd-cp#dieu-2.khoan-1",
)


def test_an_answer_survives_json() -> None:
    other = Alternative("khoản 2 Điều 2", "2. Người trông coi…", "/van-ban/999-2099-nd-cp#dieu-2")
    answer = Answer(
        AnswerStatus.ANSWERED,
        "may gio tha dieu",
        understood_as="mấy giờ thả diều",
        answer=QUOTATION,
        alternatives=(other,),
        suggestions=("Điều 3 quy định gì?",),
    )
    told = json.loads(json.dumps(answer.to_json()))
    assert told["status"] == "answered"
    assert (told["question"], told["understood_as"]) == ("may gio tha dieu", "mấy giờ thả diều")
    ((start, end),) = told["answer"].pop("highlights")
    assert told["answer"]["quote"][start:end] == "Được thả diều từ 7 giờ đến 19 giờ."
    assert Quotation(**told["answer"], highlights=((start, end),)) == QUOTATION
    assert [Alternative(**one) for one in told["alternatives"]] == [other]
    assert (told["suggestions"], told["message"]) == (["Điều 3 quy định gì?"], "")


def test_what_is_not_answered_has_every_member_all_the_same() -> None:
    assert json.loads(json.dumps(Answer(AnswerStatus.NOT_FOUND, "gì").to_json())) == {
        "status": "not_found",
        "question": "gì",
        "understood_as": None,
        "answer": None,
        "alternatives": [],
        "suggestions": [],
        "message": "",
    }
