"""Places named by where they stand: "khoản trước", "tiếp", "còn b?", "ý cuối"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from chatbot.abbreviations import expansions_of
from chatbot.numerals import SMALL_NUMBERS
from chatbot.subjects import subject_syllables
from corpus.citations import CITED_LETTERS, POINT_LETTERS
from corpus.clauses import citation_of
from corpus.gaps import gap_for
from corpus.identifiers import label_number
from corpus.model import Document, Level, Provision

_LEVELS = {"điều": Level.ARTICLE, "khoản": Level.CLAUSE, "điểm": Level.POINT}
_NAMES = {level: name for name, level in _LEVELS.items()}
# Behind these the noun is part of another word: "thời điểm cuối", "tài khoản sau", "đồng ý".
_COMPOUNDS = "tài thời địa quan đặc ưu nhược trọng đồng chú lưu"
_ALONE = "".join(f"(?<!{before} )" for before in _COMPOUNDS.split())
_SAME_LEVEL = "ý|cái|mục|phần|đoạn"  # of the level of the place seen from
_END_OF_STEP = r"(?=\W*$|[?.!,]|\s+(?:thì|nói|là|quy định|có)(?!\w))"
# The one before, else the next; not in "điều trước tiên", "điểm tiếp nhận", "khoản sau đây".
_STEP = re.compile(
    rf"(?<!\w){_ALONE}(?P<noun>{'|'.join(_LEVELS)}|{_SAME_LEVEL})\s+(?:"
    r"(?:liền|ngay)\s+(?:(?P<just_before>trước|trên)|sau|dưới|kế|tiếp)"
    r"(?:\s+(?:đó|nó|(?:khoản|điểm|điều)\s+này))?"
    r"|kế\s+(?:tiếp|nữa|đó)|tiếp\s+(?:theo|nữa|sau)"
    r"|(?:(?P<before_it>trước)|sau)\s+(?:đó\s+)?(?:nữa|(?:khoản|điểm|điều)\s+này)"
    rf"|(?:(?P<before>trước)|sau|tiếp|kế)(?:\s+đó)?{_END_OF_STEP})(?!\w)",
    re.IGNORECASE,
)
# All that is said: "khoản trên", else it may be the one just shown; "tiếp luôn"; "còn b?".
_BESIDE = re.compile(
    rf"(?<!\w)(?P<noun>{'|'.join(_LEVELS)}|{_SAME_LEVEL})\s+(?:(?P<before>trên)|dưới)(?!\w)",
    re.IGNORECASE,
)
_BACKWARD = re.compile(r"\W*(?:(?:còn|thế|vậy|rồi)\s+)*trước\s+(?:nữa|đó)\W*", re.IGNORECASE)
_ONWARD = re.compile(
    r"\W*(?:(?:còn|thế|vậy|rồi|đọc|xem|cho|coi|nói)\s+)*(?:kế\s+)?(?:tiếp|kế)"
    r"(?:\s+(?:tục|theo|nữa|đi|luôn|nhé|nha|ạ|với|là|nói|gì|thì|sao))*\W*",
    re.IGNORECASE,
)
_BARE_LABEL = re.compile(
    rf"\W*(?P<opening>(?:(?:thế|vậy|rồi|và|còn|đến|sang|qua|tới|xem)\s+)*)(?:(?:{_SAME_LEVEL})\s+)?"
    rf"(?P<label>\d{{1,2}}|[{CITED_LETTERS}])"
    r"(?P<closing>(?:\s+(?:nữa|thì|sao|nói|gì|luôn|đi|nhé|nha|ạ|với|vậy))*)\W*",
    re.IGNORECASE,
)
# The first, else the last; not in "khoản đầu tư", "điểm cuối năm".
_END_OF_WORDS = (
    r"(?=\W*$|[?.!,]|\s+(?:của|điều|khoản|điểm|thì|nói|là|quy|ghi|viết|trong|ở|tại|có|gồm"
    r"|thôi|đi|nhé|nha|ạ|ấy|đó|luôn)(?!\w))"
)
_END = (
    rf"(?:(?P<first>đầu)(?:\s+tiên|{_END_OF_WORDS})|(?:cuối|chót)(?:\s+cùng|{_END_OF_WORDS}))(?!\w)"
)
_NUMBERS = "|".join(SMALL_NUMBERS)
# "khoản cuối", "hai khoản đầu"
_PART = re.compile(
    rf"(?<!\w){_ALONE}(?:(?P<count>{_NUMBERS}|[1-9])\s+)?(?P<level>khoản|điểm)\s+{_END}",
    re.IGNORECASE,
)
# "gạch đầu dòng thứ hai khoản 1 Điều 7", "ý cuối khoản 1".
_ITEM = re.compile(
    rf"(?<!\w){_ALONE}(?:(?:dấu\s+)?gạch(?:\s+đầu\s+dòng)?|ý)\s+"
    rf"(?:(?:thứ\s+|số\s+)?(?P<number>{_NUMBERS}|[1-9]\d?)(?!\w)|{_END})",
    re.IGNORECASE,
)
_LAST = 0


@dataclass(frozen=True, slots=True)
class InnerPart:
    """Parts of a place, named by where they stand in its row: the words and what they mean."""

    start: int
    end: int
    level: Level
    number: int  # from 1; 0 for the last
    count: int = 1  # so many from there on, or up to the last


def inner_part(text: str) -> InnerPart | None:
    """Return the first "khoản cuối" or "hai điểm đầu" of a text."""
    found = _PART.search(text)
    if found is None:
        return None
    level, number = _LEVELS[found["level"].lower()], 1 if found["first"] else _LAST
    return InnerPart(found.start(), found.end(), level, number, _value(found["count"]) or 1)


def inner_item(text: str) -> InnerPart | None:
    """Return the first dash line that a text names: "ý cuối", "gạch đầu dòng thứ hai"."""
    found = _ITEM.search(text)
    if found is None:
        return None
    number = _value(found["number"]) or (1 if found["first"] else _LAST)
    return InnerPart(found.start(), found.end(), Level.ITEM, number)


def _value(typed: str | None) -> int:
    if not typed:
        return 0
    return int(typed) if typed.isdigit() else SMALL_NUMBERS[typed.lower()]


def parts_of(document: Document, place: Provision, inner: InnerPart) -> list[Provision]:
    """Return the parts of `place` that are meant; none where the row or the source lacks one."""
    row = [child for child in place.children if child.level is inner.level]
    if not row or max(inner.number, 1) + inner.count - 1 > len(row):
        return []
    if inner.number == _LAST:
        return [] if _may_go_on(document, row[-1]) else row[-inner.count :]
    return row[inner.number - 1 :][: inner.count]


def _may_go_on(document: Document, last: Provision) -> bool:
    """Tell whether the source leaves something out behind the last part of a row."""
    if last.level is Level.ITEM:
        return False
    beyond = {"clause": "99"} if last.level is Level.CLAUSE else {"point": POINT_LETTERS[-1]}
    return gap_for(document, replace(citation_of(document, last), **beyond)) is not None


def holder_of(document: Document, place: str, level: Level) -> Provision | None:
    """Return the provision with the id `place`, or the nearest around it, with parts of `level`."""
    while place:
        node = document.by_id.get(place)
        if node and any(child.level is level for child in node.children):
            return node
        place = place.rpartition(".")[0]
    return None


def with_labels(question: str, document: Document, place: str) -> str:
    """Write "khoản trước", "tiếp luôn" and "còn b?" with their label, seen from the id `place`.

    What has no such neighbour there stays as it is.
    """
    steps = place.split(".")
    path = [document.by_id.get(".".join(steps[: depth + 1])) for depth in range(len(steps))]
    nodes = [node for node in path if node is not None]
    if not nodes:
        return question

    def written(found: re.Match[str]) -> str:
        named = found.groupdict()
        level = _LEVELS.get(named["noun"].lower())
        if level is None and nodes[-1].children:
            return found[0]  # one of the parts that were shown with it
        level = level or nodes[-1].level
        back = any(named[name] for name in named if name != "noun")
        return _neighbour(document, nodes, level, -1 if back else 1) or found[0]

    if _STEP.search(question):
        return _STEP.sub(written, question)
    if not subject_syllables(question):
        question = _BESIDE.sub(written, question)
    back = _BACKWARD.fullmatch(question)
    if back or _ONWARD.fullmatch(question):
        return _neighbour(document, nodes, nodes[-1].level, -1 if back else 1) or question
    label = _BARE_LABEL.fullmatch(question)
    return (label and _labelled(document, place, label)) or question


def _neighbour(document: Document, path: Sequence[Provision], level: Level, step: int) -> str:
    """Return what the provision so many steps from the one of a level is called; "" if none."""
    here = next((node for node in path if node.level is level), None)
    if here is None or level not in _NAMES:
        return ""
    parent = here.id.rpartition(".")[0]
    row = [
        node
        for node in document.walk()
        if node.level is level and node.id.rpartition(".")[0] == parent
    ]
    at = row.index(here) + step
    label = _omitted(document, here, step)
    if not label and 0 <= at < len(row):
        label = row[at].label
    return f"{_NAMES[level]} {label}" if label else ""


def _omitted(document: Document, here: Provision, step: int) -> str:
    """Return the number a step from an article or clause where the source leaves that out."""
    number = label_number(here.label) + step
    steps = {Level.ARTICLE: "article", Level.CLAUSE: "clause"}
    if here.level not in steps or number < 1:
        return ""
    citation = replace(citation_of(document, here), **{steps[here.level]: str(number)})
    return str(number) if gap_for(document, citation) else ""


def _labelled(document: Document, place: str, typed: re.Match[str]) -> str:
    """Return the point or clause around `place` that has a label; "" if there is none.

    Behind "còn" it is named even where there is none: then that is what is to be said.
    """
    label = typed["label"].lower()
    level = Level.CLAUSE if label.isdigit() else Level.POINT
    holder = holder_of(document, place, level)
    held = [child.label for child in holder.children if child.level is level] if holder else []
    absent = held and typed["opening"] and "không" not in expansions_of(label)  # "còn k?"
    return f"{_NAMES[level]} {label}" if label in held or absent else ""
