"""Word 97 files: pieces, tables, fields and numbers, from files built here byte by byte."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import TextError
from corpus.readers.word97 import UnusualWordError, read_word97
from tests.corpus.readers.making import LINES, TEXT

SECTOR = 512
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
IN_TABLE = struct.pack("<HB", 0x2416, 1)
ROW_END = IN_TABLE + struct.pack("<HB", 0x2417, 1)
NUMBERED = struct.pack("<HH", 0x460B, 1)
Paragraphs = Sequence[tuple[str, bytes]]  # text with its end mark, properties


def container(streams: dict[str, bytes]) -> bytes:
    """Return an OLE file; streams are padded so that none lies in the small one."""
    table, data, entries = [FAT, END], b"", [directory_entry("Root Entry", 5, END, 0, child=1)]
    for at, (name, content) in enumerate(streams.items(), 1):
        padded = content.ljust(4096, b"\0")
        padded = padded.ljust(-(-len(padded) // SECTOR) * SECTOR, b"\0")
        first, count = len(table), len(padded) // SECTOR
        table += [*range(first + 1, first + count), END]
        data += padded
        following = at + 1 if at < len(streams) else FREE
        entries.append(directory_entry(name, 2, first, len(padded), right=following))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0)
    header += struct.pack("<I", 0) + struct.pack("<I", FREE) * 108
    allocation = b"".join(struct.pack("<I", entry) for entry in table)
    return (
        header + allocation.ljust(SECTOR, b"\xff") + b"".join(entries).ljust(SECTOR, b"\0") + data
    )


def directory_entry(
    name: str, kind: int, start: int, size: int, *, right: int = FREE, child: int = FREE
) -> bytes:
    written = name.encode("utf-16-le") + b"\0\0"
    head = written.ljust(64, b"\0") + struct.pack("<HBB", len(written), kind, 1)
    return head + struct.pack("<III36xIQ", FREE, right, child, start, size)


def word(
    paragraphs: Paragraphs,
    *,
    cuts: Sequence[int] = (),
    narrow: bool = False,
    behind: str = "",
    flags: int = 0,
    version: int = 0xC1,
) -> bytes:
    """Return a Word file. Its pieces, cut at `cuts`, lie in the file in reverse order."""
    text = "".join(text for text, _ in paragraphs)
    whole = text + behind
    width = 1 if narrow else 2
    borders = [0, *cuts, len(whole)]
    body, places = b"", {}
    for begin, end in reversed(list(pairwise(borders))):
        places[begin] = SECTOR + len(body)
        body += whole[begin:end].encode("cp1252" if narrow else "utf-16-le")
    body = body.ljust(-(-len(body) // SECTOR) * SECTOR, b"\0")

    def lies(at: int) -> int:
        begin = max(border for border in borders[:-1] if border <= at)
        return places[begin] + (at - begin) * width

    pieces = b"".join(
        struct.pack("<HIH", 0, places[begin] * 2 | 1 << 30 if narrow else places[begin], 0)
        for begin in borders[:-1]
    )
    table = b"".join(struct.pack("<I", border) for border in borders) + pieces
    pieces_at = b"\x02" + struct.pack("<I", len(table)) + table
    pages_at = struct.pack("<III", 0, 0, (SECTOR + len(body)) // SECTOR)
    main = bytearray(SECTOR)
    struct.pack_into("<HH", main, 0, 0xA5EC, version)
    struct.pack_into("<H", main, 0x0A, flags)
    struct.pack_into("<I", main, 0x4C, len(text))
    struct.pack_into("<II", main, 0x01A2, 0, len(pieces_at))
    struct.pack_into("<II", main, 0x0102, len(pieces_at), len(pages_at))
    marks, at = [], 0
    for content, _ in paragraphs:
        at += len(content)
        marks.append(lies(at - 1) + width)
    page = properties_page(marks, [properties for _, properties in paragraphs])
    return container(
        {
            "WordDocument": bytes(main) + body + page,
            "1Table" if flags & 0x0200 else "0Table": pieces_at + pages_at,
        }
    )


def properties_page(ends: Sequence[int], properties: Sequence[bytes]) -> bytes:
    """Return the page of 512 bytes that says what is said of each paragraph."""
    runs = sorted(zip(ends, properties, strict=True))
    page = bytearray(SECTOR)
    page[-1] = len(runs)
    low = SECTOR - 2
    for at, (end, said) in enumerate(runs):
        struct.pack_into("<I", page, 4 * (at + 1), end)
        if not said:
            continue
        content = b"\0\0" + said
        odd = len(content) % 2
        block = bytes([(len(content) + 1) // 2] if odd else [0, len(content) // 2]) + content
        low = (low - len(block)) // 2 * 2
        page[low : low + len(block)] = block
        page[4 * (len(runs) + 1) + 13 * at] = low // 2
    return bytes(page)


def plain(*lines: str) -> Paragraphs:
    return [(line + "\r", b"") for line in lines]


def read(data: bytes) -> str:
    return read_word97(data, "x.doc")[0].text


@pytest.mark.parametrize("cuts", [(), (5,), (1, 20, 21, 90)])
@pytest.mark.parametrize("flags", [0, 0x0200])
def test_pieces_are_read_in_the_order_of_their_table(cuts: Sequence[int], flags: int) -> None:
    content, numbered = read_word97(word(plain(*LINES), cuts=cuts, flags=flags), "x.doc")
    assert (content.text, content.format, content.encoding) == (TEXT, "doc", "")
    assert not numbered


def test_letters_of_one_byte_are_read_as_word_wrote_them() -> None:
    data = word(plain("“Article 1” – café", "2. Two"), narrow=True, cuts=(4,))
    assert read(data) == "“Article 1” – café\n2. Two\n"


def test_letters_that_only_a_font_makes_vietnamese_are_undone() -> None:
    content, _ = read_word97(word(plain("§iÒu 1. Ph¹m vi ®iÒu chØnh"), narrow=True), "x.doc")
    assert (content.text, content.encoding) == ("Điều 1. Phạm vi điều chỉnh\n", "tcvn3")


def test_notes_and_headers_behind_the_text_are_not_read() -> None:
    assert read(word(plain("Điều 1. A"), behind="Đầu trang\r")) == "Điều 1. A\n"


def test_of_a_field_only_the_result_is_read() -> None:
    link = 'Xem \x13 HYPERLINK "a" \x14Điều \x13 PAGE \x146\x15\x15 và \x13 TOC \x15hết'
    assert read(word(plain(link))) == "Xem Điều 6 và hết\n"


def test_signs_of_word_become_those_of_text() -> None:
    assert read(word(plain("Điều\xa06\tA\x0bB", "NĐ\x1eCP\x01\x08", "vi\x1fệc"))) == (
        "Điều 6 A\nB\nNĐ-CP\nvi\xadệc\n"
    )


TABLE: Paragraphs = [
    ("Trên\r", b""),
    ("Số\x07", IN_TABLE),
    ("Tên\x07", IN_TABLE),
    ("\x07", ROW_END),
    ("1\x07", IN_TABLE),
    ("Ống\r", IN_TABLE),
    ("dài\x07", IN_TABLE),
    ("\x07", ROW_END),
    ("Dưới\r", b""),
]


@pytest.mark.parametrize("paragraphs", [TABLE, TABLE[:-1]])
def test_cells_make_rows(paragraphs: Paragraphs) -> None:
    lines = ["Trên", "| Số | Tên |", "| 1 | Ống dài |", "Dưới"]
    assert read(word(paragraphs, cuts=(7,))).split("\n")[:-1] == lines[: len(paragraphs) - 5]


def test_numbers_that_word_writes_by_itself_are_told() -> None:
    numbered = [("Phạm vi\r", NUMBERED), ("Hai\r", b"")]
    assert read_word97(word(numbered), "x.doc")[1]
    empty = [("\r", NUMBERED), ("Hai\r", b"")]
    assert not read_word97(word(empty), "x.doc")[1]
    taken_away = [("Phạm vi\r", struct.pack("<HH", 0x460B, 0xF801))]
    assert not read_word97(word(taken_away), "x.doc")[1]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (word(plain("A"), flags=0x0100), "x.doc is protected by a password; remove it"),
        (container({"EncryptedPackage": b"x"}), "x.doc is protected by a password; remove it"),
        (container({"Workbook": b"x"}), "x.doc is an old Office file, but not a Word document"),
    ],
)
def test_locked_files_and_other_office_files_are_refused(data: bytes, words: str) -> None:
    with pytest.raises(TextError, match=words):
        read_word97(data, "x.doc")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        word(plain("A"), version=0x65),  # Word 6
        container({"WordDocument": b"", "0Table": b""}),
        container({"WordDocument": struct.pack("<HH", 0xA5EC, 0xC1)}),
        word(plain(*LINES))[:2000],
    ],
)
def test_what_does_not_hold_together_is_left_to_other_readers(data: bytes) -> None:
    with pytest.raises(UnusualWordError):
        read_word97(data, "x.doc")


GOOD = word(TABLE, cuts=(7,))


@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=4))))
def test_a_damaged_file_is_read_or_refused(changes: list[tuple[int, bytes]]) -> None:
    data = bytearray(GOOD)
    for at, new in changes:
        data[at : at + len(new)] = new
    try:
        content, _ = read_word97(bytes(data), "x.doc")
    except (TextError, UnusualWordError):
        return
    assert content.format == "doc"
