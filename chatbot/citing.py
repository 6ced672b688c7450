"""Citations as people dash them off, written out so that `corpus.citations` reads them.

"k2d6" is "k2 d6", "điều 6.2" is "điều 6 khoản 2", "đ6.k3.c" is "đ6 khoản 3 điểm c", "k2 đ.b" is
"k2 điểm b", "6.3.c" and "điều 6(3)(c)" are "điều 6 khoản 3 điểm c", "khoản hai điều sáu" has its
numbers spelled, "điểm xê" its letter, "nd137" is "nd 137", "diem dd" is "điểm đ", and "khoan3 2"
(typed with the input method off) is "khoản 2".
"""

from __future__ import annotations

import re

from chatbot import telex
from corpus.text import fold, nfc

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
# As what one of a row is called: "thứ nhất", "số một", "thứ tư".
SMALL_NUMBERS = {word: n for n, word in enumerate(_DIGITS) if n} | {"nhất": 1, "tư": 4}
_LAST = {"mốt": 1, "tư": 4, "lăm": 5}  # as the last word behind "mươi": hai mươi tư

_ARTICLE = r"(?:điều|dieu|đ|d)\.?\s?\d{1,3}"
_CLAUSE = r"k(?:hoản|hoan)?\.?\s?\d{1,2}"
_GLUED = re.compile(r"(?<!\w)([kK]\.?\s?\d{1,3})([dDđĐ]\.?\s?\d{1,3})(?!\w)")
_GLUED_ARTICLE = re.compile(r"(?<!\w)([dDđĐ]\.?\s?\d{1,3})([kK]\.?\s?\d{1,3})(?!\w)")
_DOTTED = re.compile(
    rf"(?<!\w)({_ARTICLE})\.(?:\s?k(?:hoản|hoan)?\.?\s?)?(\d{{1,2}})(?!\w|\.\d)",
    re.IGNORECASE,
)
_DOTTED_POINT = re.compile(rf"(?<!\w)({_CLAUSE})\.([a-zđ])(?!\w)", re.IGNORECASE)
_DOTTED_ALONE = re.compile(r"(?<![\w.])(\d{1,3})\.(\d{1,2})\.([a-zđ])(?![\w.])", re.IGNORECASE)
_BRACKETED = re.compile(
    rf"(?<!\w)({_ARTICLE})\s?\((\d{{1,2}})\)(?:\s?\(([a-zđ])\))?", re.IGNORECASE
)
_POINT = r"(?:[đd]\.\s?|đ\s|đ(?=[bcdđgh]))([a-zđ])"  # "do khoản 2", "đi" are words
_POINT_BEHIND = re.compile(rf"(?<!\w)({_CLAUSE}),?\s?{_POINT}(?!\w)", re.IGNORECASE)
_POINT_BEFORE = re.compile(rf"(?<!\w){_POINT}(?=,?\s?{_CLAUSE})", re.IGNORECASE)
_SHORT_NUMBER = re.compile(r"(?<!\w)(nđ|nd|tt|qđ|qd|nq)\.?(\d{1,4})(?!\w)", re.IGNORECASE)
_DIGIT = "|".join(fold(digit) for digit in _DIGITS[1:])
# Clause and article together are a citation even where a number has lost its mark: "điều sau".
_SPELLED_PAIR = re.compile(
    rf"(?<!\w)(khoan|dieu)\s+(?:thu\s+)?({_DIGIT}|nhat)(?:\s+cua)?\s+(khoan|dieu)\s+({_DIGIT})"
    r"(?!\w|\s+(?:day|ben|muoi)(?!\w))",
    re.IGNORECASE,
)
_KINDS_IN_WORDS = (["nghị", "định"], ["thông", "tư"], ["quyết", "định"], ["nghị", "quyết"])
_POINT_DD = re.compile(r"(?<!\w)(điểm|diem)\s+(?:dd|đđ)(?!\w)", re.IGNORECASE)
# "b khoản 3", "Điều 6 - khoản 3 - e)", "điều 6 mục 2 ý b"
_LETTER_FIRST = re.compile(rf"^\W*([a-zđ])[,\s]\s?(?={_CLAUSE})", re.IGNORECASE)
_LETTER_LAST = re.compile(rf"(?<!\w)({_CLAUSE})[\s,\-\u2013]+([a-zđ])\)", re.IGNORECASE)
_ITEM_AS_CLAUSE = re.compile(
    rf"(?<!\w)({_ARTICLE},?)\s+(?:mục|muc)\s+(\d{{1,2}})(?!\w|,?\s+ch)",
    re.IGNORECASE,  # not in "Điều 6 Mục 2 Chương I"
)
_IDEA_AS_POINT = re.compile(rf"(?<!\w)({_CLAUSE}),?\s+ý\s+([a-zđ])(?!\w)", re.IGNORECASE)
_DECREE_NUMBER = re.compile(
    r"(?<!\w)(\d{1,5})\s?[/-]\s?(\d{4})\s?[/-]?\s?n[đd]\s?-?\s?cp(?!\w)", re.IGNORECASE
)
# What letters are called, in the name that schools teach and the one that is heard.
_LETTER_NAMES = {
    **{"bê": "b", "bờ": "b", "xê": "c", "cờ": "c", "dê": "d", "dờ": "d", "đê": "đ", "đờ": "đ"},
    **{"giê": "g", "gờ": "g", "hát": "h", "hờ": "h", "ca": "k", "lờ": "l", "mờ": "m", "nờ": "n"},
}
_NAMED_POINT = re.compile(
    rf"(?<!\w)(điểm)\s+({'|'.join(_LETTER_NAMES)})(?=\s*[,?.]|\s*$|\s+(?:của\s+)?(?:khoản|điều)(?!\w))",
    re.IGNORECASE,
)
_MARKER_KEYS = re.compile(r"(?<!\w)([dk]\w{3,7})(?=\s+(?:\d|[a-zđ]{1,2}(?!\w)))", re.IGNORECASE)
_MARKERS = ("điểm", "khoản", "điều")


