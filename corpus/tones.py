"""Where a syllable carries its tone.

A syllable is handled in lower case and NFC. Its *letters* keep the marks that make another
letter (ă â ê ô ơ ư đ); its *tone* is one of the six tones. Where the tone is written differs
between two customs ("hoà", "hòa"); `place_tone` writes the one official texts use, so that
two spellings of one syllable meet.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

LEVEL, FALLING, RISING, ASKING, TUMBLING, HEAVY = (
    "",
    "\u0300",
    "\u0301",
    "\u0309",
    "\u0303",
    "\u0323",
)
TONES = (LEVEL, FALLING, RISING, ASKING, TUMBLING, HEAVY)
_TONE_MARKS = frozenset(TONES) - {LEVEL}
_VOWELS = "aăâeêioôơuưy"


@lru_cache(maxsize=65536)
def split_tone(syllable: str) -> tuple[str, str]:
    """Return the letters without tone, and the tone mark ("" for the level tone).

    Text with several tone marks is no syllable; its last tone counts.
    """
    letters, tone = [], LEVEL
    for character in unicodedata.normalize("NFD", syllable):
        if character in _TONE_MARKS:
            tone = character
        else:
            letters.append(character)
    return unicodedata.normalize("NFC", "".join(letters)), tone


@lru_cache(maxsize=65536)
def place_tone(letters: str, tone: str) -> str:
    """Write the tone on the letters, where official texts put it.

    Args:
        letters: A syllable without tone, lower case.
        tone: One of `TONES`.
    """
    if not tone:
        return letters
    start = 0
    if letters.startswith("qu") or (letters.startswith("gi") and _vowel_at(letters, 2)):
        start = 2
    while start < len(letters) and letters[start] not in _VOWELS:
        start += 1
    end = start
    while end < len(letters) and letters[end] in _VOWELS:
        end += 1
    nucleus = letters[start:end]
    if not nucleus:
        return letters
    place = start + _tone_offset(nucleus, closed=end < len(letters))
    written = letters[: place + 1] + tone + letters[place + 1 :]
    return unicodedata.normalize("NFC", written)


def _vowel_at(letters: str, position: int) -> bool:
    return len(letters) > position and letters[position] in _VOWELS


def _tone_offset(nucleus: str, *, closed: bool) -> int:
    """Return which vowel of the nucleus carries the tone."""
    for strong in ("ơ", "ê", "ô", "â", "ă", "ư"):
        if strong in nucleus:
            return nucleus.rindex("ơ") if "ơ" in nucleus else nucleus.index(strong)
    if len(nucleus) == 1:
        return 0
    if closed or len(nucleus) == 3:
        return 1
    return 0


@lru_cache(maxsize=65536)
def canonical(syllable: str) -> str:
    """Return the syllable in lower case, NFC, with its tone where official texts put it."""
    return place_tone(*split_tone(syllable.lower()))
