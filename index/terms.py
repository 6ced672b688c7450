"""What is looked up by words: syllables, and pairs of neighbouring syllables.

Vietnamese writes syllables apart and words together, so pairs stand in for words; they
beat two word segmenters and cost nothing (docs/experiments.md). Two customs of writing the tone
("hoá", "hóa") are one term.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

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


def pack_terms(terms: Iterable[str]) -> NDArray[np.uint8]:
    """Return terms as an array, for storing beside others."""
    return np.frombuffer("\n".join(terms).encode("utf-8"), dtype=np.uint8)


def unpack_terms(packed: NDArray[np.uint8]) -> dict[str, int]:
    """Return the terms that `pack_terms` was given, each with its number in that order."""
    terms = packed.tobytes().decode("utf-8").split("\n") if len(packed) else []
    return {term: number for number, term in enumerate(terms)}
