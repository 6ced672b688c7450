"""The operator page: documents and example questions come and go. Off by default.

The token is the password of HTTP Basic (RFC 7617; any user name), which browsers ask for
themselves: no cookie, no script, and it never stands in an address or a log. A browser sends it
along from other sites as well, so a change is taken from our own pages only (`Sec-Fetch-Site`,
W3C Fetch Metadata, or `Origin`).
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from base64 import b64decode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData, UploadFile

from chatbot.desk import Desk
from chatbot.loading import Facts, read_status
from chatbot.refusals import Refusal, RefusalLog
from chatbot.settings import Settings
from chatbot.web.guards import STRICT_POLICY
from chatbot.web.parts import Asker, Shelf
from chatbot.web.problems import Problem, words_of
from chatbot.web.templating import Templates, base_of, switch_address
from corpus.citations import print_citation
from corpus.clauses import citation_of
from corpus.errors import InputError, UnavailableError
from corpus.identifiers import permalink
from corpus.model import Document, Status
from corpus.questions import ExampleQuestion
from corpus.readers.limits import MAX_BYTES
from corpus.text import fold

PATH = "/van-hanh"
UPLOAD = f"{PATH}/doc"
FORM_BYTES = MAX_BYTES + 2**20  # a file and what a form puts around it
WRONG_TOKEN_SECONDS = 1.0  # one wrong token a second, however many are asking
QUESTION = "cau-hoi"  # parameter of the page: a question to fill the form with
_LONGEST_FIELD = 500  # characters
_MOST_REFUSED = 50  # questions listed
_MOST_OPEN = 5  # added questions of a document that are listed without being asked for
_FORM = "this question"  # where it was written, in messages

log = logging.getLogger(__name__)


def operator_router(
    desk: Desk, asker: Asker, settings: Settings, templates: Templates
) -> APIRouter:
    """Return the routes under /van-hanh.

    Args:
        desk: Does what is asked for.
        asker: Knows what is loaded, as visitors see it.
        settings: Say which token opens the page, and where refused questions are kept.
        templates: Of the page.
    """
    door = _Door(settings.operator_token)
    refusals = RefusalLog(settings.refused_file)

    async def enter(request: Request) -> None:
        if await door.opens(request.headers.get("authorization", "")):
            return
        challenge = {"WWW-Authenticate": 'Basic realm="Hoi luat", charset="UTF-8"'}
        raise _problem(request, 401, "locked", words_of(request).operator_locked, challenge)

    async def change(request: Request) -> None:
        if not _from_our_pages(request):
            raise _problem(request, 403, "foreign_page", words_of(request).operator_foreign)
        await enter(request)

    def shown(request: Request, *, begun: bool) -> Response:
        """Lead back to the page, which shows what was begun and no refused question chosen."""
        if not begun:
            raise _problem(request, 409, "busy", words_of(request).operator_busy)
        kept = request.url.remove_query_params(QUESTION).query
        query = f"?{kept}" if kept else ""
        return RedirectResponse(f"{base_of(request)}{PATH}{query}", status_code=303)

    reading = APIRouter(dependencies=[Depends(enter)])
    changing = APIRouter(dependencies=[Depends(change)])

    @reading.get(PATH)
    def page(request: Request, question: Annotated[str, Query(alias=QUESTION)] = "") -> Response:
        job = desk.job
        refused = [] if job.busy else _still_refused(refusals, asker.library)
        values: dict[str, Any] = {
            "job": job,
            "library": asker.library,
            "statuses": [status.value for status in Status],
            "here": "operator",
            "switch": switch_address(request, words_of(request)),
            "megabytes": MAX_BYTES // 2**20,
            "refused": refused[:_MOST_REFUSED],
            "date_of": date.fromisoformat,
            "taught": {} if job.busy else _taught(desk, asker.library),
            "most_open": _MOST_OPEN,
            # What failed is shown again until another question is chosen.
            "lesson": (not question and job.lesson) or _lesson(question, refused, asker.library),
        }
        answer = templates.page(request, "operator.html", values)
        answer.headers["Cache-Control"] = "no-store"
        answer.headers["Content-Security-Policy"] = f"{STRICT_POLICY}; frame-ancestors 'none'"
        if job.busy:
            answer.headers["Refresh"] = "2"
        return answer

    @changing.post(UPLOAD)
    async def read(request: Request) -> Response:
        async with request.form(max_files=1, max_fields=8) as form:
            file = form.get("file")
            if not isinstance(file, UploadFile) or not file.filename:
                raise _problem(request, 422, "no_file", words_of(request).operator_no_file)
            facts = _facts(form, request)
            content = await file.read()
        return shown(request, begun=desk.read(file.filename, content, facts))

    @changing.post(f"{PATH}/nap")
    async def load(request: Request) -> Response:
        async with request.form(max_files=0, max_fields=2) as form:
            correction = bool(_field(form, "correction", request))
        return shown(request, begun=desk.load(correction=correction))

    @changing.post(f"{PATH}/bo")
    async def discard(request: Request) -> Response:
        return shown(request, begun=desk.discard())

    @changing.post(f"{PATH}/go")
    async def remove(request: Request) -> Response:
        async with request.form(max_files=0, max_fields=2) as form:
            document = _field(form, "document", request)
        return shown(request, begun=desk.remove(document))

    @changing.post(f"{PATH}/day")
    async def teach(request: Request) -> Response:
        async with request.form(max_files=0, max_fields=5) as form:
            lesson = ExampleQuestion(
                _FORM,
                document=_field(form, "document", request),
                provision=_field(form, "provision", request),
                text=_field(form, "question", request),
                words=_field(form, "words", request),
            )
        return shown(request, begun=desk.teach(lesson))

    @changing.post(f"{PATH}/quen")
    async def forget(request: Request) -> Response:
        async with request.form(max_files=0, max_fields=4) as form:
            document = _field(form, "document", request)
            provision = _field(form, "provision", request)
            question = _field(form, "question", request)
        return shown(request, begun=desk.forget(document, provision, question))

    router = APIRouter(include_in_schema=False)
    router.include_router(reading)
    router.include_router(changing)
    return router


def _still_refused(refusals: RefusalLog, shelf: Shelf) -> list[Refusal]:
    """Return what was refused and is no example question yet, most frequent first."""
    try:
        refused = refusals.read()
    except OSError:
        log.exception("the refused questions cannot be read")
        return []
    if not refused:
        return []
    known = {
        fold(text) for clause in shelf.clauses for text in (*clause.questions, *clause.unanswered)
    }
    return [one for one in refused if fold(one.question) not in known]


def _lesson(question: str, refused: Sequence[Refusal], shelf: Shelf) -> ExampleQuestion:
    """Return what the form holds at first: the question chosen, and what came nearest to it."""
    documents = shelf.documents
    nearest = next((one.nearest for one in refused if one.question == question), None)
    document_id, _, provision = (nearest or "").rpartition("/")[2].partition("#")
    if document_id not in documents:
        document_id, provision = next(iter(documents)) if len(documents) == 1 else "", ""
    number = documents[document_id].metadata.number if document_id else ""
    return ExampleQuestion(_FORM, number or document_id, provision, question, "")


@dataclass(frozen=True, slots=True)
class _Taught:
    """An example question an operator added, as the page lists it."""

    text: str
    provision: str  # id, or `NO_PROVISION`
    citation: str  # of the provision; "" where the text has none of this id
    url: str  # of the provision


def _taught(desk: Desk, shelf: Shelf) -> dict[str, list[_Taught]]:
    """Return the example questions an operator added, by document id."""
    try:
        return {
            document_id: [
                _listed(text, provision, document)
                for provision, answers in asked.items()
                for text in answers
            ]
            for document_id, asked in desk.taught().items()
            if (document := shelf.documents.get(document_id))
        }
    except UnavailableError:
        log.exception("the added questions cannot be read")
        return {}


def _listed(text: str, provision: str, document: Document) -> _Taught:
    place = ""
    if node := document.by_id.get(provision):
        cited = replace(citation_of(document, node), document=None, kind=None)
        place = print_citation(cited) or provision
    return _Taught(text, provision, place, permalink(document.id, provision))


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
        raise _problem(request, 422, "status", str(error)) from error
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
        raise _problem(request, 422, "wrong_shape", details)
    return value.strip()


def _problem(
    request: Request, status: int, code: str, message: str, headers: Mapping[str, str] | None = None
) -> Problem:
    heading = words_of(request).operator_title
    return Problem(status, code, message, heading=heading, headers=headers)
