"""Citations as people write them: find, parse, print.

A citation is a row of parts ("điểm b", "khoản 2", "Điều 6") in any order, each a marker word
and one or more labels, with or without the document behind it. Marks may be left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product

from corpus.citation_tokens import Token, tokenize, typed_as
from corpus.document_names import (
    ABBREVIATED_KINDS,
    CONSOLIDATED,
    CONSOLIDATED_NUMBER,
    FULL_NUMBER,
    KINDS,
    YEAR_BEHIND,
    YEAR_NUMBER,
    canonical_number,
    kind_of_number,
)
from corpus.errors import CitationError
from corpus.model import Citation
from corpus.text import fold, nfc

POINT_LETTERS = "abcdđeghiklmnopqrstuvxy"  # Vietnamese order; no f, j, w, z
CITED_LETTERS = POINT_LETTERS + "f"  # who forgets that lists go from e to g asks for điểm f
MAX_RANGE = 200  # labels a range may name; more is a slip, not a citation
_MARKERS = {"point": "điểm", "clause": "khoản", "article": "điều"}
_LEVEL_OF = {fold(marker): level for level, marker in _MARKERS.items()}
_SHORT = {"k": "clause", "đ": "article", "d": "article"}
_LEVELS = tuple(_MARKERS)
_JOINS = (",", "-", "\u2013", "của", "cua", "thuộc", "tại")  # between the parts of one citation
_RANGE_JOINS = ("den", "toi", "-", "\u2013")  # between the first label and the last, folded
_LIST_JOINS = (",", "va", "hoac", "&", *_RANGE_JOINS)
_PAIR_JOINS = ("voi", "lan")  # "điều 6 với điều 7"; "khoản 2 với 3 bên" is no list
_LONGEST_REMARK = 12  # tokens of what stands in brackets between two parts


@dataclass(frozen=True, slots=True)
class FoundCitation:
    """Citations found at one place of a text.

    `relative` names the levels cited by "này" ("Điều này", "Nghị định này"): any of
    "point", "clause", "article", "document"; such parts are `None` in `citations`.
    """

    start: int
    end: int  # exclusive
    citations: tuple[Citation, ...]
    relative: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Part:
    level: str
    labels: tuple[str, ...]  # empty: "này"
    next: int  # token behind the part
    short: bool  # abbreviated marker: "k2", "đ6"


@dataclass(frozen=True, slots=True)
class NamedDocument:
    """A document named at one place of a text."""

    start: int
    end: int
    number: str | None  # None: "Nghị định này"
    kind: str | None


def print_citation(citation: Citation) -> str:
    """Return "điểm b khoản 2 Điều 6 Nghị định 137/2024/NĐ-CP"."""
    parts = [
        ("điểm", citation.point),
        ("khoản", citation.clause),
        ("Điều", citation.article),
        ("Phụ lục", citation.appendix),
        (citation.annex or "", "" if citation.annex else None),
    ]
    words = [f"{word} {label}".strip() for word, label in parts if label is not None]
    if citation.annex and citation.document:
        words.append("ban hành kèm theo")
    if citation.document:
        words.append(f"{citation.kind or ''} {citation.document}".strip())
    return " ".join(words)


def parse_citation(text: str, names: Iterable[str] = ()) -> Citation:
    """Read a text that is one citation and nothing else.

    Raises:
        CitationError: It is not, or it names several provisions.
    """
    text = nfc(text).strip()
    annexed = re.fullmatch(r"(.*?)\s*(Quy chế|Quy định|Điều lệ) ban hành kèm theo (.*)", text)
    if annexed:
        text = f"{annexed[1]} {annexed[3]}".strip()
    found = find_citations(text, names, weak=True)
    whole = len(found) == 1 and found[0].start == 0 and found[0].end == len(text)
    if not whole or len(found[0].citations) != 1:
        raise CitationError(
            f"{text[:80]!r} is not one citation; expected such as "
            '"khoản 2 Điều 6 Nghị định 137/2024/NĐ-CP"'
        )
    citation = found[0].citations[0]
    if annexed:
        return replace(citation, annex=annexed[2])
    return citation


def find_citations(
    text: str, names: Iterable[str] = (), *, weak: bool = False
) -> list[FoundCitation]:
    """Find every citation in `text`, in reading order.

    Args:
        text: Any text; offsets of the results count its characters, so pass NFC.
        names: Known names of documents ("Luật Giao dịch điện tử"), see `Library.names`.
        weak: Also return lone abbreviations ("k3", "đ6" without anything else), which are
            noise in a first question and meaningful in a follow-up.
    """
    return list(each_citation(text, names, weak=weak))


def each_citation(
    text: str, names: Iterable[str] = (), *, weak: bool = False
) -> Iterator[FoundCitation]:
    """Yield what `find_citations` returns, reading no further than is asked for."""
    tokens = tokenize(text)
    documents = find_documents(text, names)
    starts = {document.start: document for document in documents}
    inside = [(document.start, document.end) for document in documents]
    place = 0
    while place < len(tokens):
        token = tokens[place]
        if token.start in starts:
            document = starts[token.start]
            yield _document_alone(document)
            place = _behind(tokens, place, document.end)
            continue
        if any(start <= token.start < end for start, end in inside):
            place += 1
            continue
        parts = _read_parts(tokens, place)
        if not parts or (not weak and len(parts) == 1 and parts[0].short):
            place += 1
            continue
        place = parts[-1].next
        last = tokens[place - 1]
        behind = _document_behind(text, last.end, starts)
        if behind:
            place = _behind(tokens, place, behind.end)
        yield _combine(parts, token.start, last.end, behind)


def _read_parts(tokens: list[Token], place: int) -> list[_Part]:
    parts: list[_Part] = []
    while place < len(tokens):
        at = _behind_remark(tokens, place) if parts else place
        if parts and at < len(tokens) and tokens[at].text.lower() in _JOINS:
            at += 1
            if at < len(tokens) and typed_as(tokens[at], "cả"):  # "của cả điều 6 lẫn điều 7"
                at += 1
        if at >= len(tokens):
            break
        part = _read_part(tokens, at, alone=not parts)
        if part is None or any(part.level == known.level for known in parts):
            break
        if part.level == "point" and parts and _is_clause(tokens, part.next):
            break  # "khoản 1, điểm a khoản 2": the point is of the khoản behind it
        parts.append(part)
        place = part.next
    return parts


def _is_clause(tokens: list[Token], place: int) -> bool:
    part = _read_part(tokens, place, alone=False) if place < len(tokens) else None
    return part is not None and part.level == "clause"


def _behind_remark(tokens: list[Token], place: int) -> int:
    """Return the place behind a short remark in brackets; `place` itself where there is none."""
    if tokens[place].text != "(":
        return place
    ends = (at for at in range(place, min(place + _LONGEST_REMARK, len(tokens))))
    return next((at + 1 for at in ends if tokens[at].text == ")"), place)


def _read_part(tokens: list[Token], place: int, *, alone: bool) -> _Part | None:
    """Read one marker with its labels, such as "điểm a, b" or "k3"; `alone` if it is the first."""
    at = place
    if tokens[at].bare == "cac" and at + 1 < len(tokens):
        at += 1
    word = tokens[at]
    level = _LEVEL_OF.get(word.bare)
    if level and (not typed_as(word, _MARKERS[level]) or _is_account(tokens, at)):
        level = None
    short = level is None
    if short:
        level = _SHORT.get(word.text.lower())
        if at + 1 < len(tokens) and tokens[at + 1].text == ".":
            at += 1
    if level is None or at + 1 >= len(tokens):
        return None
    if short and not tokens[at + 1].is_number:
        return None
    if not short and typed_as(tokens[at + 1], "này"):
        return _Part(level, (), at + 2, short=False)
    labels, behind = _read_labels(tokens, at + 1, level, alone=alone)
    if not labels or (level == "clause" and _is_money(tokens, behind)):
        return None
    return _Part(level, tuple(labels), behind, short)


def _read_labels(
    tokens: list[Token], place: int, level: str, *, alone: bool
) -> tuple[list[str], int]:
    """Read labels joined by commas, "và", "hoặc", or as a range with "đến" or a dash.

    The marker may be repeated; not in "điểm b khoản 2 và khoản 4", which is not of both.
    """
    label, place = _read_label(tokens, place, level)
    labels = [label] if label else []
    while labels and place + 1 < len(tokens):
        join = tokens[place].bare
        after = place + 1
        if join == "," and tokens[after].bare in ("va", "hoac") and after + 1 < len(tokens):
            after += 1
        marked = _LEVEL_OF.get(tokens[after].bare) == level  # "điểm a đến điểm c"
        if marked and not alone and level != "article":
            break
        if join not in _LIST_JOINS and not (marked and join in _PAIR_JOINS):
            break
        label, behind = _read_label(tokens, after + marked, level)
        if not label or _is_quantity(tokens, behind):
            break
        labels += _between(labels[-1], label, level) if join in _RANGE_JOINS else []
        labels.append(label)
        place = behind
    return labels, place


def _read_label(tokens: list[Token], place: int, level: str) -> tuple[str, int]:
    """Return a label and the place behind it; "" where there is none."""
    if place >= len(tokens):
        return "", place
    token = tokens[place]
    if level == "point":
        letter = token.text.lower()
        if token.is_letter and letter in CITED_LETTERS:
            return letter, place + 1
        return "", place
    if not token.is_number or len(token.text) > 4:
        return "", place
    label = token.text.lstrip("0") or "0"
    follower = tokens[place + 1] if place + 1 < len(tokens) else None
    if (
        follower
        and follower.glued
        and follower.is_letter
        and follower.text.lower() in POINT_LETTERS
    ):
        return label + follower.text.lower(), place + 2  # "Điều 6a"
    return label, place + 1


def _is_account(tokens: list[Token], place: int) -> bool:
    """Whether "khoản" ends "tài khoản"; "tại khoản 2" cites, as does "tai khoan 2 dieu 6"."""
    if place == 0 or tokens[place].bare != "khoan" or tokens[place - 1].bare != "tai":
        return False
    written = tokens[place - 1].text.lower()
    behind = tokens[place + 2].bare if place + 2 < len(tokens) else ""
    return written == "tài" or (written == "tai" and behind != "dieu")


def _is_quantity(tokens: list[Token], place: int) -> bool:
    """Whether a number before `place` counts something: "5 năm", "23/10"."""
    if place >= len(tokens):
        return False
    return tokens[place].bare in ("nam", "ngay", "thang", "/", "%")


def _is_money(tokens: list[Token], place: int) -> bool:
    """Whether a number before `place` is a sum: "khoản 5 triệu"."""
    return place < len(tokens) and tokens[place].bare in ("trieu", "nghin", "ngan", "dong", "ty")


def _between(first: str, last: str, level: str) -> list[str]:
    """Return the labels strictly between two ends of a range."""
    if level == "point":
        low, high = POINT_LETTERS.find(first), POINT_LETTERS.find(last)
        return list(POINT_LETTERS[low + 1 : high]) if 0 <= low < high else []
    if not (first.isdigit() and last.isdigit()) or int(last) - int(first) > MAX_RANGE:
        return []
    return [str(number) for number in range(int(first) + 1, int(last))]


def _combine(
    parts: list[_Part], start: int, end: int, document: NamedDocument | None
) -> FoundCitation:
    labels = {part.level: part.labels for part in parts}
    choices = [labels.get(level) or (None,) for level in _LEVELS]
    relative = tuple(level for level in _LEVELS if labels.get(level) == ())
    if document and document.number is None:
        relative += ("document",)
    number = document.number if document else None
    kind = document.kind if document and document.number else None
    citations = tuple(
        Citation(point=point, clause=clause, article=article, document=number, kind=kind)
        for point, clause, article in product(*choices)
    )
    return FoundCitation(start, document.end if document else end, citations, relative)


def _document_alone(document: NamedDocument) -> FoundCitation:
    if document.number is None:
        return FoundCitation(document.start, document.end, (Citation(),), ("document",))
    citation = Citation(document=document.number, kind=document.kind)
    return FoundCitation(document.start, document.end, (citation,))


def _document_behind(text: str, end: int, starts: dict[int, NamedDocument]) -> NamedDocument | None:
    gap = re.compile(r"\s*(?:,\s*)?(?:(?:của|cua|tại|trong|thuộc)\s+)?", re.IGNORECASE).match(
        text, end
    )
    return starts.get(gap.end()) if gap else None


def _behind(tokens: list[Token], place: int, end: int) -> int:
    while place < len(tokens) and tokens[place].start < end:
        place += 1
    return place


def _loosely(name: str) -> str:
    """Return a pattern for a name typed with or without marks."""
    words = [f"(?:{re.escape(word)}|{re.escape(fold(word))})" for word in name.split()]
    return r"\s+".join(words)


_KIND = "|".join(
    [_loosely(kind) for kind in KINDS] + [r"N[ĐD]", r"TT", r"TTLT", r"Q[ĐD]", r"NQ", r"CT", r"BL"]
)
_NUMBERED = re.compile(
    rf"(?<!\w)(?:(?P<kind>{_KIND})\.?\s*(?:(?:số|so)\s*:?\s*)?)?(?P<number>\d{{1,5}}\s?/\s?\d{{4}}"
    rf"(?:\s?/\s?[A-Za-zĐđ]+\d*(?:-[A-Za-zĐđ]+\d*)*)?)(?![\w/])",
    re.IGNORECASE,
)
_BARE_KIND = "|".join([*map(_loosely, ("Nghị định", "Thông tư", "Quyết định")), "N[ĐD]"])
_BARE_NUMBERED = re.compile(
    rf"(?<!\w)(?P<kind>{_BARE_KIND})"
    r"\s+(?:(?:số|so)\s+)?(?P<number>\d{1,5})(?:\s+(?:năm|nam)\s+(?P<year>\d{4}))?(?![\w/])",
    re.IGNORECASE,
)
_CONSOLIDATED = re.compile(
    rf"(?<!\w)(?:{_loosely(CONSOLIDATED)}\s+(?:(?:số|so)\s*:?\s*)?)?"
    rf"(?P<number>{CONSOLIDATED_NUMBER.pattern})",
    re.IGNORECASE,
)
_THIS = re.compile(
    rf"(?<!\w)(?P<kind>{'|'.join(_loosely(kind) for kind in KINDS)})\s+(?:này|nay)(?!\w)",
    re.IGNORECASE,
)


def find_documents(text: str, names: Iterable[str] = ()) -> list[NamedDocument]:
    """Return the documents named in `text` (see `find_citations`), without overlaps, in order."""
    found: list[NamedDocument] = []
    for match in _NUMBERED.finditer(text):
        kind = _canonical_kind(match["kind"])
        full = FULL_NUMBER.fullmatch(match["number"])
        if full is None and (kind is None or not YEAR_NUMBER.fullmatch(match["number"])):
            continue  # "10/2024" alone is a date
        number = canonical_number(full) if full else re.sub(r"\s", "", match["number"])
        kind = kind or (kind_of_number(number) if full else None)
        found.append(NamedDocument(match.start(), match.end(), number, kind))
    for match in _BARE_NUMBERED.finditer(text):
        kind = _canonical_kind(match["kind"])
        number = "/".join(filter(None, (match["number"], match["year"])))
        found.append(NamedDocument(match.start(), match.end(), number, kind))
    for match in _CONSOLIDATED.finditer(text):
        number = re.sub(r"\s", "", match["number"]).upper()
        found.append(NamedDocument(match.start(), match.end(), number, CONSOLIDATED))
    for match in _THIS.finditer(text):
        kind = _canonical_kind(match["kind"])
        found.append(NamedDocument(match.start(), match.end(), None, kind))
    folded = _folded(text)
    for name in names:
        if _folded_name(name) not in folded:
            continue  # of thousands of names nearly all are done with here
        for match in re.finditer(
            rf"(?<!\w){_loosely(name)}{YEAR_BEHIND}?(?!\w)", text, re.IGNORECASE
        ):
            found.append(NamedDocument(match.start(), match.end(), name, None))
    found.sort(key=lambda document: (document.start, -document.end))
    kept: list[NamedDocument] = []
    for document in found:
        if not kept or document.start >= kept[-1].end:
            kept.append(document)
    return kept


def _folded(text: str) -> str:
    return " ".join(fold(text).split())


_folded_name = lru_cache(maxsize=1 << 14)(_folded)  # the same names are looked for every time


def _canonical_kind(word: str | None) -> str | None:
    if word is None:
        return None
    bare = " ".join(fold(word).split())
    for kind in KINDS:
        if fold(kind) == bare:
            return kind
    return ABBREVIATED_KINDS.get(bare)
