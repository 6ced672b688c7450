"""From a file an operator has to text, whatever its format.

`read_source` is the one door: it judges the format by content, reads plain text itself and
everything else in a process of its own with limits (`isolation`).
"""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path

from corpus.errors import TextError
from corpus.readers import limits
from corpus.readers.content import Content, Progress
from corpus.readers.extract import extract
from corpus.readers.formats import sniff
from corpus.readers.isolation import read_apart
from corpus.reading import SourceText
from corpus.text import clean

__all__ = ["Progress", "read_source"]


def read_source(path: Path, progress: Progress | None = None) -> SourceText:
    """Read the text of a file: txt, md, html, docx, doc, rtf, pdf, scanned pdf, png, jpeg, tiff.

    Args:
        path: The file; its extension decides nothing.
        progress: Called with the page done and the number of pages, where there are pages.

    Raises:
        TextError: It is not there, no ordinary file, too large, of an unknown kind, damaged,
            protected by a password, empty, or needs a program that is not installed.
    """
    name = path.name
    data = _bytes(path)
    kind = sniff(data, name)
    digest = hashlib.sha256(data).hexdigest()
    # Our own decoder needs no process of its own: it holds no parser.
    content = (extract if kind == "text" else read_apart)(path, name, kind, progress)
    return SourceText(
        _text(content, name),
        name,
        digest,
        content.format,
        content.encoding,
        content.scanned,
        content.confidence,
        content.pages,
        content.notes,
    )


def _bytes(path: Path) -> bytes:
    try:
        facts = path.stat()
        if not stat.S_ISREG(facts.st_mode):
            kind = "a directory" if stat.S_ISDIR(facts.st_mode) else "no ordinary file"
            raise TextError(f"{path} cannot be read: it is {kind}; expected a document")
        if facts.st_size > limits.MAX_BYTES:
            raise TextError(
                f"{path} has more than {limits.MAX_BYTES // 2**20} MB, the most that is read"
            )
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise TextError(f"{path} cannot be read: {reason}") from error


def _text(content: Content, name: str) -> str:
    try:
        text = clean(content.text)
    except TextError as error:
        raise TextError(f"{name}: {error}") from error
    if not text.strip():
        raise TextError(f"{name} is empty: no text was found in it; expected a document")
    return text
