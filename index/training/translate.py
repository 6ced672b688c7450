"""Learning the table of `index.translation` from questions and the clauses they were written for.

Expectation maximisation of IBM's model 1: a term of a question is a translation of one of the
clause's terms, or of none ("null", which stands for the manner of asking). Only pairs of terms
that met in several clauses are kept, so that no single clause is known by heart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from index.terms import terms_of
from index.training.examples import (
    AskedClause,
    is_development,
    read_law_clauses,
    read_own,
    read_shared,
)
from index.translation import Translations
from index.types import FloatArray

LEAST_CLAUSES = 4  # in which two terms meet
LEAST_ASKED = (3, 6)  # questions that have a syllable, a pair
LEAST_SAID = (3, 4)  # clauses that have a syllable, a pair
ROUNDS = 5
SHRINK = 4.0  # questions that a term of a clause is taken to have brought about nothing in
LEAST_CHANCE = 1e-3  # a term of a clause that brings about another one less often is left out
LEAST_BACKGROUND = 1e-5
BACKGROUND_STEP = 60  # one clause in so many stands for law at large

Terms = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Every term of a question with every term of its clause, as entries of the table.

    The entries of one term in one question stand together, from one of `groups` to the next.
    """

    entries: NDArray[np.int32]
    groups: NDArray[np.int64]


def read_examples(data: Path, own: Sequence[Path]) -> tuple[list[AskedClause], list[str]]:
    """Return the clauses asked about and the background, both without the development laws.

    Args:
        data: The shared folder.
        own: Files of own questions.
    """
    laws = read_law_clauses(data)
    asked = read_shared(data)
    for file in own:
        asked += read_own(file, laws)
    background = [one.passage for one in laws[::BACKGROUND_STEP] if not is_development(one.number)]
    return [one for one in asked if not is_development(one.clause.number)], background


def learn_translations(asked: Sequence[AskedClause], background: Sequence[str]) -> Translations:
    """Return the table.

    Args:
        asked: Clauses with the questions written for them.
        background: Passages of law at large: a lift is over what these bring about.

    Raises:
        ValueError: There is no background, or no two terms meet often enough.
    """
    if not background:
        raise ValueError("there is no clause for the background")
    questions = [[frozenset(terms_of(q.text)) for q in one.questions] for one in asked]
    clauses = [frozenset(terms_of(one.clause.passage)) for one in asked]
    asked_terms = _vocabulary((terms for own in questions for terms in own), LEAST_ASKED)
    said = _vocabulary(clauses, LEAST_SAID)
    clause_terms = [_numbers(terms, said, always=True) for terms in clauses]
    question_terms = [[_numbers(terms, asked_terms) for terms in own] for own in questions]
    table = _meeting(question_terms, clause_terms, (len(asked_terms), len(said) + 1))
    if not table.nnz:
        raise ValueError(f"no two terms meet in {LEAST_CLAUSES} of {len(asked)} clauses")
    pairs = _paired(question_terms, clause_terms, table)
    chances = _maximised(pairs, table)
    kept = chances >= LEAST_CHANCE
    rows = np.repeat(np.arange(len(asked_terms)), np.diff(table.indptr))[kept]
    chance = sparse.csr_matrix((chances[kept], (rows, table.indices[kept])), shape=table.shape)
    passages = [_numbers(frozenset(terms_of(text)), said, always=True) for text in background]
    usual = np.asarray(_mean_of(passages, table.shape[1]) @ chance.T).ravel() + LEAST_BACKGROUND
    lifts = sparse.csr_matrix(sparse.diags(1 / usual) @ chance)
    lifts.sort_indices()
    return Translations(
        asked=asked_terms,
        said=said,
        starts=lifts.indptr.astype(np.int64),
        targets=lifts.indices.astype(np.int32),
        lifts=lifts.data.astype(np.float32),
    )


def _vocabulary(texts: Iterable[Collection[str]], least: tuple[int, int]) -> dict[str, int]:
    counts = Counter(term for terms in texts for term in terms)
    frequent = sorted(term for term, count in counts.items() if count >= least[" " in term])
    return {term: number for number, term in enumerate(frequent)}


def _numbers(
    terms: Collection[str], vocabulary: Mapping[str, int], *, always: bool = False
) -> Terms:
    """Return the numbers of the known terms, rising; `always` adds the null term."""
    known = sorted(vocabulary[term] for term in terms if term in vocabulary)
    return np.array([*known, len(vocabulary)] if always else known, dtype=np.int64)


def _all_of(questions: Sequence[Terms]) -> Terms:
    """Return the terms of all questions of a clause, each once, rising."""
    return np.unique(np.concatenate([np.zeros(0, np.int64), *questions]))


def _indicator(rows: Sequence[Terms], width: int) -> sparse.csr_matrix:
    starts = np.cumsum([0, *(len(row) for row in rows)])
    columns = np.concatenate([np.zeros(0, np.int64), *rows])
    return sparse.csr_matrix(
        (np.ones(len(columns), np.float32), columns, starts), shape=(len(rows), width)
    )


def _mean_of(rows: Sequence[Terms], width: int) -> NDArray[np.float32]:
    """Return how much each term is of a row, on the average, float32[width]."""
    indicator = _indicator(rows, width)
    shares = sparse.diags(1 / np.maximum(indicator.sum(axis=1).A1, 1)) @ indicator
    return np.asarray(shares.mean(axis=0), dtype=np.float32).ravel()


def _meeting(
    questions: Sequence[Sequence[Terms]], clauses: Sequence[Terms], shape: tuple[int, int]
) -> sparse.csr_matrix:
    """Return the pairs of terms that meet often enough; the values are the clauses."""
    met = _indicator([_all_of(own) for own in questions], shape[0]).T @ _indicator(
        clauses, shape[1]
    )
    met.data[met.data < LEAST_CLAUSES] = 0
    met.eliminate_zeros()
    met.sort_indices()
    return sparse.csr_matrix(met)


def _paired(
    questions: Sequence[Sequence[Terms]], clauses: Sequence[Terms], table: sparse.csr_matrix
) -> _Pairs:
    """Return the entries of the table that each question may have made use of."""
    entries, groups, total = [], [], 0
    in_clause = np.zeros(table.shape[1], dtype=bool)
    for own, clause in zip(questions, clauses, strict=True):
        in_clause[clause] = True
        found = {}
        for term in _all_of(own):
            start, end = table.indptr[term], table.indptr[term + 1]
            found[term] = start + np.flatnonzero(in_clause[table.indices[start:end]])
        in_clause[clause] = False
        for question in own:
            for term in question:
                if len(found[term]):
                    entries.append(found[term])
                    groups.append(total)
                    total += len(found[term])
    return _Pairs(np.concatenate(entries).astype(np.int32), np.array(groups, dtype=np.int64))


def _maximised(pairs: _Pairs, table: sparse.csr_matrix) -> FloatArray:
    """Return how often each entry's term of a clause brings about its term of a question."""
    chances = np.ones(table.nnz, np.float32)
    lengths = np.diff(np.append(pairs.groups, len(pairs.entries)))
    for _ in range(ROUNDS):
        weights = chances[pairs.entries]
        weights /= np.repeat(np.add.reduceat(weights, pairs.groups), lengths)
        counts = np.bincount(pairs.entries, weights=weights, minlength=table.nnz)
        brought = np.bincount(table.indices, weights=counts, minlength=table.shape[1])
        chances = (counts / (brought + SHRINK)[table.indices]).astype(np.float32)
        chances = np.maximum(chances, np.finfo(np.float32).tiny)
    return chances
