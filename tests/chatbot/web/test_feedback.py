"""Verdicts on answers: off unless wanted, and nothing of a question is kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from chatbot import line_log
from chatbot.settings import Settings
from chatbot.web.server import create_app
from tests.chatbot.web.browsing import Chat, NewPage
from tests.chatbot.web.hosting import serving
from tests.chatbot.web.site import SETTINGS, scripted

URL = "/api/v1/feedback"
QUESTION = "Khoản 2 Điều 6 Nghị định 137/2024/NĐ-CP"
GOOD = {
    "question": QUESTION,
    "document_id": "137-2024-nd-cp",
    "provision": "dieu-6.khoan-2",
    "helpful": True,
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("feedback")


@pytest.fixture(scope="module")
def settings(folder: Path) -> Settings:
    return replace(SETTINGS, feedback=True, data_dir=folder)


@pytest.fixture(scope="module")
def asking(settings: Settings) -> Iterator[str]:
    """Address of a site that asks for verdicts."""
    with serving(create_app(scripted(), settings, lambda: None)) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def taking(settings: Settings) -> Iterator[TestClient]:
    settings.feedback_file.unlink(missing_ok=True)
    with TestClient(create_app(scripted(), settings, lambda: None)) as client:
        yield client


def lines(settings: Settings) -> list[dict[str, object]]:
    return [json.loads(line) for line in settings.feedback_file.read_text("utf-8").splitlines()]


def test_it_is_off_by_default(client: TestClient) -> None:
    assert Settings().feedback is False
    response = client.post(URL, json=GOOD)
    assert (response.status_code, response.json()["error"]["code"]) == (404, "feedback_off")
    assert URL not in client.get("/api/openapi.json").json()["paths"]


def test_a_verdict_keeps_hash_clause_and_index_only(taking: TestClient, settings: Settings) -> None:
    settings.index_dir.mkdir(exist_ok=True)
    (settings.index_dir / "current").write_text("generation-test " + "0" * 64 + "\n")
    assert taking.post(URL, json=GOOD).status_code == 204
    again = {**GOOD, "question": f"  {QUESTION.lower()} ", "helpful": False}
    assert taking.post(URL, json=again).status_code == 204
    first, second = lines(settings)
    assert set(first) == {"question", "clause", "index", "helpful"}
    assert first["clause"] == "137-2024-nd-cp#dieu-6.khoan-2"
    assert first["index"] == "generation-test"
    assert (first["helpful"], second["helpful"]) == (True, False)
    assert first["question"] == second["question"]
    assert len(str(first["question"])) == 64
    assert "khoản" not in settings.feedback_file.read_text("utf-8").lower()


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"document_id": "absent"}, 404),
        ({"provision": "dieu-99"}, 404),
        ({"provision": None}, 404),
        ({"helpful": "yes"}, 422),
        ({"question": " "}, 422),
        ({"more": 1}, 422),
        ({"question": "a" * 301}, 422),
    ],
)
def test_what_is_no_verdict_is_not_kept(
    taking: TestClient, settings: Settings, change: dict[str, object], status: int
) -> None:
    assert taking.post(URL, json={**GOOD, **change}).status_code == status
    assert not settings.feedback_file.exists()


def test_a_full_file_takes_no_more(
    taking: TestClient, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line_log, "MAX_BYTES", 10)
    assert taking.post(URL, json=GOOD).status_code == 204
    assert taking.post(URL, json=GOOD).status_code == 507
    assert len(lines(settings)) == 1


@pytest.mark.browser
def test_a_visitor_tells(new_page: NewPage, asking: str, settings: Settings) -> None:
    settings.feedback_file.unlink(missing_ok=True)
    page = new_page(360)
    chat = Chat(page)
    chat.open(asking + "/")
    chat.ask(QUESTION)
    page.get_by_role("button", name="Chưa đúng").click()
    page.get_by_text("Cảm ơn bạn").first.wait_for()
    chat.ask("không có")
    page.get_by_role("button", name="Đúng", exact=True).click()
    page.wait_for_function("!document.querySelector('[data-helpful]')")
    assert [(line["clause"], line["helpful"]) for line in lines(settings)] == [
        ("137-2024-nd-cp#dieu-6.khoan-2", False),
        (None, True),
    ]
    page.reload()
    page.wait_for_selector("#starting", state="detached")
    assert page.locator("#turns .card").count() == 2
    assert page.locator("[data-helpful]").count() == 0
    assert new_page.errors == []


@pytest.mark.browser
def test_a_question_can_be_asked_exactly_as_typed(new_page: NewPage, address: str) -> None:
    typed = "ke hoach chuyen doi so phai lap may nam mot lan"
    page = new_page()
    chat = Chat(page)
    chat.open(address + "/")
    chat.ask(typed)
    card = page.locator("#turns .card")
    assert "kế hoạch chuyển đổi số" in card.first.inner_text()
    page.get_by_role("button", name="Hỏi đúng như đã gõ").click()
    card.nth(1).wait_for()
    assert page.locator(".asked [lang]").nth(1).inner_text() == typed
    assert "Hiểu câu hỏi là" not in card.nth(1).inner_text()
    chat.ask(typed)  # once only: the next question is read as usual
    assert "kế hoạch chuyển đổi số" in card.nth(2).inner_text()


def test_the_api_asks_as_typed(client: TestClient) -> None:
    typed = {"question": "ke hoach chuyen doi so phai lap may nam mot lan"}
    assert client.post("/api/v1/ask", json=typed).json()["understood_as"]
    as_typed = client.post("/api/v1/ask", json={**typed, "as_typed": True}).json()
    assert as_typed["understood_as"] is None
    assert client.post("/api/v1/ask", json={**typed, "as_typed": 1}).status_code == 422
