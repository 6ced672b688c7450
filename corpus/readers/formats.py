"""What kind of file it is, by its content."""

from __future__ import annotations

import re

from corpus.errors import TextError

HEAD = 64 * 1024  # bytes that are enough to tell
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = {
    b"\x89PNG\r\n\x1a\n": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
    b"BM": "BMP",
}
_REFUSED = {
    b"Rar!": "a RAR archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"\x1f\x8b": "a gzip archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ": "an xz archive",
    b"\x7fELF": "a program",
    b"GIF8": "a GIF picture",
}
_HTML = re.compile(
    rb"<!doctype\s+html|<html[\s>]|<body[\s>]|<head[\s>]|<(?:p|div|table|span)\b[^>]*>", re.I
)
_MARKDOWN = re.compile(
    r"\A---\n.*?\n---\n|^#{1,6} +\S|^\|? *:?-{3,}:? *\||^\*\*\S[^\n]*\*\*", re.MULTILINE | re.DOTALL
)


def sniff(data: bytes, name: str) -> str:
    """Return "docx", "doc", "rtf", "pdf", "image", "html" or "text".

    Args:
        data: All bytes of the file.
        name: For the messages only; the extension decides nothing.

    Raises:
        TextError: It is a kind of file no reader takes; the message names the kind.
    """
    if data.startswith(b"PK\x03\x04"):
        return "docx"  # the reader itself says which other zip it is
    if data.startswith(b"PK\x05\x06"):
        raise TextError(f"{name} is an empty zip file; expected a document")
    if data.startswith(_OLE):
        return "doc"
    head = data[:HEAD]
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.lstrip().startswith(b"{\\rtf"):
        return "rtf"
    if any(head.startswith(magic) for magic in _IMAGES) and (
        not head.startswith(b"BM") or b"\x00" in head[:32]  # "BM" may also begin a text
    ):
        return "image"
    for magic, what in _REFUSED.items():
        if head.startswith(magic):
            raise TextError(f"{name} is {what}; unpack or convert it and load the document itself")
    flat = head.replace(b"\x00", b"") if head[:2] in (b"\xff\xfe", b"\xfe\xff") else head
    start = flat.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if start.startswith(b"<") and _HTML.search(flat):
        return "html"
    return "text"


def is_markdown(text: str) -> bool:
    """Whether text uses the marks of Markdown: front matter, headings, tables or bold lines."""
    return _MARKDOWN.search(text) is not None
