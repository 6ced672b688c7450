"""The text of a Word 97–2003 file, from its piece table ([MS-DOC]).

The characters of a .doc lie in pieces, in the order of the table and not of the file; programs
that read straight on lose the edited ones. Which paragraphs stand in tables, end rows or carry
automatic numbers is said by paragraph properties, kept in pages of 512 bytes.
"""

from __future__ import annotations

import bisect
import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass

import olefile

from corpus.errors import TextError
from corpus.readers.content import Content, Table, lines_of
from corpus.readers.encodings import untangle

_MAGIC = 0xA5EC
_WORD97 = 0x00C1
_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200
_CLX, _PAPX = 0x01A2, 0x0102  # places of (offset, length) in the header
_TEXT_LENGTH = 0x004C
_PAGE = 512
_IN_TABLE, _ROW_END, _LIST, _DEPTH = 0x2416, 0x2417, 0x460B, 0x6649
_HUGE = (0x6645, 0x6646)  # the properties lie in the stream of data, at this place
_TABLE, _TABS = 0xD608, 0xC615  # these state their length in a way of their own
_SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}  # bytes of a property's value, by its kind
_COMPRESSED = 1 << 30
MAX_PIECES = 500_000
_PLAIN = str.maketrans(
    {
        "\x0b": "\n", "\x0c": "\n", "\x1e": "-", "\x1f": "\xad", "\xa0": " ", "\x09": " ",
        **{chr(code): None for code in (*range(9), *range(0x0E, 0x13), *range(0x16, 0x1E))},
    }
)  # fmt: skip


