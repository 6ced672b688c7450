"""What speaks for and against a search result answering its question.

None of it depends on how many documents are loaded: cosines of single rows, how near the
question is to law in general (`chatbot.background`), how far the best clause explains that this was
asked (`index.translation`), and the legal terms of the question that the clause has or lacks.
A legal term is a pair of neighbouring syllables that belong together in legal text ("dữ liệu",
"chữ ký"); a question that is about something else has terms the clause never mentions.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress, pairwise

import numpy as np

from chatbot.background import Background
from chatbot.language import LanguageModel
from chatbot.subjects import function_words
from corpus.model import Clause
from index.search import ClauseIndex, SearchResult
from index.terms import terms_of, words_of
from index.translation import USUAL
from index.vectors import RowArray

LEAST_SIGHTINGS = 300.0  # of a pair, that make it a term; everyday ones have fewer
LEAST_BOND = 2.0  # log of how much oftener than by chance its syllables meet
NO_COSINE = -2.0
TELLS_NOTHING = 6.0  # -log of the share of all syllables from which on one is too common
LEAST_TELLING = 1e-6  # stands for that of a question without telling syllables

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The named inputs of the decision, about the first hit."""

    passage: float  # cosine of question and passage
    background: float  # how near the question is to law in general
    example: float | None  # cosine of question and nearest example question; None without
    leaning: float | None  # towards 1 like the questions answered, -1 like those that are not
    lessons: int  # questions of the document known to have no answer
    found: float  # bonds of the question's terms that the clause has
    missing: float  # bonds of those it lacks
    subjects: int  # syllables of the question that carry a subject
    explained: float  # how well the clause explains that the terms were asked, 0…1
    unexplained: float  # share of what the syllables tell that it makes unlikely, 0…1
    coverage: float  # share of what the question's syllables tell that the passage has, 0…1


def gather(
    question: str,
    result: SearchResult,
    index: ClauseIndex,
    language: LanguageModel,
    background: Background,
    *,
    asked: str | None = None,
) -> Evidence | None:
    """Return the evidence on the first hit; `None` where nothing was found.

    Args:
        question: As searched.
        result: Of `index`.
        index: Gives the cosines of passage and example questions apart.
        language: Tells which pairs are terms.
        background: What the cosine of the passage is measured against.
        asked: The question without its context, which another clause explains; `None` is
            all of it.
    """
    if not result.hits:
        return None
    clause = result.hits[0].clause
    number = np.array([index.number_of(clause.key)], dtype=np.int64)
    passage = float(index.passages.cosines(result.vector, number, NO_COSINE)[0])
    example = float(index.questions.cosines(result.vector, number, NO_COSINE)[0])
    explained, unexplained = _explanation(asked or question, index, number, language)
    words = words_of(question)
    wanted = terms(words, language)
    present = _pairs_of(clause)
    found = sum(bond for pair, bond in wanted.items() if pair in present)
    return Evidence(
        passage=passage,
        background=background.level(result.vector, index.encoder.identity),
        example=example if clause.questions else None,
        leaning=index.leaning(question, result.vector, clause.document_id),
        lessons=index.unanswered_count(clause.document_id),
        found=found,
        missing=sum(wanted.values()) - found,
        subjects=len({w for w in words if w not in function_words() and not w.isdigit()}),
        explained=explained,
        unexplained=unexplained,
        coverage=coverage(words, _syllables_of(clause.passage), language),
    )


def _explanation(
    asked: str, index: ClauseIndex, number: RowArray, language: LanguageModel
) -> tuple[float, float]:
    """Return how well a clause explains what is asked, and how much of it it makes unlikely.

    The first is the mean of what the terms known to the translations add, 0…1. The second is a
    share of what the syllables tell, 0…1: all of one that such a clause never brings about,
    nothing of one that is as likely as otherwise.
    """
    known = index.translated.table.known(terms_of(asked))
    if not known:
        return USUAL, 0.0
    shares = index.translated.shares(known, number)[0]
    single = [" " not in term for term in known]
    telling = language.telling(list(compress(known, single)), common=TELLS_NOTHING)
    lacking = np.maximum(USUAL - shares[single], 0) / USUAL
    unexplained = (telling * lacking).sum() / max(telling.sum(), LEAST_TELLING)
    return float(shares.mean()), float(unexplained)


def coverage(words: Sequence[str], present: Collection[str], language: LanguageModel) -> float:
    """Return the share of what canonical syllables tell that is present as well, 0…1.

    A syllable tells the more the rarer it is in legal text at large: counted among the loaded
    clauses, it would tell another thing in every library.
    """
    distinct = list(dict.fromkeys(words))
    telling = language.telling(distinct, common=TELLS_NOTHING)
    shared = telling[[word in present for word in distinct]]
    return float(shared.sum() / max(telling.sum(), LEAST_TELLING))


def terms(words: Sequence[str], language: LanguageModel) -> dict[Pair, float]:
    """Return the legal terms in a row of canonical syllables, with how firmly they bond."""
    empty = function_words()
    found: dict[Pair, float] = {}
    total = float(language.singles.sum())
    for first, second in pairwise(words):
        if (first in empty and second in empty) or first.isdigit() or second.isdigit():
            continue
        count = language.pair_count(first, second)
        if count < LEAST_SIGHTINGS:
            continue
        apart = language.count(first) * language.count(second)
        bond = math.log(count * total / apart)
        if bond > LEAST_BOND:
            found[first, second] = bond
    return found


@lru_cache(maxsize=1024)
def _syllables_of(passage: str) -> frozenset[str]:
    return frozenset(words_of(passage))


@lru_cache(maxsize=1024)
def _pairs_of(clause: Clause) -> frozenset[Pair]:
    """Return the neighbouring syllables of passage and example questions."""
    pairs: set[Pair] = set()
    for text in (clause.passage, *clause.questions):
        pairs.update(pairwise(words_of(text)))
    return frozenset(pairs)
