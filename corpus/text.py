"""Vietnamese text: one Unicode form, folding, syllables, and what is not text at all."""

from __future__ import annotations

import re
import unicodedata

from corpus.errors import TextError

_SYLLABLE = re.compile(r"[^\W_]+")
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_STROKED = str.maketrans("đĐðÐ", "dDdD")  # ð/Ð (eth) is what some keyboards type for đ/Đ
_LINE_END = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")


def nfc(text: str) -> str:
    """Return `text` in Unicode normal form C, the only form used inside the project."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Return `text` lower-cased and without marks: "Điều" becomes "dieu".

    The stroke of đ is not a combining mark, so it is mapped by hand.
    """
    decomposed = unicodedata.normalize("NFD", text.translate(_STROKED).lower())
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return unicodedata.normalize("NFC", bare)


def syllables(text: str) -> list[str]:
    """Return the syllables and numbers of `text`, lower-cased, in NFC.

    Single characters stay: "khoản 2 điểm đ" keeps "2" and "đ".
    """
    return _SYLLABLE.findall(nfc(nfc(text).lower()))


def check_text(text: str) -> None:
    """Refuse what cannot be text.

    Raises:
        TextError: `text` holds a lone surrogate or a control character other than tab
            and line ends.
    """
    found = _FORBIDDEN.search(text)
    if found is None:
        return
    code = ord(found.group())
    what = "lone surrogate" if 0xD800 <= code <= 0xDFFF else "control character"
    raise TextError(
        f"{what} U+{code:04X} at character {found.start()}: expected plain text; "
        "check that the input is text in UTF-8"
    )


def clean(text: str) -> str:
    r"""Return `text` as documents keep it: NFC, line ends `\n`, no invisible characters.

    Raises:
        TextError: See `check_text`.
    """
    check_text(text)
    return nfc(_INVISIBLE.sub("", _LINE_END.sub("\n", text)))


def one_line(text: str) -> str:
    """Return a question as it is kept: clean, its white space single blanks.

    Raises:
        TextError: See `check_text`.
    """
    return " ".join(clean(text).split())
