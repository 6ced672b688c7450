"""The source pages: the library, and each document as a tree with an anchor on every provision."""

from __future__ import annotations

from threading import Lock
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from chatbot.web.api import find_document
from chatbot.web.document_view import DocumentView, view_document
from chatbot.web.parts import Asker
from chatbot.web.problems import words_of
from chatbot.web.templating import Templates, base_of, switch_address
from corpus.identifiers import permalink
from corpus.model import Document, Status
from corpus.text import fold

KEPT_BODIES = 32  # rendered documents kept in memory; a large one is about 2 MB

_FORCE = {
    Status.IN_FORCE: "InForce",
    Status.PARTLY_IN_FORCE: "PartiallyInForce",
    Status.NOT_YET: "NotInForce",
    Status.EXPIRED: "NotInForce",
}


def source_router(asker: Asker, templates: Templates) -> APIRouter:
    """Return the routes under /van-ban."""
    router = APIRouter()
    bodies = Bodies(asker, templates)

    @router.get("/van-ban", include_in_schema=False)
    def library(request: Request, q: str = "") -> HTMLResponse:
        words = words_of(request)
        documents = asker.library.documents.values()
        values = {
            "documents": [document for document in documents if _matches(document, q)],
            "any_loaded": bool(documents),
            "query": q,
            "here": "library",
            "switch": switch_address(request, words),
        }
        return templates.page(request, "library.html", values)

    @router.get("/van-ban/{document_id}", include_in_schema=False)
    def source(request: Request, document_id: str) -> HTMLResponse:
        document = find_document(asker, document_id, words_of(request))
        view, body = bodies.get(document, words_of(request).language, base_of(request))
        address = str(request.base_url).rstrip("/") + permalink(document.id)
        values = {
            "view": view,
            "document": document,
            "replaced": asker.library.earlier.get(document.id),
            "earlier": asker.library.earlier_of(document.id),
            "facts": document.metadata,
            "body": body,
            "framed": request.query_params.get("khung") == "1",
            "canonical": address,
            "linked_data": linked_data(document, address),
            "here": "source",
            "switch": switch_address(request, words_of(request)),
        }
        return templates.page(request, "source.html", values)

    return router


class Bodies:
    """Rendered documents: rendering a large code takes a second, so the latest are kept."""

    def __init__(self, asker: Asker, templates: Templates) -> None:
        self._asker = asker
        self._templates = templates
        self._kept: dict[tuple[str, str, str], tuple[object, DocumentView, Markup]] = {}
        self._lock = Lock()

    def get(self, document: Document, language: str, base: str) -> tuple[DocumentView, Markup]:
        """Return the view of a document and its text as HTML."""
        key = (document.id, language, base)
        library = self._asker.library  # links depend on what else is loaded
        with self._lock:
            kept = self._kept.pop(key, None)
            if kept is None or kept[0] is not library:
                view = view_document(document, library)
                html = self._templates.render("_document.html", language, base, {"view": view})
                kept = (library, view, Markup(html))  # noqa: S704 - from an escaping template
            self._kept[key] = kept
            while len(self._kept) > KEPT_BODIES:
                del self._kept[next(iter(self._kept))]
        return kept[1], kept[2]


def linked_data(document: Document, address: str) -> dict[str, Any]:
    """Return the facts about a document as JSON-LD (schema.org `Legislation`)."""
    facts = document.metadata
    table: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Legislation",
        "@id": address,
        "url": address,
        "name": facts.title or facts.name,
        "legislationIdentifier": facts.number,
        "legislationType": facts.kind or None,
        "legislationDate": facts.issued.isoformat() if facts.issued else None,
        "legislationPassedBy": {"@type": "Organization", "name": facts.issuer}
        if facts.issuer
        else None,
        "temporalCoverage": f"{facts.effective.isoformat()}/.." if facts.effective else None,
        "legislationLegalForce": f"https://schema.org/{_FORCE[facts.status]}"
        if facts.status
        else None,
        "inLanguage": "vi",
        "legislationJurisdiction": "VN",
    }
    return {name: value for name, value in table.items() if value is not None}


def _matches(document: Document, query: str) -> bool:
    """Whether number or title hold every word of a query, marks and case aside."""
    facts = document.metadata
    text = fold(f"{facts.kind} {facts.number} {facts.title} {document.id}")
    return all(word in text for word in fold(query).split())
