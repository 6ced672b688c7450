"""What goes wrong, said to programs and to people."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Annotated

import pytest
from fastapi import FastAPI, Query
from fastapi.testclient import TestClient
from starlette.exceptions import HTTPException
from starlette.requests import Request

from chatbot.messages import ENGLISH, VIETNAMESE, Messages
from chatbot.web.assets import Assets
from chatbot.web.problems import Problem, install_problem_handlers, words_of
from chatbot.web.templating import Templates
from corpus.errors import InputError, LibraryError, UnavailableError, UnknownDocumentError
from tests.chatbot.web.site import ATTACK

SECRET = "đường dẫn /secret/thư-mục"
PAGE = {"accept": "text/html,application/xhtml+xml"}
FAILURES: dict[str, Exception] = {
    "problem": Problem(409, "busy", "Đang bận.", headers={"Retry-After": "5"}),
    "headed": Problem(409, "busy", "Đang bận.", heading="Xin chờ"),
    "hostile": Problem(404, "absent", ATTACK, heading=ATTACK),
    "gone": HTTPException(404, SECRET),
    "teapot": HTTPException(418, SECRET),
    "unknown": UnknownDocumentError(SECRET),
    "refused": InputError(SECRET),
    "unavailable": UnavailableError(SECRET),
    "library": LibraryError(SECRET),
    "unforeseen": RuntimeError(SECRET),
}
ANSWERS = [
    ("problem", 409, "busy"),
    ("gone", 404, "not_found"),
    ("teapot", 418, "http_error"),
    ("unknown", 404, "unknown_document"),
    ("refused", 422, "refused"),
    ("unavailable", 503, "unavailable"),
    ("library", 503, "unavailable"),
    ("unforeseen", 500, "internal"),
]


@pytest.fixture(scope="module")
def failing() -> Iterator[TestClient]:
    app = FastAPI()
    install_problem_handlers(app, Templates(Assets().path))

    @app.get("/fail/{name}")
    @app.get("/api/fail/{name}")
    def fail(name: str) -> None:
        raise FAILURES[name]

    @app.get("/number")
    def number(n: Annotated[int, Query()]) -> int:
        return n

    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.mark.parametrize(("name", "status", "code"), ANSWERS)
def test_programs_read_json(failing: TestClient, name: str, status: int, code: str) -> None:
    for path, headers in ((f"/fail/{name}", {}), (f"/api/fail/{name}", PAGE)):
        answer = failing.get(path, headers=headers)
        assert answer.status_code == status
        assert set(answer.json()) == {"error"}
        assert set(answer.json()["error"]) == {"code", "message"}
        assert answer.json()["error"]["code"] == code
        assert "secret" not in answer.text


@pytest.mark.parametrize(("name", "status", "_code"), ANSWERS)
@pytest.mark.parametrize("words", [VIETNAMESE, ENGLISH])
def test_people_read_a_page(
    failing: TestClient, name: str, status: int, _code: str, words: Messages
) -> None:
    answer = failing.get(f"/fail/{name}?lang={words.language}", headers=PAGE)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")
    assert f'<html lang="{words.language}">' in answer.text
    title = words.page_not_found_title if status < 500 else words.internal_error_title
    assert f"<h1>{title}</h1>" in answer.text
    assert "secret" not in answer.text


def test_a_problem_may_bring_its_heading_and_headers(failing: TestClient) -> None:
    assert failing.get("/fail/problem").headers["retry-after"] == "5"
    assert "<h1>Xin chờ</h1>" in failing.get("/fail/headed", headers=PAGE).text


def test_a_hostile_message_is_text(failing: TestClient) -> None:
    html = failing.get("/fail/hostile", headers=PAGE).text
    assert "window.attacked" in html
    assert "<script>window" not in html
    assert "<img" not in html


def test_no_such_address_and_no_such_method(failing: TestClient) -> None:
    absent = failing.get("/absent").json()["error"]
    assert absent == {"code": "not_found", "message": "Địa chỉ này không có trên hệ thống."}
    wrong = failing.post("/fail/problem")
    assert (wrong.status_code, wrong.json()["error"]["code"]) == (405, "method_not_allowed")


def test_a_wrong_parameter_is_named_and_its_value_is_not(failing: TestClient) -> None:
    answer = failing.get("/number?n=bốn")
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "wrong_shape")
    assert answer.json()["error"]["message"].endswith(": query.n")


@pytest.mark.parametrize(
    ("name", "level"),
    [("unknown", "INFO"), ("refused", "INFO"), ("unavailable", "ERROR")],
)
def test_the_operator_reads_the_reason(
    failing: TestClient, caplog: pytest.LogCaptureFixture, name: str, level: str
) -> None:
    with caplog.at_level(logging.INFO, "chatbot.web.problems"):
        failing.get(f"/fail/{name}")
    ours = [one for one in caplog.records if one.name == "chatbot.web.problems"]
    assert [(one.levelname, SECRET in one.getMessage()) for one in ours] == [(level, True)]


def test_a_problem_reads_as_one_line() -> None:
    assert str(Problem(404, "absent", "Không có.")) == "404 absent: Không có."


@pytest.mark.parametrize(
    ("query", "words"),
    [("", VIETNAMESE), ("lang=en", ENGLISH), ("lang=EN-gb", ENGLISH), ("lang=fr", VIETNAMESE)],
)
def test_the_language_of_a_request(query: str, words: Messages) -> None:
    scope = {"type": "http", "query_string": query.encode(), "headers": []}
    assert words_of(Request(scope)) is words
