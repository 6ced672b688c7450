"""The Gradio chat. The only module that imports Gradio; it is imported when a server is made."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from typing import Any

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")  # read while Gradio is imported

import gradio as gr
from fastapi import FastAPI
from starlette.routing import Mount

from chatbot.answers import Answer, AnswerStatus, Turn
from chatbot.messages import VIETNAMESE
from chatbot.settings import Settings
from chatbot.web.assets import Assets
from chatbot.web.cards import Cards
from chatbot.web.guards import GradioGate
from chatbot.web.intake import make_asking
from chatbot.web.parts import Asker
from chatbot.web.problems import Problem
from chatbot.web.readiness import Readiness, State
from chatbot.web.shell import Shell
from chatbot.web.templating import Templates

log = logging.getLogger(__name__)

WAIT_FOR_MODEL_S = 30.0  # a visitor who asks while the model loads waits this long at most
ANSWERS_AT_ONCE = 8
FONTS = ("system-ui", "Segoe UI", "Roboto", "Noto Sans", "Helvetica Neue", "Arial", "sans-serif")
EXAMPLES = 4

Entry = dict[str, Any]  # a shown turn: question, html ("" while searching), turn


class ChatPage:
    """The chat: a box to ask in, and the conversation as cards of escaped text."""

    def __init__(
        self, asker: Asker, readiness: Readiness, settings: Settings, templates: Templates
    ) -> None:
        self._asker = asker
        self._readiness = readiness
        self._settings = settings
        self._words = VIETNAMESE
        self._templates = templates
        self._cards = Cards(templates, asker.library, self._words)

    def respond(
        self, question: str, entries: list[Entry], request: gr.Request
    ) -> Iterator[tuple[str, str, list[Entry]]]:
        """Yield box, conversation and state: the question at once, then the answer.

        Never raises: whatever goes wrong becomes a card that says so.
        """
        question = question.encode("utf-8", "replace").decode("utf-8")
        if not question.strip():
            yield question, self._conversation(entries), entries
            return
        scope = request.request.scope if request.request else {}
        base = str(scope.get("root_path", "")).rstrip("/")
        waiting = [*entries, {"question": question, "html": "", "turn": None}]
        yield "", self._conversation(waiting), waiting
        message = self._cards.message(self._answer(question, entries), base)
        done = [
            *entries,
            {"question": question, "html": message["html"], "turn": message["turn"]},
        ]
        yield "", self._conversation(done), done

    def _answer(self, question: str, entries: list[Entry]) -> Answer:
        turns = [Turn(**entry["turn"]) for entry in entries if entry["turn"]]
        kept = turns[-self._settings.max_history :] if self._settings.max_history else []
        try:
            asking = make_asking(question, kept, None, self._settings, self._words)
            if self._readiness.wait(WAIT_FOR_MODEL_S) is State.LOADING:
                return Answer(AnswerStatus.UNAVAILABLE, question, message=self._words.loading)
            return self._asker.ask(asking.question, asking.history)
        except Problem as problem:
            return Answer(AnswerStatus.NOT_FOUND, question, message=problem.message)
        except Exception:
            # The visitor must see that the system failed; the operator gets the traceback.
            log.exception("a question could not be answered")
            return Answer(AnswerStatus.UNAVAILABLE, question)

    def _conversation(self, entries: list[Entry]) -> str:
        return self._templates.render("conversation.html", "vi", "", {"entries": entries})

    def blocks(self, examples: tuple[str, ...]) -> gr.Blocks:
        """Return the Gradio page."""
        words = self._words
        page: gr.Blocks = gr.Blocks(title=f"{words.chat_title} – {words.product}", fill_width=True)
        with page:
            entries = gr.State([])
            conversation = gr.HTML(self._conversation([]), elem_id="conversation", padding=False)
            with gr.Column(elem_id="examples"):
                chips = [gr.Button(example, elem_classes="example") for example in examples]
            with gr.Row(elem_id="composer"):
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
                clear = gr.Button(words.clear, elem_id="clear", scale=0)
            outputs = [box, conversation, entries]
            how: dict[str, Any] = {
                "show_progress": "hidden",
                "concurrency_limit": ANSWERS_AT_ONCE,
                "api_visibility": "private",
            }
            gr.on([box.submit, send.click], self.respond, [box, entries], outputs, **how)
            for chip in chips:
                chip.click(self.respond, [chip, entries], outputs, **how)
            clear.click(
                lambda: ("", self._conversation([]), []),
                None,
                outputs,
                show_progress="hidden",
                api_visibility="private",
            )
        return page


def mount_chat(
    app: FastAPI,
    asker: Asker,
    readiness: Readiness,
    settings: Settings,
    templates: Templates,
    assets: Assets,
) -> None:
    """Put the chat at /, inside our own head and header, with Gradio's side doors shut."""
    examples = tuple(clause.questions[0] for clause in asker.library.clauses if clause.questions)[
        :EXAMPLES
    ]
    gr.mount_gradio_app(
        app,
        ChatPage(asker, readiness, settings, templates).blocks(examples),
        path="/",
        theme=gr.themes.Base(font=list(FONTS), font_mono=["monospace"]),
        footer_links=[],
        ssr_mode=False,
        mcp_server=False,
        pwa=False,
        show_error=False,
        enable_monitoring=False,
    )
    mount = app.router.routes[-1]
    if not isinstance(mount, Mount):
        raise TypeError(f"Gradio mounted {type(mount).__name__} last; expected a Mount")
    shell = Shell(
        "vi",
        lambda base: templates.render("_chat_head.html", "vi", base, {}),
        lambda base: templates.render(
            "_header.html",
            "vi",
            base,
            {"here": "chat", "switch": "", "content_id": "conversation"},
        ),
    )
    mount.app = shell.around(GradioGate(mount.app))
