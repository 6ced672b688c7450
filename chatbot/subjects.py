"""Which syllables of a question can tell what it is about."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from chatbot.syllables import read_syllables
from index.terms import words_of

FUNCTION_WORDS_FILE = Path(__file__).parent / "data" / "function-words.txt"


@cache
def function_words() -> frozenset[str]:
    """Read the syllables that say nothing about a subject.

    Raises:
        UnavailableError: The file cannot be read.
    """
    return read_syllables(FUNCTION_WORDS_FILE)


def subject_syllables(text: str) -> list[str]:
    """Return the syllables that may carry a subject, in order; numbers do not."""
    words = words_of(text)
    return [word for word in words if word not in function_words() and not word.isdigit()]


def subject_count(text: str) -> int:
    """Return how many different syllables may carry a subject."""
    return len(set(subject_syllables(text)))
