"""Citations as people dash them off, written out so that `corpus.citations` reads them.

A citation is a row of parts, in any order: a marker ("khoản", "k.", "clause", raw Telex, a slip)
with a label ("2", "hai", "thứ nhất", "II"), or a label that takes its level from the part before
("điều 6.2", "6(3)(c)", "Khoản 3 - e)"). What alone might be something else ("d6", "khoan hai",
"6.2") is a part only beside another one, or beside the number of a document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from chatbot import telex
from chatbot.numerals import (
    LONGEST_NUMBER,
    LONGEST_YEAR,
    below_hundred,
    below_thousand,
    restored,
    roman,
    year,
)
from chatbot.subjects import function_words, subject_syllables
from chatbot.syllables import is_valid
from chatbot.typos import edits
from corpus.citation_tokens import Token, tokenize, typed_as
from corpus.citations import CITED_LETTERS, POINT_LETTERS, find_documents
from corpus.text import fold, nfc

_ARTICLE, _CLAUSE, _POINT = "điều", "khoản", "điểm"
_SHORT = {"đ": _ARTICLE, "d": _ARTICLE, "k": _CLAUSE, "kh": _CLAUSE}
_ENGLISH = {"article": _ARTICLE, "art": _ARTICLE, "clause": _CLAUSE, "point": _POINT}
_BESIDE = {"muc": _CLAUSE, "ý": _POINT, "khoang": _CLAUSE}  # "điều 6 mục 2 ý b", "khoảng 2"
_MOST_DIGITS = {_ARTICLE: 3, _CLAUSE: 2}
# What letters are called, in the name that schools teach and the one that is heard.
_LETTER_NAMES = {
    **{"bê": "b", "bờ": "b", "xê": "c", "cờ": "c", "dê": "d", "dờ": "d", "đê": "đ", "đờ": "đ"},
    **{"giê": "g", "gờ": "g", "hát": "h", "hờ": "h", "ca": "k", "lờ": "l", "mờ": "m", "nờ": "n"},
    **{"dd": "đ", "đđ": "đ"},
}
_ONSET_LETTERS = "bcdđgh"  # "đb" can be no word
_NO_LABEL_BEFORE = ("ben", "day", "muoi", "trieu")  # "điều hai bên thỏa thuận", "điều sau đây"
_ENOUGH = 2  # evidence
# Between two parts of a row, up to so many in a row: "của cả", "), ".
_BRACKETS = {"(": ")", "[": "]"}
_BELOW = "./"  # between an article and its clause
_PARTING = (".", ">", "→")
_JOINS = frozenset(
    ", - \u2013 . > → ( ) [ ] và va của cua thuộc thuoc tại tai ở o trong cả ca".split()
)
_LIST_JOINS = frozenset(", - \u2013 & và va với voi lẫn lan hoặc hoac đến den tới toi".split())
_ALL_JOINS = _JOINS | _LIST_JOINS
_MOST_JOINS = 3

_DECREE_NUMBER = re.compile(
    r"(?<!\w)(\d{1,5})\s?[/-]\s?(\d{4})\s?[/-]?\s?n[đd]\s?-?\s?cp(?!\w)", re.IGNORECASE
)
_GLUED_NUMBER = re.compile(r"(?<!\w)(nđ|nd|tt|qđ|qd|nq)\.?(\d{1,4})(?!\w)", re.IGNORECASE)
_ENGLISH_KIND = re.compile(r"(?<!\w)decree\s+(?:no\.?\s*)?(?=\d)", re.IGNORECASE)
_KINDS_IN_WORDS = ("nghi dinh", "thong tu", "quyet dinh", "nghi quyet")  # folded
_KIND_BEGINS = ("nghi", "nd", "thong", "tt", "quyet", "qd", "luat")
_KEYS = re.compile(r"(?<!\w)([dk]\w{3,7})(?=\s+(?:\d|[a-zđ]{1,2}(?!\w)))", re.IGNORECASE)
_MARKERS = {fold(marker): marker for marker in (_POINT, _CLAUSE, _ARTICLE)}


@dataclass(frozen=True, slots=True)
class _Part:
    """One part of a row: the tokens it takes, and what it says."""

    first: int
    behind: int  # token behind the part
    level: str  # "" for a further label of the part before
    label: str
    evidence: int  # that this is a citation; a row needs `_ENOUGH`
    as_typed: bool = False  # `corpus.citations` reads it as it stands
    needs: str = ""  # level of another part without which this is none


def written_out(text: str) -> str:
    """Return the text with dashed-off citations written out; other words stay."""
    text = _KEYS.sub(_decoded_marker, text)
    text = _DECREE_NUMBER.sub(r"\1/\2/NĐ-CP", text)
    text = _GLUED_NUMBER.sub(r"\1 \2", text)
    text = _ENGLISH_KIND.sub("nghị định ", text)
    tokens = tokenize(text)
    text = _with_numbers_of_documents(text, tokens)
    tokens = tokenize(text)
    pieces, done = [], 0
    for part in _accepted(tokens, text):
        start, end = tokens[part.first].start, tokens[part.behind - 1].end
        space = " " if text[start - 1 : start].strip() else ""
        pieces += [text[done:start], space, f"{part.level} {part.label}".strip()]
        done = end
    return "".join([*pieces, text[done:]])


def _decoded_marker(typed: re.Match[str]) -> str:
    decoded = (telex.decode(typed[1].lower()) or "").replace("đ", "d")
    markers = _MARKERS.values()
    return next((marker for marker in markers if marker.replace("đ", "d") == decoded), typed[1])


def _accepted(tokens: Sequence[Token], text: str) -> Iterator[_Part]:
    """Yield the parts of all rows that are citations and have to be written out."""
    documents = [(one.start, one.end) for one in find_documents(text)]
    place = 0
    while place < len(tokens):
        row = _row(tokens, place)
        levels = {part.level for part in row}
        row = [part for part in row if not part.needs or part.needs in levels]
        if not row:
            place += 1
            continue
        place = row[-1].behind
        evidence = sum(part.evidence for part in row)
        if evidence and (len(row) > 1 and _is_all(tokens, row, text)):
            evidence = _ENOUGH
        if evidence >= _ENOUGH or (evidence and _beside(tokens, row, documents)):
            yield from (part for part in row if not part.as_typed)


def _is_all(tokens: Sequence[Token], row: Sequence[_Part], text: str) -> bool:
    """Tell whether nothing else in the text can be a subject: "6.3 nói gì"."""
    start, end = tokens[row[0].first].start, tokens[row[-1].behind - 1].end
    return not subject_syllables(f"{text[:start]} {text[end:]}")


def _beside(
    tokens: Sequence[Token], row: Sequence[_Part], documents: Sequence[tuple[int, int]]
) -> bool:
    """Tell whether the number of a document stands right before or behind a row."""
    before = row[0].first
    while before and tokens[before - 1].text.lower() in _JOINS:
        before -= 1
    behind = _behind_joins(tokens, row[-1].behind, _JOINS)
    last = tokens[before - 1].end if before else -1
    first = tokens[behind].start if behind < len(tokens) else -1
    return any(end == last or start == first for start, end in documents)


def _row(tokens: Sequence[Token], place: int) -> list[_Part]:
    """Read parts one behind another, as many as there are from `place` on."""
    if _is_glued(tokens, place):
        return []
    if place and (tokens[place - 1].bare, tokens[place].bare) == ("tai", "khoan"):  # an account
        return []
    part = _marked(tokens, place) or _unmarked(tokens, place)
    row: list[_Part] = []
    while part is not None:
        row.append(part)
        at = part.behind
        part = _below(tokens, at, row) or _joined(tokens, at) or _further(tokens, at, row)
    return row


def _joined(tokens: Sequence[Token], place: int) -> _Part | None:
    """Read a marker with its label behind what joins parts.

    It takes with it what would part them: a full stop, an arrow, brackets around it.
    """
    after = _behind_joins(tokens, place, _ALL_JOINS)
    part = _marked(tokens, after) if after < len(tokens) else None
    if part is None or after == 0:
        return part
    before, behind = tokens[after - 1].text, tokens[part.behind : part.behind + 1]
    if behind and behind[0].text == _BRACKETS.get(before):
        return replace(part, first=after - 1, behind=part.behind + 1, as_typed=False)
    return replace(part, first=after - 1, as_typed=False) if before in _PARTING else part


def _behind_joins(tokens: Sequence[Token], place: int, joins: frozenset[str]) -> int:
    after = place
    while after < len(tokens) and tokens[after].text.lower() in joins:
        after += 1
    return after if after - place <= _MOST_JOINS else place


def _marked(tokens: Sequence[Token], place: int) -> _Part | None:
    """Read a marker and its label."""
    token = tokens[place]
    word = token.text.lower()
    begin, letter = word[:-1], word[-1:]
    if (begin == "đ" and letter in _ONSET_LETTERS) or (
        fold(begin) == "diem" and letter in POINT_LETTERS
    ):  # "đb", "diemb"
        return _Part(place, place + 1, _POINT, letter, 0, needs=_CLAUSE)
    after = place + 1
    if dot := after < len(tokens) and tokens[after].text == ".":
        after += 1
    if after >= len(tokens):
        return None
    if word in ("đ", "d") and (word == "đ" or dot) and _is_point(tokens, after):
        return _Part(place, after + 1, _POINT, tokens[after].text.lower(), 0, needs=_CLAUSE)
    if level := _SHORT.get(word):
        label = _number(tokens, after, level)
        clear = word == "đ" and tokens[after].glued  # "đ6", "đ.6"
        evidence = 2 if clear else 1
        return label and replace(label, first=place, evidence=evidence, as_typed=False)
    level, evidence = _marker(token)
    if not level:
        return None
    plain = evidence == 2 and word not in _ENGLISH and not dot
    needs = ""
    if not evidence:
        needs = _ARTICLE if level == _CLAUSE else _CLAUSE
    label = _letter(tokens, after) if level == _POINT else _label(tokens, after, level)
    if label is None or (needs and _is_heading(tokens, label.behind)):
        return None
    if word == "diem" and label.label == "d":  # typed without marks
        label = replace(label, label="d, đ", as_typed=False)
    if token.bare == "khoang" and not _is_last(tokens, label.behind):  # "khoảng 3 ngày"
        return None
    return replace(
        label,
        first=place,
        level=level,
        evidence=min(evidence, label.evidence),
        as_typed=plain
        and label.as_typed
        and typed_as(token, level)
        and not (_is_glued(tokens, place) or _is_glued(tokens, label.behind)),
        needs=needs or label.needs,
    )


def _is_glued(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a token is glued to the one before, both letters or digits: "dieu6khoan3"."""
    if not 0 < place < len(tokens) or not tokens[place].glued:
        return False
    return tokens[place].text.isalnum() and tokens[place - 1].text.isalnum()


