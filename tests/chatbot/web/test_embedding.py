"""The server's side of the widget: who may, what is served, which choices are taken."""

from __future__ import annotations

import base64
import hashlib
import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from chatbot.settings import Settings
from chatbot.web.accent import (
    DARK_GROUND,
    ENOUGH,
    LIGHT_GROUND,
    accent_properties,
    contrast,
    read_colour,
)
from chatbot.web.embed_options import EmbedOptions, read_options
from chatbot.web.server import create_app
from tests.chatbot.web.site import scripted

FRIEND = "https://www.example.vn"
STRANGER = "https://stranger.example.com"
POLICY = "content-security-policy"


@pytest.fixture(scope="module")
def site() -> Iterator[TestClient]:
    settings = Settings(embed_origins=(FRIEND, "*.so.example.vn"))
    app = create_app(scripted(), settings, lambda: None)
    with TestClient(app, base_url="https://luat.example.vn", follow_redirects=False) as client:
        yield client


def ancestors(policy: str) -> str:
    return policy.partition("frame-ancestors ")[2]


# --- who may frame what ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/embed", True),
        ("/embed/vi/", True),
        ("/embed/en/", True),
        ("/van-ban/137-2024-nd-cp?khung=1", True),
        ("/van-ban/137-2024-nd-cp", False),
        ("/", False),
        ("/en/", False),
        ("/demo", False),
        ("/embedded", False),
        ("/api/v1/documents?khung=1", False),
    ],
)
def test_only_the_embedded_chat_may_be_framed(site: TestClient, path: str, shown: bool) -> None:
    listed = f"'self' {FRIEND} https://*.so.example.vn"
    policy = site.get(path).headers[POLICY]
    assert ancestors(policy) == (listed if shown else "'self'")


def test_by_default_nobody_else_may(client: TestClient) -> None:
    assert ancestors(client.get("/embed/vi/").headers[POLICY]) == "'self'"


def test_embed_leads_to_the_language_with_its_choices(site: TestClient) -> None:
    answer = site.get("/embed?lang=en&theme=dark")
    assert answer.headers["location"] == "/embed/en/?lang=en&theme=dark"
    assert site.get("/embed").headers["location"] == "/embed/vi/"
    assert site.get("/embed/vi?theme=dark").headers["location"] == "/embed/vi/?theme=dark"


@pytest.mark.parametrize(
    ("query", "headers", "status"),
    [
        (f"?host={FRIEND}", {"referer": FRIEND + "/"}, 200),
        ("?host=https://a.so.example.vn", {}, 200),
        ("", {}, 200),
        ("?host=https://luat.example.vn", {}, 200),
        (f"?host={STRANGER}", {}, 403),
        ("", {"referer": STRANGER + "/trang"}, 403),
        (f"?host={FRIEND}", {"referer": STRANGER + "/"}, 403),
        (f"?host={STRANGER}", {"sec-fetch-dest": "document"}, 200),
    ],
)
def test_strangers_are_told(
    site: TestClient, query: str, headers: dict[str, str], status: int
) -> None:
    answer = site.get(f"/embed/vi/{query}", headers=headers)
    assert answer.status_code == status
    if status == 403:
        assert STRANGER in answer.text
        assert ancestors(answer.headers[POLICY]) == "*", "the message must be seen there"
        assert "gradio" not in answer.text


def test_the_operator_reads_of_a_refused_origin_once(caplog: pytest.LogCaptureFixture) -> None:
    app = create_app(scripted(), Settings(), lambda: None)
    with TestClient(app) as client, caplog.at_level(logging.WARNING, "chatbot.web.embedding"):
        for _ in range(3):
            client.get(f"/embed/vi/?host={STRANGER}")
    lines = [record.getMessage() for record in caplog.records if STRANGER in record.getMessage()]
    assert len(lines) == 1
    assert "embed_origins" in lines[0]


# --- the API across origins ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("origin", "allowed"), [(FRIEND, True), (STRANGER, False), ("null", False)]
)
def test_cors_follows_the_list(site: TestClient, origin: str, allowed: bool) -> None:
    answer = site.get("/api/v1/documents", headers={"origin": origin})
    assert answer.headers.get("access-control-allow-origin") == (origin if allowed else None)
    assert "access-control-allow-credentials" not in answer.headers
    before = site.options(
        "/api/v1/ask",
        headers={
            "origin": origin,
            "access-control-request-method": "POST",
            "access-control-request-headers": "content-type",
        },
    )
    assert (before.status_code == 200) is allowed


def test_gradio_answers_no_other_origin(site: TestClient) -> None:
    for path in ("/gradio_api/info", "/embed/vi/gradio_api/info"):
        answer = site.get(path, headers={"origin": STRANGER})
        assert answer.status_code == 200
        assert "access-control-allow-origin" not in answer.headers


def test_what_a_client_says_of_our_address_is_not_believed(site: TestClient) -> None:
    lies = {"x-forwarded-host": "evil.example.com", "x-gradio-server": "https://evil.example.com"}
    assert "evil.example.com" not in site.get("/embed/vi/", headers=lies).text