class UnusualWordError(Exception):
    """A .doc of an older make, or one whose tables do not hold together."""


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the properties of a paragraph say."""

    in_table: bool = False
    row_end: bool = False
    numbered: bool = False


def read_word97(data: bytes, name: str) -> tuple[Content, bool]:
    """Return the content, and whether some paragraphs have automatic numbers, not read here.

    Raises:
        TextError: It has a password, or is an old Office file of another kind.
        UnusualWordError: Another reader may know it.
    """
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as archive:
            if archive.exists("EncryptedPackage"):
                raise TextError(f"{name} is protected by a password; remove it and try again")
            if not archive.exists("WordDocument"):
                raise TextError(f"{name} is an old Office file, but not a Word document")
            main = archive.openstream("WordDocument").read()
            magic, version = struct.unpack_from("<HH", main)
            flags = struct.unpack_from("<H", main, 0x0A)[0]
            if magic != _MAGIC or version < _WORD97:
                raise UnusualWordError
            if flags & _ENCRYPTED:
                raise TextError(f"{name} is protected by a password; remove it and try again")
            table = archive.openstream("1Table" if flags & _SECOND_TABLE else "0Table").read()
            kept = archive.openstream("Data").read() if archive.exists("Data") else b""
        blocks, numbered = _Document(main, table, kept).blocks()
    except (OSError, struct.error, IndexError, ValueError, RecursionError) as error:
        raise UnusualWordError(str(error)) from error
    text, hidden = untangle(lines_of(blocks))
    return Content(text, "doc", hidden if hidden != "utf-8" else ""), numbered


class _Document:
    """The streams of a file."""

    def __init__(self, main: bytes, table: bytes, kept: bytes) -> None:
        self._main, self._table, self._kept = main, table, kept
        self._ends, self._properties = self._read_properties()

    def blocks(self) -> tuple[list[str | Table], bool]:
        """Return paragraphs and tables in reading order."""
        blocks: list[str | Table] = []
        rows: list[tuple[str, ...]] = []
        cells: list[str] = []
        cell: list[str] = []
        numbered = False
        for text, mark, facts in self._paragraphs():
            plain = text.translate(_PLAIN)
            numbered = numbered or (facts.numbered and bool(plain.strip()))
            if not facts.in_table and mark != "\x07":
                if rows or cells or cell:
                    blocks.append(
                        Table((*rows, *([tuple([*cells, *cell])] if cells or cell else [])))
                    )
                    rows, cells, cell = [], [], []
                blocks.append(plain)
            elif facts.row_end:
                rows.append(tuple(cells))
                cells, cell = [], []
            else:
                cell.append(plain)
                if mark == "\x07":
                    cells.append("\n".join(cell))
                    cell = []
        if rows or cells or cell:
            blocks.append(Table((*rows, *([tuple([*cells, *cell])] if cells or cell else []))))
        return blocks, numbered

    def _paragraphs(self) -> Iterator[tuple[str, str, _Facts]]:
        """Yield text, end mark and facts of each paragraph, without instructions of fields."""
        shown: list[str] = []
        fields: list[bool] = []  # of each open field: are we in its result?
        for text, start, width in self._pieces():
            for at, char in enumerate(text):
                if char == "\x13":
                    fields.append(False)
                elif char == "\x14" and fields:
                    fields[-1] = True
                elif char == "\x15" and fields:
                    fields.pop()
                elif char in "\r\x07":
                    yield "".join(shown), char, self._facts(start + at * width)
                    shown.clear()
                elif all(fields):
                    shown.append(char)
        if shown:
            yield "".join(shown), "\r", _Facts()

    def _pieces(self) -> Iterator[tuple[str, int, int]]:
        """Yield the text of each piece, where it lies in the file, and bytes a character."""
        offset, length = struct.unpack_from("<II", self._main, _CLX)
        block = self._table[offset : offset + length]
        at = 0
        while block[at] == 1:  # properties of pieces, which carry no text
            at += 3 + struct.unpack_from("<H", block, at + 1)[0]
        if block[at] != 2:
            raise ValueError("no piece table")
        size = struct.unpack_from("<I", block, at + 1)[0]
        count = (size - 4) // 12
        if not 0 < count <= MAX_PIECES:
            raise ValueError("absurd piece table")
        places = struct.unpack_from(f"<{count + 1}I", block, at + 5)
        most = struct.unpack_from("<I", self._main, _TEXT_LENGTH)[0]  # behind it: notes, headers
        for piece in range(count):
            where = struct.unpack_from("<I", block, at + 5 + 4 * (count + 1) + 8 * piece + 2)[0]
            chars = min(places[piece + 1], most) - places[piece]
            if chars <= 0:
                continue
            if where & _COMPRESSED:
                start = (where & ~_COMPRESSED) // 2
                yield self._main[start : start + chars].decode("cp1252", "replace"), start, 1
            else:
                raw = self._main[where : where + 2 * chars]
                # Surrogate pairs would shift the places; such signs are no text of a law.
                yield "".join(map(chr, struct.unpack(f"<{len(raw) // 2}H", raw))), where, 2

    def _read_properties(self) -> tuple[list[int], list[_Facts]]:
        """Return where runs of paragraphs end in the file, and what is said of each."""
        offset, length = struct.unpack_from("<II", self._main, _PAPX)
        count = (length - 4) // 8
        ends: list[int] = []
        facts: list[_Facts] = []
        for at in range(max(count, 0)):
            page = struct.unpack_from("<I", self._table, offset + 4 * (count + 1) + 4 * at)[0]
            start = (page & 0x3FFFFF) * _PAGE
            block = self._main[start : start + _PAGE]
            if len(block) < _PAGE:
                continue
            runs = block[-1]
            for run in range(runs):
                ends.append(struct.unpack_from("<I", block, 4 * (run + 1))[0])
                facts.append(_facts(block, block[4 * (runs + 1) + 13 * run] * 2, self._kept))
        order = sorted(range(len(ends)), key=ends.__getitem__)
        return [ends[at] for at in order], [facts[at] for at in order]

    def _facts(self, place: int) -> _Facts:
        at = bisect.bisect_right(self._ends, place)
        return self._properties[at] if at < len(self._properties) else _Facts()


def _facts(block: bytes, at: int, kept: bytes) -> _Facts:
    """Return what the properties at a place of a page say; `kept` is the stream of data."""
    if at == 0:
        return _Facts()
    size = 2 * block[at] - 1 if block[at] else 2 * block[at + 1]
    at += 1 if block[at] else 2
    values = _values(block[at + 2 : at + size])  # behind the number of the style
    for place in (values[code] for code in _HUGE if code in values):
        length = int.from_bytes(kept[place : place + 2], "little")
        values |= _values(kept[place + 2 : place + 2 + length])
    return _Facts(
        bool(values.get(_IN_TABLE, values.get(_DEPTH, 0))),
        bool(values.get(_ROW_END, 0)),
        values.get(_LIST, 0) not in (0, 0xF801),
    )


def _values(properties: bytes) -> dict[int, int]:
    """Return the values of fixed length, by the code of the property ([MS-DOC] 2.6)."""
    values: dict[int, int] = {}
    at = 0
    while at + 2 < len(properties):
        code = int.from_bytes(properties[at : at + 2], "little")
        at += 2
        kind = code >> 13
        if kind != 6:
            values[code] = int.from_bytes(properties[at : at + _SIZES[kind]], "little")
            at += _SIZES[kind]
        elif code == _TABLE:
            at += 1 + int.from_bytes(properties[at : at + 2], "little")
        elif code == _TABS and properties[at] == 255:  # says how many tabs go and come instead
            removed = properties[at + 1]
            added = (
                properties[at + 2 + 4 * removed] if at + 2 + 4 * removed < len(properties) else 0
            )
            at += 3 + 4 * removed + 3 * added
        else:
            at += 1 + properties[at]
    return values
