"""The page that describes the API."""

from __future__ import annotations

from typing import Annotated

from fastapi import Body, FastAPI
from fastapi.testclient import TestClient

from chatbot.web.api_page import api_page_router, operations
from chatbot.web.assets import Assets
from chatbot.web.templating import Templates
from tests.chatbot.web.site import ATTACK


def described() -> FastAPI:
    app = FastAPI()

    @app.post("/api/thu", responses={418: {"description": "Ấm trà."}})
    def try_it(lang: str, body: Annotated[dict[str, str], Body(examples=[])]) -> None:
        """Thử một lần."""

    @app.get("/api/thu/{place}", summary="Một chỗ")
    def read_place(place: str) -> None: ...

    @app.get("/api/ẩn", include_in_schema=False)
    def hidden() -> None:
        """Ẩn."""

    app.include_router(api_page_router(app, Templates(Assets().path)))
    return app


def test_operations_come_as_they_were_declared() -> None:
    first, second = operations(described().openapi())
    assert (first["method"], first["path"], first["text"]) == ("POST", "/api/thu", "Thử một lần.")
    assert first["parameters"] == ["lang"]
    assert first["responses"]["418"] == "Ấm trà."
    assert {"200", "422"} <= set(first["responses"])
    assert (second["method"], second["path"], second["text"]) == (
        *("GET", "/api/thu/{place}", "Một chỗ"),
    )
    assert (second["parameters"], second["example"]) == (["place"], None)


def test_an_example_is_that_of_the_json_body() -> None:
    content = {"application/json": {"example": {"question": "Điều 6?"}}}
    schema = {"paths": {"/a": {"post": {"requestBody": {"content": content}}}}}
    (operation,) = operations(schema)
    assert operation == {
        "method": "POST",
        "path": "/a",
        "text": "",
        "parameters": [],
        "example": {"question": "Điều 6?"},
        "responses": {},
    }


def test_an_api_without_operations() -> None:
    assert operations({"paths": {}}) == []


def test_methods_of_one_address_are_operations_of_their_own() -> None:
    schema = {"paths": {"/a": {"get": {"summary": "Đọc"}, "post": {"description": "Ghi"}}}}
    assert [(one["method"], one["text"]) for one in operations(schema)] == [
        ("GET", "Đọc"),
        ("POST", "Ghi"),
    ]


def test_the_page_shows_every_operation_as_text() -> None:
    app = described()

    @app.get("/api/khác", description=ATTACK)
    def other() -> None: ...

    with TestClient(app) as client:
        html = client.get("/api/docs").text
        english = client.get("/api/docs?lang=en").text
    for path in ("/api/thu", "/api/thu/{place}", "/api/khác"):
        assert path in html
    assert "/api/ẩn" not in html
    assert '<p lang="en">Thử một lần.</p>' in html
    assert "window.attacked" in html
    assert "<script>window" not in html
    assert ('<html lang="vi">' in html, '<html lang="en">' in english) == (True, True)
    assert 'href="/api/docs?lang=en"' in html
    assert 'href="/api/docs"' in english
