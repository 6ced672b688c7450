"""Who shows our pages in a frame or calls our API, and whether they may.

The browser enforces the list by `frame-ancestors` and CORS. What a request says of its origin
(`Referer`, the `host` parameter the loader sends) grants nothing: it serves to tell visitor and
operator clearly what the browser would only hint at.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from chatbot.origins import Origin, Origins, read_origin
from chatbot.web.guards import path_of

log = logging.getLogger(__name__)

REMEMBERED = 1000  # refused origins; each is logged once
PREFLIGHT_S = 600


class Embedding:
    """The allow-list at work."""

    def __init__(self, origins: Origins) -> None:
        self._origins = origins
        self._logged: set[str] = set()

    def frame_ancestors(self, scope: Scope) -> str:
        """Return who may frame the answer: the list for the embedded chat, else ourselves.

        The source inside the widget is a frame in a frame: its ancestors include the host.
        """
        path = path_of(scope)
        shown = path == "/embed" or path.startswith("/embed/")
        if path.startswith("/van-ban"):
            shown = parse_qs(scope["query_string"].decode("latin-1")).get("khung") == ["1"]
        return " ".join(("'self'", *(self._origins.sources if shown else ())))

    def may_use(self, origin: str, headers: Headers) -> bool:
        """Whether pages of an origin may use us; a refused one is logged."""
        read = read_origin(origin)
        if read is not None and (_is_own(read, headers) or read in self._origins):
            return True
        self._log(str(read or origin))
        return False

    def host_of(self, headers: Headers, query: Mapping[str, str]) -> tuple[str | None, bool]:
        """Return who frames an embedded page, `None` if unknown, and whether they may."""
        if headers.get("sec-fetch-dest") == "document":
            return None, True  # nobody frames it: a visitor opened the address itself
        said = [query.get("host"), headers.get("referer")]
        found = [str(read) for one in said if one and (read := read_origin(one))]
        refused = [one for one in found if not self.may_use(one, headers)]
        return next(iter(refused or found), None), not refused

    def _log(self, origin: str) -> None:
        if origin in self._logged or len(self._logged) >= REMEMBERED:
            return
        self._logged.add(origin)
        log.warning(
            "refused origin %r: it is not in the setting embed_origins (HOI_LUAT_EMBED_ORIGINS)",
            origin[:200],
        )


class ApiCors:
    """Cross-origin requests to the API, for the origins of the list."""

    def __init__(self, app: ASGIApp, embedding: Embedding) -> None:
        self._app = app
        self._embedding = embedding

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; those to the API with the answers browsers ask for."""
        if scope["type"] == "http" and path_of(scope).startswith("/api/"):
            headers = Headers(scope=scope)
            if "origin" in headers:
                cors = _Cors(self._app, self._embedding, headers)
                await cors(scope, receive, send)
                return
        await self._app(scope, receive, send)


class _Cors(CORSMiddleware):
    """Starlette's CORS for one request, with our list."""

    def __init__(self, app: ASGIApp, embedding: Embedding, headers: Headers) -> None:
        super().__init__(
            app,
            allow_methods=("GET", "POST"),
            allow_headers=("content-type",),
            max_age=PREFLIGHT_S,
        )
        self._embedding = embedding
        self._headers = headers

    def is_allowed_origin(self, origin: str) -> bool:
        return self._embedding.may_use(origin, self._headers)


def _is_own(origin: Origin, headers: Headers) -> bool:
    """Whether an origin is ours, by host and port; behind a proxy the scheme is not known."""
    own = read_origin(f"{origin.scheme}://{headers.get('host', '')}")
    return own is not None and (own.host, own.port) == (origin.host, origin.port)
