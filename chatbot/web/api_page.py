"""The page that describes the API; FastAPI's own would load scripts from a foreign host."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import HTMLResponse

from chatbot.web.problems import words_of
from chatbot.web.templating import Templates, switch_address


def api_page_router(app: FastAPI, templates: Templates) -> APIRouter:
    """Return the route of the page."""
    router = APIRouter()

    @router.get("/api/docs", include_in_schema=False)
    async def describe(request: Request) -> HTMLResponse:
        values = {
            "operations": operations(app.openapi()),
            "here": "",
            "switch": switch_address(request, words_of(request)),
        }
        return templates.page(request, "api.html", values)

    return router


def operations(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the operations of an OpenAPI description in the order they were declared."""
    found = []
    for path, methods in schema["paths"].items():
        for method, about in methods.items():
            body = about.get("requestBody", {}).get("content", {}).get("application/json", {})
            found.append(
                {
                    "method": method.upper(),
                    "path": path,
                    "text": about.get("description") or about.get("summary", ""),
                    "parameters": [one["name"] for one in about.get("parameters", [])],
                    "example": body.get("example"),
                    "responses": {
                        code: answer.get("description", "")
                        for code, answer in about.get("responses", {}).items()
                    },
                }
            )
    return found
