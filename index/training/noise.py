"""Typing as it really comes: marks lost, half lost, raw Telex, slips of the fingers.

Every function is deterministic for a given random generator; text in and out is NFC.
"""

from __future__ import annotations

import random
import re
import unicodedata

_TONE_KEYS = {"\u0301": "s", "\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
_SHAPE_KEYS = {"\u0306": "w", "\u031b": "w"}  # ă, ơ, ư; the circumflex doubles its vowel
_CIRCUMFLEX = "\u0302"
_NEIGHBOURS = {
    **dict(
        zip(
            "qwertyuiop",
            ("wa", "qes", "wrd", "etf", "ryg", "tuh", "yij", "uok", "ipl", "o"),
            strict=True,
        )
    ),
    **dict(
        zip(
            "asdfghjkl",
            ("qsz", "awdz", "sefx", "drgc", "fthv", "gyjb", "hukn", "jilm", "ko"),
            strict=True,
        )
    ),
    **dict(zip("zxcvbnm", ("asx", "zdc", "xfv", "cgb", "vhn", "bjm", "nk"), strict=True)),
}
_SYLLABLE = re.compile(r"\w+")


def strip_marks(text: str) -> str:
    """Return the text without tone and vowel marks, đ as d: "Điều" → "Dieu"."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", bare.replace("đ", "d").replace("Đ", "D"))


def half_marks(text: str, chance: random.Random, share: float = 0.5) -> str:
    """Return the text with the marks of about `share` of its syllables lost."""
    return _SYLLABLE.sub(
        lambda hit: strip_marks(hit[0]) if chance.random() < share else hit[0], text
    )


def telex(text: str, chance: random.Random | None = None) -> str:
    """Return the raw keys of the Telex method: "được" → "dduwowcj".

    With `chance`, some syllables get the tone key right after the vowel, as some people type.
    """
    return _SYLLABLE.sub(lambda hit: _telex_syllable(hit[0], chance), text)


def _telex_syllable(syllable: str, chance: random.Random | None) -> str:
    keys: list[str] = []
    tone = ""
    tone_place = 0
    for letter in unicodedata.normalize("NFD", syllable):
        if letter in _TONE_KEYS:
            tone, tone_place = _TONE_KEYS[letter], len(keys)
        elif letter in _SHAPE_KEYS:
            keys.append(_SHAPE_KEYS[letter])
        elif letter == _CIRCUMFLEX:
            keys.append(keys[-1].lower())
        elif letter in "đĐ":
            keys += ["d", "d"] if letter == "đ" else ["D", "d"]
        else:
            keys.append(letter)
    early = chance is not None and chance.random() < 0.25
    keys.insert(tone_place if early else len(keys), tone)
    return "".join(keys)


def slips(text: str, chance: random.Random, share: float = 0.15) -> str:
    """Return the text with a typing slip in about `share` of its syllables."""
    return _SYLLABLE.sub(
        lambda hit: _slip(hit[0], chance) if chance.random() < share else hit[0], text
    )


def _slip(word: str, chance: random.Random) -> str:
    if len(word) < 2 or any(c.isdigit() for c in word):
        return word
    place = chance.randrange(len(word) - 1)
    kind = chance.randrange(5)
    if kind == 0:  # two keys swapped
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    if kind == 1:  # one key missed
        return word[:place] + word[place + 1 :]
    if kind == 2:  # one key twice
        return word[: place + 1] + word[place:]
    if kind == 3:  # the key beside
        beside = _NEIGHBOURS.get(strip_marks(word[place]).lower(), word[place])
        return word[:place] + chance.choice(beside) + word[place + 1 :]
    return strip_marks(word)


def noisy(text: str, chance: random.Random) -> str:
    """Return one noisy view: half unmarked, the rest half marked, slips, or Telex."""
    draw = chance.random()
    if draw < 0.5:
        bare = strip_marks(text)
        return bare.lower() if chance.random() < 0.5 else bare
    if draw < 0.75:
        return half_marks(text, chance, chance.choice((0.3, 0.5, 0.8)))
    if draw < 0.9:
        return slips(text, chance)
    return telex(text, chance)
