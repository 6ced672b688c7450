"""One FastAPI server: Gradio chat at /, source pages, JSON API, health."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse
from starlette.middleware.gzip import GZipMiddleware

from chatbot.desk import Desk
from chatbot.messages import DEFAULT_LANGUAGE, LANGUAGES, Messages
from chatbot.origins import Origins
from chatbot.settings import Settings
from chatbot.web.api import api_router
from chatbot.web.api_page import api_page_router
from chatbot.web.assets import Assets
from chatbot.web.embed import Embed, embed_address, embed_redirect
from chatbot.web.embedding import ApiCors, Embedding
from chatbot.web.feedback import feedback_router
from chatbot.web.guards import BodyLimit, PublicPath, SecurityHeaders
from chatbot.web.operator import FORM_BYTES, UPLOAD, operator_router
from chatbot.web.parts import Asker, Prepare
from chatbot.web.problems import install_problem_handlers
from chatbot.web.readiness import Readiness
from chatbot.web.shell import chat_shell
from chatbot.web.source import source_router
from chatbot.web.templating import Templates, base_of, chat_address
from chatbot.web.widget import Widget

EXAMPLES = 4  # questions offered to a visitor who has not asked anything yet


def create_app(
    asker: Asker, settings: Settings, prepare: Prepare, desk: Desk | None = None
) -> FastAPI:
    """Put the server together.

    Args:
        asker: Answers the questions.
        settings: Limits.
        prepare: Loads model and index; run in a thread of its own when the server starts,
            and `/readyz` tells how it ended.
        desk: Where documents are loaded; the operator page is there only with it and with the
            setting `operator_token`.
    """
    readiness = Readiness(prepare)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        readiness.start()
        yield
        readiness.stop()

    app = FastAPI(
        title="Hỏi luật",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        lifespan=lifespan,
    )
    embedding = Embedding(Origins(settings.embed_origins))
    assets = Assets()
    templates = Templates(assets.path)
    install_problem_handlers(app, templates)
    app.include_router(api_page_router(app, templates))
    app.include_router(feedback_router(asker, settings))  # before the API's "nothing here"
    app.include_router(api_router(asker, readiness, settings))
    app.include_router(source_router(asker, templates))
    if desk and settings.operator_token:
        app.include_router(operator_router(desk, asker, settings, templates))
    app.include_router(assets.router())
    app.include_router(Widget(assets, templates, settings).router())
    embed_redirect(app)
    _mount_chats(app, asker, readiness, settings, templates, embedding)
    app.add_middleware(GZipMiddleware, minimum_size=1024, compresslevel=5)
    app.add_middleware(ApiCors, embedding=embedding)
    app.add_middleware(SecurityHeaders, frame_ancestors=embedding.frame_ancestors)
    app.add_middleware(BodyLimit, larger={UPLOAD: FORM_BYTES} if settings.operator_token else {})
    app.add_middleware(PublicPath, root_path=settings.root_path)
    return app


def _mount_chats(
    app: FastAPI,
    asker: Asker,
    readiness: Readiness,
    settings: Settings,
    templates: Templates,
    embedding: Embedding,
) -> None:
    """Mount the chat pages of each language; the one at / last, because it takes every address."""
    from chatbot.web.chat import ChatPage, mount_chat

    examples = example_questions(asker)
    embed = Embed(asker, templates, embedding, examples)

    def mount(words: Messages) -> None:
        chat = ChatPage(asker, readiness, settings, templates, words)
        framed, own = embed_address(words.language), chat_address(words.language)
        mount_chat(app, chat.blocks(examples), framed.rstrip("/"), embed.shell(words))
        shell = chat_shell(templates, words, examples)
        mount_chat(app, chat.blocks(examples), own.rstrip("/") or "/", shell.around)

    for words in LANGUAGES.values():
        if words.language != DEFAULT_LANGUAGE:
            mount(words)
            _add_slash(app, chat_address(words.language))
    mount(LANGUAGES[DEFAULT_LANGUAGE])


def _add_slash(app: FastAPI, address: str) -> None:
    """Lead /en to /en/, where the chat is."""

    @app.get(address.rstrip("/"), include_in_schema=False)
    async def lead(request: Request) -> RedirectResponse:
        return RedirectResponse(base_of(request) + address)


def example_questions(asker: Asker) -> tuple[str, ...]:
    """Return questions the loaded documents answer, from as many provisions as there are."""
    by_provision = [clause.questions for clause in asker.library.clauses if clause.questions]
    found: dict[str, None] = {}
    for turn in range(max(map(len, by_provision), default=0)):
        for questions in by_provision:
            if turn < len(questions):
                found.setdefault(questions[turn])
            if len(found) == EXAMPLES:
                return tuple(found)
    return tuple(found)
