"""Bytes to text in whatever encoding Vietnamese offices have used.

UTF-8 and UTF-16 say themselves whether they fit. Of the older ones every byte string is valid in
several, so the reading that looks most Vietnamese is taken, and only if it clearly does. The two
font encodings (TCVN3, VNI) also hide inside Word files, pages and PDFs as Latin letters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from corpus.errors import TextError
from corpus.readers.vietnamese import SAMPLE, share

ENOUGH = 0.8  # share of well-spelled marked words below which a reading is not believed
_MARKS = {
    "grave": "\u0300",
    "acute": "\u0301",
    "hook": "\u0309",
    "tilde": "\u0303",
    "dot": "\u0323",
}
_CIRCUMFLEX, _BREVE = "\u0302", "\u0306"

# TCVN 5712:1993 VN3 ("ABC" fonts, .VnTime): one byte a letter, here as Latin-1 sees it. Capitals
# with a tone have no byte; the fonts ending in H draw the small letters as capitals.
_TCVN3 = {
    "àảãáạ": "µ¶·¸¹", "ăằẳẵắặ": "¨»¼½¾Æ", "âầẩẫấậ": "©ÇÈÉÊË", "đ": "®",
    "èẻẽéẹ": "ÌÎÏÐÑ", "êềểễếệ": "ªÒÓÔÕÖ", "ìỉĩíị": "×ØÜÝÞ",
    "òỏõóọ": "ßáâãä", "ôồổỗốộ": "«åæçèé", "ơờởỡớợ": "¬êëìíî",
    "ùủũúụ": "ïñòóô", "ưừửữứự": "\xadõö÷øù", "ỳỷỹýỵ": "úûüýþ",
    "ĂÂÊÔƠƯĐ": "¡¢£¤¥¦§",
}  # fmt: skip
_FROM_TCVN3 = {
    ord(byte): letter
    for letters, codes in _TCVN3.items()
    for letter, byte in zip(letters, codes, strict=True)
}
# VNI for Windows: the plain letter, then a second one that stands for its marks.
_VNI_TONES = dict(zip("øùûõï", _MARKS.values(), strict=True))
_VNI_CIRCUMFLEX = dict(zip("âàáåãä", ("", *_MARKS.values()), strict=True))
_VNI_BREVE = dict(zip("êèéúüë", ("", *_MARKS.values()), strict=True))
_VNI_SINGLE = dict(zip("ñôöæóòî", "đơưỉĩịỵ", strict=True))
_VNI_PAIR = re.compile("[aeouyôö][øùûõï]|[aeo][âàáåãä]|a[êèéúüë]|[ñôöæóòî]", re.IGNORECASE)


def decode_any(data: bytes, name: str) -> tuple[str, str]:
    """Return the text of `data` and the name of its encoding.

    Raises:
        TextError: No known encoding gives Vietnamese text.
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _strictly(data, "utf-16", name), "utf-16"
    sample = data[:4096]
    if len(sample) > 16 and b"\x00" in sample:
        for encoding, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
            if zeros.count(0) > len(zeros) // 4:
                return _strictly(data, encoding, name), encoding
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _legacy(data, name, error.start)
    return untangle(text)


def untangle(text: str) -> tuple[str, str]:
    """Return text whose letters a font encoding may hide, and the encoding found.

    Word files and PDFs made with TCVN3 or VNI fonts hold Latin letters in Unicode that only the
    font shows as Vietnamese. Text that already reads as Vietnamese is returned as it is.
    """
    if text.isascii() or share(text) >= ENOUGH:
        return text, "utf-8"
    readings = {"tcvn3": from_tcvn3, "vni": from_vni}
    best = max(readings, key=lambda name: share(readings[name](text[:SAMPLE])))
    after, before = share(readings[best](text[:SAMPLE])), share(text)
    if after >= ENOUGH and after > before + 0.2:
        return readings[best](text), best
    return text, "utf-8"


def from_tcvn3(text: str) -> str:
    """Return Vietnamese for text whose Latin-1 letters are TCVN3 codes."""
    return text.translate(_FROM_TCVN3)


def from_vni(text: str) -> str:
    """Return Vietnamese for text whose Latin-1 letters are VNI codes."""
    return unicodedata.normalize("NFC", _VNI_PAIR.sub(_vni_letter, text))


def _vni_letter(match: re.Match[str]) -> str:
    pair = match[0]
    base = pair[0]
    small = base.lower()
    if small in _VNI_SINGLE:
        single = _VNI_SINGLE[small]
        base = single.upper() if base.isupper() else single
    if len(pair) == 1:
        return base
    mark = pair[1].lower()
    if mark in _VNI_TONES:
        return base + _VNI_TONES[mark]
    if mark in _VNI_CIRCUMFLEX:
        return base + _CIRCUMFLEX + _VNI_CIRCUMFLEX[mark]
    return base + _BREVE + _VNI_BREVE[mark]


def _legacy(data: bytes, name: str, bad_byte: int) -> tuple[str, str]:
    latin: Callable[[bytes], str] = lambda part: part.decode("latin-1")  # noqa: E731
    readings: dict[str, Callable[[bytes], str]] = {
        "windows-1258": lambda part: unicodedata.normalize("NFC", part.decode("cp1258", "replace")),
        "tcvn3": lambda part: from_tcvn3(latin(part)),
        "vni": lambda part: from_vni(latin(part)),
    }
    scores = {encoding: share(read(data[:SAMPLE])) for encoding, read in readings.items()}
    best = max(scores, key=lambda encoding: scores[encoding])
    if scores[best] < ENOUGH:
        raise TextError(
            f"{name} is not UTF-8 text (byte {bad_byte}), and read as {', '.join(readings)} it is "
            "no Vietnamese either; save it as UTF-8"
        )
    return readings[best](data), best


def _strictly(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise TextError(
            f"{name} is not {encoding.upper()} text (byte {error.start}); save it as UTF-8"
        ) from error
