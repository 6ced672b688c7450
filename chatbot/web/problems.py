"""What goes wrong on the web, and how it is said: JSON for programs, a page for people."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from chatbot.messages import Messages, messages_for
from chatbot.web.templating import Templates
from corpus.errors import InputError, UnavailableError, UnknownDocumentError

log = logging.getLogger(__name__)


class Problem(Exception):
    """A request that cannot be served, with what the visitor is told."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        *,
        heading: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Take what is answered; `heading` is that of the page, where a person reads it."""
        super().__init__(f"{status} {code}: {message}")
        self.status = status
        self.code = code
        self.message = message
        self.heading = heading
        self.headers = headers


def words_of(request: Request) -> Messages:
    """Return the words of the language a request asks for (`?lang=en`), else Vietnamese."""
    return messages_for(request.query_params.get("lang"))


def install_problem_handlers(app: FastAPI, templates: Templates) -> None:
    """Make every failure a clear answer: never a traceback, never a bare number."""

    def answer(
        request: Request, status: int, code: str, message: str, heading: str | None = None
    ) -> Response:
        if _wants_page(request):
            words = words_of(request)
            usual = words.page_not_found_title if status < 500 else words.internal_error_title
            heading = heading or usual
            values = {"heading": heading, "message": message}
            return templates.page(request, "problem.html", values, status=status)
        return JSONResponse({"error": {"code": code, "message": message}}, status_code=status)

    @app.exception_handler(Problem)
    async def on_problem(request: Request, error: Problem) -> Response:
        found = answer(request, error.status, error.code, error.message, error.heading)
        found.headers.update(error.headers or {})
        return found

    @app.exception_handler(HTTPException)
    async def on_http(request: Request, error: HTTPException) -> Response:
        words = words_of(request)
        code, message = {
            404: ("not_found", words.page_not_found),
            405: ("method_not_allowed", words.method_not_allowed),
        }.get(error.status_code, ("http_error", words.internal_error))
        return answer(request, error.status_code, code, message)

    @app.exception_handler(RequestValidationError)
    async def on_shape(request: Request, error: RequestValidationError) -> Response:
        places = "; ".join(".".join(map(str, item["loc"])) for item in error.errors())
        message = words_of(request).body_wrong_shape.format(details=places)
        return answer(request, 422, "wrong_shape", message)

    @app.exception_handler(UnknownDocumentError)
    async def on_unknown(request: Request, error: UnknownDocumentError) -> Response:
        log.info("unknown document: %s", error)
        return answer(request, 404, "unknown_document", words_of(request).page_not_found)

    @app.exception_handler(InputError)
    async def on_input(request: Request, error: InputError) -> Response:
        log.info("refused input: %s", error)
        return answer(request, 422, "refused", words_of(request).question_not_text)

    @app.exception_handler(UnavailableError)
    async def on_unavailable(request: Request, error: UnavailableError) -> Response:
        log.error("unavailable: %s", error)
        return answer(request, 503, "unavailable", words_of(request).unavailable)

    @app.exception_handler(Exception)
    async def on_anything(request: Request, error: Exception) -> Response:
        return answer(request, 500, "internal", words_of(request).internal_error)


def _wants_page(request: Request) -> bool:
    """Whether a person, not a program, reads the answer."""
    return not request.url.path.startswith("/api/") and "text/html" in request.headers.get(
        "accept", ""
    )
