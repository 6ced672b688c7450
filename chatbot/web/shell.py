"""Our head and header around Gradio's page.

Gradio's page template is fixed: English, with share-preview addresses of foreign hosts, and
empty until its scripts have run. This wraps the mounted application and rewrites that one
page on its way out, so the language is right, styles apply at first paint and the header is
there at once. If a new Gradio shapes its page otherwise, `shell` raises at the first request
of the tests, not silently.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chatbot.answers import Answer, AnswerStatus
from chatbot.messages import Messages
from chatbot.web.guards import GRADIO_POLICY
from chatbot.web.templating import Templates, chat_address

Part = Callable[[Scope], str]  # request → markup

_FOREIGN_META = re.compile(r'\s*<meta\s+(?:property|name)="(?:og|twitter):[^>]*>')
_MANIFEST = re.compile(r'\s*<link rel="manifest"[^>]*>')
_LANGUAGE = re.compile(r'(<html\s+lang=")[a-z-]+"')


class ShellError(RuntimeError):
    """Gradio's page does not look as expected."""


class Shell:
    """Rewrites the chat page of one language."""

    def __init__(self, language: str, head: Part, body: Part) -> None:
        self._language = language
        self._head = head
        self._body = body

    def rewrite(self, page: str, scope: Scope) -> str:
        """Return Gradio's page with our language, head and header."""
        page, languages = _LANGUAGE.subn(rf'\g<1>{self._language}"', page, count=1)
        page = _MANIFEST.sub("", _FOREIGN_META.sub("", page))
        head, opened, rest = page.partition('<meta\n\t\t\tname="viewport"')
        before, app, after = rest.partition("<gradio-app")
        if not (languages and opened and app):
            raise ShellError("Gradio's index.html changed: html lang, viewport or gradio-app")
        return f"{head}{self._head(scope)}{opened}{before}{self._body(scope)}{app}{after}"

    def around(self, app: ASGIApp) -> ASGIApp:
        """Return `app` with its page rewritten; everything else passes untouched."""

        async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http" or not is_page(scope):
                await app(scope, receive, send)
                return
            plain = dict(scope)
            plain["headers"] = [
                (name, value) for name, value in scope["headers"] if name != b"accept-encoding"
            ]
            await app(plain, receive, _Rewriting(send, lambda page: self.rewrite(page, scope)))

        return wrapped


class _Rewriting:
    """A `send` that holds the page back until it is whole."""

    def __init__(self, send: Send, rewrite: Callable[[str], str]) -> None:
        self._send = send
        self._rewrite = rewrite
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            return
        self._body += message.get("body", b"")
        if message.get("more_body") or self._start is None:
            return
        headers = MutableHeaders(scope=self._start)
        body = self._body
        if headers.get("content-type", "").startswith("text/html") and self._start["status"] == 200:
            body = self._rewrite(body.decode("utf-8")).encode("utf-8")
            headers["Content-Security-Policy"] = GRADIO_POLICY
            headers["Cache-Control"] = "no-cache"
        headers["Content-Length"] = str(len(body))
        await self._send(self._start)
        await self._send({"type": "http.response.body", "body": body})


def is_page(scope: Scope) -> bool:
    """Whether a request to a mounted Gradio asks for its page."""
    inner = scope["path"].removeprefix(scope.get("root_path", ""))
    return scope["method"] == "GET" and inner in ("", "/")


def chat_shell(templates: Templates, words: Messages, examples: Sequence[str]) -> Shell:
    """Return the shell of the chat in one language."""

    def render(scope: Scope, name: str) -> str:
        base = base_below(scope)
        return templates.render(name, words.language, base, chat_values(words, base, examples))

    return Shell(
        words.language,
        lambda scope: render(scope, "_chat_head.html"),
        lambda scope: render(scope, "_chat_body.html"),
    )


def base_below(scope: Scope) -> str:
    """Return the path the server is reached under, seen from a mounted application."""
    return str(scope.get("app_root_path", "")).rstrip("/")


def chat_values(words: Messages, base: str, examples: Sequence[str]) -> dict[str, Any]:
    """Return what the templates of a chat page are filled with."""
    names = (
        "language",
        "you_asked",
        "searching",
        "question_empty",
        "cleared",
        "copied",
        "copy_failed",
        "unavailable_title",
        "about",
        "source_panel",
        "feedback_thanks",
        "feedback_failed",
    )
    return {
        "here": "chat",
        "content_id": "conversation",
        "switch": base + chat_address(words.other_language),
        "examples": examples,
        "offline": Answer(AnswerStatus.UNAVAILABLE, "", message=words.offline),
        "embedded": False,
        "greeting": words.greeting,
        "script_words": {"base": base} | {name: getattr(words, name) for name in names},
    }
