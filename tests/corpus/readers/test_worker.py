"""The reading process: lines of JSON, and its limits."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.corpus.readers.making import LINES, TEXT, paragraph, write_docx


def messages(path: Path, kind: str, before: str = "") -> list[dict[str, Any]]:
    """Return what the process writes; `before` is code that runs ahead of it."""
    code = f"import sys; from corpus.readers import limits, worker; {before}worker.main()"
    done = subprocess.run(
        [sys.executable, "-c", code, str(path), "tệp.docx", kind],
        cwd=Path(__file__).parents[3],
        env={**os.environ, "PYTHONPATH": ""},
        capture_output=True,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.decode("ascii").splitlines()]


def test_the_content_is_the_last_line(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "x", "".join(map(paragraph, LINES)))
    (message,) = messages(path, "docx")
    assert message == {
        "content": {
            "text": TEXT,
            "format": "docx",
            "encoding": "",
            "scanned": False,
            "confidence": None,
            "pages": None,
            "notes": [],
        }
    }


def test_what_a_reader_prints_does_not_come_between(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "x", paragraph("Điều 1. A"))
    noise = "import os; old = worker.extract; "
    noise += "worker.extract = lambda *a: (os.write(1, b'noise\\n'), old(*a))[1]; "
    (message,) = messages(path, "docx", noise)
    assert message["content"]["text"] == "Điều 1. A\n"


def test_a_file_that_cannot_be_read_is_an_error_of_one_line(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"PK\x03\x04")
    (message,) = messages(tmp_path / "x", "docx")
    assert list(message) == ["error"]
    assert message["error"].startswith("tệp.docx is a damaged Word file")


def test_an_absent_file_is_named(tmp_path: Path) -> None:
    assert messages(tmp_path / "absent", "html") == [
        {"error": "tệp.docx cannot be read: No such file or directory"}
    ]


def test_too_much_text_is_refused(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "x", paragraph("Điều 1. A"))
    few = "limits.MAX_CHARS = 9; "
    assert messages(path, "docx", few) == [
        {"error": "tệp.docx holds more than 9 characters, too many"}
    ]
    assert "content" in messages(path, "docx", few.replace("9", "10"))[0]


def test_the_process_cannot_write_more_than_the_limit(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "x", paragraph("Điều 1. A"))
    told = "import resource as r; worker.extract = lambda *a: (_ for _ in ()).throw(OSError("
    told += "str([r.getrlimit(x)[0] for x in (r.RLIMIT_FSIZE, r.RLIMIT_CORE)]))); "
    (message,) = messages(path, "docx", told)
    assert message["error"] == f"tệp.docx cannot be read: [{200 * 2**20}, 0]"
