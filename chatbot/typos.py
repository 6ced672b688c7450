"""Slips of the finger: a syllable the language does not know, one edit from one it knows."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from string import ascii_lowercase

from chatbot.language import LanguageModel
from chatbot.readings import Reading
from chatbot.syllables import agrees, attested, fold, is_marked, is_valid
from corpus.tones import LEVEL, canonical, split_tone

ONE_EDIT = -5.0  # log chance of a letter slipped, dropped, added or swapped with its neighbour
MARK_SLIP = -2.0  # and of a mark that differs from the typed one
MARKS_ONLY = -2.0  # the letters are right, only marks are missing or misplaced
KEEP_FOREIGN = -1.0  # as typed, where the letters cannot be Vietnamese
KEEP_WORD = 8.0  # as typed, where words are known to have the syllable, if not to the model
KEEP_VALID = 2.0  # as typed, where they can, though no word is known to have the syllable
CHAT_SPELLING = -1.0  # of a chat's letter for a consonant: "fải" for "phải"
# Letters that Vietnamese spelling lacks, and the consonants they stand for in chats.
_CHAT_LETTERS = {"f": ("ph",), "w": ("qu",), "z": ("v", "d", "gi"), "j": ("gi", "ch")}
SHORTEST = 2  # letters; one letter alone is a label or an abbreviation
SHORTEST_FOREIGN = 4  # letters of a word that Vietnamese spelling does not allow
LONGEST = 8  # letters; no Vietnamese syllable has more than seven


def readings_of(typed: str, model: LanguageModel) -> tuple[Reading, ...]:
    """Return the token as typed and the known syllables one slip away.

    Args:
        typed: A token that the model does not know.
        model: Names the syllables that exist.
    """
    word = typed.lower()
    keep = Reading.as_typed(typed, _weight_as_typed(word))
    if not SHORTEST <= len(word) <= LONGEST:
        return (keep,)
    return (keep, *_corrections(typed, word, model))


def _weight_as_typed(word: str) -> float:
    if canonical(word) in attested():
        return KEEP_WORD
    return KEEP_VALID if is_valid(word) else KEEP_FOREIGN


def _corrections(typed: str, word: str, model: LanguageModel) -> list[Reading]:
    bare = fold(word)
    weights: dict[str, float] = {}
    for option in model.readings.get(bare, ()):
        weights[option] = MARKS_ONLY if agrees(word, option) else MARKS_ONLY + MARK_SLIP
    for consonant in _CHAT_LETTERS.get(bare[:1], ()):
        for option in filter(is_valid, model.readings.get(consonant + bare[1:], ())):
            weights[option] = CHAT_SPELLING + _mark_slips(word[1:], option[len(consonant) :])
    for variant in edits(bare):
        for option in filter(_is_word, model.readings.get(variant, ())):
            weight = ONE_EDIT + _mark_slips(word, option)
            weights[option] = max(weight, weights.get(option, weight))
    itself = canonical(word)
    return [Reading.syllable(o, typed, weight) for o, weight in weights.items() if o != itself]


def _is_word(option: str) -> bool:
    """Tell whether something can be meant: no label, no abbreviation ("ok" is no "k", no "đk")."""
    return len(option) >= SHORTEST if is_valid(option) else len(option) >= SHORTEST_FOREIGN


def _mark_slips(word: str, option: str) -> float:
    """Return what the marks that differ cost, letters apart."""
    letters, tone = split_tone(word)
    other_letters, other_tone = split_tone(option)
    slips = sum(mark not in other_letters for mark in letters if fold(mark) != mark)
    unmarked = not is_marked(word)
    if not unmarked:
        slips += sum(mark not in letters for mark in other_letters if fold(mark) != mark)
    if tone != other_tone and not (unmarked and tone == LEVEL):
        slips += 1
    return MARK_SLIP * slips


@lru_cache(maxsize=4096)
def edits(letters: str) -> frozenset[str]:
    """Return everything one edit away: a letter dropped, swapped, replaced or added."""
    return frozenset(_edits(letters)) - {letters, ""}


def _edits(letters: str) -> Iterator[str]:
    for place in range(len(letters) + 1):
        head, tail = letters[:place], letters[place:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in ascii_lowercase:
            yield head + letter + tail
            if tail:
                yield head + letter + tail[1:]
