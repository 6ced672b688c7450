"""Corpora given as articles in JSON lines."""

from __future__ import annotations

import gzip
import json
import unicodedata
from pathlib import Path

import pytest

from corpus.articles import read_corpus
from corpus.errors import InputError
from corpus.library import Library

ROWS = (
    {"document": "Luật Diều", "article": "1", "heading": "Phạm vi", "text": "Về  diều."},
    {"document": "Luật Dây", "article": "7", "heading": "", "text": "1. Một.\n2. Hai."},
    {"document": "Luật Diều", "article": "2a", "heading": "Giờ\nthả", "text": "Từ 7 giờ."},
)
LINES = "\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS) + "\n"


def read(folder: Path, content: bytes | str, name: str = "corpus.jsonl") -> Library:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_corpus(path)


def quotes(library: Library) -> dict[tuple[str, str], str]:
    return {clause.key: clause.quote for clause in library.clauses}


FOUND = {
    ("luat-dieu", "dieu-1"): "Về  diều.",
    ("luat-dieu", "dieu-2a"): "Từ 7 giờ.",
    ("luat-day", "dieu-7.khoan-1"): "1. Một.",
    ("luat-day", "dieu-7.khoan-2"): "2. Hai.",
}


@pytest.mark.parametrize(
    "content",
    [
        LINES,
        "\ufeff" + LINES,
        LINES.replace("\n", "\r\n"),
        LINES.replace("\n", "\n\n  \n"),
        unicodedata.normalize("NFD", LINES),
        LINES.replace('"1"', "1", 1),  # a number where a text is expected
        LINES.replace('""', "null"),
    ],
)
def test_articles_are_gathered_by_document_however_the_file_is_written(
    tmp_path: Path, content: str
) -> None:
    assert quotes(read(tmp_path, content)) == FOUND


def test_a_compressed_file_is_read_as_well(tmp_path: Path) -> None:
    assert quotes(read(tmp_path, gzip.compress(LINES.encode()), "corpus.jsonl.gz")) == FOUND


def test_headings_stand_on_one_line(tmp_path: Path) -> None:
    headings = [clause.heading for clause in read(tmp_path, LINES).clauses]
    assert headings == ["Phạm vi", "Giờ thả", "", ""]


def test_names_are_those_of_the_documents(tmp_path: Path) -> None:
    library = read(tmp_path, LINES)
    assert library.names == ("Luật Diều", "Luật Dây")
    assert library.find("luật diều").metadata.name == "Luật Diều"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('{"document": "A", "article": "1", "heading": ""}', "line 4: expected .*'text'"),
        ('"chữ"', "line 4: expected"),
        (
            '{"document": "", "article": "1", "heading": "", "text": ""}',
            "corpus.jsonl line 4: expected .*has no letter or digit",
        ),
        ("null", "line 4: expected"),
        ('{"document": "A",', "line 4: expected"),
        (
            '{"document": "A", "article": "1", "heading": "", "text": "\\u0000"}',
            r"line 4: expected .*control character U\+0000",
        ),
    ],
)
def test_the_wrong_line_is_named_with_what_is_wrong(tmp_path: Path, line: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        read(tmp_path, f"{LINES}{line}\n{LINES}")


@pytest.mark.parametrize("content", ["", "\n \n"])
def test_a_file_without_article_is_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(InputError, match="holds no article"):
        read(tmp_path, content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("corpus.jsonl", b"\xff\xfe\xfd"),
        ("corpus.jsonl.gz", LINES.encode()),
        ("corpus.jsonl.gz", gzip.compress(LINES.encode())[:-9]),
    ],
)
def test_what_is_no_such_file_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    with pytest.raises(InputError, match=f"{name} cannot be read as JSON lines"):
        read(tmp_path, content, name)


def test_an_absent_file_or_a_directory_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "absent.jsonl"):
        with pytest.raises(InputError, match="cannot be read as JSON lines"):
            read_corpus(path)
