"""Questions that came over the network."""

from __future__ import annotations

import asyncio
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from starlette.requests import Request
from starlette.types import Message

from chatbot.answers import Turn
from chatbot.messages import ENGLISH, VIETNAMESE
from chatbot.settings import Settings
from chatbot.web.intake import (
    MAX_ID_CHARS,
    AskBody,
    Asking,
    make_asking,
    places,
    read_asking,
    read_json,
)
from chatbot.web.problems import Problem

LIMITS = Settings(max_question_chars=20, max_history=2)
JSON = "application/json"
TEXT = st.text(st.characters(), max_size=12) | st.text("a\x00\ud800 \n\u0309o", max_size=25)


def sent(body: bytes, kind: str | None = JSON) -> object:
    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    headers = [] if kind is None else [(b"content-type", kind.encode())]
    scope = {"type": "http", "method": "POST", "path": "/", "headers": headers}
    return asyncio.run(read_json(Request(scope, receive), VIETNAMESE))


def asked(question: str, *history: Turn, document_id: str | None = None) -> Asking:
    return make_asking(question, history, document_id, LIMITS, VIETNAMESE)


@pytest.mark.parametrize(
    "kind", [JSON, "application/json; charset=utf-8", "Application/JSON ;charset=utf-8"]
)
def test_json_comes_as_its_value(kind: str) -> None:
    assert sent('{"question": "điều 6"}'.encode(), kind) == {"question": "điều 6"}


@pytest.mark.parametrize(
    "kind", [None, "", "text/plain", "application/jsonp", "text/json, " + JSON]
)
def test_other_content_is_refused(kind: str | None) -> None:
    with pytest.raises(Problem) as refused:
        sent(b"{}", kind)
    assert (refused.value.status, refused.value.code) == (415, "unsupported_media_type")


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"{", b"{} {}", b"'a'", b"NaN", b"[Infinity]", b"-Infinity"),
        *("điều".encode("utf-16"), b'"\xff"', b"\xef\xbb\xbf{}", b"[" * 100_000, b"9" * 5000),
    ],
)
def test_what_is_no_json_in_utf8_is_refused(body: bytes) -> None:
    with pytest.raises(Problem) as refused:
        sent(body)
    assert (refused.value.status, refused.value.code) == (400, "bad_json")
    assert refused.value.message == VIETNAMESE.body_not_json


def test_a_bare_question_has_defaults() -> None:
    assert read_asking({"question": "Điều 6"}, LIMITS, VIETNAMESE) == Asking("Điều 6", (), None)


def test_every_field_is_taken() -> None:
    history = [{"question": "a", "document_id": "b", "provision": "c"}, {"question": "d"}]
    body = {"question": "e", "history": history, "document_id": "f", "as_typed": True}
    assert read_asking(body, LIMITS, VIETNAMESE) == Asking(
        "e", (Turn("a", "b", "c"), Turn("d")), "f", as_typed=True
    )


@pytest.mark.parametrize(
    ("value", "place"),
    [
        (None, "body"),
        ("Điều 6", "body"),
        ({}, "question (missing)"),
        ({"question": 6}, "question (string_type)"),
        ({"question": "a", "as_typed": "true"}, "as_typed (bool_type)"),
        ({"question": "a", "lang": "vi"}, "lang (extra_forbidden)"),
        ({"question": "a", "document_id": "x" * (MAX_ID_CHARS + 1)}, "document_id"),
        ({"question": "a", "history": [{"question": "b"}, 5]}, "history.1"),
        ({"question": "a", "history": [{"provision": "dieu-1"}]}, "history.0.question (missing)"),
        ({"question": "a", "history": [{"question": "b", "c": 1}]}, "history.0.c"),
    ],
)
def test_a_wrong_shape_is_told_by_its_place(value: object, place: str) -> None:
    with pytest.raises(Problem) as refused:
        read_asking(value, LIMITS, VIETNAMESE)
    assert (refused.value.status, refused.value.code) == (422, "wrong_shape")
    assert place in refused.value.message


def test_what_is_wrong_is_told_without_the_values_and_not_at_length() -> None:
    with pytest.raises(ValidationError) as wrong:
        AskBody.model_validate({"question": 4711, "as_typed": "geheim", **dict.fromkeys("abcdefg")})
    told = places(wrong.value)
    assert "question" in told
    assert "4711" not in told
    assert "geheim" not in told
    assert told.count(";") == 4


def test_text_is_composed_and_trimmed() -> None:
    decomposed = unicodedata.normalize("NFD", " khoản 2 Điều 6\n")
    assert asked(decomposed, Turn(decomposed, "a", "b")) == Asking(
        "khoản 2 Điều 6", (Turn("khoản 2 Điều 6", "a", "b"),), None
    )


def test_limits_are_the_last_that_is_allowed() -> None:
    assert asked("a" * 20, Turn("b" * 20), Turn("c")).question == "a" * 20
    with pytest.raises(Problem, match="Câu hỏi dài 21 ký tự, tối đa 20") as refused:
        asked("a" * 21)
    assert (refused.value.status, refused.value.code) == (422, "question_too_long")
    with pytest.raises(Problem, match="dài 21 ký tự"):
        asked("a", Turn("b" * 21))
    with pytest.raises(Problem, match="tối đa 2") as refused:
        asked("a", Turn("b"), Turn("c"), Turn("d"))
    assert refused.value.code == "history_too_long"


def test_no_history_may_be_allowed() -> None:
    alone = Settings(max_history=0)
    assert make_asking("a", (), None, alone, VIETNAMESE).history == ()
    with pytest.raises(Problem, match="history_too_long"):
        make_asking("a", (Turn("b"),), None, alone, VIETNAMESE)


@pytest.mark.parametrize("question", ["", " \n\t", "\u3000", " \u200b\ufeff"])
def test_an_empty_question_is_refused_but_an_empty_turn_is_not(question: str) -> None:
    with pytest.raises(Problem, match="Hãy nhập câu hỏi") as refused:
        asked(question)
    assert refused.value.code == "question_empty"
    assert asked("a", Turn(question)).history == (Turn(""),)


@pytest.mark.parametrize("bad", ["a\x00b", "\ud800", "Điều 6\x7f?", "\x1b[2J"])
def test_what_is_no_text_is_refused_wherever_it_stands(bad: str) -> None:
    tries = [
        (bad, Turn("b"), "c"),
        ("a", Turn(bad), "c"),
        ("a", Turn("b", bad), "c"),
        ("a", Turn("b", None, bad), "c"),
        ("a", Turn("b"), bad),
    ]
    for question, turn, document_id in tries:
        with pytest.raises(Problem) as refused:
            asked(question, turn, document_id=document_id)
        assert (refused.value.status, refused.value.code) == (422, "question_not_text")


def test_refusals_speak_the_language_given() -> None:
    with pytest.raises(Problem) as refused:
        make_asking("", (), None, LIMITS, ENGLISH)
    assert refused.value.message == ENGLISH.question_empty


@given(TEXT, TEXT)
def test_what_may_be_asked_can_be_sent_and_found(question: str, before: str) -> None:
    try:
        asking = asked(question, Turn(before))
    except Problem:
        return
    for text in (asking.question, asking.history[0].question):
        assert "\x00" not in text
        assert unicodedata.is_normalized("NFC", text)
        assert text == text.strip() == text.encode().decode()
    assert 0 < len(asking.question) <= 3 * LIMITS.max_question_chars
