"""Vietnamese typed with the input method switched off: "kees hoachj" (Telex), "ke61" (VNI)."""

from __future__ import annotations

from functools import lru_cache

from chatbot.syllables import fold, is_valid
from corpus.tones import ASKING, FALLING, HEAVY, LEVEL, RISING, TUMBLING, place_tone

_TELEX_TONES = {"s": RISING, "f": FALLING, "r": ASKING, "x": TUMBLING, "j": HEAVY, "z": LEVEL}
_VNI_TONES = {"1": RISING, "2": FALLING, "3": ASKING, "4": TUMBLING, "5": HEAVY, "0": LEVEL}
_VNI_LETTERS = {"6": {"a": "â", "e": "ê", "o": "ô"}, "7": {"o": "ơ", "u": "ư"}, "8": {"a": "ă"}}
_DOUBLED = {"a": "â", "e": "ê", "o": "ô", "d": "đ"}
_HORNED = {"u": "ư", "o": "ơ", "a": "ă"}
_VOWELS = frozenset("aăâeêioôơuưy")


@lru_cache(maxsize=16384)
def decode(typed: str) -> str | None:
    """Return the syllable that the keys would have written, or None.

    Args:
        typed: Keys as typed, lower case, without Vietnamese marks.

    None means: some key is no Telex or VNI key here, nothing would change, or the result
    is not spelled like a Vietnamese syllable.
    """
    written = _decode_vni(typed) if any(c.isdigit() for c in typed) else _decode_telex(typed)
    if written is None or written == typed or not is_valid(written):
        return None
    return written


def _decode_telex(typed: str) -> str | None:
    letters: list[str] = []
    tone = LEVEL
    for position, key in enumerate(typed):
        has_vowel = any(letter in _VOWELS for letter in letters)
        if key in _TELEX_TONES and has_vowel:
            tone = _TELEX_TONES[key]
        elif key == "w":
            if not _apply_horn(letters, last=position == len(typed) - 1):
                return None
        elif key in _DOUBLED and key in letters and not _plain_pair(letters, key):
            place = len(letters) - 1 - letters[::-1].index(key)
            letters[place] = _DOUBLED[key]
        else:
            letters.append(key)
    return place_tone("".join(letters), tone)


def _plain_pair(letters: list[str], key: str) -> bool:
    """Tell whether a second `d` starts nothing: only the first letter can become đ."""
    return key == "d" and letters[0] != "d"


def _apply_horn(letters: list[str], *, last: bool) -> bool:
    """Put the horn or breve of a `w` on the vowels before it."""
    joined = "".join(letters)
    for plain, horned in (("uo", "ươ"), ("ưo", "ươ"), ("uơ", "ươ")):
        if plain in joined and not joined.startswith("qu"):
            letters[:] = joined.replace(plain, horned, 1)
            return True
    for place in range(len(letters) - 1, -1, -1):
        if letters[place] in _HORNED and not (letters[place] == "u" and joined[:2] == "qu"):
            if letters[place] == "a" and place and letters[place - 1] == "u" and place > 1:
                letters[place - 1] = "ư"  # "nuaw" is nưa: no rime has uă outside qu
            else:
                letters[place] = _HORNED[letters[place]]
            return True
    if any(letter in _VOWELS for letter in letters):
        return False
    letters.append("ư")  # "tw" is tư
    return True


def _decode_vni(typed: str) -> str | None:
    letters: list[str] = []
    tone = LEVEL
    for key in typed:
        if key in _VNI_TONES:
            tone = _VNI_TONES[key]
        elif key == "9":
            if not letters or letters[0] != "d":
                return None
            letters[0] = "đ"
        elif key in _VNI_LETTERS:
            if not _apply_vni(letters, _VNI_LETTERS[key]):
                return None
        else:
            letters.append(key)
    if not any(letter in _VOWELS for letter in letters) or len(letters) < 2:
        return None
    return place_tone("".join(letters), tone)


def _apply_vni(letters: list[str], changes: dict[str, str]) -> bool:
    joined = "".join(letters)
    if "uo" in joined and "u" in changes and not joined.startswith("qu"):
        letters[:] = joined.replace("uo", "ươ", 1)
        return True
    for place in range(len(letters) - 1, -1, -1):
        if letters[place] in changes:
            letters[place] = changes[letters[place]]
            return True
    return False


@lru_cache(maxsize=16384)
def bare_letters(typed: str) -> str | None:
    """Return the letters left when every key that might be a mark is taken away.

    For keys typed in a wrong order or once too often ("nauus", "Bafij"), where `decode`
    cannot say what was meant: "nau", "bai". None where nothing is left to take away.
    """
    kept: list[str] = []
    for position, key in enumerate(typed.lower()):
        if position and (key in "sfrxjzw" or key.isdigit()):
            continue
        if kept and key == kept[-1]:
            continue
        kept.append(key)
    bare = fold("".join(kept))
    return bare if bare != typed and is_valid_bare(bare) else None


@lru_cache(maxsize=16384)
def is_valid_bare(letters: str) -> bool:
    """Tell whether some Vietnamese syllable may fold to these letters."""
    return any(
        is_valid(place_tone(variant, RISING)) or is_valid(variant) for variant in _variants(letters)
    )


def _variants(letters: str) -> list[str]:
    found = [""]
    choices = {"a": "aăâ", "e": "eê", "o": "oôơ", "u": "uư", "d": "dđ"}
    for letter in letters[:8]:
        found = [start + choice for start in found for choice in choices.get(letter, letter)]
    return found
