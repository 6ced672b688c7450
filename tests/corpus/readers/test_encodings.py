from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from corpus.errors import TextError
from corpus.readers import read_source
from corpus.readers.encodings import _FROM_TCVN3, decode_any, from_vni
from corpus.readers.vietnamese import is_syllable, share
from tests.corpus.readers.making import TEXT

TO_TCVN3 = {letter: chr(code) for code, letter in _FROM_TCVN3.items()}
VNI_TONES = {"\u0300": "ø", "\u0301": "ù", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
VNI_ROOF = {"": "â", "\u0300": "à", "\u0301": "á", "\u0309": "å", "\u0303": "ã", "\u0323": "ä"}
VNI_BREVE = {"": "ê", "\u0300": "è", "\u0301": "é", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë"}
VNI_WHOLE = {"đ": "ñ", "Đ": "Ñ", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î"}

VNI_WHOLE |= {letter.upper(): sign.upper() for letter, sign in VNI_WHOLE.items()}


def in_tcvn3(text: str) -> bytes:
    lowered = "".join(c if c in TO_TCVN3 or c.isascii() else c.lower() for c in text)
    return "".join(TO_TCVN3.get(c, c) for c in lowered).encode("latin-1")


def in_vni(text: str) -> bytes:
    return "".join(map(vni_letter, text)).encode("latin-1")


def vni_letter(letter: str) -> str:
    if letter.isascii() or letter in VNI_WHOLE:
        return VNI_WHOLE.get(letter, letter)
    base, *marks = list(unicodedata.normalize("NFD", letter))
    tone = next((mark for mark in marks if mark in VNI_TONES), "")
    if "\u0302" in marks or "\u0306" in marks:
        second = (VNI_ROOF if "\u0302" in marks else VNI_BREVE)[tone]
    else:
        if "\u031b" in marks:
            base = {"o": "ô", "u": "ö", "O": "Ô", "U": "Ö"}[base]
        second = VNI_TONES.get(tone, "")
    return base + (second.upper() if base.isupper() else second)


def in_1258(text: str) -> bytes:
    return b"".join(map(windows_letter, text))


def windows_letter(letter: str) -> bytes:
    """The code page has the letters with roof, breve and horn; tones follow as signs."""
    try:
        return letter.encode("cp1258")
    except UnicodeEncodeError:
        base, *marks = list(unicodedata.normalize("NFD", letter))
        tone = next(mark for mark in marks if mark in VNI_TONES)
        shaped = unicodedata.normalize(
            "NFC", base + "".join(mark for mark in marks if mark != tone)
        )
        return (shaped + tone).encode("cp1258")


@pytest.mark.parametrize(
    ("encoding", "data"),
    [
        ("tcvn3", in_tcvn3(TEXT)),
        ("vni", in_vni(TEXT)),
        ("windows-1258", in_1258(TEXT)),
        ("utf-16", TEXT.encode("utf-16")),
        ("utf-16-le", TEXT.encode("utf-16-le")),
        ("utf-8", unicodedata.normalize("NFD", TEXT).encode()),
        ("tcvn3", in_tcvn3(TEXT).decode("latin-1").encode()),  # font letters kept in Unicode
        ("vni", in_vni(TEXT).decode("latin-1").encode()),
    ],
)
def test_encodings_are_found(tmp_path: Path, encoding: str, data: bytes) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(data)
    source = read_source(path)
    assert source.encoding == encoding
    # TCVN3 has no capitals with tones: its fonts draw small letters as capitals.
    assert source.text.lower() == TEXT.lower()
    assert source.text == TEXT or encoding == "tcvn3"


def test_bytes_that_are_no_vietnamese_are_refused() -> None:
    with pytest.raises(TextError, match="is not UTF-8 text"):
        decode_any(b"\xff\xfa\xfb caf\xe9 \x92\xf1", "x")


def test_vni_letters_that_stand_alone() -> None:
    assert from_vni("kyõ thuaät, töï ñoäng, thôøi, MÖÙC") == "kỹ thuật, tự động, thời, MỨC"


def test_syllables_are_told_from_other_words() -> None:
    assert all(map(is_syllable, "nghiêng quyết Điều giữa uỷ khuỷu ưu thuở".split()))
    assert not any(map(is_syllable, "straße §iÒu café́ được̀x wort".split()))
    assert share("Điều này") == 1.0
    assert share("plain words only") == 0.0
