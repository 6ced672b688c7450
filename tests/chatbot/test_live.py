"""A chatbot that follows the library."""

import logging
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from chatbot import turns
from chatbot.answers import Turn
from chatbot.assembly import Assembly
from chatbot.live import LiveChatbot
from chatbot.loading import Loading
from corpus.errors import LibraryError, UnavailableError, UnknownDocumentError
from corpus.listing import NAME
from tests.test_loading import CHANGED, ID, assembly, written

PLACE = "khoản 1 Điều 2 Nghị định 999/2099/NĐ-CP"


@pytest.fixture
def parts(tmp_path: Path) -> Assembly:
    """The fictitious decree alone, so that preparing is quick."""
    parts = assembly(tmp_path)
    Loading(parts).remove("137-2024-nd-cp")
    Loading(parts).load([written(tmp_path)])
    return parts


def quote(live: LiveChatbot) -> str:
    answer = live.ask(PLACE).answer
    assert answer is not None
    return answer.quote


class Listening(logging.Handler):
    """Waits for a line of the log."""

    def __init__(self, start: str) -> None:
        super().__init__(logging.INFO)
        self._start = start
        self.heard = threading.Event()

    def emit(self, record: logging.LogRecord) -> None:
        if record.getMessage().startswith(self._start):
            self.heard.set()


@pytest.fixture
def switched(caplog: pytest.LogCaptureFixture) -> Iterator[threading.Event]:
    """Set when a running chatbot says that it answers from a changed library."""
    listening = Listening("the library changed: generation-")
    log = logging.getLogger("chatbot.live")
    with caplog.at_level(logging.INFO, log.name):
        log.addHandler(listening)
        yield listening.heard
        log.removeHandler(listening)


def test_look_ups_are_answered_before_anything_is_prepared(parts: Assembly) -> None:
    live = LiveChatbot(parts)
    assert set(live.library.documents) == {ID}
    assert quote(live) == "1. Được thả diều từ 7 giờ đến 19 giờ."


def test_what_is_current_is_answered_from_once_prepared(parts: Assembly, tmp_path: Path) -> None:
    live = LiveChatbot(parts)
    live.prepare()
    Loading(assembly(tmp_path)).load([written(tmp_path, CHANGED)])
    before = live.library
    assert "19 giờ" in quote(live)
    live.prepare()
    assert live.library is not before
    assert "18 giờ" in quote(live)
    now = live.library
    live.prepare()
    assert live.library is now


def test_what_cannot_be_loaded_leaves_what_was_in_use(parts: Assembly, tmp_path: Path) -> None:
    live = LiveChatbot(parts)
    live.prepare()
    before = live.library
    (tmp_path / "index" / "current").write_text("generation-absent 00\n", "utf-8")
    with pytest.raises(UnavailableError):
        live.prepare()
    assert live.library is before
    assert "19 giờ" in quote(live)


def test_a_question_is_passed_on_as_it_was_asked(parts: Assembly) -> None:
    live = LiveChatbot(parts)
    live.prepare()
    question = "tha dieu den may gio"
    assert live.ask(question).understood_as is not None
    assert live.ask(question, as_typed=True).understood_as is None
    again = live.ask(
        "khoản tiếp theo thì sao", [Turn("khoản 1 Điều 2", ID, "dieu-2.khoan-1")]
    ).answer
    assert again is not None
    assert (again.article, again.clause) == ("2", "2")
    with pytest.raises(UnknownDocumentError):
        live.ask(PLACE, document_id="5-2099-nd-cp")


def test_refusals_are_kept_where_that_is_wanted(tmp_path: Path) -> None:
    plain = assembly(tmp_path)
    settings = replace(plain.settings, log_refused=True)
    live = LiveChatbot(Assembly(settings, lambda line: None, plain.encoder))
    live.ask("Điều 40 Nghị định 999/2099/NĐ-CP")
    assert "Điều 40" in settings.refused_file.read_text("utf-8")


def test_a_library_that_cannot_be_read_is_an_error_at_once(tmp_path: Path) -> None:
    parts = assembly(tmp_path)
    parts.settings.library_dir.mkdir(parents=True)
    (parts.settings.library_dir / NAME).write_text("{", "utf-8")
    with pytest.raises(LibraryError):
        LiveChatbot(parts)


def test_a_library_is_followed_though_nothing_can_be_learned(
    parts: Assembly,
    tmp_path: Path,
    switched: threading.Event,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(_: object) -> None:
        raise UnavailableError("no examples")

    monkeypatch.setattr(turns, "learned", fail)
    live = LiveChatbot(parts, look_seconds=0.01)
    live.prepare()
    live.start_watching()
    try:
        Loading(assembly(tmp_path)).load([written(tmp_path, CHANGED)])
        assert switched.wait(30)
    finally:
        live.stop_watching()


def test_a_watching_chatbot_follows_until_it_is_told_to_stop(
    parts: Assembly, tmp_path: Path, switched: threading.Event
) -> None:
    others = set(threading.enumerate())
    live = LiveChatbot(parts, look_seconds=0.01)
    live.prepare()
    live.start_watching()
    (watcher,) = set(threading.enumerate()) - others
    try:
        Loading(assembly(tmp_path)).load([written(tmp_path, CHANGED)])
        assert switched.wait(30)
        assert "18 giờ" in quote(live)
    finally:
        live.stop_watching()
    watcher.join(30)
    assert not watcher.is_alive()
    Loading(assembly(tmp_path)).load([written(tmp_path)])
    assert "18 giờ" in quote(live)
