"""/embed: the chat as other sites show it, without our header and with their choices."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse
from starlette.datastructures import Headers, QueryParams
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from chatbot.messages import DEFAULT_LANGUAGE, LANGUAGES, Messages, messages_for
from chatbot.web.accent import accent_properties
from chatbot.web.embed_options import EmbedOptions, read_options
from chatbot.web.embedding import Embedding
from chatbot.web.guards import STRICT_POLICY
from chatbot.web.parts import Asker
from chatbot.web.shell import Shell, base_below, chat_values, is_page
from chatbot.web.templating import Templates, base_of

# A page that only says no, and does nothing, may be shown anywhere.
REFUSED_POLICY = f"{STRICT_POLICY}; frame-ancestors *"


class Embed:
    """Makes the embedded chat of each language out of Gradio's page."""

    def __init__(
        self, asker: Asker, templates: Templates, embedding: Embedding, examples: Sequence[str]
    ) -> None:
        self._asker = asker
        self._templates = templates
        self._embedding = embedding
        self._examples = examples

    def shell(self, words: Messages) -> Callable[[ASGIApp], ASGIApp]:
        """Return what is put around the Gradio application of a language."""
        shell = Shell(
            words.language,
            lambda scope: self._render(scope, words, "_embed_head.html"),
            lambda scope: self._render(scope, words, "_chat_body.html"),
        )

        def around(app: ASGIApp) -> ASGIApp:
            shown = shell.around(app)

            async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
                if scope["type"] == "http" and is_page(scope):
                    host, allowed = self._host(scope)
                    if not allowed:
                        await self._refusal(scope, words, host)(scope, receive, send)
                        return
                await shown(scope, receive, send)

            return guarded

        return around

    def _host(self, scope: Scope) -> tuple[str | None, bool]:
        query = QueryParams(scope["query_string"])
        return self._embedding.host_of(Headers(scope=scope), query)

    def _refusal(self, scope: Scope, words: Messages, host: str | None) -> HTMLResponse:
        html = self._templates.render(
            "refused.html", words.language, base_below(scope), {"host": host}
        )
        headers = {"Content-Security-Policy": REFUSED_POLICY, "Cache-Control": "no-store"}
        return HTMLResponse(html, status_code=403, headers=headers)

    def _render(self, scope: Scope, words: Messages, template: str) -> str:
        options = read_options(QueryParams(scope["query_string"]), self._asker.library.documents)
        examples = self._examples if options.questions is None else options.questions
        base = base_below(scope)
        values = chat_values(words, base, examples)
        values["script_words"] |= {
            "document": options.document_id,
            "session": options.session,
            "expiry_min": options.expiry_min,
        }
        values |= {
            "embedded": True,
            "options": options,
            "accent": _style(options),
            "frame": self._frame(options, words, self._host(scope)[0]),
        }
        if options.greeting:
            values["greeting"] = options.greeting
        return self._templates.render(template, words.language, base, values)

    def _frame(self, options: EmbedOptions, words: Messages, host: str | None) -> dict[str, Any]:
        """Return what static/embed.js must know."""
        return {
            "host": host,
            "theme": options.theme,
            "refused": options.refused,
            "busy": words.widget_busy,
        }


def embed_address(language: str) -> str:
    """Return where the embedded chat of a language lives, below the address of the server."""
    return f"/embed/{language}/"


def embed_redirect(app: FastAPI) -> None:
    """Lead /embed?lang=en, and an address without its last slash, to the chat of the language.

    The address is built by hand: `Location` is relative to the server, whatever its prefix.
    """

    def lead_to(request: Request, language: str) -> RedirectResponse:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(base_of(request) + embed_address(language) + query)

    @app.get("/embed", include_in_schema=False)
    @app.get("/embed/", include_in_schema=False)
    async def lead(request: Request) -> RedirectResponse:
        language = request.query_params.get("lang", DEFAULT_LANGUAGE)
        return lead_to(request, messages_for(language).language)

    for code in LANGUAGES:

        @app.get(f"/embed/{code}", include_in_schema=False)
        async def lead_language(request: Request) -> RedirectResponse:
            return lead_to(request, request.url.path.rstrip("/").rpartition("/")[2])


def _style(options: EmbedOptions) -> str:
    """Return the declarations of an accent colour; made of checked digits only."""
    if options.accent is None:
        return ""
    return ";".join(f"{name}:{value}" for name, value in accent_properties(options.accent).items())
