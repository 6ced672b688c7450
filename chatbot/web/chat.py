"""The Gradio chat. The only module that imports Gradio; it is imported when a server is made."""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from typing import Any

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")  # read while Gradio is imported

import gradio as gr
from fastapi import FastAPI
from starlette.routing import Mount

from chatbot.answers import Turn
from chatbot.messages import Messages
from chatbot.settings import Settings
from chatbot.web.cards import Cards
from chatbot.web.guards import GradioGate
from chatbot.web.intake import make_asking
from chatbot.web.parts import Asker
from chatbot.web.problems import Problem
from chatbot.web.readiness import Readiness, State
from chatbot.web.shell import Shell
from chatbot.web.templating import Templates
from corpus.errors import InputError

log = logging.getLogger(__name__)

WAIT_FOR_MODEL_S = 30.0  # a visitor who asks while the model loads waits this long at most
ANSWERS_AT_ONCE = 8

# What runs in the browser; the functions are in static/chat.js.
SEND = "(question) => window.hoiLuat.send(question)"
RECEIVE = "(message) => window.hoiLuat.receive(message)"
FAIL = "() => window.hoiLuat.fail()"
CLEAR = "() => window.hoiLuat.clear()"
CONNECT = "() => window.hoiLuat.connect()"

FONTS = ("system-ui", "Segoe UI", "Roboto", "Noto Sans", "Helvetica Neue", "Arial", "sans-serif")


class ChatPage:
    """The chat in one language."""

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
        self._words = words
        self._templates = templates
        self._cards = Cards(templates, asker.library, words)

    def respond(self, asked: object, request: gr.Request) -> dict[str, Any]:
        """Answer what the page sent: `{"question", "history", "document_id"}`.

        Never raises: whatever goes wrong becomes a card that says so.
        """
        base = str(request.request.scope.get("root_path", "")) if request.request else ""
        base = base.removesuffix("/").removesuffix("/en")
        question, history, document_id = _unpack(asked, self._settings.max_history)
        try:
            asking = make_asking(question, history, document_id, self._settings, self._words)
            if self._readiness.wait(WAIT_FOR_MODEL_S) is State.LOADING:
                return self._cards.unavailable(question, self._words.loading, base)
            answer = self._asker.ask(
                asking.question, asking.history, document_id=asking.document_id
            )
        except Problem as problem:
            return self._cards.unavailable(_printable(question), problem.message, base)
        except InputError as error:
            log.info("refused input: %s", error)
            return self._cards.unavailable(
                _printable(question), self._words.question_not_text, base
            )
        except Exception:
            # The visitor must see that the system failed; the operator gets the traceback.
            log.exception("a question could not be answered")
            return self._cards.unavailable(question, "", base)
        return self._cards.message(answer, base)

    def blocks(self, examples: Sequence[str]) -> gr.Blocks:
        """Return the Gradio page."""
        words = self._words
        conversation = self._templates.render(
            "conversation.html", words.language, "", {"examples": examples}
        )
        title = f"{words.chat_title} – {words.product}"
        with gr.Blocks(title=title, analytics_enabled=False, fill_width=True) as page:
            gr.HTML(conversation, js_on_load=None, elem_id="conversation-block", padding=False)
            with gr.Row(elem_id="composer"):
                box = gr.Textbox(
                    label=words.question_label,
                    placeholder=words.question_placeholder,
                    show_label=False,
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
                clear = gr.Button(words.clear, elem_id="clear", scale=0)
            asked = gr.JSON(visible=False)
            answered = gr.JSON(visible=False)
            sent = gr.on(
                [box.submit, send.click],
                None,
                box,
                [box, asked],
                js=SEND,
                show_progress="hidden",
                api_visibility="private",
            )
            done = sent.then(
                self.respond,
                asked,
                answered,
                show_progress="hidden",
                concurrency_limit=ANSWERS_AT_ONCE,
                api_visibility="private",
            )
            done.success(None, answered, None, js=RECEIVE, api_visibility="private")
            done.failure(None, None, None, js=FAIL, api_visibility="private")
            clear.click(None, None, None, js=CLEAR, api_visibility="private")
            page.load(None, None, None, js=CONNECT, api_visibility="private")
        return page


def mount_chat(app: FastAPI, page: gr.Blocks, path: str, shell: Shell) -> None:
    """Put a chat page under `path`, inside our own head and header, with Gradio's side doors shut."""
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
        max_file_size=1,
    )
    mount = app.router.routes[-1]
    if not isinstance(mount, Mount):
        raise TypeError(f"Gradio mounted {type(mount).__name__} last; expected a Mount")
    mount.app = shell.around(GradioGate(mount.app))


def _unpack(asked: object, max_history: int) -> tuple[str, list[Turn], str | None]:
    """Read what the page sent; what has another shape is left out."""
    table = asked if isinstance(asked, dict) else {}
    question = table.get("question")
    turns = table.get("history")
    history = [
        Turn(turn["question"], _string(turn.get("document_id")), _string(turn.get("provision")))
        for turn in (turns if isinstance(turns, list) else [])
        if isinstance(turn, dict) and isinstance(turn.get("question"), str)
    ]
    kept = history[-max_history:] if max_history else []
    return question if isinstance(question, str) else "", kept, _string(table.get("document_id"))


def _string(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _printable(text: str) -> str:
    """Return `text` without what cannot be sent as UTF-8."""
    return text.encode("utf-8", "replace").decode("utf-8")