# --- the loader --------------------------------------------------------------------------------


def test_the_loader_is_short_lived_and_its_version_is_for_ever(site: TestClient) -> None:
    loader = site.get("/widget.js")
    page = site.get("/demo").text
    facts = json.loads(re.findall(r'id="demo-facts">(.*?)</script>', page, re.DOTALL)[0])
    fixed = site.get(f"/widget.{facts['version']}.js")
    assert fixed.content == loader.content
    assert "immutable" in fixed.headers["cache-control"]
    assert "max-age=300" in loader.headers["cache-control"]
    assert loader.headers["access-control-allow-origin"] == "*"  # integrity needs it
    digest = base64.b64encode(hashlib.sha384(fixed.content).digest()).decode()
    assert facts["integrity"] == f"sha384-{digest}"
    gone = site.get("/widget.000000000000.js")
    assert (gone.status_code, gone.headers["location"]) == (307, "/widget.js")
    assert "HoiLuatApi" in site.get("/widget.d.ts").text


# --- choices --------------------------------------------------------------------------------------


def test_every_choice_is_taken() -> None:
    query = {
        "theme": "dark",
        "accent": "#0b5cad",
        "greeting": " Xin  chào ",
        "questions": '["Một, hai?", "Ba?"]',
        "document": "a",
        "session": "local",
        "expires": "60",
    }
    assert read_options(query, {"a"}) == EmbedOptions(
        "dark", (11, 92, 173), "Xin chào", ("Một, hai?", "Ba?"), "a", "local", 60, ()
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("theme", "pink"),
        ("accent", "red;}body{display:none"),
        ("accent", "#12345"),
        ("greeting", "a" * 201),
        ("questions", "a,b"),
        ("questions", '{"a": 1}'),
        ("questions", "[1]"),
        ("questions", json.dumps(["a"] * 7)),
        ("questions", json.dumps(["a" * 151])),
        ("questions", "[" * 5000),
        ("document", "absent"),
        ("session", "cookie"),
        ("expires", "0"),
        ("expires", "1e3"),
        ("expires", "9" * 5000),
    ],
)
def test_what_cannot_be_used_is_named_and_left_out(name: str, value: str) -> None:
    options = read_options({name: value}, {"a"})
    (refused,) = options.refused
    assert refused.startswith(name + "=")
    assert options == EmbedOptions(refused=options.refused)


def test_choices_cannot_break_out_of_the_page(site: TestClient) -> None:
    attack = "</script><script>window.attacked=1</script>\"'<img src=x onerror=alert(1)>"
    answer = site.get(
        "/embed/vi/",
        params={"greeting": attack, "questions": json.dumps([attack]), "theme": attack},
    )
    assert answer.status_code == 200
    assert "<script>window.attacked" not in answer.text
    assert "<img src=x" not in answer.text


@given(st.tuples(*[st.integers(0, 255)] * 3))
def test_any_accent_can_be_read(colour: tuple[int, int, int]) -> None:
    found = accent_properties(colour)
    accents, hovers, texts = (
        [read_colour(one) or (0, 0, 0) for one in re.findall("#[0-9a-f]{6}", found[name])]
        for name in ("--accent", "--accent-hover", "--on-accent")
    )
    for ground, accent, hover, text in zip(
        (LIGHT_GROUND, DARK_GROUND), accents, hovers, texts, strict=True
    ):
        assert contrast(accent, ground) >= ENOUGH
        assert contrast(hover, ground) >= ENOUGH
        assert contrast(accent, text) >= ENOUGH
        assert contrast(hover, text) >= ENOUGH


def test_the_grounds_are_those_of_the_style_sheet() -> None:
    from chatbot.web.assets import FOLDER

    sheet = (FOLDER / "tokens.css").read_text("utf-8")
    surfaces = re.findall(r"--(?:paper|sheet|asked|line): light-dark\((#\w+), (#\w+)\)", sheet)
    assert len(surfaces) == 4
    black, white = (0, 0, 0), (255, 255, 255)
    for light, dark in surfaces:
        bright, dim = read_colour(light), read_colour(dark)
        assert bright is not None
        assert dim is not None
        assert contrast(DARK_GROUND, white) <= contrast(dim, white)
        if light != "#dfdad0":  # a line, not a ground
            assert contrast(LIGHT_GROUND, black) <= contrast(bright, black)


def test_docs_and_types_name_every_option(repository: Path) -> None:
    loader = (repository / "chatbot/web/loader/widget.js").read_text("utf-8")
    table = loader.partition("const KNOWN = {")[2].partition("\n    };")[0]
    names = re.findall(r"(?m)^      (\w+): ", table)
    assert len(names) == 17
    types = (repository / "chatbot/web/loader/widget.d.ts").read_text("utf-8")
    docs = (repository / "docs/embed.md").read_text("utf-8")
    assert [name for name in names if f"  {name}?: " not in types] == []
    assert [name for name in names if f"`{name}`" not in docs] == []
