"""The JSON API: one answer shape for every program that asks."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from chatbot.answers import Answer, AnswerStatus
from chatbot.messages import Messages
from chatbot.settings import Settings
from chatbot.web.intake import AskBody, read_asking, read_json
from chatbot.web.parts import Asker
from chatbot.web.problems import Problem, words_of
from chatbot.web.readiness import Readiness, State
from corpus.citations import print_citation
from corpus.clauses import citation_of, is_complete, quote_bounds
from corpus.errors import UnknownDocumentError
from corpus.identifiers import permalink
from corpus.model import Document, Provision
from corpus.serialising import document_to_json, metadata_to_json, provision_to_json

RETRY_AFTER_S = "5"  # while the model loads
_ASK = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": AskBody.model_json_schema(),
                "example": {
                    "question": "Kế hoạch ứng dụng công nghệ thông tin được xây dựng mấy năm?",
                    "history": [
                        {
                            "question": "khoản 1 Điều 6",
                            "document_id": "137-2024-nd-cp",
                            "provision": "dieu-6.khoan-1",
                        }
                    ],
                    "document_id": None,
                    "as_typed": False,
                },
            }
        },
    }
}
_ASK_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {"description": 'The answer: status "answered" or "not_found".'},
    400: {"description": "The body is not JSON."},
    404: {"description": "The document asked for is not loaded."},
    413: {"description": "The body is too large."},
    415: {"description": "The body is not application/json."},
    422: {"description": "Wrong shape; or a question that is empty, too long or not text."},
    503: {"description": 'The system cannot answer now: status "unavailable".'},
}


def api_router(asker: Asker, readiness: Readiness, settings: Settings) -> APIRouter:
    """Return the routes under /api/v1 and the two health routes."""
    router = APIRouter()

    @router.post("/api/v1/ask", openapi_extra=_ASK, responses=_ASK_RESPONSES)
    async def ask(request: Request) -> JSONResponse:
        """Answer a question with the provision that answers it, word for word."""
        words = words_of(request)
        asking = read_asking(await read_json(request, words), settings, words)
        check_askable(asker, asking.document_id, words)
        if readiness.state is State.LOADING:
            waiting = Answer(AnswerStatus.UNAVAILABLE, asking.question, message=words.loading)
            return _answer(waiting)
        answer = await run_in_threadpool(
            asker.ask,
            asking.question,
            asking.history,
            document_id=asking.document_id,
            as_typed=asking.as_typed,
        )
        return _answer(answer)

    @router.get("/api/v1/documents")
    def documents() -> dict[str, list[dict[str, Any]]]:
        """List the loaded documents with the facts known of each."""
        return {
            "documents": [
                {
                    "id": document.id,
                    **metadata_to_json(document.metadata),
                    "url": permalink(document.id),
                    **_texts(asker, document.id),
                }
                for document in asker.library.documents.values()
            ]
        }

    @router.get("/api/v1/documents/{document_id}")
    def document(request: Request, document_id: str) -> dict[str, Any]:
        """Return the facts about a document and its text as a tree."""
        found = find_document(asker, document_id, words_of(request))
        return document_to_json(found) | _texts(asker, found.id)

    @router.get("/api/v1/documents/{document_id}/provisions/{provision}")
    def provision(request: Request, document_id: str, provision: str) -> dict[str, Any]:
        """Return one provision with its quotation, its citation and all below it."""
        found = find_document(asker, document_id, words_of(request))
        node = found.by_id.get(provision)
        if node is None:
            message = words_of(request).provision_not_found.format(
                document=document_id, provision=provision
            )
            raise Problem(404, "unknown_provision", message)
        return _provision(found, node)

    @router.get("/healthz")
    async def alive() -> dict[str, str]:
        """Tell that the server runs."""
        return {"status": "alive"}

    @router.get("/readyz", responses={503: {"description": "Not yet, or not able; see reason."}})
    async def ready() -> JSONResponse:
        """Tell whether questions can be answered; 503 with the reason while not."""
        body = {"status": readiness.state.value, "reason": readiness.reason}
        return JSONResponse(body, status_code=200 if readiness.state is State.READY else 503)

    @router.api_route(
        "/api/{rest:path}", methods=["GET", "POST", "PUT", "DELETE"], include_in_schema=False
    )
    async def nothing_here(request: Request, rest: str) -> None:
        """Answer in JSON where the API has nothing."""
        raise Problem(404, "not_found", words_of(request).page_not_found)

    return router


def find_document(asker: Asker, document_id: str, words: Messages) -> Document:
    """Return a document, or raise the 404 that tells which one is missing."""
    try:
        return asker.library.document(document_id)
    except UnknownDocumentError as error:
        message = words.document_not_found.format(document=document_id)
        raise Problem(404, "unknown_document", message) from error


def check_askable(asker: Asker, document_id: str | None, words: Messages) -> None:
    """Raise the 404 of a document that cannot be asked; `None` asks all that can."""
    if document_id is None:
        return
    if document_id in asker.library.earlier:
        raise Problem(404, "earlier_text", words.earlier_not_asked)
    find_document(asker, document_id, words)


def _texts(asker: Asker, document_id: str) -> dict[str, Any]:
    """Return what else there is of a document: "earlier", or "replaced" and "replaced_by"."""
    if own := asker.library.earlier.get(document_id):
        return {"replaced": own.replaced.isoformat(), "replaced_by": own.of}
    return {
        "earlier": [
            {
                "id": one.document.id,
                "replaced": one.replaced.isoformat(),
                "url": permalink(one.document.id),
            }
            for one in asker.library.earlier_of(document_id)
        ]
    }


def _answer(answer: Answer) -> JSONResponse:
    if answer.status is AnswerStatus.UNAVAILABLE:
        return JSONResponse(
            answer.to_json(), status_code=503, headers={"Retry-After": RETRY_AFTER_S}
        )
    return JSONResponse(answer.to_json())


def _provision(document: Document, node: Provision) -> dict[str, Any]:
    start, end = quote_bounds(document, node)
    return {
        **provision_to_json(document, node),
        "document_id": document.id,
        "citation": print_citation(citation_of(document, node)),
        "quote": document.text[start:end],
        "complete": is_complete(node),
        "url": permalink(document.id, node.id),
    }
