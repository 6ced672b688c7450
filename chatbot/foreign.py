"""Whether a question is in Vietnamese at all."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from chatbot import abbreviations, telex
from chatbot.language import LanguageModel
from chatbot.syllables import is_marked, is_valid

LEAST_WORDS = 3  # fewer words may be a name or a term
LEAST_SHARE = 0.55  # of the words of a Vietnamese question that look Vietnamese
COMMON = 300.0  # sightings from which on a word without marks counts as Vietnamese by itself
_WORD = re.compile(r"[^\W_]+")


def is_foreign(text: str, model: LanguageModel) -> bool:
    """Tell whether most words of a line cannot be Vietnamese, however carelessly typed.

    Args:
        text: As typed, NFC.
        model: Knows which syllables exist.
    """
    words = [word for word in _WORD.findall(text.lower()) if word.isalpha() or telex.decode(word)]
    letters = [character for character in text if character.isalpha()]
    if letters and sum(_is_latin(character) for character in letters) < 0.5 * len(letters):
        return True
    if len(words) < LEAST_WORDS or any(_is_clearly_vietnamese(word) for word in words):
        return False
    return _share(words, model) < LEAST_SHARE


def _share(words: Sequence[str], model: LanguageModel) -> float:
    return sum(_may_be_vietnamese(word, model) for word in words) / len(words)


def _is_latin(character: str) -> bool:
    return unicodedata.name(character, "").startswith("LATIN")


def _is_clearly_vietnamese(word: str) -> bool:
    return is_marked(word) and is_valid(word)


def _may_be_vietnamese(word: str, model: LanguageModel) -> bool:
    if len(word) > 1 and abbreviations.expansions_of(word):
        return True
    readings = model.readings.get(word, ())
    if readings and model.singles[model.ids[readings[0]]] >= COMMON and telex.is_valid_bare(word):
        return True
    decoded = telex.decode(word)
    return decoded is not None and model.knows(decoded, COMMON)
