"""Facts a document states about itself: number, kind, issuer, date."""

from __future__ import annotations

import re
from datetime import date
from itertools import takewhile

from corpus.document_names import (
    CONSOLIDATED,
    CONSOLIDATED_NUMBER,
    FULL_NUMBER,
    kind_of_number,
)
from corpus.model import Metadata
from corpus.text import fold

HEADER_CHARS = 4000  # facts stand at the top
# What a document is issued on, or its first provision: from there on, others are named.
_GROUNDS = re.compile(r"\W*(?:can cu|dieu \d+|chuong [ivxlc\d]+)\b")
_NUMBER = re.compile(
    rf"(?:^\W*(?:(?:Bộ\s+l|L)uật\s+)?[Ss]ố|[Ss]ố\s*:)\s*:?\s*"
    rf"({FULL_NUMBER.pattern}|{CONSOLIDATED_NUMBER.pattern})",
    re.MULTILINE,
)
# "Nghị định số 137/2024/NĐ-CP …", but only where it is the first line.
_NUMBER_IN_TITLE = re.compile(
    r"\W*(?i:(?:bộ )?luật|nghị định|thông tư(?: liên tịch)?|quyết định|nghị quyết|pháp lệnh"
    r"|chính phủ|quốc hội)\s+[Ss]ố\s*:?\s*"
    rf"({FULL_NUMBER.pattern}|{CONSOLIDATED_NUMBER.pattern})"
)
# What a consolidated text says behind its title: whose text it is, and what amended it.
_CONSOLIDATED_FROM = re.compile(r"^(?:van ban|bo luat|luat|[a-z]+ [a-z]+|thong tu lien tich) so \d")
_DATE = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})")
_KIND = re.compile(
    r"^\W*(LUẬT|BỘ LUẬT|NGHỊ ĐỊNH|THÔNG TƯ|THÔNG TƯ LIÊN TỊCH|QUYẾT ĐỊNH|NGHỊ QUYẾT|PHÁP LỆNH)\W*$",
    re.MULTILINE,
)
_LETTERS = "".join(char for char in map(chr, range(0x41, 0x1EFA)) if char.isupper()) + " ,"
# A long name goes on in the next line of the letterhead, in front of its rule or the number.
_ISSUER = re.compile(
    rf"(QUỐC HỘI|CHÍNH PHỦ|THỦ TƯỚNG\s+CHÍNH PHỦ|BỘ (?!LUẬT)[{_LETTERS}]{{2,60}}"
    rf"(?:\n(?!CỘNG|SỐ)[{_LETTERS}]{{4,60}}(?=\n))?)(?=\W)"
)
_NAMES = ("Quốc hội", "Chính phủ", "Thủ tướng Chính phủ")


def read_header(text: str, name: str = "") -> Metadata:
    """Return what the text states; what it does not state stays unknown.

    Args:
        text: NFC.
        name: Stands for the number where the text gives none, such as the file's name.
    """
    lines = text[:HEADER_CHARS].split("\n")
    top = "\n".join(takewhile(lambda line: not _GROUNDS.match(fold(line)), lines))
    number = _NUMBER.search(top) or _NUMBER_IN_TITLE.match(top)
    code = re.sub(r"\s", "", number[1]) if number else name
    kind = _KIND.search(top)
    own = kind_of_number(code)
    consolidated = own == CONSOLIDATED
    issuer = _ISSUER.search(top)
    return Metadata(
        number=code,
        kind=kind[1].capitalize() if kind and not consolidated else own or "",
        title=_title(top, kind, consolidated=consolidated),
        issuer=_cased(issuer[1]) if issuer else "",
        issued=_date(top),
    )


def _title(top: str, kind: re.Match[str] | None, *, consolidated: bool) -> str:
    """Return the title: the lines between the kind and the first line that is something else."""
    if kind is None:
        return ""
    lines: list[str] = []
    for raw in top[kind.end() :].split("\n"):
        line = raw.strip()
        if not line and not lines:
            continue
        if not line or line.startswith("---"):
            break
        if consolidated and _CONSOLIDATED_FROM.match(fold(line)):
            break
        lines.append(line)
        if len(lines) == 4:
            break
    title = " ".join(lines)
    if not title:
        return ""
    return f"{kind[1].capitalize()} {title.lower() if title.isupper() else title}"


def _date(top: str) -> date | None:
    match = _DATE.search(top)
    if match is None:
        return None
    try:
        return date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        return None  # not a day of the calendar: unknown


def _cased(name: str) -> str:
    flat = " ".join(name.split()).strip(" ,")
    known = next((other for other in _NAMES if other.upper() == flat), None)
    return known or flat.capitalize()
