"""From the text of an official document to its tree of provisions.

Lines say what they seem to begin (`corpus.lines`); the sequence decides: a "2." is khoản 2 only
behind khoản 1 (or a gap), a "b)" is điểm b only behind điểm a. What does not fit the sequence
is text of the provision it stands in. Every character belongs to exactly one node, so joining
the own texts gives back the text. Time is linear in the length of the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from corpus.citations import POINT_LETTERS
from corpus.errors import ParseError
from corpus.identifiers import document_id, is_inserted, label_number, label_order, segment, slug
from corpus.lines import ANNEX_TITLE, SIGNATURE, Opening, opening
from corpus.model import Document, Level, Metadata, Provision
from corpus.text import check_text, nfc

_RANK = {
    Level.PREAMBLE: 0,
    Level.SIGNATURE: 0,
    Level.APPENDIX: 0,
    Level.REMAINDER: 0,
    Level.PART: 1,
    Level.CHAPTER: 2,
    Level.SECTION: 3,
    Level.SUBSECTION: 4,
    Level.ARTICLE: 5,
    Level.CLAUSE: 6,
    Level.POINT: 7,
    Level.SUBPOINT: 8,
    Level.ITEM: 9,
    Level.PARAGRAPH: 10,
    Level.TABLE: 10,
    Level.QUOTED: 10,
}
_GROUPS = (Level.PART, Level.CHAPTER, Level.SECTION, Level.SUBSECTION)
_BESIDE = (Level.PREAMBLE, Level.SIGNATURE, Level.REMAINDER)  # of provisions, never above them
MAX_HEADING_CHARS = 400
_OPEN, _CLOSE = "“", "”"


@dataclass(slots=True)
class _Node:
    """A provision while it grows."""

    level: Level
    label: str
    heading: str
    start: int
    rank: int
    annex: str = ""  # title of an annexed regulation, whose articles start again at 1
    children: list[_Node] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    text: str  # without the white space around it


def parse(text: str, metadata: Metadata) -> Document:
    r"""Parse a whole document.

    Args:
        text: NFC, line ends `\n`, as `corpus.reading` gives it.
        metadata: Facts about it; the id comes from its number.

    Raises:
        TextError: `text` is not text.
        ParseError: It has no Điều.
    """
    check_text(text)
    text = nfc(text)
    root = _Parser(text).run()
    children = _freeze(root.children, len(text), {})
    document = Document(document_id(metadata.number), metadata, text, children)
    if not any(node.level is Level.ARTICLE for node in document.walk()):
        raise ParseError(
            f"{metadata.number}: no line begins an article "
            f'("Điều 1. …") among {text.count(chr(10)) + 1} lines; is this the text of a law?'
        )
    return document


def parse_articles(articles: Iterable[tuple[str, str, str]], metadata: Metadata) -> Document:
    """Build a document from articles whose borders are known.

    Args:
        articles: Number, heading and body of each, in order.
        metadata: Facts about the document.
    """
    parts: list[str] = []
    roots: list[_Node] = []
    at = 0
    for number, heading, body in articles:
        head = f"Điều {number}. {heading}".rstrip() + "\n"
        piece = nfc(f"{head}{body.strip()}\n")
        check_text(piece)
        article = _Node(Level.ARTICLE, number, heading, at, _RANK[Level.ARTICLE])
        _Parser(piece, article=article, offset=at, skip=len(nfc(head))).run()
        roots.append(article)
        parts.append(piece)
        at += len(piece)
    text = "".join(parts)
    children = _freeze(roots, len(text), {})
    return Document(document_id(metadata.number), metadata, text, children)


class _Parser:
    """One pass over the lines; the stack holds the open provisions, outermost first."""

    def __init__(
        self, text: str, *, article: _Node | None = None, offset: int = 0, skip: int = 0
    ) -> None:
        self._offset = offset
        self._lines = [line for line in _lines(text) if line.start >= skip]
        self._closings = _closing_lines(self._lines)
        self._only_article = article is not None
        self.root = _Node(Level.REMAINDER, "", "", offset, -1)
        self._stack = [self.root] + ([article] if article else [])
        self._last_article = ""
        self._gap_since: set[Level] = set()
        self._annex: _Line | None = None

    def run(self) -> _Node:
        """Return the root with all provisions below it."""
        lines = self._lines
        place = 0
        while place < len(lines):
            line = lines[place]
            if not line.text:
                place += 1
                continue
            quoted = self._quoted_until(place)
            if quoted is not None:
                self._add(Level.QUOTED, "", "", line, rank=self._stack[-1].rank + 1)
                self._stack.pop()
                place = quoted + 1
                continue
            place += self._take(place, line)
        return self.root

    def _take(self, place: int, line: _Line) -> int:
        """Place one line; return how many lines it used."""
        begins = opening(line.text)
        if begins is None:
            return self._take_text(place, line)
        if begins.level is Level.GAP:
            self._take_gap(place, line)
            return 1
        if begins.level is Level.ARTICLE and self._fits_article(begins):
            heading, used = self._heading(place, begins.rest)
            if not self._follows(begins):
                self._start_annex_if_due()
            self._add(Level.ARTICLE, begins.label, heading, line)
            self._last_article = begins.label
            self._gap_since.clear()
            return used
        if begins.level in _GROUPS and not self._only_article and self._fits_group(place, begins):
            heading, used = self._heading(place, begins.rest, upper=True)
            self._start_annex_if_due()
            self._add(begins.level, begins.label, heading, line)
            return used
        if begins.level is Level.APPENDIX and self._last_article and not begins.rest:
            heading, used = self._heading(place, begins.rest, upper=True)
            self._add(Level.APPENDIX, begins.label, heading, line)
            return used
        if begins.level in (Level.CLAUSE, Level.POINT) and self._fits(begins):
            self._add(begins.level, begins.label, "", line)
            self._gap_since.discard(begins.level)
        elif begins.level is Level.SUBPOINT and self._inside(Level.POINT):
            self._add(Level.SUBPOINT, begins.label, "", line)
        elif begins.level is Level.ITEM and self._inside(Level.ARTICLE):
            self._add(Level.ITEM, "", "", line)
        elif begins.level is Level.TABLE and self._inside(Level.ARTICLE):
            if self._stack[-1].level is not Level.TABLE:
                self._add(Level.TABLE, "", "", line)
        else:
            return self._take_text(place, line)
        return 1

    def _take_text(self, place: int, line: _Line) -> int:
        """Place a line that begins nothing: it belongs to the provision that is open."""
        if self._last_article and SIGNATURE.match(line.text) and not self._inside(Level.APPENDIX):
            if self._stack[-1].level is not Level.SIGNATURE:
                self._add(Level.SIGNATURE, "", "", line)
        elif self._last_article and ANNEX_TITLE.fullmatch(line.text):
            near = " ".join(after.text for after in self._lines[place + 1 : place + 8])
            if "kèm theo" in near.lower():
                self._annex = line
        elif len(self._stack) == 1:
            level = Level.REMAINDER if self._last_article else Level.PREAMBLE
            self._add(level, "", "", line)
        elif self._stack[-1].level is Level.TABLE:
            self._stack.pop()
            self._add(Level.PARAGRAPH, "", "", line, rank=self._stack[-1].rank + 1)
        elif self._stack[-1].children and self._stack[-1].children[-1].level is Level.GAP:
            self._add(Level.PARAGRAPH, "", "", line, rank=self._stack[-1].rank + 1)
        return 1

    def _take_gap(self, place: int, line: _Line) -> None:
        """Place a gap: inside the open provision, or outside all articles behind a blank line."""
        apart = place > 0 and not self._lines[place - 1].text
        innermost = next(
            (
                node
                for node in reversed(self._stack)
                if node.level in (Level.CLAUSE, Level.ARTICLE, Level.APPENDIX)
            ),
            None,
        )
        outside = innermost is None or apart
        rank = _RANK[Level.ARTICLE] if outside or innermost is None else innermost.rank + 1
        self._add(Level.GAP, "", "", line, rank=rank)
        self._stack.pop()
        self._gap_since |= {Level.ARTICLE, Level.CLAUSE, Level.POINT}

    # --- does it fit the sequence? ---------------------------------------------------------

    def _fits_article(self, begins: Opening) -> bool:
        if self._only_article:
            return False
        return not self._last_article or self._annex is not None or self._follows(begins)

    def _follows(self, begins: Opening) -> bool:
        """A jump forward is taken as a slip of the source and reported by `corpus.checking`."""
        return label_order(begins.label) > label_order(self._last_article)

    def _fits_group(self, place: int, begins: Opening) -> bool:
        """A group's title is short or stands on the next line; "Mục 1 này" in a text is not one."""
        if begins.rest and (
            len(begins.rest) > MAX_HEADING_CHARS or begins.rest.endswith((".", ";"))
        ):
            return False
        return not begins.rest[:1].islower()

    def _fits(self, begins: Opening) -> bool:
        level = begins.level
        parent = self._parent_for(level)
        if parent is None:
            return False
        siblings = [node.label for node in parent.children if node.level is level]
        last = siblings[-1] if siblings else ""
        loose = level in self._gap_since
        if level is Level.CLAUSE:
            if self._inside(Level.POINT) and last and begins.label == "1":
                return False
            wanted = label_number(last) + 1 if last else 1
            now = label_number(begins.label)
            inserted = bool(last) and is_inserted(begins.label, last)
            return now == wanted or inserted or (loose and now > wanted)
        order = POINT_LETTERS
        if begins.label not in order:
            return False
        wanted = order.index(last) + 1 if last else 0
        now = order.index(begins.label)
        # Some sources skip đ (a b c d e g); some skip nothing. Both are sequences.
        skipped = order[wanted : wanted + 1] == "đ" and now == wanted + 1
        return now == wanted or skipped or (loose and now > wanted)

    def _parent_for(self, level: Level) -> _Node | None:
        """Return the open provision a clause or point would hang under."""
        wanted = (Level.ARTICLE,) if level is Level.CLAUSE else (Level.CLAUSE, Level.ARTICLE)
        return next((node for node in reversed(self._stack) if node.level in wanted), None)

    def _inside(self, level: Level) -> bool:
        return any(node.level is level for node in self._stack)

    # --- building ---------------------------------------------------------------------------

    def _add(
        self, level: Level, label: str, heading: str, line: _Line, *, rank: int | None = None
    ) -> _Node:
        rank = _RANK[level] if rank is None else rank
        while self._stack[-1].rank >= rank:
            self._stack.pop()
        holds = _RANK[Level.PARAGRAPH] if level in _BESIDE else rank
        node = _Node(level, label, heading, self._offset + line.start, holds)
        self._annex = None  # it begins right behind its title, or not at all
        self._stack[-1].children.append(node)
        self._stack.append(node)
        return node

    def _start_annex_if_due(self) -> None:
        """Open the annexed regulation whose title was seen, now that its first provision comes."""
        if self._annex is None:
            return
        title = self._annex.text.capitalize()
        self._add(Level.APPENDIX, "", title, self._annex).annex = title
        self._last_article = ""

    def _heading(self, place: int, rest: str, *, upper: bool = False) -> tuple[str, int]:
        """Return the heading on the line or the next, and how many lines were used."""
        if rest:
            return ("" if rest.endswith((".", ";")) else rest.rstrip(":")), 1
        following = place + 1
        while following < len(self._lines) and not self._lines[following].text:
            following += 1
        if following >= len(self._lines):
            return "", 1
        line = self._lines[following].text
        fits = len(line) <= MAX_HEADING_CHARS and not line.endswith((".", ";", ":", ","))
        if not fits or opening(line) is not None or (upper and line != line.upper()):
            return "", 1
        return line, following - place + 1

    def _quoted_until(self, place: int) -> int | None:
        """Return the line that closes a quotation opened on this one; `None` if none opens.

        A quotation belongs to an amendment when its first line begins with the mark and the
        line before announces it.
        """
        line = self._lines[place].text
        if not line.startswith(_OPEN) or len(self._stack) < 2:
            return None
        before = next(
            (
                other.text
                for other in reversed(self._lines[max(place - 4, 0) : place])
                if other.text
            ),
            "",
        )
        return self._closings[place] if before.endswith(":") else None


