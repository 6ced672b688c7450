"""Reading in a process of its own. Where that process must misbehave, a script stands in for it."""

from __future__ import annotations

import contextlib
import os
import select
from pathlib import Path

import pytest

from corpus.errors import TextError
from corpus.readers.extract import extract
from corpus.readers.isolation import read_apart
from tests.corpus.readers.making import LINES, paragraph, write_docx


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write_docx(tmp_path / "tệp '$(x)'.docx", "".join(map(paragraph, LINES)))


def interpreter(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Let `script` run in place of Python."""
    path = folder / "python"
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(0o755)
    monkeypatch.setattr("sys.executable", str(path))


def test_it_gives_what_reading_here_gives(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    relative = Path(file.name)
    assert read_apart(relative, file.name, "docx") == extract(file, file.name, "docx")


def test_what_the_reader_refuses_is_refused_in_its_words(file: Path) -> None:
    with pytest.raises(TextError, match=r"^tệp is of a kind \(odt\) that no reader takes$"):
        read_apart(file, "tệp", "odt")


PAGES = """\
echo '{"page": 1, "of": 2}'
echo '{"page": 2, "of": 2}'
printf '{"content": {"text": "\\\\u0110i\\\\u1ec1u", "format": "pdf", "pages": 2, '
echo '"notes": ["a"]}}'"""


def test_pages_are_told_as_they_are_read(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    interpreter(tmp_path, monkeypatch, PAGES)
    told: list[tuple[int, int]] = []
    content = read_apart(file, "tệp", "pdf", lambda page, of: told.append((page, of)))
    assert told == [(1, 2), (2, 2)]
    assert (content.text, content.pages, content.notes) == ("Điều", 2, ("a",))
    assert read_apart(file, "tệp", "pdf") == content


@pytest.mark.parametrize(
    ("script", "why"),
    [
        ("exit 0", "exit code 0"),
        ("exit 7", "exit code 7"),
        ("kill -9 $$", "signal SIGKILL"),
        ("kill -XCPU $$", "signal SIGXCPU"),
        ("printf '{\"content\": {'; exit 1", "exit code 1"),
    ],
)
def test_a_reader_that_stops_without_an_answer_is_explained(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, why: str
) -> None:
    interpreter(tmp_path, monkeypatch, script)
    words = rf"^tệp could not be read: its reader stopped \({why}\); the file is damaged or too"
    with pytest.raises(TextError, match=words):
        read_apart(file, "tệp", "docx")


@pytest.mark.parametrize(
    ("silence", "total", "words"),
    [
        (0.05, 60.0, "^tệp: no page read within .* given up"),
        (60.0, 0.05, "^tệp: not finished within .* given up"),
    ],
)
def test_a_silent_reader_is_given_up(
    file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    silence: float,
    total: float,
    words: str,
) -> None:
    interpreter(tmp_path, monkeypatch, "exec /bin/sleep 60")
    with pytest.raises(TextError, match=words):
        read_apart(file, "tệp", "docx", silence=silence, total=total)


@pytest.mark.parametrize("end", ["exit 1", 'echo \'{"error": "hỏng"}\'; wait', PAGES + "; wait"])
def test_nothing_the_reader_started_outlives_it(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    alive = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    started = f'exec 3>"{pipe}"; /bin/sleep 60 >/dev/null 2>&1 & '
    interpreter(tmp_path, monkeypatch, started + end)
    with contextlib.suppress(TextError):
        read_apart(file, "tệp", "docx")
    closed, _, _ = select.select([alive], [], [], 10)
    assert closed
    assert os.read(alive, 1) == b""
    os.close(alive)
