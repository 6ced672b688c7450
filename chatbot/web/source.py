"""The source pages: a document as a tree with an anchor on every provision, and the library."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from chatbot.web.api import find_document
from chatbot.web.parts import Asker
from chatbot.web.problems import words_of
from chatbot.web.templating import Templates
from corpus.citations import print_citation
from corpus.clauses import citation_of
from corpus.model import Document, Level
from corpus.text import fold


def source_router(asker: Asker, templates: Templates) -> APIRouter:
    """Return the routes under /van-ban."""
    router = APIRouter()

    @router.get("/van-ban", include_in_schema=False)
    async def library(request: Request, q: str = "") -> HTMLResponse:
        wanted = fold(q).strip()
        shown = [
            document
            for document in asker.library.documents.values()
            if wanted in fold(f"{document.metadata.number} {document.metadata.title}")
        ]
        values = {"documents": shown, "query": q, "here": "library", "switch": _switch(request)}
        return templates.page(request, "library.html", values)

    @router.get("/van-ban/{document_id}", include_in_schema=False)
    async def source(request: Request, document_id: str) -> HTMLResponse:
        document = find_document(asker, document_id, request)
        values = {
            "document": document,
            "articles": [node for node in document.walk() if node.level is Level.ARTICLE],
            "cite": lambda node: _cite(document, node.id),
            "here": "library",
            "switch": _switch(request),
        }
        return templates.page(request, "source.html", values)

    return router


def _cite(document: Document, provision_id: str) -> str:
    return print_citation(citation_of(document, document.by_id[provision_id]))


def _switch(request: Request) -> str:
    """Return the address of this page in the other language."""
    other = words_of(request).other_language
    return f"{request.scope.get('root_path', '')}{request.url.path}" + (
        f"?lang={other}" if other != "vi" else ""
    )
