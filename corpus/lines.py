"""What a line of a legal text begins: a chapter, an article, a clause, a point, a gap.

Only the line's own look is judged here; whether it fits the sequence is `corpus.parsing`'s job.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.document_names import ANNEXES
from corpus.model import Level


@dataclass(frozen=True, slots=True)
class Opening:
    """What a line seems to begin."""

    level: Level
    label: str
    rest: str  # words of the line behind the label


_GAP = re.compile(r"[\[(]?\s*(?:\.{3,}|…)\s*[\])]?")
_ARTICLE = re.compile(r"(?:[ĐÐ]iều|[ĐÐ]IỀU)\s+(\d{1,4}[a-zđ]?)\s*(?:[.:]\s*(.*)|)")
_CLAUSE = re.compile(r"(\d{1,3}[a-zđ]?)\s*[.)](?!\d)\s*(.*)")
_POINT = re.compile(r"([a-zđ])\s*([).])(?!\w)\s*(.*)")
_SUBPOINT = re.compile(r"([a-zđ]{1,2}[.]?\d{1,2})\s*[).]\s*(.*)")
_ITEM = re.compile(r"([-\u2013\u2014+•])\s+(.*)")
_TABLE = re.compile(r"\|.*\|")
_GROUPS = (
    (Level.PART, re.compile(r"(?:Phần|PHẦN)\s+((?:thứ|THỨ)\s+\S+|[IVXLC]+|\d+)(?:[.:]\s*(.*)|)")),
    (Level.CHAPTER, re.compile(r"(?:Chương|CHƯƠNG)\s+([IVXLC]+|\d+)(?!\w)(?:[.:]?\s*(.*))")),
    (Level.SECTION, re.compile(r"(?:Mục|MỤC)\s+([IVXLC]+|\d+)(?:[.:]\s*(.*)|)")),
    (Level.SUBSECTION, re.compile(r"(?:Tiểu mục|TIỂU MỤC)\s+([IVXLC]+|\d+)(?:[.:]\s*(.*)|)")),
    (
        Level.APPENDIX,
        re.compile(r"(?:PHỤ LỤC|Phụ lục)(?:\s+([IVXLC]+|\d+[A-Z]?))?(?:[.:]\s*(.*)|)"),
    ),
)
SIGNATURE = re.compile(r"[|*\s]*Nơi nhận[*\s]*(?:[:|]|$)|TM\.\s|KT\.\s|CHỦ TỊCH QUỐC HỘI")
ANNEX_TITLE = re.compile("|".join(name.upper() for name in ANNEXES))


def opening(line: str) -> Opening | None:
    """Return what a line, without the white space around it, seems to begin; `None`: plain text."""
    if _GAP.fullmatch(line):
        return Opening(Level.GAP, "", "")
    if match := _ARTICLE.fullmatch(line):
        return Opening(Level.ARTICLE, match[1], match[2] or "")
    for level, pattern in _GROUPS:
        if match := pattern.fullmatch(line):
            return Opening(level, (match[1] or "").strip(), match[2] or "")
    if match := _CLAUSE.fullmatch(line):
        return Opening(Level.CLAUSE, match[1], match[2])
    if match := _POINT.fullmatch(line):
        return Opening(Level.POINT, match[1], match[3])
    if match := _SUBPOINT.fullmatch(line):
        return Opening(Level.SUBPOINT, match[1], match[2])
    if match := _ITEM.fullmatch(line):
        return Opening(Level.ITEM, "", match[2])
    if _TABLE.fullmatch(line):
        return Opening(Level.TABLE, "", "")
    return None
