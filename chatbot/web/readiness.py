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


RETRY_SECONDS = 10.0  # an index that is rebuilt meanwhile is found without a restart


class Readiness:
    """Runs `prepare` in a thread of its own until it succeeds, and remembers how it ended."""

    def __init__(self, prepare: Prepare, *, retry_seconds: float = RETRY_SECONDS) -> None:
        self._prepare = prepare
        self._retry_seconds = retry_seconds
        self._stopped = threading.Event()
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

    def stop(self) -> None:
        """Try no further; returns at once."""
        self._stopped.set()

    def wait(self, seconds: float) -> State:
        """Return the state once loading has ended or failed, or after `seconds`."""
        self._done.wait(seconds)
        return self._state

    def _run(self) -> None:
        while not self._tried():
            if self._stopped.wait(self._retry_seconds):
                return

    def _tried(self) -> bool:
        """Try once; return whether it succeeded."""
        try:
            self._prepare()
        except Exception as error:
            # Whatever stops loading must show in /readyz; the server goes on serving pages.
            reason = f"{type(error).__name__}: {error}"
            if reason != self._reason:  # said once, not at each try
                log.exception("loading failed")
            self._reason, self._state = reason, State.FAILED
        else:
            self._reason, self._state = "", State.READY
        self._done.set()
        return self._state is State.READY
