"""Loading beside the running server."""

from __future__ import annotations

import logging
import threading

import pytest

from chatbot.web.readiness import Readiness, State
from corpus.errors import UnavailableError

LONG = 20.0  # seconds; reached only where a test fails


class Loading:
    """Loads as told: each try raises the next failure, and the last one succeeds."""

    def __init__(self, *failures: Exception) -> None:
        self.failures = [*failures]
        self.tries = 0
        self.loaded = threading.Event()

    def __call__(self) -> None:
        self.tries += 1
        if self.tries <= len(self.failures):
            raise self.failures[self.tries - 1]
        self.loaded.set()


def test_nothing_is_loaded_before_the_start() -> None:
    loading = Loading()
    readiness = Readiness(loading)
    assert readiness.wait(0) is State.LOADING
    assert readiness.state is State.LOADING
    assert readiness.reason
    assert loading.tries == 0


def test_what_is_loaded_is_ready_without_a_reason() -> None:
    loading = Loading()
    readiness = Readiness(loading)
    readiness.start()
    assert readiness.wait(LONG) is State.READY
    assert (readiness.state, readiness.reason, loading.tries) == (State.READY, "", 1)


def test_the_start_does_not_wait() -> None:
    gate = threading.Event()
    readiness = Readiness(lambda: gate.wait(LONG))
    readiness.start()
    assert readiness.wait(0) is State.LOADING
    gate.set()
    assert readiness.wait(LONG) is State.READY


def test_a_failure_is_told_with_its_kind() -> None:
    readiness = Readiness(Loading(UnavailableError("the index is gone")), retry_seconds=LONG)
    readiness.start()
    assert readiness.wait(LONG) is State.FAILED
    assert readiness.reason == "UnavailableError: the index is gone"
    readiness.stop()


def test_it_tries_again_until_it_succeeds_and_says_each_reason_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    gone = UnavailableError("gone")
    loading = Loading(gone, gone, ValueError("broken"), gone)
    readiness = Readiness(loading, retry_seconds=0)
    with caplog.at_level(logging.ERROR, "chatbot.web.readiness"):
        readiness.start()
        assert loading.loaded.wait(LONG)
    assert loading.tries == 5
    told = [one.exc_info[1] for one in caplog.records if one.exc_info]
    assert told == [gone, loading.failures[2], gone]


def test_once_stopped_it_tries_no_further() -> None:
    readiness = Readiness(Loading(OSError("gone")), retry_seconds=LONG)
    before = {*threading.enumerate()}
    readiness.start()
    (thread,) = {*threading.enumerate()} - before
    assert readiness.wait(LONG) is State.FAILED
    readiness.stop()
    thread.join(LONG)
    assert not thread.is_alive()
    assert readiness.state is State.FAILED
