"""Files made to harm: each ends in a clear refusal, soon, and without the memory of the machine."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from corpus.errors import TextError
from corpus.readers import read_source
from corpus.readers.isolation import read_apart
from tests.corpus.readers.making import W, paragraph, write_docx

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def entity(encoding: str) -> bytes:
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?>'
        f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
        f"<w:document {W}><w:body>{paragraph('&e;')}</w:body></w:document>"
    )
    return text.encode(encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_external_entities_are_refused(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "x.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", entity(encoding))
    with pytest.raises(TextError, match="declares XML entities"):
        read_source(path)


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "x.docx", " " * (210 * 2**20))
    assert path.stat().st_size < 2**20
    with pytest.raises(TextError, match="unpacks to more than 200 MB"):
        read_source(path)


def test_other_parts_and_their_names_are_never_opened(tmp_path: Path) -> None:
    parts = {"../../evil.txt": "x", "word/vbaProject.bin": "macro", "word/embeddings/a.exe": "MZ"}
    path = write_docx(tmp_path / "x.docx", paragraph("Điều 1. A"), parts)
    assert read_source(path).text == "Điều 1. A\n"
    assert sorted(tmp_path.rglob("*")) == [path]


def encrypted_pdf() -> bytes:
    """A PDF that only names an unknown handler of passwords, which no reader can open."""
    return (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]"
        b"/Count 0>>endobj\n3 0 obj<</Filter/Standard/V 2/R 3/Length 128/P -1/O("
        + b"o" * 32 + b")/U(" + b"u" * 32 + b")>>endobj\ntrailer<</Root 1 0 R/Encrypt 3 0 R"
        b"/ID[(0123456789abcdef)(0123456789abcdef)]>>\n%%EOF"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7\n" + bytes(range(256)) * 8, "damaged PDF"),
        (encrypted_pdf(), "protected by a password"),
        (OLE + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        (OLE + b"\x00" * 4000, "not a Word document"),
        (b"\x89PNG\r\n\x1a\n" + bytes(300), "damaged picture"),
        (b"PK\x03\x04" + bytes(300), "damaged Word file"),
        (b"<html>" + b"<div>" * 200_000 + b"x", "deep"),
        (b"<!DOCTYPE html><html></html>", "is empty"),
        (b"", "is empty"),
    ],
)
def test_broken_and_locked_files_are_refused(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "x"
    path.write_bytes(data)
    with pytest.raises(TextError, match=words):
        read_source(path)


def test_a_word_table_in_a_table_without_end_is_refused(tmp_path: Path) -> None:
    body = "<w:tbl><w:tr><w:tc>" * 4000 + "</w:tc></w:tr></w:tbl>" * 4000
    with pytest.raises(TextError, match="damaged Word file"):
        read_source(write_docx(tmp_path / "x.docx", body))


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe", tmp_path / "absent", Path("a\0b")):
        with pytest.raises(TextError, match="cannot be read"):
            read_source(path)


def test_a_large_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    with path.open("wb") as file:
        file.truncate(51 * 2**20)
    with pytest.raises(TextError, match="more than 50 MB"):
        read_source(path)


def test_a_reader_that_says_nothing_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "x.html"
    path.write_text("<p>Điều 1. A")
    with pytest.raises(TextError, match="given up"):
        read_apart(path, "x", "html", silence=0.01)


def test_a_reader_that_needs_too_much_memory_says_so(tmp_path: Path) -> None:
    code = (
        "import sys; from corpus.readers import limits, worker; limits.MEMORY = 400 * 2**20;"
        "sys.argv = ['x', sys.argv[1], 'x.docx', 'docx']; worker.main()"
    )
    body = "".join(paragraph("Điều 1. A") for _ in range(700_000))
    path = write_docx(tmp_path / "x.docx", body)
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, timeout=60
    )
    assert "GB of memory" in done.stdout