def _closing_lines(lines: Sequence[_Line]) -> list[int | None]:
    """Return for each line the one by whose end as many quotations close as opened since it."""
    depths = [0]
    for line in lines:
        depths.append(depths[-1] + line.text.count(_OPEN) - line.text.count(_CLOSE))
    closings: list[int | None] = [None] * len(lines)
    waiting: list[int] = []  # lines whose quotation is open, with growing depths before them
    for at, depth in enumerate(depths):
        while waiting and depths[waiting[-1]] >= depth:
            closings[waiting.pop()] = at - 1
        waiting.append(at)
    return closings


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    at = 0
    for raw in text.split("\n"):
        lines.append(_Line(at, raw.strip()))
        at += len(raw) + 1
    return lines


def _freeze(
    nodes: Sequence[_Node], end: int, taken: dict[str, int], parent: str = "", annex: str = ""
) -> tuple[Provision, ...]:
    """Give every node its end and its id; the first one also covers what stands before it."""
    frozen: list[Provision] = []
    counts: dict[Level, int] = {}
    for place, node in enumerate(nodes):
        counts[node.level] = counts.get(node.level, 0) + 1
        stop = nodes[place + 1].start if place + 1 < len(nodes) else end
        start = 0 if parent == "" and place == 0 else node.start
        # Articles are numbered through the document or its annexed regulation, not its chapters.
        holder = annex if node.level is Level.ARTICLE else parent
        own = _id(node, holder, counts[node.level], taken)
        inside = own if node.annex else annex
        children = _freeze(node.children, stop, taken, own, inside)
        frozen.append(Provision(node.level, node.label, node.heading, own, start, stop, children))
    return tuple(frozen)


def _id(node: _Node, parent: str, count: int, taken: dict[str, int]) -> str:
    """Return an id nobody has yet."""
    label = node.label or (str(count) if node.level not in (Level.PREAMBLE, Level.APPENDIX) else "")
    step = slug(node.annex) if node.annex else segment(node.level, label)
    own = f"{parent}.{step}" if parent else step
    unique, suffix = own, taken.get(own, 0)
    while unique in taken:
        suffix += 1
        unique = f"{own}-{suffix}"
    # Where to go on next time: a thousand repeats must not be counted through each time.
    taken[own] = max(suffix, 1)
    taken.setdefault(unique, 1)
    return unique
