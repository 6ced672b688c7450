"""Numbers in words ("hai mươi tư", "một trăm ba mươi bảy") and in Roman numerals.

Words are given in lower case and NFC. Each reader returns what it read from the first word on and
how many words that took: 0 for none.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from corpus.citation_tokens import Token, typed_as
from corpus.text import fold, nfc

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
# As what one of a row is called: "thứ nhất", "số một", "thứ tư".
SMALL_NUMBERS = {word: n for n, word in enumerate(_DIGITS) if n} | {"nhất": 1, "tư": 4}
_LAST = {"mốt": 1, "tư": 4, "lăm": 5}  # as the last word behind "mươi": hai mươi tư
_MISSPELT = {"bẩy": "bảy", "mốt": "một"}
_ROMAN = {"I": 1, "V": 5, "X": 10}
LONGEST_NUMBER = 6  # words of a number of a document: "một trăm ba mươi bảy" and one more
LONGEST_YEAR = 8  # words: "năm hai nghìn không trăm hai mươi tư"


def below_hundred(words: Sequence[str], *, ordinal: bool = False) -> tuple[int, int]:
    """Read a number below 100.

    Args:
        words: Lower case, NFC.
        ordinal: Whether "nhất" and "tư" are numbers by themselves, as behind "thứ".
    """
    digits = {digit: number for number, digit in enumerate(_DIGITS) if number}
    if not words:
        return 0, 0
    tens, used = 0, 0
    if words[0] == "mười":
        tens, used = 10, 1
    elif len(words) > 1 and words[1] in ("mươi", "mười") and words[0] in digits:
        tens, used = 10 * digits[words[0]], 2
    last = digits | _LAST
    if used and used < len(words) and words[used] in last:
        return tens + last[words[used]], used + 1
    if used:
        return tens, used
    alone = SMALL_NUMBERS if ordinal else digits
    return (alone[words[0]], 1) if words[0] in alone else (0, 0)


def below_thousand(words: Sequence[str]) -> tuple[str, int]:
    """Read "một trăm ba mươi bảy", "một trăm linh hai", or digit by digit "một ba bảy"."""
    if len(words) > 1 and words[1] == "trăm" and words[0] in _DIGITS[1:]:
        filler = list(words[2:3]) in (["linh"], ["lẻ"])
        number, count = below_hundred(words[2 + filler :])
        return str(100 * _DIGITS.index(words[0]) + number), 2 + (count + filler if count else 0)
    bare = [fold(digit) for digit in _DIGITS]
    digits = [str(bare.index(word)) for word in takewhile(bare.__contains__, map(fold, words))]
    return ("".join(digits), len(digits)) if len(digits) > 1 else ("", 0)


def year(words: Sequence[str]) -> tuple[int, int]:
    """Read "năm hai nghìn không trăm hai mươi tư"."""
    words = list(words)
    if words[:2] != ["năm", "hai"] or words[2:3] not in (["nghìn"], ["ngàn"]):
        return 0, 0
    used = 3 + 2 * (words[3:5] == ["không", "trăm"])
    used += words[used : used + 1] in (["linh"], ["lẻ"])
    number, count = below_hundred(words[used:])
    return 2000 + number, used + count


def roman(text: str) -> int:
    """Return the value of a Roman numeral below 40 in capitals; 0 for other text."""
    if not text or set(text) - set(_ROMAN):
        return 0
    values = [_ROMAN[letter] for letter in text]
    following = [*values[1:], 0]
    return sum(-one if one < after else one for one, after in zip(values, following, strict=True))


def restored(token: Token) -> str:
    """Return the number word that was typed without some of its marks; the word if there is none.

    "Mười" stands for "mươi" as well.
    """
    word = nfc(token.text).lower()
    names = (*_DIGITS[1:], "mười", "tư", "nhất", "lăm")
    return _MISSPELT.get(word) or next((name for name in names if typed_as(token, name)), word)
