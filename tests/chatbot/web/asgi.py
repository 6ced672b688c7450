"""Calling an ASGI application once, without a server or a client around it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from starlette.types import ASGIApp, Message, Scope

Headers = Sequence[tuple[bytes, bytes]]


def scope_of(path: str = "/", headers: Headers = (), **more: object) -> Scope:
    """Return the scope of a GET request; `more` is added to it, or changes it."""
    return {"type": "http", "method": "GET", "path": path, "headers": [*headers], **more}


def call(app: ASGIApp, scope: Scope, pieces: Sequence[bytes] = (b"",)) -> list[Message]:
    """Return the messages an application sends for a request with a body in pieces."""
    waiting = [*pieces]
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": waiting.pop(0), "more_body": bool(waiting)}

    async def send(message: Message) -> None:
        sent.append(message)

    async def run() -> None:
        await app(scope, receive, send)

    asyncio.run(run())
    return sent
