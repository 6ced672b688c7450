"""A chatbot that follows the library: what a load makes current is answered from soon after.

A thread looks at the one line that names the current index. When it changes, library and index
are loaded beside those in use, and one reference is swapped: a question that is being answered
ends with the parts it began with.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence

from chatbot.answers import Answer, Turn
from chatbot.asking import Chatbot
from chatbot.assembly import Assembly
from chatbot.refusals import RefusalLog
from corpus.library import Library

log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0  # between two looks at the pointer
RETRY_SECONDS = 30.0  # after what is current could not be loaded


class LiveChatbot:
    """Answers like `Chatbot`, from what is current."""

    def __init__(self, parts: Assembly, *, look_seconds: float = LOOK_SECONDS) -> None:
        """Take the parts; until `prepare` has run, only look-ups are answered.

        Raises:
            LibraryError: The library cannot be read.
        """
        self._parts = parts
        self._look_seconds = look_seconds
        self._chatbot = parts.chatbot
        settings = parts.settings
        self._refusals = RefusalLog(settings.refused_file) if settings.log_refused else None
        self._generation: str | None = None  # None: nothing is loaded yet
        self._updating = threading.Lock()
        self._stopped = threading.Event()

    @property
    def library(self) -> Library:
        """The documents that answers are taken from."""
        return self._chatbot.library

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        *,
        document_id: str | None = None,
        as_typed: bool = False,
    ) -> Answer:
        """Answer a question; see `Chatbot.ask`."""
        answer = self._chatbot.ask(question, history, document_id=document_id, as_typed=as_typed)
        if self._refusals:
            self._refusals.note(answer)
        return answer

    def prepare(self) -> None:
        """Load what is current, unless it is loaded; questions go on being answered meanwhile.

        Raises:
            UnavailableError: Library, index or model cannot be loaded; what was in use stays.
        """
        with self._updating:
            generation = self._parts.generation
            if generation == self._generation:
                return
            library, index = self._parts.open_current()
            chatbot = Chatbot(library, lambda: index)
            # Both learn from the documents, which takes a moment the first question need not wait.
            _ = chatbot.searcher
            index.learn()
            self._chatbot, self._generation = chatbot, generation

    def start_watching(self) -> None:
        """Follow changes in a thread of its own until `stop_watching`."""
        threading.Thread(target=self._watch, name="follow-library", daemon=True).start()

    def stop_watching(self) -> None:
        """Follow no further; returns at once."""
        self._stopped.set()

    def _learn(self) -> None:
        """Learn what takes seconds that neither the start nor a first follow-up need wait."""
        try:
            self._chatbot.searcher.learn()
        except Exception:
            # The question that needs it fails by itself; the library must be followed on.
            log.exception("the examples that ship cannot be learned from")

    def _watch(self) -> None:
        failed, again = "", 0.0
        learned = False
        while not self._stopped.wait(self._look_seconds):
            generation = self._parts.generation
            if self._generation is None:  # first `prepare`, then follow
                continue
            if not learned:
                self._learn()
                learned = True
            if self._generation == generation:
                continue
            if generation == failed and time.monotonic() < again:
                continue
            try:
                self.prepare()
            except Exception:
                # Whatever it is, the old library must go on answering.
                log.exception("the changed library cannot be loaded; the old one answers")
                failed, again = generation, time.monotonic() + RETRY_SECONDS
            else:
                log.info("the library changed: %s", self._parts.generation)
