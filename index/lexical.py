"""BM25 over the terms of `index.terms`: syllables and pairs of neighbouring syllables.

Single characters and numbers are terms like any other: "5", "2" and "đ" carry citations.

Scores are worked out when the index is built ("eager" BM25, Lù 2024): a question only adds
up the posting lists of its terms.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.terms import pack_terms, unpack_terms, words_of
from index.types import FloatArray

K1 = 1.5
B = 0.75


@dataclass(frozen=True, slots=True)
class LexicalIndex:
    """Posting lists in one sparse matrix, terms in rows.

    A term is one number: its first syllable's number + 1 in the upper 32 bits, its second's
    + 1 in the lower 32, which are 0 for a single syllable.
    """

    numbers: dict[str, int]  # syllable → its number
    terms: NDArray[np.int64]  # [t], rising
    idf: FloatArray  # [t]
    starts: NDArray[np.int64]  # [t + 1]: postings of term i are starts[i]:starts[i + 1]
    rows: NDArray[np.int32]  # [postings], rising within a term
    weights: FloatArray  # [postings]: what the term adds to the row's score
    size: int  # number of rows

    @classmethod
    def build(cls, texts: Sequence[str], *, k1: float = K1, b: float = B) -> LexicalIndex:
        """Index one text per row.

        Args:
            texts: Row texts, in any normal form and case.
            k1: How slowly repetition saturates.
            b: How much long rows are held back, 0…1.
        """
        numbers: dict[str, int] = {}
        keys: list[NDArray[np.int64]] = [np.zeros(0, np.int64)]
        lengths = np.zeros(len(texts), np.int64)
        for row, text in enumerate(texts):
            ids = [numbers.setdefault(word, len(numbers)) for word in words_of(text)]
            row_keys = _keys(np.array(ids, dtype=np.int64))
            keys.append(row_keys)
            lengths[row] = len(row_keys)
        all_keys = np.concatenate(keys)
        terms, term_of = np.unique(all_keys, return_inverse=True)
        row_of = np.repeat(np.arange(len(texts), dtype=np.int64), lengths)
        size = len(texts)
        pairs, counts = np.unique(term_of * max(size, 1) + row_of, return_counts=True)
        posting_term, posting_row = np.divmod(pairs, max(size, 1))
        frequency = np.bincount(posting_term, minlength=len(terms))
        idf = _idf(frequency, size)
        mean_length = lengths.mean() if size else 1.0
        held_back = k1 * (1 - b + b * lengths[posting_row] / max(mean_length, 1.0))
        weights = idf[posting_term] * counts / (counts + held_back)
        return cls(
            numbers=numbers,
            terms=terms,
            idf=idf.astype(np.float32),
            starts=np.concatenate([[0], np.cumsum(frequency)]).astype(np.int64),
            rows=posting_row.astype(np.int32),
            weights=weights.astype(np.float32),
            size=size,
        )

    def scores(self, question: str) -> FloatArray:
        """Return the BM25 score of every row, float32[size]; 0 where no term is shared."""
        totals = np.zeros(self.size, np.float32)
        for position in self._positions(self._question_keys(question)):
            postings = slice(self.starts[position], self.starts[position + 1])
            totals[self.rows[postings]] += self.weights[postings]
        return totals

    def attainable(self, question: str) -> float:
        """Return what no row's score can exceed, above every score; 0 without a syllable.

        Syllables that no row has count as much as the rarest: a question about something else
        attains little.
        """
        unseen = sum(word not in self.numbers for word in words_of(question))
        known = self.idf[self._positions(self._question_keys(question))].sum()
        return float(known) + unseen * self._highest_idf

    def rows_having(self, term: str) -> NDArray[np.int32]:
        """Return the numbers of the rows that have a syllable or a pair ("dữ liệu"), rising."""
        ids = [self.numbers.get(word, -1) for word in term.split(" ")]
        key = _keys(np.array(ids, dtype=np.int64))[-1:]  # the pair stands behind its syllables
        if min(ids) < 0 or not (found := self._positions(key)):
            return self.rows[:0]
        return self.rows[self.starts[found[0]] : self.starts[found[0] + 1]]

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return everything as plain arrays, for storing."""
        return {
            "syllables": pack_terms(self.numbers),
            "terms": self.terms,
            "idf": self.idf,
            "starts": self.starts,
            "rows": self.rows,
            "weights": self.weights,
            "size": np.array(self.size, dtype=np.int64),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> LexicalIndex:
        """Take back what `arrays` gave.

        Raises:
            KeyError: An array is missing.
        """
        return cls(
            numbers=unpack_terms(arrays["syllables"]),
            terms=arrays["terms"],
            idf=arrays["idf"],
            starts=arrays["starts"],
            rows=arrays["rows"],
            weights=arrays["weights"],
            size=int(arrays["size"]),
        )

    @property
    def _highest_idf(self) -> float:
        """The idf of a term that no row has."""
        return float(_idf(np.zeros(1, np.int64), self.size)[0])

    def _question_keys(self, question: str) -> NDArray[np.int64]:
        """Return the keys of the question's terms; -1 breaks pairs around unknown syllables."""
        ids = [self.numbers.get(word, -1) for word in words_of(question)]
        return _keys(np.array(ids, dtype=np.int64))

    def _positions(self, keys: NDArray[np.int64]) -> list[int]:
        """Return where the known keys stand in `terms`."""
        if not len(self.terms):
            return []
        places = np.minimum(np.searchsorted(self.terms, keys), len(self.terms) - 1)
        found: list[int] = places[self.terms[places] == keys].tolist()
        return found


def _keys(ids: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the keys of all syllables, then of all neighbouring pairs without an id of -1."""
    firsts = (ids + 1) << 32
    pairs = firsts[:-1] | (ids[1:] + 1)
    known = (ids[:-1] >= 0) & (ids[1:] >= 0)
    return np.concatenate([firsts[ids >= 0], pairs[known]])


def _idf(frequency: NDArray[np.int64], size: int) -> NDArray[np.float64]:
    """Return the inverse document frequency, always above 0 (the formula of Lucene)."""
    return np.log1p((size - frequency + 0.5) / (frequency + 0.5))
