"""Which reader takes a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import TextError
from corpus.readers.content import Content
from corpus.readers.extract import extract
from tests.corpus.readers.making import LINES, TEXT, paragraph, write_docx
from tests.corpus.readers.test_encodings import in_tcvn3


def written(folder: Path, data: bytes) -> Path:
    path = folder / "x"
    path.write_bytes(data)
    return path


def test_plain_text_is_not_read_as_markdown(tmp_path: Path) -> None:
    text = "Điều 1. A\n1 * 2 * 3\n\\- giữ\n"
    assert extract(written(tmp_path, text.encode()), "x", "text") == Content(text, "txt", "utf-8")


def test_markdown_loses_its_marks_and_keeps_its_tables(tmp_path: Path) -> None:
    text = "## Điều 1. A\n|Số|**Tên**|\n|-|-|\n|1|Ống|\n**Hết** \\- rồi\n"
    assert extract(written(tmp_path, text.encode()), "x.txt", "text") == Content(
        "Điều 1. A\n| Số | Tên |\n| 1 | Ống |\nHết - rồi\n", "md", "utf-8"
    )


def test_the_encoding_found_is_told(tmp_path: Path) -> None:
    found = extract(written(tmp_path, in_tcvn3(TEXT)), "x", "text")
    assert (found.format, found.encoding) == ("txt", "tcvn3")


@pytest.mark.parametrize("kind", ["docx", "html"])
def test_each_kind_has_its_reader(tmp_path: Path, kind: str) -> None:
    if kind == "docx":
        path = write_docx(tmp_path / "x", "".join(map(paragraph, LINES)))
    else:
        path = written(tmp_path, "".join(f"<p>{line}</p>" for line in LINES).encode())
    found = extract(path, "x", kind)
    assert (found.text, found.format) == (TEXT, kind)


def test_a_kind_without_reader_is_named(tmp_path: Path) -> None:
    with pytest.raises(TextError, match=r"^văn bản.odt is of a kind \(odt\) that no reader takes$"):
        extract(written(tmp_path, b"x"), "văn bản.odt", "odt")


def test_bytes_that_are_no_text_are_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(TextError, match=r"^tệp.txt is not UTF-8 text"):
        extract(written(tmp_path, b"\xff\xfa\xfb caf\xe9 \x92\xf1"), "tệp.txt", "text")
