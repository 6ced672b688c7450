"""Citations as people dash them off, written out so that `corpus.citations` reads them.

"k2d6" is "k2 d6", "điều 6.2" is "điều 6 khoản 2", "đ6.k3.c" is "đ6 khoản 3 điểm c", "khoản hai
điều sáu" has its numbers spelled, "nd137" is "nd 137", "diem dd" is "điểm đ".
"""

from __future__ import annotations

import re

from corpus.text import fold, nfc

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
# As what one of a row is called: "thứ nhất", "số một", "thứ tư".
SMALL_NUMBERS = {word: n for n, word in enumerate(_DIGITS) if n} | {"nhất": 1, "tư": 4}
_LAST = {"mốt": 1, "tư": 4, "lăm": 5}  # as the last word behind "mươi": hai mươi tư

_GLUED = re.compile(r"(?<!\w)([kK]\.?\s?\d{1,3})([dDđĐ]\.?\s?\d{1,3})(?!\w)")
_GLUED_ARTICLE = re.compile(r"(?<!\w)([dDđĐ]\.?\s?\d{1,3})([kK]\.?\s?\d{1,3})(?!\w)")
_DOTTED = re.compile(
    r"(?<!\w)((?:điều|dieu|đ|d)\.?\s?\d{1,3})\.(?:\s?k(?:hoản|hoan)?\.?\s?)?(\d{1,2})(?!\w|\.\d)",
    re.IGNORECASE,
)
_DOTTED_POINT = re.compile(
    r"(?<!\w)((?:khoản|khoan|k)\.?\s?\d{1,2})\.([a-zđ])(?!\w)", re.IGNORECASE
)
_SHORT_NUMBER = re.compile(r"(?<!\w)(nđ|nd|tt|qđ|qd|nq)(\d{1,4})(?!\w)", re.IGNORECASE)
_DIGIT = "|".join(fold(digit) for digit in _DIGITS[1:])
# Clause and article together are a citation even where a number has lost its mark: "điều sau".
_SPELLED_PAIR = re.compile(
    rf"(?<!\w)(khoan|dieu)\s+({_DIGIT})\s+(khoan|dieu)\s+({_DIGIT})(?!\w|\s+(?:day|ben|muoi)(?!\w))",
    re.IGNORECASE,
)
_POINT_DD = re.compile(r"(?<!\w)(điểm|diem)\s+(?:dd|đđ)(?!\w)", re.IGNORECASE)


def written_out(text: str) -> str:
    """Return the text with dashed-off citations written out; other words stay."""
    text = _GLUED.sub(r"\1 \2", text)
    text = _GLUED_ARTICLE.sub(r"\1 \2", text)
    text = _DOTTED.sub(r"\1 khoản \2", text)
    text = _DOTTED_POINT.sub(r"\1 điểm \2", text)
    text = _SHORT_NUMBER.sub(r"\1 \2", text)
    text = _POINT_DD.sub("điểm đ", text)
    return _numbers_in_digits(_pairs_in_digits(text))


def _pairs_in_digits(text: str) -> str:
    """Write "khoan bon dieu sau" with digits; letters are compared without their marks."""
    bare = fold(text)
    if len(bare) != len(text):
        return text
    names = {"khoan": "khoản", "dieu": "điều"}
    numbers = {fold(digit): str(number) for number, digit in enumerate(_DIGITS)}
    pieces, done = [], 0
    for pair in _SPELLED_PAIR.finditer(bare):
        first, one, second, other = (part.lower() for part in pair.groups())
        if first != second:
            written = f"{names[first]} {numbers[one]} {names[second]} {numbers[other]}"
            pieces += [text[done : pair.start()], written]
            done = pair.end()
    return "".join([*pieces, text[done:]])


def _numbers_in_digits(text: str) -> str:
    """Write "điều sáu" and "khoản mười hai" with digits; "điều sau đây" is no number."""
    words = list(re.finditer(r"\w+", text))
    spelled = [nfc(word.group()).lower() for word in words]
    pieces, done, place = [], 0, 0
    while place < len(words):
        if spelled[place] in ("điều", "khoản") and place + 1 < len(words):
            number, count = _spelled(spelled, place + 1)
            # "khoản năm 2024", "điều ba mẹ": a number word followed by more may be no label.
            if count and not _counts_on(spelled, place + 1 + count):
                first, last = words[place + 1], words[place + count]
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


def _counts_on(spelled: list[str], place: int) -> bool:
    """Tell whether a quantity follows: "năm 2024", "hai bên"."""
    return place < len(spelled) and (spelled[place].isdigit() or spelled[place] == "bên")
