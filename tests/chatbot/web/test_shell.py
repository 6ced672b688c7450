"""Our head and header around Gradio's page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from chatbot.messages import ENGLISH, VIETNAMESE
from chatbot.web.assets import Assets
from chatbot.web.guards import GRADIO_POLICY
from chatbot.web.shell import Shell, ShellError, base_below, chat_shell, chat_values, is_page
from chatbot.web.templating import Templates
from tests.chatbot.web.asgi import call, scope_of
from tests.chatbot.web.site import ATTACK

MARKED = Shell("vi", lambda scope: f"<!--head {scope['path']}-->", lambda _: "<!--body-->")


@pytest.fixture(scope="module")
def page() -> str:
    """The page template of the Gradio that is installed, which is not imported for it."""
    spec = find_spec("gradio")
    assert spec is not None
    assert spec.origin is not None
    return (Path(spec.origin).parent / "templates/frontend/index.html").read_text("utf-8")


def answering(
    pieces: Sequence[str],
    status: int = 200,
    kind: bytes = b"text/html",
    seen: list[Scope] | None = None,
) -> ASGIApp:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if seen is not None:
            seen.append(scope)
        length = str(sum(len(piece.encode()) for piece in pieces)).encode()
        headers = [(b"content-type", kind), (b"content-length", length)]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        for count, piece in enumerate(pieces, start=1):
            more = count < len(pieces)
            await send({"type": "http.response.body", "body": piece.encode(), "more_body": more})

    return app


# --- the page -----------------------------------------------------------------------------------


def test_gradios_page_gets_our_language_head_and_header(page: str) -> None:
    html = MARKED.rewrite(page, scope_of("/vi"))
    assert re.findall(r'<html\s+lang="([^"]*)"', html) == ["vi"]
    head, _, body = html.partition("</head>")
    assert head.index("<!--head /vi-->") < head.index('name="viewport"')
    assert body.index("<!--body-->") < body.index("<gradio-app")
    assert html.count("<!--head") == html.count("<!--body") == 1


def test_share_previews_and_the_manifest_are_gone(page: str) -> None:
    assert "og:image" in page
    assert 'rel="manifest"' in page
    html = MARKED.rewrite(page, scope_of())
    assert re.findall("og:|twitter:|manifest.json", html) == []


def test_the_rest_of_the_page_stays(page: str) -> None:
    html = MARKED.rewrite(page, scope_of())
    for kept in (r"<script.*?</script>", r"<style>.*?</style>", r"<gradio-app.*?</gradio-app>"):
        assert re.findall(kept, html, re.DOTALL) == re.findall(kept, page, re.DOTALL)
        assert re.findall(kept, page, re.DOTALL)


@pytest.mark.parametrize("without", ["<html", 'name="viewport"', "<gradio-app"])
def test_a_page_of_another_shape_is_an_error(page: str, without: str) -> None:
    with pytest.raises(ShellError, match=r"Gradio's index\.html changed"):
        MARKED.rewrite(page.replace(without, "<other"), scope_of())


def test_the_chat_shows_its_words_before_gradio_runs(page: str) -> None:
    shell = chat_shell(Templates(Assets().path), ENGLISH, ["Điều 6?", ATTACK])
    html = shell.rewrite(page, scope_of(app_root_path="/hoi-luat"))
    assert f"<title>{ENGLISH.chat_title} – {ENGLISH.product}</title>" in html
    assert ENGLISH.not_legal_advice in html
    assert 'data-ask="Điều 6?"' in html
    assert 'href="/hoi-luat/van-ban?lang=en"' in html
    assert ATTACK not in html
    assert "<img" not in html


# --- around an application ------------------------------------------------------------------------


def test_the_page_is_rewritten_on_its_way_out(page: str) -> None:
    cut = page.index("<gradio-app") + 5
    sent = call(MARKED.around(answering([page[:cut], page[cut:]])), scope_of())
    start, body = sent
    headers = dict(start["headers"])
    assert body["body"].decode() == MARKED.rewrite(page, scope_of())
    assert headers[b"content-length"] == str(len(body["body"])).encode()
    assert headers[b"content-security-policy"] == GRADIO_POLICY.encode()
    assert headers[b"cache-control"] == b"no-cache"


def test_the_page_is_never_asked_for_compressed(page: str) -> None:
    seen: list[Scope] = []
    headers = [(b"accept-encoding", b"gzip"), (b"accept", b"text/html")]
    scope = scope_of(headers=headers)
    call(MARKED.around(answering([page], seen=seen)), scope)
    assert seen[0]["headers"] == [(b"accept", b"text/html")]
    assert scope["headers"] == headers


@pytest.mark.parametrize(
    ("status", "kind"), [(404, b"text/html"), (500, b"text/html"), (200, b"application/json")]
)
def test_answers_that_are_no_page_keep_their_body(status: int, kind: bytes) -> None:
    start, body = call(MARKED.around(answering(["khô", "ng"], status, kind)), scope_of())
    assert (start["status"], body["body"].decode()) == (status, "không")
    assert dict(start["headers"]) == {b"content-type": kind, b"content-length": b"6"}


@pytest.mark.parametrize(
    "scope",
    [
        scope_of("/config"),
        scope_of("/en/config", root_path="/en"),
        scope_of(method="POST"),
        scope_of(type="websocket"),
    ],
)
def test_everything_else_passes_untouched(scope: Scope) -> None:
    app = answering(["một", "hai"])
    assert call(MARKED.around(app), scope) == call(app, scope)


@pytest.mark.parametrize(
    ("path", "root", "method", "page"),
    [
        ("/", "", "GET", True),
        ("", "", "GET", True),
        ("/en", "/en", "GET", True),
        ("/en/", "/en", "GET", True),
        ("/en/config", "/en", "GET", False),
        ("/en/", "", "GET", False),
        ("/", "", "POST", False),
    ],
)
def test_what_asks_for_the_page(path: str, root: str, method: str, page: bool) -> None:
    assert is_page(scope_of(path, method=method, root_path=root)) is page


# --- values ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("root", "base"), [("/hoi-luat", "/hoi-luat"), ("/", ""), ("", "")])
def test_the_base_is_that_of_the_server_and_not_of_the_mount(root: str, base: str) -> None:
    assert base_below(scope_of(root_path="/x/en", app_root_path=root)) == base
    assert base_below(scope_of(root_path="/en")) == ""


def test_a_chat_knows_its_language_and_the_other_one() -> None:
    values = chat_values(VIETNAMESE, "/hoi-luat", ("Điều 6?",))
    assert values["switch"] == "/hoi-luat/en/"
    assert values["script_words"]["base"] == "/hoi-luat"
    assert values["script_words"]["searching"] == "Đang tìm trong văn bản…"
    assert values["offline"].message == VIETNAMESE.offline
    assert chat_values(ENGLISH, "", ())["switch"] == "/"
