"""Ids and permalinks. They are addresses: the same text must keep the same id for ever."""

from __future__ import annotations

import re

from corpus.errors import InputError
from corpus.model import Citation, Level
from corpus.text import fold

VERSION = "@"  # between the id of a document and what tells an earlier text of it
_VERSION_CHARS = 8  # of a checksum

_NOT_ALNUM = re.compile(r"[^a-z0-9]+")
_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_ROMAN = re.compile(r"(?=.)(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})")

_PREFIX = {
    Level.PREAMBLE: "mo-dau",
    Level.PART: "phan",
    Level.CHAPTER: "chuong",
    Level.SECTION: "muc",
    Level.SUBSECTION: "tieu-muc",
    Level.ARTICLE: "dieu",
    Level.CLAUSE: "khoan",
    Level.POINT: "diem",
    Level.SUBPOINT: "tiet",
    Level.ITEM: "gach",
    Level.PARAGRAPH: "doan",
    Level.TABLE: "bang",
    Level.QUOTED: "trich",
    Level.APPENDIX: "phu-luc",
    Level.SIGNATURE: "ky",
    Level.GAP: "luoc",
    Level.REMAINDER: "con-lai",
}


def roman_number(text: str) -> int | None:
    """Return the value of a Roman numeral below 100 in either case, else `None`."""
    lowered = text.lower()
    if not _ROMAN.fullmatch(lowered):
        return None
    values = [_ROMAN_DIGITS[char] for char in lowered]
    following = [*values[1:], 0]
    return sum(-v if v < after else v for v, after in zip(values, following, strict=True))


def label_number(label: str) -> int:
    """Return the number in a label: 6 of "6a"; 0 where it has none."""
    return int("".join(char for char in label if char.isdigit()) or 0)


def label_order(label: str) -> tuple[int, str]:
    """Return what sorts labels as a text has them: 6, 6a, 6d, 6đ, 6e, 7; points as well."""
    letters = "".join(char for char in label if not char.isdigit())
    return label_number(label), letters.replace("đ", "d~")


def is_inserted(label: str, before: str) -> bool:
    """Return whether a label comes behind another of the same number: 6b behind 6 or 6a."""
    same = label_number(label) == label_number(before)
    return same and label_order(label) > label_order(before)


def slug(text: str) -> str:
    """Return `text` folded to ASCII letters and digits joined by "-"; may be empty."""
    return _NOT_ALNUM.sub("-", fold(text)).strip("-")


def document_id(number_or_name: str) -> str:
    """Return the id of a document: "137/2024/NĐ-CP" gives "137-2024-nd-cp".

    Raises:
        InputError: Nothing of the name is a letter or digit.
    """
    result = slug(number_or_name)
    if not result:
        raise InputError(
            f"document number {number_or_name!r} has no letter or digit: "
            'expected a number such as "137/2024/NĐ-CP" or a name'
        )
    return result


def version_id(document_id: str, text_sha256: str) -> str:
    """Return the id of an earlier text of a document: "999-2099-nd-cp@3f2a91bc".

    It comes from the text itself, so it stays the same however often texts are replaced.
    """
    return f"{document_id}{VERSION}{text_sha256[:_VERSION_CHARS]}"


def segment(level: Level, label: str) -> str:
    """Return one step of a provision id: POINT "đ" gives "diem-dd", CHAPTER "II" "chuong-2"."""
    prefix = _PREFIX[level]
    tail = slug(label.lower().replace("đ", "dd"))
    if level in (Level.PART, Level.CHAPTER, Level.SECTION, Level.SUBSECTION, Level.APPENDIX):
        tail = str(roman_number(label) or tail)
    return f"{prefix}-{tail}" if tail else prefix


def provision_id(citation: Citation) -> str:
    """Return the id of the provision `citation` names: "dieu-6.khoan-2.diem-b".

    "" when it names a whole document. An annexed regulation comes first, as in
    "quy-che.dieu-6".
    """
    steps = [
        (Level.ARTICLE, citation.article),
        (Level.CLAUSE, citation.clause),
        (Level.POINT, citation.point),
    ]
    parts = [segment(level, label) for level, label in steps if label is not None]
    if citation.appendix is not None:
        parts.insert(0, segment(Level.APPENDIX, citation.appendix))
    if citation.annex is not None:
        parts.insert(0, slug(citation.annex))
    return ".".join(parts)


def permalink(document_id: str, provision_id: str = "") -> str:
    """Return the address of a provision, or of the document when `provision_id` is ""."""
    page = f"/van-ban/{document_id}"
    return f"{page}#{provision_id}" if provision_id else page
