"""Saved web pages: paragraphs, lists with their numbers, tables; scripts and styles go.

The page is never loaded: nothing it names is fetched. The tree is walked without recursion, so
its depth costs memory only, and lxml itself stops at its own depth.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree, html
from lxml.etree import _Element as Node

from corpus.errors import TextError
from corpus.readers.content import Content, Table, lines_of
from corpus.readers.encodings import decode_any, untangle
from corpus.readers.numbering import shape

_HIDDEN = frozenset(
    "script style head title noscript template svg math object embed iframe select textarea "
    "button audio video canvas nav".split()
)
_BLOCKS = frozenset(
    "p div li ul ol h1 h2 h3 h4 h5 h6 section article main header footer aside blockquote pre "
    "center dl dt dd form fieldset figure figcaption address hr body html caption".split()
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_XML_HEAD = re.compile(r"^\s*<\?xml[^>]*\?>")
_BLANK = re.compile(r"[ \t\r\n\f]+")
_ORDER = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
MAX_DEPTH = 500


@dataclass(slots=True)
class _Out:
    """A place text goes to: the page, or a cell of a table."""

    blocks: list[str | Table] = field(default_factory=list)
    line: list[str] = field(default_factory=list)

    def end_line(self) -> None:
        text = "".join(self.line).strip()
        self.line.clear()
        if text:
            self.blocks.append(text)


@dataclass(slots=True)
class _Rows:
    rows: list[list[str]] = field(default_factory=list)


def read_html(data: bytes, name: str) -> Content:
    """Read a page.

    Raises:
        TextError: Its encoding is unknown, it holds nothing, or is nested absurdly.
    """
    text, encoding = _decode(data, name)
    # huge_tree: without it lxml drops what lies deep and says nothing; our own bound says it.
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = html.document_fromstring(_XML_HEAD.sub("", text), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise TextError(f"{name} cannot be read as a web page: {error}") from error
    if any("depth" in str(entry.message).lower() for entry in parser.error_log):
        raise TextError(f"{name} nests its elements more than {MAX_DEPTH} deep; refused")
    found, hidden = untangle(lines_of(_walk(root, name)))
    return Content(found, "html", encoding if hidden == "utf-8" else hidden)


def _decode(data: bytes, name: str) -> tuple[str, str]:
    """Return the page's text: by what its letters are, else by what it says of itself."""
    try:
        return decode_any(data, name)
    except TextError:
        stated = _CHARSET.search(data[:4096])
        if stated is None:
            raise
        try:
            return data.decode(stated[1].decode("ascii")), stated[1].decode("ascii").lower()
        except (LookupError, UnicodeDecodeError):
            raise TextError(
                f"{name} says it is in {stated[1].decode('ascii')}, and is not; save it as UTF-8"
            ) from None


def _walk(root: Node, name: str) -> list[str | Table]:
    """Return the blocks of a page in reading order."""
    page = _Out()
    outs, tables, counters = [page], list[_Rows](), list[tuple[str, int] | None]()
    # An explicit stack of (element, entered?) in place of recursion.
    todo: list[tuple[Node, bool]] = [(root, False)]
    depth = 0
    while todo:
        element, leaving = todo.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        out = outs[-1]
        if leaving:
            depth -= 1
            _leave(tag, outs, tables, counters)
            if element.tail and depth:
                outs[-1].line.append(_blank(element.tail))
            continue
        if tag in _HIDDEN or not tag or _is_hidden(element):
            if element.tail and depth:
                out.line.append(_blank(element.tail))
            continue
        depth += 1
        if depth > MAX_DEPTH:
            raise TextError(f"{name} nests its elements more than {MAX_DEPTH} deep; refused")
        _enter(element, tag, outs, tables, counters)
        if element.text:
            outs[-1].line.append(element.text if tag == "pre" else _blank(element.text))
        todo.append((element, True))
        todo.extend((child, False) for child in reversed(element))
    page.end_line()
    return page.blocks


def _enter(
    element: Node,
    tag: str,
    outs: list[_Out],
    tables: list[_Rows],
    counters: list[tuple[str, int] | None],
) -> None:
    out = outs[-1]
    if tag in _BLOCKS or tag == "br":
        out.end_line()
    if tag == "table":
        out.end_line()
        tables.append(_Rows())
    elif tag == "tr" and tables:
        tables[-1].rows.append([])
    elif tag in ("td", "th") and tables:
        outs.append(_Out())
    elif tag in ("ul", "ol"):
        how = _ORDER.get(element.get("type", "1"), "decimal")
        counters.append((how, _whole(element.get("start"), 1)) if tag == "ol" else None)
    elif tag == "li":
        out.line.append(_list_label(element, counters))


def _leave(
    tag: str, outs: list[_Out], tables: list[_Rows], counters: list[tuple[str, int] | None]
) -> None:
    if tag in _BLOCKS:
        outs[-1].end_line()
    if tag in ("ul", "ol") and counters:
        counters.pop()
    if tag in ("td", "th") and tables and len(outs) > 1:
        cell = outs.pop()
        cell.end_line()
        if not tables[-1].rows:
            tables[-1].rows.append([])
        tables[-1].rows[-1].append(lines_of(cell.blocks).strip("\n"))
    elif tag == "table" and tables:
        rows = tables.pop().rows
        outs[-1].end_line()
        outs[-1].blocks.append(Table(tuple(tuple(row) for row in rows)))


def _list_label(element: Node, counters: list[tuple[str, int] | None]) -> str:
    """Return what a browser draws before an item, and count on."""
    if not counters or counters[-1] is None:
        return "- "
    how, number = counters[-1]
    number = _whole(element.get("value"), number)
    counters[-1] = (how, number + 1)
    return f"{shape(number, how)}. "


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else default


def _is_hidden(element: Node) -> bool:
    style = element.get("style")
    return element.get("hidden") is not None or (
        style is not None and "display:none" in style.replace(" ", "").lower()
    )


def _blank(text: str) -> str:
    return _BLANK.sub(" ", text)
