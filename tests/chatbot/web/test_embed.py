"""The chat as other sites show it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from chatbot.messages import ENGLISH, VIETNAMESE, Messages
from chatbot.origins import Origins
from chatbot.web.assets import Assets
from chatbot.web.embed import Embed, embed_address, embed_redirect
from chatbot.web.embedding import Embedding
from chatbot.web.guards import PublicPath
from chatbot.web.templating import Templates
from tests.chatbot.web import asgi
from tests.chatbot.web.site import ATTACK, FICTION_ID, Scripted, library, real_chatbot

FRIEND, STRANGER = "https://www.example.vn", "https://stranger.example.com"
PAGE = """<html lang="en"><head>
\t\t<meta
\t\t\tname="viewport" content="width=device-width"></head><body><gradio-app></gradio-app></body>
</html>"""
EMBED = Embed(
    Scripted(real_chatbot(library())),
    Templates(Assets().path),
    Embedding(Origins((FRIEND,))),
    ("Điều 6 quy định gì?",),
)


async def gradio(scope: Scope, receive: Receive, send: Send) -> None:
    headers = [(b"content-type", b"text/html; charset=utf-8")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": PAGE.encode()})


def called(path: str, query: dict[str, str], words: Messages, root: str = "") -> list[Message]:
    scope = asgi.scope_of(
        f"{root}/embed/vi{path}",
        [(b"host", b"luat.example.vn")],
        root_path=f"{root}/embed/vi",
        app_root_path=root,
        query_string=urlencode(query).encode(),
    )
    return asgi.call(EMBED.shell(words)(gradio), scope)


def shown(query: dict[str, str], words: Messages = VIETNAMESE, root: str = "") -> str:
    start, body = called("/", query, words, root)
    assert start["status"] == 200
    return str(body["body"].decode())


def data(html: str, name: str) -> dict[str, object]:
    (table,) = re.findall(rf'<script type="application/json" id="{name}">(.*?)</script>', html)
    found = json.loads(table)
    assert isinstance(found, dict)
    return found


def test_the_embedded_chat_has_no_header_of_ours() -> None:
    html = shown({})
    assert '<html lang="vi">' in html
    assert '<header class="top"' not in html
    assert "noindex" in html
    assert VIETNAMESE.greeting in html
    assert 'data-ask="Điều 6 quy định gì?"' in html
    assert "<style>" not in html


def test_the_page_takes_the_choices_of_its_host() -> None:
    query = {
        "host": FRIEND,
        "theme": "dark",
        "accent": "#0b5cad",
        "greeting": "Chào bạn",
        "questions": '["Khi nào?"]',
        "document": FICTION_ID,
        "session": "local",
        "expires": "60",
    }
    html = shown(query)
    assert "<h1>Chào bạn</h1>" in html
    assert re.findall('data-ask="(.*?)"', html.partition("<template")[0]) == ["Khi nào?"]
    words = data(html, "chat-words")
    assert (words["document"], words["session"], words["expiry_min"]) == (FICTION_ID, "local", 60)
    frame = data(html, "embed-frame")
    assert (frame["host"], frame["theme"], frame["refused"]) == (FRIEND, "dark", [])
    assert re.search(r"<style>:root\{--accent:light-dark\(#\w{6}, #\w{6}\);[^<]*\}</style>", html)


def test_a_host_may_want_no_examples() -> None:
    assert "data-ask" not in shown({"questions": "[]"}).partition("<template")[0]


def test_choices_left_out_are_told_to_the_browser() -> None:
    html = shown({"theme": "hồng", "document": "absent"})
    refused = data(html, "embed-frame")["refused"]
    assert isinstance(refused, list)
    assert [one.partition("=")[0] for one in refused] == ["theme", "document"]
    assert data(html, "chat-words")["document"] is None


def test_the_page_links_below_the_prefix_in_its_language() -> None:
    html = shown({}, ENGLISH, "/hoi-luat")
    assert 'href="/hoi-luat/van-ban?lang=en"' in html
    assert data(html, "chat-words")["base"] == "/hoi-luat"
    assert ENGLISH.greeting in html


def test_hostile_choices_are_text() -> None:
    attack = f"</script></style>{ATTACK}"
    html = shown(
        {"greeting": attack, "questions": json.dumps([attack]), "theme": attack, "accent": attack}
    )
    assert "window.attacked" in html
    assert "<script>window" not in html
    assert "<img" not in html


def test_a_stranger_is_told_instead_of_shown() -> None:
    start, body = called("/", {"host": STRANGER}, VIETNAMESE)
    headers = dict(start["headers"])
    assert start["status"] == 403
    assert STRANGER in body["body"].decode()
    assert "gradio" not in body["body"].decode()
    assert headers[b"content-security-policy"].endswith(b"frame-ancestors *")
    assert headers[b"cache-control"] == b"no-store"


def test_only_the_page_is_guarded_and_rewritten() -> None:
    _, body = called("/config", {"host": STRANGER}, VIETNAMESE)
    assert body["body"].decode() == PAGE


# --- addresses ------------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=["", "/hoi-luat"])
def leading(request: pytest.FixtureRequest) -> Iterator[tuple[TestClient, str]]:
    app = FastAPI()
    embed_redirect(app)
    with TestClient(PublicPath(app, request.param), follow_redirects=False) as client:
        yield client, request.param


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("/embed", "/embed/vi/"),
        ("/embed/", "/embed/vi/"),
        ("/embed?lang=en", "/embed/en/?lang=en"),
        ("/embed?lang=fr&theme=dark", "/embed/vi/?lang=fr&theme=dark"),
        ("/embed?lang=//evil.vn", "/embed/vi/?lang=//evil.vn"),
        ("/embed/en", "/embed/en/"),
        ("/embed/vi?greeting=Ch%C3%A0o%0D%0AX:1", "/embed/vi/?greeting=Ch%C3%A0o%0D%0AX:1"),
    ],
)
def test_addresses_lead_to_the_chat_of_a_language(
    leading: tuple[TestClient, str], asked: str, led: str
) -> None:
    client, root = leading
    answer = client.get(root + asked)
    assert (answer.status_code, answer.headers["location"]) == (307, root + led)


def test_each_language_has_its_address() -> None:
    assert (embed_address("vi"), embed_address("en")) == ("/embed/vi/", "/embed/en/")
