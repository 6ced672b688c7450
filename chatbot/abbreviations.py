"""Abbreviations of administration and of everyday chat, from two data files."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from chatbot.data_files import numbered_lines
from chatbot.language import LanguageModel
from chatbot.readings import Reading, phrase
from chatbot.syllables import is_valid
from corpus.errors import UnavailableError

ABBREVIATIONS_FILE = Path(__file__).parent / "data" / "abbreviations.tsv"
CHAT_FILE = ABBREVIATIONS_FILE.with_name("chat-abbreviations.tsv")
KEEP = -7.0  # an abbreviation left as it is, against one spelled out
KEEP_WORD = 0.0  # the same where the letters are also a Vietnamese syllable
KEEP_LETTER = 2.5  # the same for a lone letter, which may be a label: "nhóm c", "khu vực e"
_NO_LABELS = "fjwz"  # letters that Vietnamese lists skip


@cache
def abbreviations(*files: Path) -> Mapping[str, tuple[str, ...]]:
    """Read data files: letters in lower case, đ as d → expansions.

    Raises:
        UnavailableError: A file is missing or a line is not as its head says.
    """
    table: dict[str, dict[str, None]] = {}
    for file in files:
        for number, line in numbered_lines(file):
            letters, _, listed = line.partition("\t")
            expansions = [expansion.strip() for expansion in listed.split("|")]
            if not letters.strip() or not all(expansions):
                raise UnavailableError(
                    f"{file}, line {number}: expected letters, a tab, expansions"
                )
            table.setdefault(_unstroked(letters), {}).update(dict.fromkeys(expansions))
    return {letters: tuple(expansions) for letters, expansions in table.items()}


def _unstroked(letters: str) -> str:
    return letters.lower().replace("đ", "d")


def expansions_of(word: str) -> tuple[str, ...]:
    """Return what people type these letters for; empty if for nothing longer."""
    return abbreviations(ABBREVIATIONS_FILE, CHAT_FILE).get(_unstroked(word), ())


def readings_of(
    typed: str, model: LanguageModel, *, in_capitals: bool = False
) -> tuple[Reading, ...]:
    """Return what an abbreviation may stand for, and itself; empty if it is none.

    Args:
        typed: One token as typed, any case.
        model: Weighs an expansion's own words out, so that long ones are not held back.
        in_capitals: The whole line is in capitals, so those of the token say nothing.
    """
    letters = _unstroked(typed)
    official = len(typed) > 1 and typed.isupper() and not in_capitals
    files = (ABBREVIATIONS_FILE,) if official else (ABBREVIATIONS_FILE, CHAT_FILE)
    expansions = abbreviations(*files).get(letters, ())
    if not expansions:
        return ()
    keep = KEEP_WORD if is_valid(letters) and not typed.isupper() else KEEP
    if len(letters) == 1 and letters not in _NO_LABELS:
        keep = KEEP_LETTER
    spelled = tuple(phrase(expansion, model) for expansion in expansions)
    return (Reading.as_typed(typed, keep), *spelled)
