"""The numbers Word writes before paragraphs by itself: "Điều 3.", "2.", "b)".

They are nowhere in the text of a .docx: a paragraph names a list and a level, the list says how
the numbers of each level look, and counting is left to the reader.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml.etree import _Element as Node

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACE = re.compile(r"%([1-9])")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
          (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
MAX_NUMBER = 9999  # a list that counts further is not one of a legal text
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    shape: str  # numFmt: decimal, lowerLetter, …
    pattern: str  # lvlText: "Điều %1.", "%1.%2"


class Numbering:
    """Counts the lists of one document, paragraph by paragraph in reading order."""

    def __init__(self, numbering: Node | None, styles: Node | None) -> None:
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, tuple[str, dict[int, int]]] = {}  # numId: abstract id, new starts
        self._counts: dict[str, list[int | None]] = {}
        self._seen: set[str] = set()
        self._style_lists: dict[str, tuple[str, int]] = {}
        if numbering is not None:
            self._read(numbering)
        if styles is not None:
            self._read_styles(styles)

    def next_label(self, paragraph: Node) -> str:
        """Return the label of the next paragraph, "" where it has none. Call once a paragraph."""
        place = self._place(paragraph)
        if place is None:
            return ""
        list_id, depth = place
        abstract, starts = self._lists.get(list_id, ("", {}))
        levels = self._abstract.get(abstract, {})
        level = levels.get(depth)
        if level is None or level.shape == "none":
            return ""
        if level.shape == "bullet":
            return "-"
        counts = self._counts.setdefault(abstract, [None] * _LEVELS)
        if list_id not in self._seen:  # a list of the same look that says where it begins anew
            self._seen.add(list_id)
            for fresh in starts:
                counts[fresh] = None
        before = counts[depth]
        counts[depth] = starts.get(depth, level.start) if before is None else before + 1
        counts[depth + 1 :] = [None] * (_LEVELS - depth - 1)
        return self._show(level, levels, counts)

    def _show(self, level: _Level, levels: dict[int, _Level], counts: list[int | None]) -> str:
        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            other = levels.get(at)
            value = counts[at]
            if value is None:  # a level that has not been counted yet shows its first number
                value = other.start if other else 1
            return shape(value, other.shape if other else "decimal")

        return _PLACE.sub(number, level.pattern).strip()

    def _place(self, paragraph: Node) -> tuple[str, int] | None:
        facts = paragraph.find(f"{W}pPr")
        if facts is None:
            return None
        style = _value(facts.find(f"{W}pStyle"))
        inherited = self._style_lists.get(style)
        own = facts.find(f"{W}numPr")
        if own is None:
            return inherited
        list_id = _value(own.find(f"{W}numId")) or (inherited[0] if inherited else "")
        depth = _number(own.find(f"{W}ilvl"), inherited[1] if inherited else 0)
        return (list_id, depth) if list_id not in ("", "0") and 0 <= depth < _LEVELS else None

    def _read(self, numbering: Node) -> None:
        for abstract in numbering.findall(f"{W}abstractNum"):
            levels = {}
            for level in abstract.findall(f"{W}lvl"):
                depth = int(level.get(f"{W}ilvl", "0"))
                levels[depth] = _level(level)
                if style := _value(level.find(f"{W}pStyle")):
                    self._style_lists[style] = (
                        "abstract:" + abstract.get(f"{W}abstractNumId"),
                        depth,
                    )
            self._abstract[abstract.get(f"{W}abstractNumId", "")] = levels
        for entry in numbering.findall(f"{W}num"):
            abstract = _value(entry.find(f"{W}abstractNumId"))
            starts: dict[int, int] = {}
            for change in entry.findall(f"{W}lvlOverride"):
                depth = int(change.get(f"{W}ilvl", "0"))
                first = change.find(f"{W}startOverride")
                if first is not None and 0 <= depth < _LEVELS:
                    starts[depth] = _number(first, 1)
            number = entry.get(f"{W}numId", "")
            self._lists[number] = (abstract, starts)
            for style, (holder, depth) in self._style_lists.items():
                if holder == "abstract:" + abstract:
                    self._style_lists[style] = (number, depth)

    def _read_styles(self, styles: Node) -> None:
        based: dict[str, str] = {}
        for style in styles.findall(f"{W}style"):
            name = style.get(f"{W}styleId", "")
            based[name] = _value(style.find(f"{W}basedOn"))
            own = style.find(f"{W}pPr/{W}numPr")
            if own is not None:
                number = _value(own.find(f"{W}numId"))
                depth = _number(own.find(f"{W}ilvl"), self._style_lists.get(name, ("", 0))[1])
                if number and 0 <= depth < _LEVELS:
                    self._style_lists[name] = (number, depth)
        for name in based:
            chain, at = {name}, based[name]
            while name not in self._style_lists and at and at not in chain:
                if at in self._style_lists:
                    self._style_lists[name] = self._style_lists[at]
                chain.add(at)
                at = based.get(at, "")


def shape(value: int, how: str) -> str:
    """Return a number as `how` (Word's numFmt) writes it; unknown ways as decimal."""
    if not 0 < value <= MAX_NUMBER:
        return str(value)
    if how in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letter.upper() if how == "upperLetter" else letter
    if how in ("lowerRoman", "upperRoman"):
        text = ""
        for size, sign in _ROMAN:
            text += sign * (value // size)
            value %= size
        return text.upper() if how == "upperRoman" else text
    return f"{value:02d}" if how == "decimalZero" else str(value)


def _level(level: Node) -> _Level:
    return _Level(
        _number(level.find(f"{W}start"), 1),
        _value(level.find(f"{W}numFmt")) or "decimal",
        _value(level.find(f"{W}lvlText")),
    )


def _value(node: Node | None) -> str:
    return node.get(f"{W}val", "") if node is not None else ""


def _number(node: Node | None, default: int) -> int:
    try:
        return int(_value(node))
    except ValueError:
        return default
