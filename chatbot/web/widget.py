"""/widget.js, the loader other sites include; its type declarations; and /demo, to try it."""

from __future__ import annotations

import json
from base64 import b64encode
from hashlib import sha256, sha384
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from chatbot.messages import LANGUAGES, Messages
from chatbot.settings import Settings
from chatbot.web.assets import FOREVER, Assets
from chatbot.web.problems import words_of
from chatbot.web.templating import Templates, base_of, switch_address

FOLDER = Path(__file__).parent / "loader"
SHORTLY = "public, max-age=300"  # a site gets a new loader within minutes
SCRIPT = "text/javascript; charset=utf-8"
WORDS_MARK = "/*WORDS*/ {}"  # where static words go in the loader
# A script of ours may be loaded by any page, and its bytes checked (SRI); it grants nothing.
FOR_EVERYONE = {
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


class Widget:
    """The loader with the words it shows, and the pages around it."""

    def __init__(self, assets: Assets, templates: Templates, settings: Settings) -> None:
        self._templates = templates
        self._origins = settings.embed_origins
        source = (FOLDER / "widget.js").read_text("utf-8")
        if source.count(WORDS_MARK) != 1:
            raise ValueError(f"widget.js must hold {WORDS_MARK} once")
        words = {code: loader_words(words) for code, words in LANGUAGES.items()}
        table = json.dumps(words, ensure_ascii=False, separators=(",", ":"))
        self.script = source.replace(WORDS_MARK, table).encode()
        self._types = (FOLDER / "widget.d.ts").read_bytes()

    @property
    def version(self) -> str:
        """The version in the loader's address: it names the content."""
        return sha256(self.script).hexdigest()[:12]

    @property
    def integrity(self) -> str:
        """The value of the `integrity` attribute (Subresource Integrity)."""
        return "sha384-" + b64encode(sha384(self.script).digest()).decode()

    def router(self) -> APIRouter:
        """Return the routes of loader, types and demo page."""
        router = APIRouter()

        @router.get("/widget.js", include_in_schema=False)
        async def loader() -> Response:
            headers = {**FOR_EVERYONE, "Cache-Control": SHORTLY}
            return Response(self.script, media_type=SCRIPT, headers=headers)

        @router.get("/widget.{version}.js", include_in_schema=False)
        async def fixed(request: Request, version: str) -> Response:
            if version != self.version:
                # An older page still works, unless it pins the old bytes by `integrity`.
                address = f"{base_of(request)}/widget.js"
                return RedirectResponse(address, headers={**FOR_EVERYONE, "Cache-Control": SHORTLY})
            headers = {**FOR_EVERYONE, "Cache-Control": FOREVER}
            return Response(self.script, media_type=SCRIPT, headers=headers)

        @router.get("/widget.d.ts", include_in_schema=False)
        async def types() -> Response:
            headers = {**FOR_EVERYONE, "Cache-Control": SHORTLY}
            return Response(self._types, media_type="text/plain; charset=utf-8", headers=headers)

        @router.get("/demo", include_in_schema=False)
        async def demo(request: Request) -> HTMLResponse:
            words = words_of(request)
            values = {
                "here": "demo",
                "switch": switch_address(request, words),
                "address": str(request.base_url).rstrip("/"),
                "version": self.version,
                "integrity": self.integrity,
                "origins": self._origins,
            }
            return self._templates.page(request, "demo.html", values)

        return router


def loader_words(words: Messages) -> dict[str, str]:
    """Return the words the loader itself shows."""
    return {
        "title": words.product,
        "open": words.widget_open,
        "close": words.close,
        "loading": words.starting,
        "failed": words.widget_failed,
        "apart": words.widget_open_apart,
    }
