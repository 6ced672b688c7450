"""Abbreviations of administration and of everyday chat, from two data files."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from chatbot.data_files import numbered_lines
from chatbot.language import LanguageModel
from chatbot.readings import Reading, phrase
from chatbot.syllables import fold, is_valid
from corpus.errors import UnavailableError

ABBREVIATIONS_FILE = Path(__file__).parent / "data" / "abbreviations.tsv"
CHAT_FILE = ABBREVIATIONS_FILE.with_name("chat-abbreviations.tsv")
KEEP = -7.0  # an abbreviation left as it is, against one spelled out
KEEP_WORD = 0.0  # the same where the letters are also a Vietnamese syllable


@cache
def abbreviations(*files: Path) -> Mapping[str, tuple[str, ...]]:
    """Read data files: folded letters → expansions.

    Raises:
        UnavailableError: A file is missing or a line is not as its head says.
    """
    table: dict[str, list[str]] = {}
    for file in files:
        for number, line in numbered_lines(file):
            letters, tab, expansions = line.partition("\t")
            if not tab or not expansions.strip():
                raise UnavailableError(
                    f"{file}, line {number}: expected letters, a tab, expansions"
                )
            known = table.setdefault(fold(letters), [])
            known += [e for e in map(str.strip, expansions.split("|")) if e not in known]
    return {letters: tuple(expansions) for letters, expansions in table.items()}


def is_abbreviation(word: str) -> bool:
    """Tell whether people type these letters, in lower case, for something longer."""
    return word in abbreviations(ABBREVIATIONS_FILE, CHAT_FILE)


def readings_of(
    typed: str, model: LanguageModel, *, in_capitals: bool = False
) -> tuple[Reading, ...]:
    """Return what an abbreviation may stand for, and itself; empty if it is none.

    Args:
        typed: One token as typed, any case.
        model: Weighs an expansion's own words out, so that long ones are not held back.
        in_capitals: The whole line is in capitals, so those of the token say nothing.
    """
    letters = fold(typed)
    official = len(typed) > 1 and typed.isupper() and not in_capitals
    files = (ABBREVIATIONS_FILE,) if official else (ABBREVIATIONS_FILE, CHAT_FILE)
    expansions = abbreviations(*files).get(letters, ())
    if not expansions or typed.lower().replace("đ", "d") != letters:
        return ()  # a vowel with its marks is a word, not an abbreviation
    keep = KEEP_WORD if is_valid(letters) and not typed.isupper() else KEEP
    spelled = tuple(phrase(expansion, model) for expansion in expansions)
    return (Reading.as_typed(typed, keep), *spelled)
