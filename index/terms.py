"""What is looked up by words: syllables, and pairs of neighbouring syllables.

Vietnamese writes syllables apart and words together, so pairs stand in for words; they
beat two word segmenters and cost nothing (docs/experiments.md). Two customs of writing the tone
("hoá", "hóa") are one term.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from corpus.text import syllables
from corpus.tones import canonical


def words_of(text: str) -> list[str]:
    """Return the canonical syllables of a text, in order."""
    return [canonical(word) for word in syllables(text)]


def terms_of(text: str) -> Iterator[str]:
    """Yield the canonical syllables of a text, then its pairs of neighbouring ones ("dữ liệu")."""
    words = words_of(text)
    yield from words
    yield from (f"{first} {second}" for first, second in pairwise(words))
