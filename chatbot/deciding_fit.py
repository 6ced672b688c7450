"""Fits the decision to answer: `python -m chatbot.deciding_fit DATA_DIR CACHE_DIR`.

Everyday questions about the laws kept out of the retriever's training are searched twice:
where the clause they were written for is there, and among other laws only (all of them, or one
alone, as in a small library), where nothing may be answered. The printed figures come from
folds of laws that the model was not fitted on. First the background of `chatbot.background`
is made anew, from the laws that the retriever was trained on.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from chatbot.background import BACKGROUND_FILE, load_background, write_background
from chatbot.deciding import COEFFICIENTS_FILE, FEATURES, inputs
from chatbot.evidence import gather
from chatbot.language import LanguageModel, load_statistics
from corpus.identifiers import slug
from corpus.model import Citation, Clause
from index.encoder import open_encoder
from index.search import ClauseIndex
from index.training.examples import (
    AskedClause,
    LawClause,
    is_development,
    read_law_clauses,
    read_shared,
)
from index.types import Encoder

POOL = 1500  # clauses searched in
SAMPLE = 2000  # clauses of the background, each of an article of its own
LONGEST = 500  # characters of such a clause; more gains nothing and takes long
RIDGE = 1.0
FOLDS = 5
WRONGLY_ANSWERED = 0.05  # what the threshold allows
SEED = 137

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """The evidence of one search."""

    law: str
    values: tuple[float, ...]
    right: bool


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, print the figures of the folds, write the coefficients."""
    parser = argparse.ArgumentParser(prog="python -m chatbot.deciding_fit", description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("cache", type=Path)
    options = parser.parse_args(arguments)
    asked = [one for one in read_shared(options.data) if is_development(one.clause.number)]
    clauses = read_law_clauses(options.data)
    laws = [one for one in clauses if is_development(one.number)]
    encoder = open_encoder("bundled", options.cache)
    language = load_statistics()
    _make_background([one for one in clauses if not is_development(one.number)], asked, encoder)
    cases: list[Case] = []
    index: ClauseIndex | None = None
    for examples in (0, 1):  # without example questions, and with one for each clause
        index = ClauseIndex.build(_clauses(asked, laws, examples), encoder, previous=index)
        cases += _cases(asked, index, language, examples)
    _report(cases)
    weights, offset = _fit(cases)
    chances = _chances(cases, weights, offset)
    wrong = np.array(
        [chance for case, chance in zip(cases, chances, strict=True) if not case.right]
    )
    values = {
        "weights": dict(zip(FEATURES, np.round(weights, 4).tolist(), strict=True)),
        "offset": round(offset, 4),
        "least_chance": round(float(np.quantile(wrong, 1 - WRONGLY_ANSWERED)), 4),
    }
    COEFFICIENTS_FILE.write_text(json.dumps(values, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(f"{COEFFICIENTS_FILE}: {values}\n")
    return 0


def _make_background(
    laws: Sequence[LawClause], asked: Sequence[AskedClause], encoder: Encoder
) -> None:
    """Write the background: clauses of articles drawn from `laws`."""
    chance = random.Random(SEED)  # noqa: S311 - reproducible choice, not a secret
    first = {(one.number, one.article): one for one in reversed(laws)}
    sample = chance.sample([first[place] for place in sorted(first)], SAMPLE)
    questions = [one.questions[0].text for one in asked]
    write_background(
        encoder.encode_passages([one.passage[:LONGEST] for one in sample]),
        encoder.encode_queries(questions),
        encoder.identity,
        BACKGROUND_FILE,
    )
    load_background.cache_clear()


def _clauses(
    asked: Sequence[AskedClause], laws: Sequence[LawClause], examples: int
) -> list[Clause]:
    chance = random.Random(SEED)  # noqa: S311 - reproducible choice, not a secret
    own = {one.clause.digest for one in asked}
    numbers = {one.clause.number for one in asked}
    others = [one for one in laws if one.number in numbers and one.digest not in own]
    clauses = {
        clause.key: clause
        for clause in (
            _clause(one.clause, tuple(q.text for q in one.questions[:examples])) for one in asked
        )
    }
    for other in chance.sample(others, min(len(others), POOL - len(clauses))):
        clause = _clause(other, ())
        clauses.setdefault(clause.key, clause)
    return list(clauses.values())


def _clause(law: LawClause, questions: tuple[str, ...]) -> Clause:
    return Clause(
        document_id=slug(law.number),
        provision_id=f"dieu-{law.article}.khoan-{law.clause}-{law.digest}",
        citation=Citation(document=law.number, article=law.article, clause=law.clause),
        heading=law.heading,
        quote=law.text,
        start=0,
        end=len(law.text),
        passage=law.passage,
        complete=True,
        questions=questions,
    )


def _cases(
    asked: Sequence[AskedClause], index: ClauseIndex, language: LanguageModel, skip: int
) -> list[Case]:
    chance = random.Random(SEED)  # noqa: S311 - reproducible choice, not a secret
    documents = sorted({clause.document_id for clause in index.clauses})
    cases = []
    for one in asked:
        law = slug(one.clause.number)
        others = [document for document in documents if document != law]
        key = _clause(one.clause, ()).key
        for question in one.questions[skip:]:
            for searched in (None, others, [chance.choice(others)]):
                result = index.examine(question.text, documents=searched)
                evidence = gather(question.text, result, index, language, load_background())
                if evidence is None or (searched is None and result.hits[0].clause.key != key):
                    continue  # a sibling clause may answer as well: neither right nor wrong
                cases.append(Case(law, inputs(evidence), searched is None))
    return cases


def _fit(cases: Sequence[Case]) -> tuple[Floats, float]:
    """Ridge logistic regression by Newton's method; both outcomes weigh the same."""
    x = np.array([[*case.values, 1.0] for case in cases])
    y = np.array([float(case.right) for case in cases])
    share = np.where(y == 1, 0.5 / y.mean(), 0.5 / (1 - y.mean()))
    penalty = np.diag([RIDGE] * len(FEATURES) + [1e-6])
    weights = np.zeros(x.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (share * (y - chance)) - penalty @ weights
        curve = (x * (share * chance * (1 - chance))[:, None]).T @ x + penalty
        weights = weights + np.linalg.solve(curve, slope)
    return weights[:-1], float(weights[-1])


def _chances(cases: Sequence[Case], weights: Floats, offset: float) -> Floats:
    x = np.array([case.values for case in cases])
    return np.asarray(1 / (1 + np.exp(-(x @ weights + offset))))


def _report(cases: Sequence[Case]) -> None:
    """Print the rates on laws a fold was not fitted on."""
    laws = sorted({case.law for case in cases})
    refused: list[bool] = []
    answered: list[bool] = []
    for fold in range(FOLDS):
        held = set(laws[fold::FOLDS])
        inside = [case for case in cases if case.law not in held]
        outside = [case for case in cases if case.law in held]
        weights, offset = _fit(inside)
        wrong = [
            c
            for c, case in zip(_chances(inside, weights, offset), inside, strict=True)
            if not case.right
        ]
        least = np.quantile(wrong, 1 - WRONGLY_ANSWERED)
        for chance, case in zip(_chances(outside, weights, offset), outside, strict=True):
            (refused if case.right else answered).append(
                bool(chance < least if case.right else chance >= least)
            )
    sys.stdout.write(
        f"folds: wrongly refused {np.mean(refused):.3f} of {len(refused)}, "
        f"wrongly answered {np.mean(answered):.3f} of {len(answered)}\n"
    )


if __name__ == "__main__":
    sys.exit(main())
