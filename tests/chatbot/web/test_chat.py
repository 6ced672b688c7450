"""What the chat answers to whatever a page sends."""

from __future__ import annotations

import json
from html import unescape
from typing import Any

import gradio as gr
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.requests import Request

from chatbot.messages import ENGLISH, VIETNAMESE, Messages
from chatbot.web.assets import Assets
from chatbot.web.chat import ChatPage
from chatbot.web.readiness import Readiness, State
from chatbot.web.templating import Templates
from tests.chatbot.web.asgi import scope_of
from tests.chatbot.web.site import FICTION_ID, SETTINGS, Scripted, scripted

ASKER = scripted()
TEMPLATES = Templates(Assets().path)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(), max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["question", "history", "document_id"]), inner)
    ),
    max_leaves=8,
)


def ready() -> Readiness:
    readiness = Readiness(lambda: None)
    readiness.start()
    assert readiness.wait(20) is State.READY
    return readiness


READY = ready()


def respond(
    asked: object, words: Messages = VIETNAMESE, asker: Scripted = ASKER, root: str | None = None
) -> dict[str, Any]:
    page = ChatPage(asker, READY, SETTINGS, TEMPLATES, words)
    request = gr.Request(None if root is None else Request(scope_of(app_root_path=root)))
    return page.respond(asked, request)


def test_a_question_is_answered_with_a_card() -> None:
    told = respond({"question": "khoản 4 Điều 6 Nghị định 137/2024/NĐ-CP"}, root="/hoi-luat/")
    assert told["status"] == "answered"
    assert told["answer"] == {
        "citation": "khoản 4 Điều 6 Nghị định 137/2024/NĐ-CP",
        "url": "/hoi-luat/van-ban/137-2024-nd-cp#dieu-6.khoan-4",
    }


def test_history_and_document_reach_the_chatbot() -> None:
    asker = scripted()
    turns = [{"question": f"câu {n}", "provision": "dieu-1"} for n in range(5)]
    respond({"question": " Điều 3 ", "history": turns, "document_id": FICTION_ID}, asker=asker)
    ((question, history, document_id),) = asker.asked
    assert (question, document_id) == ("Điều 3", FICTION_ID)
    assert [turn.question for turn in history] == ["câu 2", "câu 3", "câu 4"]
    assert {turn.provision for turn in history} == {"dieu-1"}


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ("", "Hãy nhập câu hỏi."),
        ("  \n", "Hãy nhập câu hỏi."),
        ("a" * 301, "Câu hỏi dài 301 ký tự, tối đa 300."),
        ("a\x00b", "Câu hỏi có ký tự không đọc được."),
        ("Điều 6\x7f?", "Câu hỏi có ký tự không đọc được."),
        ("\u200b", "Hãy nhập câu hỏi."),
    ],
)
def test_a_question_that_cannot_be_asked_is_told_why(question: str, message: str) -> None:
    told = respond({"question": question})
    assert told["status"] == "not_found"
    assert message in told["html"]


def test_a_refusal_speaks_the_language_of_the_chat() -> None:
    failed = respond({"question": "không sẵn sàng"}, ENGLISH)
    assert ENGLISH.unavailable in unescape(failed["html"])
    empty = unescape(respond({"question": ""}, ENGLISH)["html"])
    assert ENGLISH.question_empty in empty
    assert ENGLISH.not_found not in empty


def test_a_document_that_is_not_loaded_is_named(caplog: pytest.LogCaptureFixture) -> None:
    told = respond({"question": "Điều 6", "document_id": "998-2099-nd-cp"})
    assert told["status"] == "not_found"
    assert "Không có văn bản “998-2099-nd-cp” trong danh sách đã nạp." in told["html"]
    assert caplog.text == ""


def test_what_fails_is_told_as_a_failure_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    told = respond({"question": "hỏng"})
    assert told["status"] == "unavailable"
    assert "nobody foresaw" not in told["html"]
    assert "nobody foresaw" in caplog.text


def test_while_the_model_loads_the_visitor_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chatbot.web.chat.WAIT_FOR_MODEL_S", 0.0)
    loading = Readiness(lambda: None)
    page = ChatPage(ASKER, loading, SETTINGS, TEMPLATES, VIETNAMESE)
    told = page.respond({"question": "Điều 6"}, gr.Request())
    assert told["status"] == "unavailable"
    assert VIETNAMESE.loading in told["html"]


def test_what_cannot_be_sent_back_is_replaced() -> None:
    told = respond({"question": "mưa\ud800", "history": [{"question": "\udfff"}]})
    assert told["turn"]["question"] == "mưa?"
    assert json.dumps(told, ensure_ascii=False).encode()


@settings(deadline=None)  # the first question loads the language statistics
@given(JSON)
def test_whatever_a_page_sends_becomes_a_card_that_can_be_sent(asked: object) -> None:
    told = respond(asked)
    assert told["status"] in ("answered", "not_found", "unavailable")
    assert "card" in told["html"]
    assert json.dumps(told, ensure_ascii=False).encode()
