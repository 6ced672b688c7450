"""The Gradio chat. The only module that imports Gradio; it is imported when a server is made.

The conversation is a log that the page appends to (static/chat.js); what is appended is a card
rendered and escaped here. `gr.Chatbot` is not used: it reads messages as Markdown, which
renumbers clauses, and its controls speak English (docs/decisions.md). Nothing of a conversation
is kept on the server: the page sends the earlier turns with each question.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Sequence
from typing import Any

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")  # read while Gradio is imported

import gradio as gr
from fastapi import FastAPI
from starlette.routing import Mount
from starlette.types import ASGIApp

from chatbot.answers import Answer, AnswerStatus, Turn
from chatbot.messages import Messages
from chatbot.settings import Settings
from chatbot.web.api import check_askable
from chatbot.web.cards import Cards
from chatbot.web.guards import GradioGate
from chatbot.web.intake import Asking, make_asking
from chatbot.web.parts import Asker
from chatbot.web.problems import Problem
from chatbot.web.readiness import Readiness, State
from chatbot.web.templating import Templates

log = logging.getLogger(__name__)

WAIT_FOR_MODEL_S = 30.0  # a visitor who asks while the model loads waits this long at most
ANSWERS_AT_ONCE = 8
FONTS = ("system-ui", "Segoe UI", "Roboto", "Noto Sans", "Helvetica Neue", "Arial", "sans-serif")

# What runs in the browser; the functions are in static/chat.js.
SEND = "(question) => window.hoiLuat.send(question)"
RECEIVE = "(message) => window.hoiLuat.receive(message)"
FAIL = "() => window.hoiLuat.fail()"
CLEAR = "() => window.hoiLuat.clear()"
CONNECT = "() => window.hoiLuat.connect()"


class ChatPage:
    """The chat in one language: a log of cards and a box to ask in."""

    def __init__(
        self,
        asker: Asker,
        readiness: Readiness,
        settings: Settings,
        templates: Templates,
        words: Messages,
    ) -> None:
        self._asker = asker
        self._readiness = readiness
        self._settings = settings
        self._templates = templates
        self._words = words
        self._cards = Cards(templates, asker, words, feedback=settings.feedback)

    def respond(self, asked: object, request: gr.Request) -> dict[str, Any]:
        """Answer what the page sent: `{"question", "history", "document_id", "as_typed"}`.

        Never raises: whatever goes wrong becomes a card that says so.
        """
        scope = request.request.scope if request.request else {}
        base = str(scope.get("app_root_path", "")).rstrip("/")
        sent = _unpack(asked, self._settings.max_history)
        said = ""
        try:
            answer = self._answer(sent)
        except Problem as problem:
            answer, said = Answer(AnswerStatus.NOT_FOUND, sent.question), problem.message
        except Exception:
            # The visitor must see that the system failed; the operator gets the traceback.
            log.exception("a question could not be answered")
            answer = Answer(AnswerStatus.UNAVAILABLE, sent.question)
        return self._cards.message(answer, base, as_typed=sent.as_typed, said=said)

    def _answer(self, sent: Asking) -> Answer:
        words = self._words
        asking = make_asking(
            sent.question,
            sent.history,
            sent.document_id,
            self._settings,
            words,
            as_typed=sent.as_typed,
        )
        check_askable(self._asker, asking.document_id, words)
        if self._readiness.wait(WAIT_FOR_MODEL_S) is State.LOADING:
            return Answer(AnswerStatus.UNAVAILABLE, sent.question, message=words.loading)
        return self._asker.ask(
            asking.question,
            asking.history,
            document_id=asking.document_id,
            as_typed=asking.as_typed,
        )

    def blocks(self, examples: Sequence[str]) -> gr.Blocks:
        """Return the Gradio page."""
        words = self._words
        log_html = self._templates.render(
            "conversation.html",
            words.language,
            "",
            {"examples": examples, "greeting": words.greeting},
        )
        note_html = self._templates.render("_composer_note.html", words.language, "", {})
        title = f"{words.chat_title} – {words.product}"
        bare: dict[str, Any] = {"js_on_load": None, "apply_default_css": False, "padding": False}
        page = gr.Blocks(title=title, analytics_enabled=False, fill_width=True)
        with page:
            gr.HTML(log_html, elem_id="conversation", **bare)
            with gr.Column(elem_id="composer"):
                with gr.Row(elem_id="composer-row"):
                    box = gr.Textbox(
                        label=words.question_label,
                        placeholder=words.question_placeholder,
                        container=False,
                        lines=1,
                        max_lines=6,
                        max_length=self._settings.max_question_chars,
                        autofocus=False,
                        autoscroll=False,
                        elem_id="question",
                        scale=1,
                    )
                    send = gr.Button(words.send, variant="primary", elem_id="send", scale=0)
                with gr.Row(elem_id="composer-notes"):
                    gr.HTML(note_html, elem_id="composer-note", **bare)
                    clear = gr.Button(words.clear, elem_id="clear", scale=0)
            asked = gr.JSON(visible=False)
            answered = gr.JSON(visible=False)
            quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
            sent = gr.on([box.submit, send.click], None, box, [box, asked], js=SEND, **quiet)
            done = sent.then(
                self.respond, asked, answered, concurrency_limit=ANSWERS_AT_ONCE, **quiet
            )
            done.success(None, answered, None, js=RECEIVE, **quiet)
            done.failure(None, None, None, js=FAIL, **quiet)
            clear.click(None, None, None, js=CLEAR, **quiet)
            page.load(None, None, None, js=CONNECT, **quiet)
        return page


def mount_chat(
    app: FastAPI, page: gr.Blocks, path: str, around: Callable[[ASGIApp], ASGIApp]
) -> None:
    """Put a chat page under `path`, in our own head and header, with Gradio's side doors shut."""
    gr.mount_gradio_app(
        app,
        page,
        path=path,
        theme=gr.themes.Base(font=list(FONTS), font_mono=["monospace"]),
        footer_links=[],
        run_history=False,
        ssr_mode=False,
        mcp_server=False,
        pwa=False,
        show_error=False,
        enable_monitoring=False,
    )
    mount = app.router.routes[-1]
    if not isinstance(mount, Mount):
        raise TypeError(f"Gradio mounted {type(mount).__name__} last; expected a Mount")
    mount.app = around(GradioGate(mount.app))


def _unpack(asked: object, max_history: int) -> Asking:
    """Read what the page sent; what has another shape is left out. Nothing is checked yet."""
    table = asked if isinstance(asked, dict) else {}
    question, turns = table.get("question"), table.get("history")
    history = [
        Turn(turn["question"], _string(turn.get("document_id")), _string(turn.get("provision")))
        for turn in (turns if isinstance(turns, list) else [])
        if isinstance(turn, dict) and isinstance(turn.get("question"), str)
    ]
    return Asking(
        _printable(_string(question) or ""),
        tuple(history[-max_history:] if max_history else ()),
        _string(table.get("document_id")),
        table.get("as_typed") is True,
    )


def _string(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _printable(text: str) -> str:
    """Return `text` with what cannot be sent as UTF-8 replaced."""
    return text.encode("utf-8", "replace").decode("utf-8")
