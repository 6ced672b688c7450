"""Fits the decision to answer: `python -m chatbot.deciding_fit DATA_DIR CACHE_DIR`.

Everyday questions about the laws kept out of the retriever's training are searched twice:
where the clause they were written for is there, and among other laws only (all of them, or one
alone, as in a small library), where nothing may be answered. The shipped decree, which has many
example questions, is asked each of them and each question it is known not to answer, with that
one and a hundredth of the others left out, and questions about other laws. The printed figures
come from folds that the model was not fitted on. First the background of `chatbot.background` is
made anew, from the laws that the retriever was trained on.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

import numpy as np

from chatbot.background import BACKGROUND_FILE, load_background, write_background
from chatbot.data_files import numbered_lines
from chatbot.deciding import COEFFICIENTS_FILE, FEATURES, Calibration, inputs
from chatbot.evidence import gather
from chatbot.language import load_statistics
from corpus.identifiers import slug
from corpus.library import shipped_library
from corpus.model import Citation, Clause
from index.encoder import open_encoder
from index.remembering import Remembering
from index.search import ClauseIndex
from index.training.examples import (
    AskedClause,
    LawClause,
    is_development,
    read_law_clauses,
    read_shared,
)
from index.types import Encoder

SMALL_TALK_FILE = Path(__file__).parent / "data" / "small-talk.txt"
POOL = 1500  # clauses searched in
SAMPLE = 2000  # clauses of the background, each of an article of its own
LONGEST = 500  # characters of such a clause; more gains nothing and takes long
EXAMPLES = (0, 1, 2)  # example questions a clause of the laws has, in turn
FAR = 1200  # questions about other laws that the decree is asked
PARTS = 100  # of the decree's own questions; one part at a time is left out and asked
AMOUNTS = (20, 60, 200, 600)  # questions of each kind of a decree that is taught less
TIMES = 2  # that each amount is drawn
LEFT = 500  # of the other questions, which are asked then
RIDGE = 0.3
FOLDS = 5
WRONGLY_ANSWERED = 0.035  # of the laws' cases: what the threshold allows
SEED = 137


class Source(StrEnum):
    """Where a case comes from."""

    LAWS = "laws"  # the clause asked about was found
    OTHER_LAWS = "other laws"  # it was not among those searched
    DECREE = "decree"  # an example question, left out, found its clause
    FAR = "far"  # the decree was asked about another law
    NEAR = "near"  # the decree was asked what it is known not to answer
    SMALL_TALK = "small talk"  # the decree was asked nothing about any law


# Of the fit's weight: right and wrong the same, laws and decree the same, all amounts the same.
SHARES = {
    Source.LAWS: 0.25,
    Source.OTHER_LAWS: 0.25,
    Source.DECREE: 0.25,
    Source.FAR: 0.1,
    Source.NEAR: 0.1,
    Source.SMALL_TALK: 0.05,
}


Asked = tuple[str, tuple[str, str] | None]  # a question, and the key of what answers it


@dataclass(frozen=True, slots=True)
class Case:
    """The evidence of one search."""

    group: str  # cases that must be in one fold
    source: Source
    values: tuple[float, ...]
    amount: int = 0  # questions of each kind that are known, of the decree; 0 for all

    @property
    def right(self) -> bool:
        """Whether the first hit answers."""
        return self.source in (Source.LAWS, Source.DECREE)


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, print the figures of the folds, write the coefficients."""
    parser = argparse.ArgumentParser(prog="python -m chatbot.deciding_fit", description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("cache", type=Path)
    options = parser.parse_args(arguments)
    encoder = Remembering(open_encoder("bundled", options.cache))
    make_background(options.data, encoder)
    cases = gather_cases(options.data, encoder)
    _report(cases)
    found = fit(cases)
    values = {
        "weights": dict(zip(FEATURES, np.round(found.weights, 4).tolist(), strict=True)),
        "offset": round(found.offset, 4),
        "least_chance": round(found.least_chance, 4),
    }
    COEFFICIENTS_FILE.write_text(json.dumps(values, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(f"{COEFFICIENTS_FILE}: {values}\n")
    return 0


def gather_cases(data: Path, encoder: Encoder) -> list[Case]:
    """Return the cases to fit on; `data` is the shared folder."""
    questions = read_shared(data)
    asked = [one for one in questions if is_development(one.clause.number)]
    laws = [one for one in read_law_clauses(data) if is_development(one.number)]
    cases: list[Case] = []
    index: ClauseIndex | None = None
    for examples in EXAMPLES:
        index = ClauseIndex.build(_clauses(asked, laws, examples), encoder, previous=index)
        cases += _law_cases(asked, index, examples)
    return cases + _decree_cases(questions, encoder)


def fit(cases: Sequence[Case]) -> Calibration:
    """Ridge logistic regression by Newton's method, and the threshold.

    The threshold is taken on the laws' cases alone: they are asked by strangers, of documents
    nobody wrote anything for.
    """
    x = np.array([[*case.values, 1.0] for case in cases])
    y = np.array([float(case.right) for case in cases])
    counts = Counter((case.source, case.amount) for case in cases)
    amounts = Counter(source for source, _ in counts)
    share = np.array(
        [
            len(cases) * SHARES[one.source] / amounts[one.source] / counts[one.source, one.amount]
            for one in cases
        ]
    )
    penalty = np.diag([RIDGE] * len(FEATURES) + [1e-6])
    weights = np.zeros(x.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (share * (y - chance)) - penalty @ weights
        curve = (x * (share * chance * (1 - chance))[:, None]).T @ x + penalty
        weights = weights + np.linalg.solve(curve, slope)
    found = Calibration(tuple(map(float, weights[:-1])), float(weights[-1]), 0.0)
    wrong = [found.chance(case.values) for case in cases if case.source is Source.OTHER_LAWS]
    return replace(found, least_chance=float(np.quantile(wrong, 1 - WRONGLY_ANSWERED)))


def make_background(data: Path, encoder: Encoder) -> None:
    """Write the background: clauses of articles drawn from the laws trained on."""
    laws = [one for one in read_law_clauses(data) if not is_development(one.number)]
    asked = [one for one in read_shared(data) if is_development(one.clause.number)]
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


def _law_cases(asked: Sequence[AskedClause], index: ClauseIndex, skip: int) -> list[Case]:
    chance = random.Random(SEED)  # noqa: S311 - reproducible choice, not a secret
    documents = sorted({clause.document_id for clause in index.clauses})
    cases = []
    for one in asked:
        law = slug(one.clause.number)
        others = [document for document in documents if document != law]
        key = _clause(one.clause, ()).key
        for question in one.questions[skip:]:
            if values := _evidence(question.text, index, right=key):
                cases.append(Case(law, Source.LAWS, values))
            for searched in (others, [chance.choice(others)]):
                if values := _evidence(question.text, index, documents=searched):
                    cases.append(Case(law, Source.OTHER_LAWS, values))
    return cases


def _decree_cases(laws: Sequence[AskedClause], encoder: Encoder) -> list[Case]:
    chance = random.Random(SEED)  # noqa: S311 - reproducible choice, not a secret
    clauses = shipped_library().clauses
    index = ClauseIndex.build(clauses, encoder)
    asked: list[Asked] = []
    for clause in clauses:
        asked += [(question, clause.key) for question in clause.questions]
        asked += [(question, None) for question in clause.unanswered]
    chance.shuffle(asked)
    far = chance.sample([question.text for one in laws for question in one.questions], FAR)
    cases = []
    for part in range(PARTS):
        left = asked[part::PARTS]
        without = ClauseIndex.build(_without(left, clauses), encoder, previous=index)
        cases += _asked_cases(left, without)
    about_others: list[Asked] = [(question, None) for question in far]
    small_talk: list[Asked] = [(line, None) for _, line in numbered_lines(SMALL_TALK_FILE)]
    cases += _asked_cases(about_others, index, Source.FAR)
    cases += _asked_cases(small_talk, index, Source.SMALL_TALK)
    for amount in AMOUNTS * TIMES:
        known: set[Asked] = set()
        for kind in (True, False):
            theirs = [one for one in asked if (one[1] is None) is kind]
            known.update(chance.sample(theirs, min(amount, len(theirs) // 2)))
        left = [one for one in asked if one not in known]
        less = ClauseIndex.build(_without(left, clauses), encoder, previous=index)
        cases += _asked_cases(chance.sample(left, LEFT), less, amount=amount)
        cases += _asked_cases(about_others[: FAR // 4], less, Source.FAR, amount=amount)
        cases += _asked_cases(small_talk, less, Source.SMALL_TALK, amount=amount)
    return cases


def _asked_cases(
    asked: Iterable[Asked], index: ClauseIndex, source: Source = Source.NEAR, *, amount: int = 0
) -> list[Case]:
    """Return the cases of questions about the decree; `source` is that of those without answer."""
    return [
        Case(question, Source.DECREE if right else source, values, amount)
        for question, right in asked
        if (values := _evidence(question, index, right=right))
    ]


def _without(asked: Collection[Asked], clauses: Iterable[Clause]) -> list[Clause]:
    questions = {question for question, _ in asked}
    return [
        replace(
            clause,
            questions=tuple(one for one in clause.questions if one not in questions),
            unanswered=tuple(one for one in clause.unanswered if one not in questions),
        )
        for clause in clauses
    ]


def _evidence(
    question: str,
    index: ClauseIndex,
    *,
    right: tuple[str, str] | None = None,
    documents: Sequence[str] | None = None,
) -> tuple[float, ...] | None:
    """Return the inputs of the decision; `None` where another clause than `right` came first.

    It may answer as well, so such a case is neither right nor wrong.
    """
    result = index.examine(question, documents=documents)
    evidence = gather(question, result, index, load_statistics(), load_background())
    if evidence is None or (right is not None and result.hits[0].clause.key != right):
        return None
    return inputs(evidence)


def _report(cases: Sequence[Case]) -> None:
    """Print the rates on folds that were not fitted on."""
    groups = sorted({case.group for case in cases})
    random.Random(SEED).shuffle(groups)  # noqa: S311 - reproducible choice, not a secret
    wrong: defaultdict[tuple[int, Source], list[bool]] = defaultdict(list)
    for fold in range(FOLDS):
        held = set(groups[fold::FOLDS])
        found = fit([case for case in cases if case.group not in held])
        for case in cases:
            if case.group in held:
                answered = found.chance(case.values) >= found.least_chance
                wrong[case.amount, case.source].append(answered != case.right)
    for (amount, source), kept in sorted(wrong.items()):
        known = f", {amount} questions of each kind known" if amount else ""
        sys.stdout.write(
            f"folds, {source}{known}: {np.mean(kept):.3f} of {len(kept)} decided wrongly\n"
        )


if __name__ == "__main__":
    sys.exit(main())
