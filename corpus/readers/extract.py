"""From the bytes of a file to its content: picks the reader. Runs in the reading process."""

from __future__ import annotations

from pathlib import Path

from corpus.errors import TextError
from corpus.readers.content import Content, Progress
from corpus.readers.encodings import decode_any
from corpus.readers.formats import is_markdown
from corpus.readers.markdown import markdown_tables
from corpus.reading import unmark


def extract(path: Path, name: str, kind: str, progress: Progress | None = None) -> Content:
    """Read a file.

    Args:
        path: The file.
        name: What messages call it.
        kind: As `formats.sniff` gives it.
        progress: Called with the page done and the number of pages.

    Raises:
        TextError: It cannot be read; the message says why and what to do.
    """
    # Libraries for one format are loaded when that format is met.
    if kind == "docx":
        from corpus.readers.docx import read_docx

        return read_docx(path, name)
    data = path.read_bytes()
    if kind in ("doc", "rtf"):
        from corpus.readers.doc import read_doc

        return read_doc(path, data, name, kind=kind)
    if kind == "pdf":
        from corpus.readers.pdf import read_pdf

        return read_pdf(data, name, progress)
    if kind == "image":
        from corpus.readers.ocr import read_image

        return read_image(data, name, progress)
    if kind == "html":
        from corpus.readers.html import read_html

        return read_html(data, name)
    if kind == "text":
        text, encoding = decode_any(data, name)
        if is_markdown(text):
            return Content(unmark(markdown_tables(text)), "md", encoding)
        return Content(text, "txt", encoding)
    raise TextError(f"{name} is of a kind ({kind}) that no reader takes")
