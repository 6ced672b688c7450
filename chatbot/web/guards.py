"""ASGI guards around the whole server: size of bodies, security headers, Gradio's own doors."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chatbot.messages import VIETNAMESE

MAX_BODY_BYTES = 256 * 1024

_LENGTH = re.compile("[0-9]{1,15}")  # of a body that could exist

# Our own pages run no inline script or style.
STRICT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; frame-src 'self'; manifest-src 'self'; "
    "form-action 'self'; base-uri 'none'"
)
# Gradio's page carries inline scripts and styles and builds its event functions from text.
GRADIO_POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; frame-src 'self'; manifest-src 'self'; worker-src 'self' blob:; "
    "form-action 'self'; base-uri 'self'"
)

# What the chat page needs of Gradio. Uploads, file serving, proxies and run pages stay shut.
GRADIO_DOORS = re.compile(
    r"/(?:"
    r"|config|theme\.css|assets/.+|static/.+|favicon\.ico"
    r"|gradio_api/(?:info|startup-events|app_id|cancel|reset|heartbeat/\w+"
    r"|queue/join|queue/data|run/\w+|call/\w+(?:/\w+)?)"
    r")/?"
)


class TooLargeError(Exception):
    """More bytes arrived than a request may carry."""


class BodyLimit:
    """Refuses bodies over a limit with 413, before anything reads them."""

    def __init__(
        self,
        app: ASGIApp,
        limit: int = MAX_BODY_BYTES,
        larger: Mapping[str, int] = MappingProxyType({}),
    ) -> None:
        """Take the limit, and larger ones by the path they are for."""
        self._app = app
        self._limit = limit
        self._larger = larger

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, counting its bytes."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self._larger.get(path_of(scope), self._limit)
        announced = Headers(scope=scope).get("content-length", "0")
        if not _LENGTH.fullmatch(announced) or int(announced) > limit:
            await self._refuse(send, limit)
            return
        seen = 0
        answered = False

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > limit:
                raise TooLargeError
            return message

        async def watched(message: Message) -> None:
            nonlocal answered
            answered = True
            await send(message)

        try:
            await self._app(scope, counted, watched)
        except TooLargeError:
            if not answered:
                await self._refuse(send, limit)

    async def _refuse(self, send: Send, limit: int) -> None:
        message = VIETNAMESE.body_too_large.format(limit=limit)
        await send_json(send, 413, "too_large", message)


class SecurityHeaders:
    """Sets the headers every answer carries.

    A page may bring its own Content-Security-Policy; who may frame us is added to each that
    does not say it itself.
    """

    def __init__(self, app: ASGIApp, frame_ancestors: Callable[[Scope], str]) -> None:
        self._app = app
        self._frame_ancestors = frame_ancestors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, adding headers to the answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        ancestors = self._frame_ancestors(scope)  # now: routing rewrites the paths in the scope

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                policy = headers.get("Content-Security-Policy", STRICT_POLICY)
                if "frame-ancestors" not in policy:
                    policy = f"{policy}; frame-ancestors {ancestors}"
                headers["Content-Security-Policy"] = policy
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
                headers["Permissions-Policy"] = (
                    "camera=(), microphone=(), geolocation=(), payment=()"
                )
            await send(message)

        await self._app(scope, receive, with_headers)


class PublicPath:
    """Tells the application the path a reverse proxy serves it under.

    Works whether the proxy hands on the whole path or cuts the prefix off.
    """

    def __init__(self, app: ASGIApp, root_path: str) -> None:
        self._app = app
        self._root = root_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with the prefix in its path, as ASGI has it."""
        if self._root and scope["type"] == "http":
            path, raw = scope["path"], scope.get("raw_path") or b""
            if not f"{path}/".startswith(f"{self._root}/"):
                path, raw = self._root + path, self._root.encode() + raw
            scope = {**scope, "root_path": self._root, "path": path, "raw_path": raw}
        await self._app(scope, receive, send)


def path_of(scope: Scope) -> str:
    """Return the path of a request below the prefix the server is reached under."""
    return str(scope["path"]).removeprefix(scope.get("root_path", "")) or "/"


# Headers Gradio would believe: who may read its answers, and where the page says it lives.
_NOT_FOR_GRADIO = (b"origin", b"x-forwarded-host", b"x-gradio-server")


class GradioGate:
    """Lets through only the addresses of Gradio that the chat page uses.

    Gradio lets pages of any origin read its answers; it never hears of the origin, so it never
    says so.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or raise the 404 that the server answers as for any address."""
        if scope["type"] == "http":
            if not GRADIO_DOORS.fullmatch(path_of(scope)):
                raise HTTPException(404)
            kept = [pair for pair in scope["headers"] if pair[0] not in _NOT_FOR_GRADIO]
            scope = {**scope, "headers": kept}
        await self._app(scope, receive, send)


async def send_json(send: Send, status: int, code: str, message: str) -> None:
    """Send an error in the one JSON shape errors have."""
    body = json.dumps({"error": {"code": code, "message": message}}, ensure_ascii=False).encode()
    await send(
        {
            "type": "http.response.start",
            "status": status,
            "headers": [
                (b"content-type", b"application/json; charset=utf-8"),
                (b"content-length", str(len(body)).encode()),
            ],
        }
    )
    await send({"type": "http.response.body", "body": body})
