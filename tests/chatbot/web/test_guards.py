"""Guards around the server: size of bodies, headers, prefixes, Gradio's doors."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pytest
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chatbot.web.guards import (
    STRICT_POLICY,
    BodyLimit,
    GradioGate,
    PublicPath,
    SecurityHeaders,
    path_of,
    send_json,
)
from tests.chatbot.web import asgi
from tests.chatbot.web.asgi import Headers


@dataclass
class Reader:
    """An application that reads the whole body, then answers with given headers."""

    headers: Headers = ()
    early: bool = False  # answer before the body is read
    scopes: list[Scope] = field(default_factory=list)
    body: bytes = b""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.scopes.append(scope)
        start = {"type": "http.response.start", "status": 200, "headers": [*self.headers]}
        if self.early:
            await send(start)
        while True:
            message = await receive()
            self.body += message.get("body", b"")
            if not message.get("more_body"):
                break
        if not self.early:
            await send(start)
        await send({"type": "http.response.body", "body": b"read"})


def call(
    app: ASGIApp,
    path: str = "/",
    pieces: Sequence[bytes] = (b"",),
    headers: Headers = (),
    **more: object,
) -> list[Message]:
    return asgi.call(app, asgi.scope_of(path, headers, **more), pieces)


def told(sent: Sequence[Message]) -> tuple[int, Mapping[str, str]]:
    return sent[0]["status"], {
        name.decode().lower(): value.decode() for name, value in sent[0]["headers"]
    }


# --- size of bodies ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pieces", "length", "status"),
    [
        ([b"12345"], b"5", 200),
        ([b"12345"], None, 200),
        ([b"123", b"45"], None, 200),
        ([b""], b"0", 200),
        ([b"123456"], b"6", 413),
        ([b"123456"], None, 413),
        ([b"123", b"456"], None, 413),
        ([b"123", b"456"], b"2", 413),
        ([b""], b"-1", 413),
        ([b""], b"nonsense", 413),
        ([b""], b"1" * 5000, 413),
        ([b""], "٣".encode(), 413),
        ([b""], b"", 413),
    ],
)
def test_bodies_are_counted(pieces: list[bytes], length: bytes | None, status: int) -> None:
    headers = [] if length is None else [(b"content-length", length)]
    sent = call(BodyLimit(Reader(), limit=5), "/", pieces, headers)
    assert told(sent)[0] == status
    if status == 413:
        error = json.loads(sent[1]["body"])["error"]
        assert error["code"] == "too_large"
        assert error["message"] == "Nội dung gửi lên quá lớn; tối đa 5 byte."


def test_an_announced_length_is_refused_before_anything_is_read() -> None:
    app = Reader()
    call(BodyLimit(app, limit=5), headers=[(b"content-length", b"6")])
    assert app.scopes == []


@pytest.mark.parametrize(
    ("path", "root", "status"),
    [("/nap", "", 200), ("/hoi-luat/nap", "/hoi-luat", 200), ("/nap/khac", "", 413)],
)
def test_one_address_may_take_more(path: str, root: str, status: int) -> None:
    app = BodyLimit(Reader(), limit=5, larger={"/nap": 10})
    assert told(call(app, path, [b"1234567890"], root_path=root))[0] == status
    assert told(call(app, "/nap", [b"12345678901"]))[0] == 413


def test_an_answer_that_has_begun_is_not_begun_again() -> None:
    sent = call(BodyLimit(Reader(early=True), limit=5), pieces=[b"123", b"456"])
    assert [message["type"] for message in sent] == ["http.response.start"]


def test_what_is_no_request_passes_untouched() -> None:
    for guard in (
        BodyLimit(Reader()),
        SecurityHeaders(Reader(), lambda _: "x"),
        GradioGate(Reader()),
    ):
        sent = call(guard, "/tải-lên", type="websocket")
        assert told(sent) == (200, {})


# --- headers -----------------------------------------------------------------------------------


def test_every_answer_carries_the_headers() -> None:
    _, headers = told(call(SecurityHeaders(Reader(), lambda _: "'self'")))
    assert headers == {
        "content-security-policy": f"{STRICT_POLICY}; frame-ancestors 'self'",
        "x-content-type-options": "nosniff",
        "referrer-policy": "strict-origin-when-cross-origin",
        "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=()",
    }


@pytest.mark.parametrize(
    ("own", "policy"),
    [
        ("default-src 'self'", "default-src 'self'; frame-ancestors https://a.vn"),
        ("frame-ancestors *", "frame-ancestors *"),
    ],
)
def test_a_page_may_bring_its_own_policy(own: str, policy: str) -> None:
    app = SecurityHeaders(
        Reader([(b"content-security-policy", own.encode())]), lambda _: "https://a.vn"
    )
    sent = call(app)
    assert told(sent)[1]["content-security-policy"] == policy
    names = [name.lower() for name, _ in sent[0]["headers"]]
    assert names.count(b"content-security-policy") == 1


def test_who_may_frame_is_asked_of_the_address_as_it_came() -> None:
    async def rewriting(scope: Scope, receive: Receive, send: Send) -> None:
        scope["path"] = "/khac"
        await Reader()(scope, receive, send)

    guard = SecurityHeaders(rewriting, lambda scope: str(scope["path"]))
    policy = told(call(guard, "/embed"))[1]["content-security-policy"]
    assert policy.endswith("frame-ancestors /embed")


# --- prefixes ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("root", "path", "inner"),
    [
        ("", "/van-ban", "/van-ban"),
        ("/hoi-luat", "/van-ban", "/hoi-luat/van-ban"),
        ("/hoi-luat", "/hoi-luat/van-ban", "/hoi-luat/van-ban"),
        ("/hoi-luat", "/hoi-luat", "/hoi-luat"),
        ("/hoi-luat", "/", "/hoi-luat/"),
        ("/hoi-luat", "/hoi-luat-khac", "/hoi-luat/hoi-luat-khac"),
    ],
)
def test_the_prefix_is_known_whether_the_proxy_cuts_it_or_not(
    root: str, path: str, inner: str
) -> None:
    app = Reader()
    call(PublicPath(app, root), path, raw_path=path.encode())
    (scope,) = app.scopes
    assert (scope["path"], scope["raw_path"]) == (inner, inner.encode())
    assert scope.get("root_path", "") == root


@pytest.mark.parametrize(
    ("path", "root", "below"),
    [
        ("/van-ban", "", "/van-ban"),
        ("/hoi-luat/van-ban", "/hoi-luat", "/van-ban"),
        ("/hoi-luat", "/hoi-luat", "/"),
        ("/", "", "/"),
    ],
)
def test_paths_below_the_prefix(path: str, root: str, below: str) -> None:
    assert path_of({"type": "http", "path": path, "root_path": root}) == below


# --- Gradio's doors -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/config", "/theme.css", "/assets/index.js", "/static/fonts/a.woff2"),
        *("/gradio_api/queue/join", "/gradio_api/queue/data", "/gradio_api/info/"),
        *("/gradio_api/heartbeat/abc123", "/gradio_api/run/predict", "/gradio_api/call/a/b"),
    ],
)
def test_doors_the_chat_uses_are_open(path: str) -> None:
    assert told(call(GradioGate(Reader()), path))[0] == 200
    assert told(call(GradioGate(Reader()), f"/en{path}", root_path="/en"))[0] == 200


@pytest.mark.parametrize(
    "path",
    [
        *("/gradio_api/upload", "/gradio_api/file=/etc/passwd", "/gradio_api/proxy=http://a.vn"),
        *("/gradio_api/run/a/b", "/gradio_api/call/a/b/c", "/gradio_api", "/assets/", "/login"),
        *("/gradio_api/queue/join\n", "/configs", "/x/config", "/monitoring/abc", "/docs"),
    ],
)
def test_every_other_door_is_shut(path: str) -> None:
    app = Reader()
    with pytest.raises(HTTPException) as shut:
        call(GradioGate(app), path)
    assert shut.value.status_code == 404
    assert app.scopes == []


def test_gradio_never_hears_where_a_page_says_it_lives() -> None:
    app = Reader()
    lies = [
        (b"origin", b"https://a.vn"),
        (b"x-forwarded-host", b"a.vn"),
        (b"x-gradio-server", b"https://a.vn"),
    ]
    call(GradioGate(app), headers=[*lies, (b"accept", b"text/html")])
    assert app.scopes[0]["headers"] == [(b"accept", b"text/html")]


# --- errors --------------------------------------------------------------------------------------


def test_errors_are_json_in_utf8_of_known_length() -> None:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(send_json(send, 404, "not_found", "Không có “điều”"))
    status, headers = told(sent)
    body = sent[1]["body"]
    assert (status, headers["content-length"]) == (404, str(len(body)))
    assert "charset=utf-8" in headers["content-type"]
    assert json.loads(body) == {"error": {"code": "not_found", "message": "Không có “điều”"}}
    assert "Không có “điều”".encode() in body
