"""Whether the slow parts are loaded: they load beside the running server."""

from __future__ import annotations

import logging
import threading
from enum import StrEnum

from chatbot.web.parts import Prepare

log = logging.getLogger(__name__)


class State(StrEnum):
    """How far loading has come."""

    LOADING = "loading"
    READY = "ready"
    FAILED = "failed"


class Readiness:
    """Runs `prepare` once in a thread of its own and remembers how it ended."""

    def __init__(self, prepare: Prepare) -> None:
        self._prepare = prepare
        self._done = threading.Event()
        self._reason = "model and index are loading"
        self._state = State.LOADING

    @property
    def state(self) -> State:
        """The present state."""
        return self._state

    @property
    def reason(self) -> str:
        """Why the system is not ready, for operators; "" when it is."""
        return self._reason

    def start(self) -> None:
        """Begin loading; returns at once."""
        threading.Thread(target=self._run, name="prepare", daemon=True).start()

    def wait(self, seconds: float) -> State:
        """Return the state once loading has ended, or after `seconds`."""
        self._done.wait(seconds)
        return self._state

    def _run(self) -> None:
        try:
            self._prepare()
        except Exception as error:
            # Whatever stops loading must show in /readyz; the server goes on serving pages.
            log.exception("loading failed")
            self._reason, self._state = f"{type(error).__name__}: {error}", State.FAILED
        else:
            self._reason, self._state = "", State.READY
        self._done.set()
