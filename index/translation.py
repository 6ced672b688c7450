"""The translated leg: which words people use for which words of the law.

Whoever asks about "sổ đỏ" has no word of "giấy chứng nhận quyền sử dụng đất". Model 1 of Brown
et al. (1993, "The mathematics of statistical machine translation"), learned from questions and
the clauses they were written for (`index.training.translate`), tells how much likelier than
otherwise a term is asked where a clause has another one; Xue, Jeon and Croft (2008, "Retrieval
models for question and answer archives") rank answers by it. A term is a syllable or a pair of
neighbouring syllables. The table is learned once and for all documents.
"""

from __future__ import annotations

import hashlib
import io
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from corpus.errors import UnavailableError
from index.bundled_data import DATA, read_checksums
from index.lexical import LexicalIndex
from index.terms import pack_terms, terms_of, unpack_terms
from index.types import FloatArray

TRANSLATIONS: Final = DATA / "translations.npz"
HALF_LIKELIER = 3.0  # times as likely as otherwise: half of what a term can add
USUAL = 1 / (1 + HALF_LIKELIER)  # what a term adds that is as likely as otherwise
_STEPS_PER_E = 20  # lifts are stored as whole steps of their logarithm, within 3 %
_STEPS_BELOW_1 = 56  # those outside e^-2.8 … e^9.95 are stored as these
_BLOCK = 32  # terms of a question looked at together, for the memory it takes


@dataclass(frozen=True, slots=True)
class Translations:
    """How much likelier terms of a question are, given the terms of a clause.

    `lifts[starts[i]:starts[i + 1]]` are those of term i of a question, each given the term of
    a clause that `targets` names. The last target stands for what any clause says.
    """

    asked: Mapping[str, int]  # term of a question → its number
    said: Mapping[str, int]  # term of a clause → its number
    starts: NDArray[np.int64]  # [asked + 1]
    targets: NDArray[np.int32]  # [lifts], rising within a term
    lifts: FloatArray  # [lifts], above 0
    identity: str = ""  # of the file it was read from

    @property
    def width(self) -> int:
        """The number of targets."""
        return len(self.said) + 1

    def known(self, terms: Iterable[str]) -> list[str]:
        """Return the terms of a question that the table has, each once, in order."""
        return [term for term in dict.fromkeys(terms) if term in self.asked]

    def pack(self) -> bytes:
        """Return the table as the content of a file; lifts change by up to 3 %.

        Raises:
            ValueError: There are more terms of clauses than the file can number.
        """
        if self.width > np.iinfo(np.uint16).max + 1:
            raise ValueError(f"{self.width} targets do not fit; keep rarer terms out")
        steps = np.rint(np.log(self.lifts) * _STEPS_PER_E) + _STEPS_BELOW_1
        content = io.BytesIO()
        np.savez_compressed(
            content,
            allow_pickle=False,
            asked=pack_terms(self.asked),
            said=pack_terms(self.said),
            starts=self.starts.astype(np.int32),
            targets=self.targets.astype(np.uint16),
            steps=np.clip(steps, 0, 255).astype(np.uint8),
        )
        return content.getvalue()

    @classmethod
    def unpack(cls, packed: bytes) -> Translations:
        """Take back what `pack` gave.

        Raises:
            ValueError: It is no such file, or a damaged one.
        """
        try:
            with np.load(io.BytesIO(packed), allow_pickle=False) as stored:
                steps = stored["steps"].astype(np.float32)
                return cls(
                    asked=unpack_terms(stored["asked"]),
                    said=unpack_terms(stored["said"]),
                    starts=stored["starts"].astype(np.int64),
                    targets=stored["targets"].astype(np.int32),
                    lifts=np.exp((steps - _STEPS_BELOW_1) / _STEPS_PER_E),
                    identity=hashlib.sha256(packed).hexdigest()[:16],
                )
        except (OSError, KeyError, EOFError, TypeError, BadZipFile, zlib.error) as error:
            raise ValueError(f"no table of translations: {error!r}") from error


