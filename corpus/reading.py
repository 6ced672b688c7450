"""From a file to text: plain text and Markdown."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import TextError
from corpus.text import clean

MAX_BYTES = 50 * 2**20
_BINARY = {b"PK\x03\x04": "a zip or Word file", b"%PDF": "a PDF", b"\xd0\xcf\x11\xe0": "a .doc"}
_HEADING = re.compile(r"^#{1,6}\s+", re.MULTILINE)
_EMPHASIS = re.compile(r"\*{1,3}(?=\S)(.{1,2000}?)(?<=\S)\*{1,3}")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|])")
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of a file, as `parse` takes it, and how it was read."""

    text: str
    name: str
    sha256: str  # of the file's bytes
    format: str = "txt"  # "txt", "md", "html", "docx", "doc", "pdf", "image"
    encoding: str = "utf-8"  # what the characters were written in; "" where the format says it
    scanned: bool = False  # the text was read from a picture
    confidence: float | None = None  # mean of the words read from a picture, 0 to 1
    pages: int | None = None  # where the format has pages
    notes: tuple[str, ...] = ()  # what may be missing, in English, for the operator


def read_file(path: Path) -> SourceText:
    """Read a text or Markdown file.

    Raises:
        TextError: It is not there, a directory, too large, not text, or empty.
    """
    try:
        if path.is_file() and path.stat().st_size > MAX_BYTES:
            raise TextError(f"{path} has more than {MAX_BYTES // 2**20} MB, the most that is read")
        data = path.read_bytes()
    except OSError as error:
        raise TextError(f"{path} cannot be read: {error.strerror or error}") from error
    text = decode(data, str(path))
    if path.suffix.lower() in (".md", ".markdown"):
        text = unmark(text)
    return SourceText(text, path.name, hashlib.sha256(data).hexdigest())


def decode(data: bytes, name: str) -> str:
    """Return `data` as clean text; UTF-8, or UTF-16 with a byte order mark.

    Raises:
        TextError: See `read_file`.
    """
    for magic, what in _BINARY.items():
        if data.startswith(magic):
            raise TextError(f"{name} is {what}; plain text or Markdown in UTF-8 is expected")
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = clean(data.decode(encoding))
    except UnicodeDecodeError as error:
        raise TextError(
            f"{name} is not {encoding.upper().removesuffix('-SIG')} text "
            f"(byte {error.start}); save it as UTF-8"
        ) from error
    except TextError as error:
        raise TextError(f"{name}: {error}") from error
    if not text.strip():
        raise TextError(f"{name} is empty; expected the text of a document")
    return text


def unmark(text: str) -> str:
    """Return Markdown as plain text: front matter, heading marks, emphasis and escapes go."""
    text = _HEADING.sub("", _FRONT_MATTER.sub("", text))
    return _ESCAPED.sub(r"\1", _EMPHASIS.sub(r"\1", text))
