"""One FastAPI server: Gradio chat at /, source pages, JSON API, health."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse

from chatbot.settings import Settings
from chatbot.web.api import api_router
from chatbot.web.assets import Assets
from chatbot.web.guards import BodyLimit, SecurityHeaders
from chatbot.web.parts import Asker, Prepare
from chatbot.web.problems import install_problem_handlers
from chatbot.web.readiness import Readiness
from chatbot.web.source import source_router
from chatbot.web.templating import Templates


def create_app(asker: Asker, settings: Settings, prepare: Prepare) -> FastAPI:
    """Put the server together.

    Args:
        asker: Answers the questions.
        settings: Limits.
        prepare: Loads model and index; run in a thread of its own when the server starts,
            and `/readyz` tells how it ended.
    """
    from chatbot.web.chat import mount_chat

    readiness = Readiness(prepare)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        readiness.start()
        yield

    app = FastAPI(
        title="Hỏi luật",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        lifespan=lifespan,
    )
    assets = Assets()
    templates = Templates(assets.path)
    install_problem_handlers(app, templates)
    app.include_router(api_router(asker, readiness, settings))
    app.include_router(source_router(asker, templates))
    app.include_router(assets.router())

    @app.get("/api/docs", include_in_schema=False)
    async def api_docs(request: Request) -> HTMLResponse:
        values = {"schema": app.openapi(), "here": "", "switch": "/api/docs?lang=en"}
        return templates.page(request, "api.html", values)

    mount_chat(app, asker, readiness, settings, templates, assets)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(BodyLimit)
    return app