def _marker(token: Token) -> tuple[str, int]:
    """Return the level a word marks and how surely: 2, or 1 for a slip that is another word."""
    word = token.text.lower()
    if word in _ENGLISH:
        return _ENGLISH[word], 2
    if level := _BESIDE.get(word if word == "ý" else token.bare):
        return level, 0
    if level := _MARKERS.get(token.bare):
        return level, 2 if typed_as(token, level) else 1
    if len(word) > 3 and not is_valid(word) and not telex.is_valid_bare(token.bare):
        near = set(edits(token.bare))
        level = next((level for bare, level in _MARKERS.items() if bare in near), "")
    return (level, 2) if level else ("", 0)


def _is_heading(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a chapter follows: "Mục 2 Chương III"."""
    after = _behind_joins(tokens, place, _JOINS)
    return after < len(tokens) and tokens[after].bare == "chuong"


def _unmarked(tokens: Sequence[Token], place: int) -> _Part | None:
    """Read what begins a row without a marker: "6.3", "6(3)(c)", or "b, khoản 3" in a line."""
    if place == 0 and _is_point(tokens, 0):
        letter = tokens[0].text.lower()
        after = _behind_joins(tokens, 1, frozenset(","))
        clause = _marked(tokens, after) if after < len(tokens) else None
        if clause and clause.level == _CLAUSE:
            return _Part(0, 1, _POINT, letter, 0, needs=_CLAUSE)
    if place and tokens[place].glued and tokens[place - 1].text == ".":
        return None
    article = _number(tokens, place, _ARTICLE)
    if article and article.label.isdigit() and _below(tokens, article.behind, [article]):
        return replace(article, evidence=0, as_typed=False)
    return None


def _below(tokens: Sequence[Token], place: int, row: Sequence[_Part]) -> _Part | None:
    """Read a label that stands one level below the part before: ".3", "(3)", ".c", "- e)"."""
    level = {_ARTICLE: _CLAUSE, _CLAUSE: _POINT}.get(row[-1].level)
    dashed_off = tokens[row[-1].first].text in _BELOW  # "6.3 e" and nothing more
    if level == _POINT and dashed_off and place == len(tokens) - 1 and _is_point(tokens, place):
        return _Part(place, place + 1, level, tokens[place].text.lower(), 1)
    if level is None or place + 1 >= len(tokens):
        return None
    sign, at = tokens[place].text, place + 1
    glued = tokens[place].glued and tokens[at].glued
    closed = at + 1 < len(tokens) and tokens[at + 1].text == ")"
    if level == _CLAUSE:
        fits = sign == "(" or (sign in _BELOW and glued)
    else:
        fits = sign == "(" or (sign in ".-" and glued) or (sign in ",-\u2013" and closed)
    if not fits:
        return None
    label = _number(tokens, at, level) if level == _CLAUSE else None
    if level == _POINT and _is_point(tokens, at):
        label = _Part(at, at + 1, level, tokens[at].text.lower(), 1)
    if label is None:
        return None
    behind = label.behind
    if behind < len(tokens) and tokens[behind].text == ")":
        behind += 1
    elif _counts_further(tokens, behind):
        return None
    return replace(label, first=place, behind=behind, evidence=1, as_typed=False)


def _counts_further(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a number goes on: "6.3.1"."""
    following = tokens[place : place + 2]
    return len(following) == 2 and following[0].text == "." and following[1].text.isdigit()


def _further(tokens: Sequence[Token], place: int, row: Sequence[_Part]) -> _Part | None:
    """Read a further label of the same level, behind a comma, "và" or "đến"."""
    after = _behind_joins(tokens, place, _LIST_JOINS)
    level = next(part.level for part in reversed(row) if part.level)
    if after >= len(tokens):
        return None
    if after == place:  # "điểm a b c khoản 3"
        behind = place + 1
        ends = _is_last(tokens, behind) or _is_point(tokens, behind)
        letters = level == _POINT and ends and _is_point(tokens, place)
        letter = tokens[place].text.lower()
        return _Part(place, place + 1, "", f", {letter}", 0) if letters else None
    label = _letter(tokens, after) if level == _POINT else _label(tokens, after, level)
    if label is None:
        return None
    clear = label.as_typed or (label.evidence == 2 and _is_last(tokens, label.behind))
    return replace(label, level="", evidence=0) if clear else None


def _is_last(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether no word follows that a number might belong to."""
    if place >= len(tokens) or not tokens[place].text.isalpha():
        return True
    known = tokens[place].text.lower() in _ALL_JOINS
    return known or tokens[place].bare in _KIND_BEGINS or _marker(tokens[place])[1] > 0


def _is_point(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a token is the letter of a point, and no part of something longer."""
    if not tokens[place].is_letter or tokens[place].text.lower() not in CITED_LETTERS:
        return False
    return not _is_glued(tokens, place + 1)


def _letter(tokens: Sequence[Token], place: int) -> _Part | None:
    """Read the label of a point: its letter, or what the letter is called."""
    if _is_point(tokens, place):
        letter = tokens[place].text.lower()
        return _Part(place, place + 1, _POINT, letter, 2, as_typed=True)
    name = _LETTER_NAMES.get(nfc(tokens[place].text).lower())
    if name and _is_last(tokens, place + 1):
        return _Part(place, place + 1, _POINT, name, 2)
    if name:  # "điểm cờ bạc"
        return _Part(place, place + 1, _POINT, name, 0, needs=_CLAUSE)
    return None


def _label(tokens: Sequence[Token], place: int, level: str) -> _Part | None:
    """Read the number of an article or a clause, in digits, words or Roman numerals."""
    at = place
    if tokens[at].bare == "so" and at + 1 < len(tokens):
        at += 1
    if number := _number(tokens, at, level):
        return replace(number, first=place, as_typed=number.as_typed and at == place)
    value = roman(tokens[at].text)
    if value:
        return _Part(place, at + 1, level, str(value), min(2, len(tokens[at].text)))
    ordinal = tokens[at].bare == "thu" and at + 1 < len(tokens)
    at += ordinal
    words = _words(tokens[at : at + 3])
    value, count = below_hundred(words, ordinal=ordinal)
    evidence = 2
    if not count:
        meant = [restored(token) for token in tokens[at : at + 3]]
        value, count = below_hundred(meant, ordinal=True)
        evidence = 2 if ordinal and level == _ARTICLE else 1
    if not count or _counts_on(tokens, at + count):
        return None
    if not _is_last(tokens, at + count) and tokens[at + count].text.lower() not in function_words():
        evidence = 1  # "điều một xuồng", "tai khoan hai quan"
    return _Part(place, at + count, level, str(value), evidence)


def _number(tokens: Sequence[Token], place: int, level: str) -> _Part | None:
    """Read digits, with the letter of an inserted provision ("6a")."""
    token = tokens[place]
    if not token.is_number or len(token.text) > _MOST_DIGITS[level]:
        return None
    follower, second = (*tokens[place + 1 : place + 3], None, None)[:2]
    if follower is None or not _is_glued(tokens, place + 1):
        return _Part(place, place + 1, level, token.text, 2, as_typed=True)
    goes_on = second and second.glued and (second.is_number or second.text == ".")
    short = goes_on and follower.text.lower() in _SHORT  # "k2d6", "k2đ.6"
    if short or _marker(follower)[1] or follower.bare.startswith("diem"):  # "dieu6khoan2"
        return _Part(place, place + 1, level, token.text, 2, as_typed=True)
    if goes_on or follower.text.lower() not in POINT_LETTERS:
        return None
    return _Part(place, place + 2, level, token.text + follower.text, 2, as_typed=True)


def _with_numbers_of_documents(text: str, tokens: Sequence[Token]) -> str:
    """Write "nghị định một trăm ba mươi bảy" and "nghị định một ba bảy" with digits."""
    pieces, done = [], 0
    for place in range(2, len(tokens)):
        kind = f"{tokens[place - 2].bare} {tokens[place - 1].bare}"
        if kind not in _KINDS_IN_WORDS:
            continue
        words = _words(tokens[place : place + LONGEST_NUMBER])
        number, count = below_thousand(words)
        if count and _counts_on(tokens, place + count):  # "một ba bảy năm 2024"
            number, count = below_thousand(words[: count - 1])
        if count:
            pieces += [text[done : tokens[place].start], number]
            behind = place + count
            in_year, more = year(_words(tokens[behind : behind + LONGEST_YEAR]))
            pieces += [f" năm {in_year}"] if more else []
            done = tokens[behind + more - 1].end
    return "".join([*pieces, text[done:]])


def _words(tokens: Sequence[Token]) -> list[str]:
    return [nfc(token.text).lower() for token in tokens]


def _counts_on(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a spelled number is none here: "năm 2024", "hai bên", "sau đây"."""
    if place >= len(tokens):
        return False
    return tokens[place].text.isdigit() or tokens[place].bare in _NO_LABEL_BEFORE