def written_out(text: str) -> str:
    """Return the text with dashed-off citations written out; other words stay."""
    text = _MARKER_KEYS.sub(_decoded_marker, text)
    text = _DECREE_NUMBER.sub(r"\1/\2/NĐ-CP", text)
    text = _ITEM_AS_CLAUSE.sub(r"\1 khoản \2", text)
    text = _IDEA_AS_POINT.sub(r"\1 điểm \2", text)
    text = _LETTER_FIRST.sub(r"điểm \1 ", text)
    text = _LETTER_LAST.sub(r"\1 điểm \2", text)
    text = _GLUED.sub(r"\1 \2", text)
    text = _GLUED_ARTICLE.sub(r"\1 \2", text)
    text = _DOTTED.sub(r"\1 khoản \2", text)
    text = _DOTTED_ALONE.sub(r"điều \1 khoản \2 điểm \3", text)
    text = _BRACKETED.sub(_without_brackets, text)
    text = _DOTTED_POINT.sub(r"\1 điểm \2", text)
    text = _POINT_DD.sub("điểm đ", text)
    text = _NAMED_POINT.sub(lambda found: f"{found[1]} {_LETTER_NAMES[found[2].lower()]}", text)
    text = _POINT_BEHIND.sub(r"\1 điểm \2", text)
    text = _POINT_BEFORE.sub(r"điểm \1", text)
    text = _SHORT_NUMBER.sub(r"\1 \2", text)
    return _numbers_in_digits(_pairs_in_digits(text))


def _decoded_marker(typed: re.Match[str]) -> str:
    decoded = (telex.decode(typed[1].lower()) or "").replace("đ", "d")
    return next((marker for marker in _MARKERS if marker.replace("đ", "d") == decoded), typed[1])


def _without_brackets(found: re.Match[str]) -> str:
    article, clause, point = found.groups()
    return f"{article} khoản {clause}" + (f" điểm {point}" if point else "")


def _pairs_in_digits(text: str) -> str:
    """Write "khoan bon dieu sau" with digits; letters are compared without their marks."""
    bare = fold(text)
    if len(bare) != len(text):
        return text
    names = {"khoan": "khoản", "dieu": "điều"}
    numbers = {fold(digit): str(number) for digit, number in SMALL_NUMBERS.items()}
    pieces, done = [], 0
    for pair in _SPELLED_PAIR.finditer(bare):
        first, one, second, other = (part.lower() for part in pair.groups())
        if first != second:
            written = f"{names[first]} {numbers[one]} {names[second]} {numbers[other]}"
            pieces += [text[done : pair.start()], written]
            done = pair.end()
    return "".join([*pieces, text[done:]])


def _numbers_in_digits(text: str) -> str:
    """Write "điều sáu" and "khoản thứ hai" with digits, and the numbers of documents.

    "điều sau đây" is no number.
    """
    words = list(re.finditer(r"\w+", text))
    spelled = [nfc(word.group()).lower() for word in words]
    pieces, done, place = [], 0, 0
    while place < len(words):
        after = place + 1
        number = count = 0
        if spelled[place] in ("điều", "khoản"):
            ordinal = spelled[after : after + 1] == ["thứ"]
            number, count = _spelled(spelled, after + ordinal)
            if ordinal and spelled[after + 1 : after + 2] in (["nhất"], ["tư"]):
                number, count = SMALL_NUMBERS[spelled[after + 1]], 1
            count += ordinal and count > 0
        elif spelled[place - 1 : after] in _KINDS_IN_WORDS:
            number, count = _spelled_hundreds(spelled, after)
        # "khoản năm 2024", "điều ba mẹ": a number word followed by more may be no label.
        if count and not _counts_on(spelled, after + count):
            first, last = words[after], words[place + count]
            pieces += [text[done : first.start()], str(number)]
            done = last.end()
            place += count
        place += 1
    return "".join([*pieces, text[done:]])


def _spelled(spelled: list[str], place: int) -> tuple[int, int]:
    """Return the number spelled from `place` on (below 100) and how many words it takes."""
    words = spelled[place : place + 3]
    if not words or words[0] not in (*_DIGITS[1:], "mười"):
        return 0, 0
    tens, used = 0, 0
    if words[0] == "mười":
        tens, used = 10, 1
    elif len(words) > 1 and words[1] == "mươi":
        tens, used = 10 * _DIGITS.index(words[0]), 2
    if used == 0:
        return _DIGITS.index(words[0]), 1
    if used < len(words):
        last = words[used]
        if last in _LAST:
            return tens + _LAST[last], used + 1
        if last in _DIGITS[1:]:
            return tens + _DIGITS.index(last), used + 1
    return tens, used


def _spelled_hundreds(spelled: list[str], place: int) -> tuple[int, int]:
    """Return what `_spelled` does for three digits: "một trăm ba mươi bảy", "một trăm linh hai"."""
    if spelled[place + 1 : place + 2] != ["trăm"] or spelled[place] not in _DIGITS[1:]:
        return 0, 0
    hundreds = 100 * _DIGITS.index(spelled[place])
    behind = place + 2
    filler = spelled[behind : behind + 1] in (["linh"], ["lẻ"])
    number, count = _spelled(spelled, behind + filler)
    return hundreds + number, 2 + (count + filler if count else 0)


def _counts_on(spelled: list[str], place: int) -> bool:
    """Tell whether a quantity follows: "năm 2024", "hai bên"."""
    return place < len(spelled) and (spelled[place].isdigit() or spelled[place] == "bên")
