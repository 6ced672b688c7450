"""How Vietnamese is written: how often syllables follow one another.

The counts come from general legal text and everyday questions (a data file made by
`chatbot.language_build`) and, on top, from the loaded documents. They rank readings of text
that was typed without marks, with mistakes or with abbreviations.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from chatbot.syllables import fold
from corpus.tones import canonical

STATISTICS_FILE = Path(__file__).parent / "data" / "language.npz"

UNKNOWN, BOUNDARY, NUMBER = "<unk>", "<s>", "<n>"
SPECIAL = (UNKNOWN, BOUNDARY, NUMBER)
OWN_WEIGHT = 10.0  # a count in a loaded document over one in the general text
PRIOR = 200.0  # how many sightings of a syllable outweigh its general frequency
FLOOR = 0.5  # count of what was never seen
COUNT_STEPS = 8  # stored counts are powers of 2^(1/8)

Floats = NDArray[np.float64]
Ids = NDArray[np.int64]

_TOKEN = re.compile(r"[^\W\d_]+|\d+|[.;:?!\n]")


def tokens(text: str) -> list[str]:
    """Return canonical syllables, `NUMBER` and sentence `BOUNDARY` marks of a text."""
    found = [BOUNDARY]
    for match in _TOKEN.findall(unicodedata.normalize("NFC", text)):
        if match[0].isdigit():
            found.append(NUMBER)
        elif match[0].isalpha():
            found.append(canonical(match))
        elif found[-1] != BOUNDARY:
            found.append(BOUNDARY)
    if found[-1] != BOUNDARY:
        found.append(BOUNDARY)
    return found


@dataclass(frozen=True)
class LanguageModel:
    """Counts of syllables and of neighbouring pairs. Never changes once built."""

    words: tuple[str, ...]  # id → syllable; ids 0, 1, 2 are `SPECIAL`
    singles: Floats  # [words]
    pairs: Ids  # [n] rising: first id × PAIR_BASE + second id
    pair_counts: Floats  # [n]

    PAIR_BASE = 1 << 20  # more than there are syllables; not a field: it has no annotation

    @cached_property
    def ids(self) -> dict[str, int]:
        """Syllable → id."""
        return {word: number for number, word in enumerate(self.words)}

    @cached_property
    def readings(self) -> dict[str, tuple[str, ...]]:
        """Folded syllable → the syllables it may stand for, most frequent first."""
        table: dict[str, list[str]] = {}
        order = np.argsort(-self.singles, kind="stable")
        for number in order:
            word = self.words[number]
            if word not in SPECIAL:
                table.setdefault(fold(word), []).append(word)
        return {bare: tuple(words) for bare, words in table.items()}

    @cached_property
    def usually_marked(self) -> frozenset[str]:
        """Folded syllables that stand, more often than not, for one with marks."""
        return frozenset(
            bare
            for bare, words in self.readings.items()
            if self._count(words) > 2 * self._count(word for word in words if word == bare)
        )

    def _count(self, words: Iterable[str]) -> float:
        return sum(float(self.singles[self.ids[word]]) for word in words)

    @cached_property
    def _frequencies(self) -> Floats:
        total = self.singles.sum() + FLOOR * len(self.singles)
        return np.asarray((self.singles + FLOOR) / total, dtype=np.float64)

    def knows(self, syllable: str, least: float = 1.0) -> bool:
        """Tell whether the canonical syllable was seen at least `least` times."""
        number = self.ids.get(syllable)
        return number is not None and bool(self.singles[number] >= least)

    def numbers(self, syllables: Iterable[str]) -> Ids:
        """Return the ids of canonical syllables; unknown ones get the id of `UNKNOWN`."""
        return np.array([self.ids.get(word, 0) for word in syllables], dtype=np.int64)

    def count(self, syllable: str) -> float:
        """Return how often a canonical syllable was seen."""
        number = self.ids.get(syllable)
        return 0.0 if number is None else float(self.singles[number])

    def pair_count(self, first: str, second: str) -> float:
        """Return how often two canonical syllables were seen side by side, in this order."""
        before, after = self.ids.get(first), self.ids.get(second)
        if before is None or after is None or not len(self.pairs):
            return 0.0
        wanted = before * self.PAIR_BASE + after
        place = min(int(np.searchsorted(self.pairs, wanted)), len(self.pairs) - 1)
        return float(self.pair_counts[place]) if self.pairs[place] == wanted else 0.0

    def frequency(self, ids: Ids) -> Floats:
        """Return the probability of each syllable by itself."""
        values: Floats = self._frequencies[ids]
        return values

    def telling(self, syllables: Iterable[str], *, common: float) -> Floats:
        """Return how much each canonical syllable tells: the more the rarer, 0 or more.

        Args:
            syllables: Unknown ones tell most.
            common: -log of the probability from which on a syllable tells nothing.
        """
        told: Floats = np.maximum(-np.log(self.frequency(self.numbers(syllables))) - common, 0.0)
        return told

    def log_follow(self, before: Ids, after: Ids) -> Floats:
        """Return log P(after | before), the two arrays broadcast against each other."""
        wanted = before * self.PAIR_BASE + after
        places = np.minimum(np.searchsorted(self.pairs, wanted), max(len(self.pairs) - 1, 0))
        if len(self.pairs):
            seen = np.where(self.pairs[places] == wanted, self.pair_counts[places], 0.0)
        else:
            seen = np.zeros(wanted.shape)
        general = self._frequencies[after]
        smoothed: Floats = (seen + PRIOR * general) / (self.singles[before] + PRIOR)
        return np.log(smoothed)

    def with_texts(self, texts: Iterable[str], weight: float = OWN_WEIGHT) -> LanguageModel:
        """Return the model with the counts of more texts added.

        Args:
            texts: For example the loaded documents.
            weight: What one sighting in them counts.
        """
        vocabulary = dict(self.ids)
        stream: list[int] = []
        for text in texts:
            stream.extend(vocabulary.setdefault(word, len(vocabulary)) for word in tokens(text))
        if not stream:
            return self
        ids = np.array(stream, dtype=np.int64)
        singles = np.bincount(ids, minlength=len(vocabulary)).astype(np.float64) * weight
        singles[: len(self.singles)] += self.singles
        pairs, counts = np.unique(ids[:-1] * self.PAIR_BASE + ids[1:], return_counts=True)
        merged, places = np.unique(np.concatenate([self.pairs, pairs]), return_inverse=True)
        values = np.concatenate([self.pair_counts, counts * weight])
        return LanguageModel(
            tuple(vocabulary),
            singles,
            merged,
            np.bincount(places, values, len(merged)).astype(np.float64),
        )

    @classmethod
    def from_texts(cls, texts: Iterable[str]) -> LanguageModel:
        """Count texts alone."""
        empty = cls(SPECIAL, np.zeros(len(SPECIAL)), np.zeros(0, np.int64), np.zeros(0))
        return empty.with_texts(texts, weight=1.0)


def save_statistics(model: LanguageModel, file: Path) -> None:
    """Write the model compactly; counts are rounded to powers of 2^(1/8)."""
    first, second = np.divmod(model.pairs, model.PAIR_BASE)
    if len(model.words) > np.iinfo(np.uint16).max:
        raise ValueError(f"{len(model.words)} syllables: the file holds at most 65,535")
    rows = np.bincount(first, minlength=len(model.words))
    np.savez_compressed(
        file,
        words=np.frombuffer("\n".join(model.words).encode(), dtype=np.uint8),
        singles=model.singles.astype(np.float32),
        rows=rows.astype(np.uint32),
        seconds=second.astype(np.uint16),
        counts=_pack(model.pair_counts),
    )


def load_statistics(file: Path = STATISTICS_FILE) -> LanguageModel:
    """Read what `save_statistics` wrote.

    Raises:
        OSError: The file is not there.
        ValueError: It is not such a file.
        KeyError: A part is missing.
    """
    with np.load(file, allow_pickle=False) as parts:
        words = tuple(parts["words"].tobytes().decode().split("\n"))
        first = np.repeat(np.arange(len(words), dtype=np.int64), parts["rows"])
        return LanguageModel(
            words,
            parts["singles"].astype(np.float64),
            first * LanguageModel.PAIR_BASE + parts["seconds"],
            _unpack(parts["counts"]),
        )


def _pack(counts: Floats) -> NDArray[np.uint8]:
    return np.clip(np.round(COUNT_STEPS * np.log2(counts)), 0, 255).astype(np.uint8)


def _unpack(packed: NDArray[np.uint8]) -> Floats:
    return np.exp2(packed.astype(np.float64) / COUNT_STEPS)