@dataclass(frozen=True, slots=True)
class TranslatedIndex:
    """The clause terms of every row, with the table that translates them."""

    table: Translations
    starts: NDArray[np.int64]  # [rows + 1]: terms of row i are terms[starts[i]:starts[i + 1]]
    terms: NDArray[np.int32]  # targets of the table, each once a row

    @classmethod
    def build(cls, texts: Sequence[str], table: Translations) -> TranslatedIndex:
        """Index one text per row."""
        always = table.width - 1
        rows = [
            [*sorted({table.said[term] for term in terms_of(text) if term in table.said}), always]
            for text in texts
        ]
        starts = np.cumsum([0, *(len(row) for row in rows)], dtype=np.int64)
        terms = np.array([term for row in rows for term in row], dtype=np.int32)
        return cls(table, starts, terms)

    def scores(self, question: str, rows: NDArray[np.int64], words: LexicalIndex) -> FloatArray:
        """Return how well rows explain that this question was asked.

        Each term of the question adds how much likelier than otherwise it is, given a row,
        between 0 and 1; one the table does not know adds 1 if the row has it.

        Args:
            question: As understood.
            rows: Their numbers.
            words: The terms of the same rows.

        Returns:
            float32[rows], the mean over the terms that the table or any row of the index has,
            0…1.
        """
        terms = dict.fromkeys(terms_of(question))
        known = self.table.known(terms)
        having = [words.rows_having(term) for term in terms if term not in self.table.asked]
        having = [found for found in having if len(found)]
        if not len(rows) or (not known and not having):
            return np.zeros(len(rows), np.float32)
        blocks = (known[start : start + _BLOCK] for start in range(0, len(known), _BLOCK))
        total = np.zeros(len(rows), np.float32)
        for block in blocks:
            total += self.shares(block, rows).sum(axis=1)
        for found in having:
            nearest = np.minimum(np.searchsorted(found, rows), len(found) - 1)
            total += found[nearest] == rows
        mean: FloatArray = (total / (len(known) + len(having))).astype(np.float32)
        return mean

    def shares(self, known: Sequence[str], rows: NDArray[np.int64]) -> FloatArray:
        """Return what each term of a question adds, given each of the rows.

        Args:
            known: Terms that the table has.
            rows: Their numbers, at least one.

        Returns:
            float32[rows, known], 0…1; `USUAL` where a term is as likely as otherwise.
        """
        table = self.table
        of_target = np.zeros((table.width, len(known)), np.float32)
        for column, term in enumerate(table.asked[term] for term in known):
            entries = slice(table.starts[term], table.starts[term + 1])
            of_target[table.targets[entries], column] = table.lifts[entries]
        lengths = self.starts[rows + 1] - self.starts[rows]
        firsts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        places = np.arange(lengths.sum()) + np.repeat(self.starts[rows] - firsts, lengths)
        lift = np.add.reduceat(of_target[self.terms[places]], firsts, axis=0) / lengths[:, None]
        share: FloatArray = lift / (lift + HALF_LIKELIER)
        return share

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return everything but the table as plain arrays, for storing."""
        return {"starts": self.starts, "terms": self.terms}

    @classmethod
    def from_arrays(
        cls, arrays: Mapping[str, NDArray[Any]], table: Translations
    ) -> TranslatedIndex:
        """Take back what `arrays` gave.

        Raises:
            KeyError: An array is missing.
        """
        return cls(table, arrays["starts"], arrays["terms"])


@cache
def load_translations() -> Translations:
    """Read the table that ships.

    Raises:
        UnavailableError: The file cannot be read.
    """
    try:
        packed = TRANSLATIONS.read_bytes()
        expected = read_checksums()[TRANSLATIONS.name]
        table = Translations.unpack(packed)
    except (OSError, ValueError, KeyError) as error:
        raise UnavailableError(
            f"{TRANSLATIONS} cannot be read: {error}; install the package again"
        ) from error
    if hashlib.sha256(packed).hexdigest() != expected:
        raise UnavailableError(f"{TRANSLATIONS} is not of {expected}; install the package again")
    return table
