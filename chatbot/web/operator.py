"""The operator page: upload a file, read its report, load, replace, remove. Off by default.

The token is the password of HTTP Basic (RFC 7617; any user name), which browsers ask for
themselves: no cookie, no script, and it never stands in an address or a log. A browser sends it
along from other sites as well, so a change is taken from our own pages only (`Sec-Fetch-Site`,
W3C Fetch Metadata, or `Origin`).
"""

from __future__ import annotations

import asyncio
import secrets
from base64 import b64decode
from typing import Any
from urllib.parse import urlsplit

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from chatbot.desk import Desk
from chatbot.loading import Facts, read_status
from chatbot.web.guards import STRICT_POLICY
from chatbot.web.problems import Problem, words_of
from chatbot.web.templating import Templates, base_of, switch_address
from corpus.errors import InputError
from corpus.model import Status
from corpus.readers.limits import MAX_BYTES

PATH = "/van-hanh"
UPLOAD = f"{PATH}/doc"
FORM_BYTES = MAX_BYTES + 2**20  # a file and what a form puts around it
WRONG_TOKEN_SECONDS = 1.0  # one wrong token a second, however many are asking
_LONGEST_FIELD = 500  # characters


def operator_router(desk: Desk, token: str, templates: Templates) -> APIRouter:
    """Return the routes under /van-hanh; `token` opens them."""
    router = APIRouter(include_in_schema=False)
    door = _Door(token)

    async def opened(request: Request, *, change: bool) -> Response | None:
        """Return what to answer a request that may not pass."""
        if change and not _from_our_pages(request):
            raise Problem(403, "foreign_page", words_of(request).operator_foreign)
        if await door.opens(request.headers.get("authorization", "")):
            return None
        words = words_of(request)
        values = {"heading": words.operator_title, "message": words.operator_locked}
        page = templates.page(request, "problem.html", values, status=401)
        page.headers["WWW-Authenticate"] = 'Basic realm="Hoi luat", charset="UTF-8"'
        return page

    def back(request: Request) -> Response:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"{base_of(request)}{PATH}{query}", status_code=303)

    def busy(request: Request) -> Problem:
        return Problem(409, "busy", words_of(request).operator_busy)

    @router.get(PATH)
    async def page(request: Request) -> Response:
        if refused := await opened(request, change=False):
            return refused
        values: dict[str, Any] = {
            "job": desk.job,
            "library": await run_in_threadpool(desk.library),
            "statuses": [status.value for status in Status],
            "here": "operator",
            "switch": switch_address(request, words_of(request)),
            "megabytes": MAX_BYTES // 2**20,
        }
        answer = templates.page(request, "operator.html", values)
        answer.headers["Cache-Control"] = "no-store"
        answer.headers["Content-Security-Policy"] = f"{STRICT_POLICY}; frame-ancestors 'none'"
        if desk.job.busy:
            answer.headers["Refresh"] = "2"
        return answer

    @router.post(UPLOAD)
    async def read(request: Request) -> Response:
        if refused := await opened(request, change=True):
            return refused
        async with request.form(max_files=1, max_fields=8) as form:
            file = form.get("file")
            if not isinstance(file, UploadFile) or not file.filename:
                raise Problem(422, "no_file", words_of(request).operator_no_file)
            facts = _facts(form, request)
            content = await file.read()
        if not desk.read(file.filename, content, facts):
            raise busy(request)
        return back(request)

    @router.post(f"{PATH}/nap")
    async def load(request: Request) -> Response:
        if refused := await opened(request, change=True):
            return refused
        async with request.form(max_files=0, max_fields=2) as form:
            if not desk.load(correction=bool(_field(form, "correction", request))):
                raise busy(request)
        return back(request)

    @router.post(f"{PATH}/bo")
    async def discard(request: Request) -> Response:
        if refused := await opened(request, change=True):
            return refused
        if not desk.discard():
            raise busy(request)
        return back(request)

    @router.post(f"{PATH}/go")
    async def remove(request: Request) -> Response:
        if refused := await opened(request, change=True):
            return refused
        async with request.form(max_files=0, max_fields=2) as form:
            if not desk.remove(_field(form, "document", request)):
                raise busy(request)
        return back(request)

    return router


class _Door:
    """Compares tokens; wrong ones are answered one after another, a second each."""

    def __init__(self, token: str) -> None:
        self._token = token.encode()
        self._wrong = asyncio.Lock()

    async def opens(self, authorization: str) -> bool:
        given = _password(authorization)
        if secrets.compare_digest(given, self._token):
            return True
        if given:
            async with self._wrong:
                await asyncio.sleep(WRONG_TOKEN_SECONDS)
        return False


def _password(authorization: str) -> bytes:
    scheme, _, value = authorization.partition(" ")
    try:
        decoded = b64decode(value, validate=True) if scheme.lower() == "basic" else b""
    except ValueError:
        return b""
    return decoded.partition(b":")[2]


def _from_our_pages(request: Request) -> bool:
    """Whether a browser sent this from a page of this server; a program says so itself."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = urlsplit(request.headers.get("origin", ""))
    return bool(origin.netloc) and origin.netloc == request.headers.get("host")


def _facts(form: FormData, request: Request) -> Facts:
    status = _field(form, "status", request)
    try:
        stated = read_status(status) if status else Facts()
    except InputError as error:
        raise Problem(422, "status", str(error)) from error
    return Facts(
        number=_field(form, "number", request) or None,
        title=_field(form, "title", request) or None,
        status=stated.status,
        amended_by=stated.amended_by,
    )


def _field(form: FormData, name: str, request: Request) -> str:
    value = form.get(name) or ""
    if not isinstance(value, str) or len(value) > _LONGEST_FIELD:
        details = words_of(request).body_wrong_shape.format(details=name)
        raise Problem(422, "wrong_shape", details)
    return value.strip()
