from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import TextError
from corpus.reading import decode, read_file, unmark
from corpus.text import fold, syllables


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b" \n ", "is empty"),
        (b"a\x00b", "control character U\\+0000"),
        (b"\xff\xff\xff", "is not UTF-8 text"),
        (b"%PDF-1.7", "is a PDF"),
        (b"PK\x03\x04", "zip or Word"),
    ],
)
def test_what_is_not_text_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(TextError, match=words):
        decode(data, "x.txt")


def test_a_directory_or_missing_file_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "absent.txt"):
        with pytest.raises(TextError, match="cannot be read"):
            read_file(path)


def test_line_ends_and_byte_order_marks_go() -> None:
    assert decode("\ufeffĐiều 1\r\nA\rB".encode(), "x") == "Điều 1\nA\nB"
    assert decode("Điều".encode("utf-16"), "x") == "Điều"


def test_markdown_becomes_plain_text() -> None:
    assert unmark("---\nt: 1\n---\n## **Điều 1. A** \\- *b*\n") == "Điều 1. A - b\n"


def test_folding_and_syllables_keep_what_citations_need() -> None:
    assert fold("Điều Đ") == "dieu d"
    assert syllables("khoản 2 điểm đ ở") == ["khoản", "2", "điểm", "đ", "ở"]
