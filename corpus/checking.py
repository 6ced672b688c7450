"""The parse report: what an operator reads before trusting a loaded document.

Problems make `load` refuse: the numbers of articles or clauses do not follow one another, so a
citation could name the wrong words. Remarks are worth reading, but nothing is wrong with them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import Any

from corpus.clauses import clauses_of
from corpus.document_names import FULL_NUMBER
from corpus.gaps import gaps
from corpus.identifiers import is_inserted, label_number
from corpus.lines import opening
from corpus.model import Document, Level, Metadata, Provision
from corpus.readers.vietnamese import is_syllable
from corpus.reading import SourceText
from corpus.serialising import metadata_to_json
from corpus.text import fold

SHOWN = 8  # lines of one kind in the text report; JSON has all
LOW_CONFIDENCE = 0.85  # of the words read from a picture
_NUMBERED = (Level.ARTICLE, Level.CLAUSE, Level.POINT, Level.SUBPOINT, Level.ITEM, Level.PARAGRAPH)
_WORD = re.compile(r"[^\W\d_]+")
_COUNTED = (
    Level.PART,
    Level.CHAPTER,
    Level.SECTION,
    Level.SUBSECTION,
    Level.ARTICLE,
    Level.CLAUSE,
    Level.POINT,
    Level.APPENDIX,
    Level.TABLE,
    Level.QUOTED,
    Level.GAP,
    Level.REMAINDER,
)


@dataclass(frozen=True, slots=True)
class ParseReport:
    """What was recognised in a document, and what is doubtful."""

    document_id: str
    metadata: Metadata
    counts: dict[str, int]  # nodes by level
    units: int  # clauses that can be found and quoted
    articles: str  # labels in short: "1-57"; a series for each annexed regulation
    problems: tuple[str, ...]  # broken sequences
    remarks: tuple[str, ...]
    doubtful_words: tuple[str, ...] = ()  # of a text read from a picture, most frequent first
    source: SourceText | None = field(default=None, repr=False)

    def __str__(self) -> str:
        """Return the report as lines."""
        facts = self.metadata
        rows = [
            ("number", facts.number),
            ("kind", facts.kind),
            ("issuer", facts.issuer),
            ("issued", facts.issued),
            ("effective", facts.effective),
            ("status", facts.status.value if facts.status else None),
            ("amended by", "; ".join(facts.amended_by)),
            ("title", facts.title),
            ("read from", self._read_from()),
            ("found", self._found()),
        ]
        lines = [
            f"{name + ':':<12}{value or 'not recognised'}"
            for name, value in rows
            if value or name not in ("effective", "status", "amended by", "read from")
        ]
        lines += _shown("PROBLEM", self.problems)
        lines += _shown("remark", self.remarks)
        verdict = "numbers follow one another" if not self.problems else "NOT in sequence"
        return "\n".join([*lines, f"{'result:':<12}{verdict}, articles {self.articles}"])

    def to_json(self) -> dict[str, Any]:
        """Return {"id", "metadata", "source", "counts", "units", "articles", "problems", …}."""
        source = self.source
        return {
            "id": self.document_id,
            "metadata": metadata_to_json(self.metadata),
            "source": {
                "format": source.format,
                "encoding": source.encoding,
                "scanned": source.scanned,
                "confidence": source.confidence,
                "pages": source.pages,
            }
            if source
            else None,
            "counts": self.counts,
            "units": self.units,
            "articles": self.articles,
            "problems": list(self.problems),
            "remarks": list(self.remarks),
            "doubtful_words": list(self.doubtful_words),
        }

    def _read_from(self) -> str:
        source = self.source
        if source is None:
            return self.metadata.source_name
        said = [source.format]
        if source.encoding not in ("", "utf-8"):
            said.append(f"in {source.encoding}")
        if source.pages:
            said.append(f"{source.pages} pages")
        if source.scanned:
            said.append("read from a picture")
        if source.confidence is not None:
            said.append(f"confidence {source.confidence:.0%}")
        return f"{source.name} ({', '.join(said)})"

    def _found(self) -> str:
        counted = [
            f"{self.counts[level.value]} {level.value}"
            for level in _COUNTED
            if self.counts.get(level.value)
        ]
        return f"{', '.join(counted)}; {self.units} units to search"


def check(document: Document, source: SourceText | None = None) -> ParseReport:
    """Return the report on `document`.

    Args:
        document: Parsed.
        source: How its file was read, where that is known.
    """
    nodes = list(document.walk())
    scanned = document.metadata.ocr or (source is not None and source.scanned)
    doubtful = _doubtful_words(document.text) if scanned else ()
    remarks = [*_unknown_facts(document), *_unplaced(document, nodes)]
    if scanned:
        remarks += _scan_remarks(doubtful, source)
    return ParseReport(
        document_id=document.id,
        metadata=document.metadata,
        counts=dict(Counter(node.level.value for node in nodes)),
        units=len(clauses_of(document)),
        articles=_series(nodes),
        problems=(*_article_problems(document, nodes), *_line_problems(document, nodes)),
        remarks=tuple(remarks),
        doubtful_words=doubtful,
        source=source,
    )


# --- sequence ---------------------------------------------------------------------------------


def _article_problems(document: Document, nodes: list[Provision]) -> Iterator[str]:
    """Yield jumps and repeats among the articles of the document and of each annex."""
    skipped = [gap.start for gap in gaps(document)]
    for _, group in groupby((n for n in nodes if n.level is Level.ARTICLE), _holder):
        series = list(group)
        first = series[0]
        if label_number(first.label) != 1 and not any(at < first.start for at in skipped):
            yield f"the first article is Điều {first.label}; Điều 1 was not found"
        for before, after in pairwise(series):
            if any(before.start < at < after.start for at in skipped):
                continue
            expected, now = label_number(before.label) + 1, label_number(after.label)
            if now != expected and not is_inserted(after.label, before.label):
                yield (
                    f"Điều {before.label} is followed by Điều {after.label} "
                    f"(line {_line_number(document, after.start)}); "
                    f"expected Điều {expected}"
                )


def _line_problems(document: Document, nodes: list[Provision]) -> Iterator[str]:
    """Yield lines that look like an article or a clause, but do not fit the sequence."""
    article = ""
    last = 0
    for node in nodes:
        if node.level is Level.ARTICLE:
            article, last = node.label, 0
        elif node.level is Level.CLAUSE:
            last = label_number(node.label)
        if node.level not in _NUMBERED or not article:
            continue
        for at, line in _lines_behind_the_first(document, node):
            begins = opening(line)
            if begins is None or begins.level not in (Level.ARTICLE, Level.CLAUSE):
                continue
            number = _line_number(document, at)
            shown = line if len(line) <= 60 else line[:60] + "…"
            if begins.level is Level.ARTICLE:
                yield f'line {number} "{shown}" was not taken as an article behind Điều {article}'
            elif node.level is not Level.POINT and label_number(begins.label) > last + 1:
                where = f"khoản {last}" if last else "no khoản"
                yield f'Điều {article}: behind {where} comes line {number} "{shown}"'


def _lines_behind_the_first(document: Document, node: Provision) -> Iterator[tuple[int, str]]:
    """Yield offset and words of the lines of a node's own text that do not begin it."""
    at = node.start
    for place, raw in enumerate(document.own_text(node).split("\n")):
        if place and raw.strip():
            yield at, raw.strip()
        at += len(raw) + 1


