"""Old Word files: our own reader, or a program. Programs here are shell scripts of their name."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import TextError
from corpus.readers.content import Content
from corpus.readers.doc import NO_NUMBERS, read_doc
from tests.corpus.readers.making import LINES, TEXT, paragraph, write_docx
from tests.corpus.readers.test_word97 import NUMBERED, plain, word

OWN = word(plain(*LINES))
BY_WORD = word([("Phạm vi\r", NUMBERED)])
WORD6 = word(plain(*LINES), version=0x65)
RTF = b"{\\rtf1 x}"


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder programs are looked for in; empty."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def program(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(0o755)


def read(folder: Path, data: bytes, kind: str = "doc") -> Content:
    path = folder / "$(x) 'y'.doc"
    path.write_bytes(data)
    return read_doc(path, data, "x.doc", kind=kind)


def test_word_97_needs_no_program(tmp_path: Path, programs: Path) -> None:
    assert read(tmp_path, OWN) == Content(TEXT, "doc")


def test_numbers_that_could_not_be_read_are_said_to_be_missing(
    tmp_path: Path, programs: Path
) -> None:
    program(programs, "catdoc", "exit 1")  # knows no numbers either
    assert read(tmp_path, BY_WORD) == Content("Phạm vi\n", "doc", notes=(NO_NUMBERS,))


@pytest.mark.parametrize(("data", "kind"), [(WORD6, "doc"), (RTF, "rtf")])
def test_without_a_program_the_message_says_what_to_install(
    tmp_path: Path, programs: Path, data: bytes, kind: str
) -> None:
    words = rf"^x.doc is a .{kind} file that LibreOffice or catdoc reads; .*apt-get install catdoc"
    with pytest.raises(TextError, match=words):
        read(tmp_path, data, kind)


CONVERT = '/bin/cp "{made}" "$7/source.docx"'  # soffice … --outdir FOLDER SOURCE


@pytest.mark.parametrize("name", ["soffice", "libreoffice"])
@pytest.mark.parametrize(("data", "kind"), [(BY_WORD, "doc"), (WORD6, "doc"), (RTF, "rtf")])
def test_libreoffice_reads_what_our_reader_does_not(
    tmp_path: Path, programs: Path, name: str, data: bytes, kind: str
) -> None:
    made = write_docx(tmp_path / "made.docx", "".join(map(paragraph, LINES)))
    program(programs, name, CONVERT.format(made=made))
    program(programs, "catdoc", "exit 1")
    assert read(tmp_path, data, kind) == Content(TEXT, kind)


def test_libreoffice_is_not_started_for_what_our_reader_reads(
    tmp_path: Path, programs: Path
) -> None:
    program(programs, "soffice", "exit 1")
    assert read(tmp_path, OWN).text == TEXT


def test_libreoffice_that_makes_nothing_is_named(tmp_path: Path, programs: Path) -> None:
    program(programs, "soffice", "exit 0")
    with pytest.raises(TextError, match=r"^LibreOffice could not read x.doc; is it damaged"):
        read(tmp_path, RTF, "rtf")


@pytest.mark.parametrize("name", ["soffice", "catdoc"])
def test_a_program_that_fails_is_named_with_its_code(
    tmp_path: Path, programs: Path, name: str
) -> None:
    program(programs, name, "exit 3")
    with pytest.raises(TextError, match=rf"^{name} could not read x.doc \(exit code 3\)"):
        read(tmp_path, RTF, "rtf")


def catdoc_says(tmp_path: Path, programs: Path, said: bytes) -> Content:
    (tmp_path / "said").write_bytes(said)
    program(programs, "catdoc", f'/bin/cat "{tmp_path / "said"}"')
    return read(tmp_path, WORD6)


def test_catdoc_writes_a_line_a_paragraph(tmp_path: Path, programs: Path) -> None:
    said = "Điều 1.\tPhạm  vi\r\x0c\x071. Một \n".encode()
    assert catdoc_says(tmp_path, programs, said) == Content("Điều 1. Phạm vi\n1. Một\n", "doc")


def test_letters_of_old_fonts_are_undone_behind_catdoc_too(tmp_path: Path, programs: Path) -> None:
    found = catdoc_says(tmp_path, programs, "§iÒu 1. Ph¹m vi\n".encode())
    assert found == Content("Điều 1. Phạm vi\n", "doc", "tcvn3")


def test_catdoc_that_meets_a_password_is_understood(tmp_path: Path, programs: Path) -> None:
    with pytest.raises(TextError, match=r"^x.doc is protected by a password"):
        catdoc_says(tmp_path, programs, b"[This File is encrypted]\n")


def test_what_catdoc_cannot_decode_is_shown_as_unknown(tmp_path: Path, programs: Path) -> None:
    assert catdoc_says(tmp_path, programs, b"A\xff\n").text == "A\ufffd\n"
