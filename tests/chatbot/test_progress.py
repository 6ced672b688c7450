"""Progress bars on standard error."""

import io
from contextlib import redirect_stderr

import pytest

from chatbot.progress import ProgressBars


class Terminal(io.StringIO):
    """Standard error of a person at a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")


def test_each_file_and_the_embedding_have_a_bar_of_their_own() -> None:
    with redirect_stderr(Terminal()) as screen, ProgressBars() as bars:
        for done in (1, 2, 3):
            bars.pages("dieu.pdf", done, 8)
        bars.pages("day.pdf", 5, 5)
        bars.embedding(40, 90)
    first, second, third = screen.getvalue().splitlines()[-4:-1]
    assert "Reading dieu.pdf" in first
    assert "3/8" in first
    assert "Reading day.pdf" in second
    assert "5/5" in second
    assert third.startswith("Embedding ")
    assert "40/90" in third


def test_a_total_may_become_known_later() -> None:
    with redirect_stderr(Terminal()) as screen, ProgressBars() as bars:
        bars.embedding(0, 10)
        bars.embedding(12, 20)
    assert "12/20" in screen.getvalue().rpartition("Embedding")[2]


def test_nothing_is_drawn_into_a_file_or_pipe() -> None:
    with redirect_stderr(io.StringIO()) as pipe, ProgressBars() as bars:
        bars.pages("dieu.pdf", 1, 8)
        bars.embedding(1, 2)
    assert pipe.getvalue() == ""


def fails(bars: ProgressBars) -> None:
    with bars:
        bars.embedding(1, 2)
        raise KeyError


def test_an_error_ends_the_bars_and_is_raised() -> None:
    with redirect_stderr(Terminal()) as screen:
        bars = ProgressBars()
        with pytest.raises(KeyError):
            fails(bars)
        drawn = screen.getvalue()
        assert drawn.endswith("\x1b[?25h")  # the cursor is back
        bars.embedding(2, 2)
        assert screen.getvalue() == drawn
