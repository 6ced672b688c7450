"""Data files that are lists of lines."""

from pathlib import Path

import pytest

from chatbot.data_files import numbered_lines
from corpus.errors import UnavailableError


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        ("", []),
        ("# chỉ có ghi chú\n\n", []),
        ("một", [(1, "một")]),
        ("# đầu\n\nmột\n   \nhai # ba\n", [(3, "một"), (5, "hai # ba")]),
        ("a\tb\r\n#c\r\n d \r\n", [(1, "a\tb"), (3, " d ")]),
    ],
)
def test_lines_keep_their_numbers(
    tmp_path: Path, content: str, lines: list[tuple[int, str]]
) -> None:
    file = tmp_path / "list.txt"
    file.write_bytes(content.encode())
    assert list(numbered_lines(file)) == lines


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    other = tmp_path / "utf-16.txt"
    other.write_text("một", "utf-16")
    for file in (tmp_path / "absent.txt", tmp_path, other):
        with pytest.raises(UnavailableError, match=f"{file} cannot be read: .*install the package"):
            list(numbered_lines(file))
