"""The JSON API: one answer shape for every program that asks."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from chatbot.answers import Answer, AnswerStatus
from chatbot.settings import Settings
from chatbot.web.intake import read_asking, read_json
from chatbot.web.parts import Asker
from chatbot.web.problems import Problem, words_of
from chatbot.web.readiness import Readiness, State
from corpus.errors import UnknownDocumentError
from corpus.model import Document
from corpus.serialising import document_to_json, metadata_to_json, provision_to_json


def api_router(asker: Asker, readiness: Readiness, settings: Settings) -> APIRouter:
    """Return the routes under /api/v1 and the two health routes."""
    router = APIRouter()

    @router.post("/api/v1/ask")
    async def ask(request: Request) -> JSONResponse:
        """Answer a question; 503 with status "unavailable" when the system cannot search."""
        words = words_of(request)
        asking = read_asking(await read_json(request, words), settings, words)
        if readiness.state is State.LOADING:
            waiting = Answer(AnswerStatus.UNAVAILABLE, asking.question, message=words.loading)
            return JSONResponse(waiting.to_json(), status_code=503)
        answer = await run_in_threadpool(
            asker.ask, asking.question, asking.history, document_id=asking.document_id
        )
        unavailable = answer.status is AnswerStatus.UNAVAILABLE
        return JSONResponse(answer.to_json(), status_code=503 if unavailable else 200)

    @router.get("/api/v1/documents")
    async def documents() -> list[dict[str, Any]]:
        """List the loaded documents with the facts known of each."""
        return [
            {"id": document.id, **metadata_to_json(document.metadata)}
            for document in asker.library.documents.values()
        ]

    @router.get("/api/v1/documents/{document_id}")
    async def document(request: Request, document_id: str) -> dict[str, Any]:
        """Return a document as a tree."""
        return document_to_json(find_document(asker, document_id, request))

    @router.get("/api/v1/documents/{document_id}/provisions/{provision}")
    async def provision(request: Request, document_id: str, provision: str) -> dict[str, Any]:
        """Return one provision with all below it."""
        found = find_document(asker, document_id, request)
        node = found.by_id.get(provision)
        if node is None:
            message = words_of(request).provision_not_found.format(
                document=document_id, provision=provision
            )
            raise Problem(404, "unknown_provision", message)
        return provision_to_json(found, node)

    @router.get("/healthz")
    async def alive() -> dict[str, str]:
        """Tell that the server runs."""
        return {"status": "alive"}

    @router.get("/readyz")
    async def ready() -> JSONResponse:
        """Tell whether questions can be answered; 503 with the reason while not."""
        body = {"status": readiness.state.value, "reason": readiness.reason}
        return JSONResponse(body, status_code=200 if readiness.state is State.READY else 503)

    return router


def find_document(asker: Asker, document_id: str, request: Request) -> Document:
    """Return a document, or raise the 404 that tells which one is missing."""
    try:
        return asker.library.document(document_id)
    except UnknownDocumentError as error:
        message = words_of(request).document_not_found.format(document=document_id)
        raise Problem(404, "unknown_document", message) from error
