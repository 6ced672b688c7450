"""Word files (.docx): paragraphs with their automatic numbers, tables, footnotes, text boxes.

A .docx is a zip of XML parts. Macros and embedded objects are other parts and never opened;
entities and document types are refused, so no part can name a file or grow while it is read.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree
from lxml.etree import _Element as Node

from corpus.errors import TextError
from corpus.readers import limits
from corpus.readers.content import Content, Table, lines_of
from corpus.readers.encodings import from_tcvn3, from_vni, untangle
from corpus.readers.numbering import Numbering

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_LOOSE = W[1:-1].encode()
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_SKIPPED = frozenset(
    W + name for name in ("pPr", "rPr", "del", "moveFrom", "instrText", "delText", "sectPr")
)
MAX_DEPTH = 200  # of tables in text boxes in tables


def read_docx(path: Path, name: str) -> Content:
    """Read a Word file.

    Raises:
        TextError: It is another kind of zip, broken, too large, or holds forbidden XML.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _Reader(archive, name).read()
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        if "encrypted" in str(error) or "password" in str(error):
            raise TextError(
                f"{name} is protected by a password; remove it and try again"
            ) from error
        raise TextError(f"{name} is a damaged Word file: {error}") from error


class _Reader:
    """One file: the parts read, and the state of its numbers and notes."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self._archive, self._name, self._room = archive, name, limits.MAX_UNPACKED
        self._notes: dict[tuple[str, str], str] = {}  # kind and id of a note to its mark
        self._after: list[str | Table] = []  # text boxes of the paragraph that is being read

    def read(self) -> Content:
        """Return the text of the document, its notes at the end."""
        document = self._part("word/document.xml")
        if document is None:
            raise TextError(f"{self._name} is a zip file without a Word document; unpack it first")
        body = document.find(f"{W}body")
        if body is None:
            raise TextError(f"{self._name} is a damaged Word file: it has no body")
        self._numbering = Numbering(self._part("word/numbering.xml"), self._part("word/styles.xml"))
        blocks = list(self._blocks(body, 0))
        blocks.extend(self._note_blocks())
        text, hidden = untangle(lines_of(blocks))
        return Content(text, "docx", hidden if hidden != "utf-8" else "")

    def _part(self, part: str) -> Node | None:
        """Return the root of an XML part, `None` where there is none."""
        try:
            with self._archive.open(part) as stream:
                data = stream.read(self._room + 1)  # the size a zip states of itself is not trusted
        except KeyError:
            return None
        self._room -= len(data)
        if self._room < 0:
            raise TextError(
                f"{self._name} unpacks to more than {limits.MAX_UNPACKED // 2**20} MB, "
                "the most that is read"
            )
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        try:
            root = etree.fromstring(data.replace(_STRICT, _LOOSE), parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            if getattr(error, "lineno", None) == 0:  # how lxml says that memory ran out
                raise MemoryError from error
            raise TextError(f"{self._name} is a damaged Word file: {part}: {error}") from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise TextError(
                f"{self._name} declares XML entities, which no Word file needs; refused"
            )
        return root

    def _blocks(self, parent: Node, depth: int) -> Iterator[str | Table]:
        """Yield the paragraphs and tables directly in `parent`, and those of wrappers in it."""
        if depth > MAX_DEPTH:
            raise TextError(f"{self._name} nests tables more than {MAX_DEPTH} deep; refused")
        for child in parent:
            if child.tag == f"{W}p":
                outer, self._after = self._after, []
                yield self._paragraph(child, depth)
                boxes, self._after = self._after, outer
                yield from boxes
            elif child.tag == f"{W}tbl":
                yield self._table(child, depth)
            elif child.tag == _CHOICE:
                yield from self._blocks(child[0] if len(child) else child, depth + 1)
            elif child.tag not in _SKIPPED and isinstance(child.tag, str):
                yield from self._blocks(child, depth + 1)

    def _table(self, table: Node, depth: int) -> Table:
        rows: list[tuple[str, ...]] = []
        for row in table.iter(f"{W}tr"):
            if next(row.iterancestors(f"{W}tbl")) is not table:
                continue  # of a table inside a cell, which that cell reads
            cells = [
                cell for cell in row.iter(f"{W}tc") if next(cell.iterancestors(f"{W}tr")) is row
            ]
            rows.append(tuple(self._cell(cell, depth) for cell in cells))
        return Table(tuple(rows))

    def _cell(self, cell: Node, depth: int) -> str:
        merged = cell.find(f"{W}tcPr/{W}vMerge")
        if merged is not None and merged.get(f"{W}val") != "restart":
            return ""  # goes on from the row above
        return lines_of(self._blocks(cell, depth + 1)).strip("\n")

    def _paragraph(self, paragraph: Node, depth: int) -> str:
        text = "".join(self._inline(paragraph, depth))
        number = self._numbering.next_label(paragraph) if text.strip() else ""
        return f"{number} {text.lstrip()}" if number else text

    def _inline(self, parent: Node, depth: int) -> Iterator[str]:
        """Yield the text of a paragraph; text boxes in it are kept for behind it."""
        if depth > MAX_DEPTH:
            raise TextError(f"{self._name} nests its text more than {MAX_DEPTH} deep; refused")
        for child in parent:
            tag = child.tag
            if tag in _SKIPPED or not isinstance(tag, str):
                continue
            if tag == f"{W}r":
                yield self._run(child, depth)
            elif tag == f"{W}txbxContent":
                self._after.extend(self._blocks(child, depth + 1))
            elif tag == _CHOICE:  # the same text box in an old and a new way: one is enough
                yield from self._inline(child[0] if len(child) else child, depth + 1)
            else:
                yield from self._inline(child, depth + 1)

    def _run(self, run: Node, depth: int) -> str:
        facts = run.find(f"{W}rPr")
        if facts is not None and _is_on(facts.find(f"{W}vanish")):
            return ""
        parts: list[str] = []
        for child in run:
            tag = child.tag
            if tag == f"{W}t":
                parts.append(child.text or "")
            elif tag in (f"{W}tab", f"{W}ptab"):
                parts.append(" ")
            elif tag in (f"{W}br", f"{W}cr"):
                parts.append("\n" if child.get(f"{W}type") in (None, "textWrapping") else "")
            elif tag == f"{W}noBreakHyphen":
                parts.append("-")
            elif tag == f"{W}softHyphen":
                parts.append("\xad")
            elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                parts.append(self._note_mark(child))
            elif tag not in _SKIPPED and isinstance(tag, str) and len(child):
                parts.extend(self._inline([child], depth + 1))
        return _unfont("".join(parts), facts)

    def _note_mark(self, reference: Node) -> str:
        kind = "footnote" if reference.tag == f"{W}footnoteReference" else "endnote"
        key = (kind, reference.get(f"{W}id", ""))
        return self._notes.setdefault(key, f"[{len(self._notes) + 1}]")

    def _note_blocks(self) -> Iterator[str]:
        """Yield the notes that the text refers to, each behind its mark, in reading order."""
        found: dict[tuple[str, str], str] = {}
        for kind in ("footnote", "endnote"):
            root = self._part(f"word/{kind}s.xml") if self._notes else None
            for note in root if root is not None else ():
                key = (kind, note.get(f"{W}id", "") if isinstance(note.tag, str) else "")
                if key in self._notes:
                    found[key] = " ".join(lines_of(self._blocks(note, 1)).split())
        for key, mark in self._notes.items():
            if found.get(key):
                yield f"{mark} {found[key]}"


def _is_on(switch: Node | None) -> bool:
    return switch is not None and switch.get(f"{W}val", "true") not in ("0", "false", "off")


def _unfont(text: str, facts: Node | None) -> str:
    """Return the text of a run whose font hides Vietnamese behind Latin letters."""
    fonts = facts.find(f"{W}rFonts") if facts is not None else None
    if fonts is None or text.isascii():
        return text
    font = fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or ""
    if font.startswith(".Vn"):
        return from_tcvn3(text).upper() if font.endswith("H") else from_tcvn3(text)
    return from_vni(text) if font.upper().startswith("VNI-") else text