def _holder(article: Provision) -> str:
    """Return what an article is numbered in: "" for the document, else the id of the annex."""
    return article.id.rpartition("dieu-")[0]


def _series(nodes: list[Provision]) -> str:
    found = []
    for holder, group in groupby((n for n in nodes if n.level is Level.ARTICLE), _holder):
        labels = [node.label for node in group]
        place = f" of {holder.rstrip('.')}" if holder else ""
        found.append(f"{labels[0]}-{labels[-1]} ({len(labels)}){place}")
    return ", ".join(found)


# --- doubts -----------------------------------------------------------------------------------


def _unknown_facts(document: Document) -> Iterator[str]:
    facts = document.metadata
    stem = facts.source_name.rpartition(".")[0] or facts.source_name
    if facts.source_name and facts.number == stem:
        yield f'no number was recognised: the document is called "{stem}"; give --number'
    elif facts.kind not in ("Luật", "Bộ luật") and not FULL_NUMBER.fullmatch(facts.number):
        yield f'"{facts.number}" is not written like a number ("137/2024/NĐ-CP")'
    if not facts.title:
        yield "no title was recognised; give --title"


def _unplaced(document: Document, nodes: list[Provision]) -> Iterator[str]:
    for gap in gaps(document):
        line = _line_number(document, gap.start)
        yield f"the source leaves text out at line {line}, in {gap.parent or 'the document'}"
    for node in nodes:
        if node.level is Level.REMAINDER:
            line = _line_number(document, node.start)
            words = " ".join(document.full_text(node).split())
            yield f'not placed, from line {line}: "{words[:60]}"'


def _scan_remarks(doubtful: tuple[str, ...], source: SourceText | None) -> Iterator[str]:
    yield "the text was read from a picture: compare it before you rely on it"
    if source and source.confidence is not None and source.confidence < LOW_CONFIDENCE:
        yield f"the picture was hard to read: confidence {source.confidence:.0%}"
    if doubtful:
        shown = ", ".join(doubtful[:12])
        yield f"{len(doubtful)} words look misread: {shown}"


def _doubtful_words(text: str) -> tuple[str, ...]:
    """Return words that are no Vietnamese syllable, most frequent first.

    Abbreviations in capitals are no doubt, nor are words that recur: foreign terms and names do,
    misreadings hardly.
    """
    counts: Counter[str] = Counter()
    for word in _WORD.findall(text):
        if len(word) > 1 and not word.isupper() and not is_syllable(word):
            counts[word] += 1
    recurring = Counter(fold(word) for word in counts.elements())
    return tuple(word for word, _ in counts.most_common() if recurring[fold(word)] < 3)


def _line_number(document: Document, at: int) -> int:
    while at < len(document.text) and document.text[at].isspace():
        at += 1
    return document.text.count("\n", 0, at) + 1


def _shown(name: str, lines: tuple[str, ...]) -> list[str]:
    shown = [f"{name + ':':<12}{line}" for line in lines[:SHOWN]]
    if len(lines) > SHOWN:
        shown.append(f"{'':<12}… and {len(lines) - SHOWN} more (--json has all)")
    return shown
