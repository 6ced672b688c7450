"""The order of training: which clause is shown when, with which questions and negatives.

A row holds three questions of one clause, the clause's passage, and the passage of a sibling
that does not answer. Three questions share one passage because a passage costs four times a
question to encode. The whole plan is made beforehand from the seed, so that a run that was
interrupted goes on exactly where it stopped.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.training.examples import AskedClause, LawClause
from index.training.noise import half_marks, noisy, slips, strip_marks
from index.types import FloatArray

COLUMNS = ("first", "second", "third", "passage", "negative")
TYPED_COLUMNS = ("unmarked", "half_marked", "slipped")
_TOO_ALIKE = 0.7  # share of common words above which a sibling may answer as well
_SAME_TEXT = 0.98  # cosine of the plain encoder
_LONGEST_WEAK = 40  # words


@dataclass(frozen=True, slots=True)
class PlanOptions:
    """How the rows are made."""

    epochs: int
    rows_per_batch: int
    noise: float = 0.35  # share of questions shown as typed carelessly
    weak: float = 0.1  # share of rows made of a clause's heading and own words
    group: int = 8  # clauses on like matters that stand together in a batch
    seed: int = 137


class Siblings:
    """Finds clauses beside a clause that do not answer its questions."""

    def __init__(self, laws: Sequence[LawClause]) -> None:
        self._by_law: defaultdict[str, list[LawClause]] = defaultdict(list)
        for clause in laws:
            self._by_law[clause.number].append(clause)

    def draw(self, clause: LawClause, chance: random.Random) -> LawClause | None:
        """Return another clause, of the same article two times in three where it has any."""
        others = self._by_law[clause.number]
        near = [other for other in others if other.article == clause.article]
        for pool in (near, others) if chance.random() < 0.66 else (others, near):
            for other in chance.sample(pool, min(6, len(pool))):
                if likeness(clause.text, other.text) < _TOO_ALIKE:
                    return other
        return None


def likeness(one: str, two: str) -> float:
    """Return the share of words the shorter text has in common with the other, 0…1."""
    first, second = (set(re.findall(r"\w+", text.lower())) for text in (one, two))
    return len(first & second) / max(1, min(len(first), len(second)))


def make_plan(
    asked: Sequence[AskedClause],
    vectors: FloatArray,
    laws: Sequence[LawClause],
    options: PlanOptions,
) -> dict[str, list[str]]:
    """Return the rows, as columns, in the order of training.

    Args:
        asked: Clauses with questions; none of a development law.
        vectors: float32[len(asked), d], to find clauses on like matters.
        laws: All clauses that may be negatives or weak examples; none of a development law.
        options: See `PlanOptions`.
    """
    chance = random.Random(options.seed)  # noqa: S311 - reproducible order, not a secret
    siblings = Siblings(laws)
    per_batch = options.rows_per_batch
    weak_rows = round(per_batch * options.weak)
    own_rows = per_batch - weak_rows
    rows: list[tuple[str, ...]] = []
    for epoch in range(options.epochs):
        order = _grouped_order(vectors, options.group, own_rows, chance)
        for start in range(0, len(order) - own_rows + 1, own_rows):
            batch = [
                _asked_row(asked[i], siblings, options.noise, epoch, chance)
                for i in order[start : start + own_rows]
            ]
            while len(batch) < per_batch:
                row = _weak_row(chance.choice(laws), siblings, chance)
                batch += [row] if row else []
            rows += batch
    return {name: [row[i] for row in rows] for i, name in enumerate(COLUMNS)}


def _grouped_order(vectors: FloatArray, group: int, batch: int, chance: random.Random) -> list[int]:
    """Return all indices in an order that keeps like clauses together, else at random."""
    left = np.ones(len(vectors), dtype=bool)
    starts = list(range(len(vectors)))
    chance.shuffle(starts)
    groups: list[list[int]] = []
    for start in starts:
        if not left[start]:
            continue
        cosines = vectors @ vectors[start]
        # Nearly the same text in two laws: each answers the other's questions.
        fitting = left & (cosines < _SAME_TEXT)
        fitting[start] = True
        ranked = np.argsort(-np.where(fitting, cosines, -2))
        members = ranked[: min(group, int(fitting.sum()))].tolist()
        left[members] = False
        groups.append(members)
    chance.shuffle(groups)
    return [member for members in groups for member in members]


def _asked_row(
    item: AskedClause, siblings: Siblings, noise: float, epoch: int, chance: random.Random
) -> tuple[str, ...]:
    texts = [question.text for question in item.questions]
    chance.shuffle(texts)
    while len(texts) < 3:
        texts.append(strip_marks(chance.choice(texts)))
    # The first showing is clean: the first steps are too steep to learn from noise.
    share = noise if epoch else noise / 2
    shown = [noisy(text, chance) if chance.random() < share else text for text in texts[:3]]
    other = siblings.draw(item.clause, chance)
    negative = dress(other, chance) if other else item.clause.title
    return (*shown, dress(item.clause, chance), negative)


def _weak_row(
    clause: LawClause, siblings: Siblings, chance: random.Random
) -> tuple[str, ...] | None:
    other = siblings.draw(clause, chance)
    words = clause.text.split()
    if other is None or len(words) < 12 or not clause.heading or other.heading == clause.heading:
        return None
    start = chance.randrange(max(1, len(words) - _LONGEST_WEAK))
    length = chance.randint(8, 20)
    sentence = " ".join(words[start : start + length])
    bare = strip_marks(sentence).lower()
    return (
        noisy(clause.heading, chance) if chance.random() < 0.5 else clause.heading,
        bare,
        half_marks(sentence, chance, 0.8),
        dress(clause, chance),
        dress(other, chance),
    )


def dress(clause: LawClause, chance: random.Random) -> str:
    """Return the clause as a passage, in one of the ways an index may write it."""
    title = clause.title
    if chance.random() < 0.3:
        title = f"{clause.kind} {clause.number} {title}".strip()
    heading = clause.heading
    if heading and chance.random() < 0.3:
        heading = f"Điều {clause.article}. {heading}"
    parts = (title, heading, clause.text)
    return "\n".join(part for part in parts if part)


def clean_texts(
    asked: Sequence[AskedClause], laws: Sequence[LawClause], count: int, seed: int
) -> list[str]:
    """Return properly written texts to be shown in many ways of typing, half of them questions.

    The other half are headings and pieces of sentences of the laws; everything in lower case
    one time in four, as people type.
    """
    chance = random.Random(seed)  # noqa: S311 - reproducible choice, not a secret
    questions = [question.text for item in asked for question in item.questions]
    texts: list[str] = []
    while len(texts) < count:
        texts += chance.sample(questions, min(len(questions), count // 2))
        for clause in chance.sample(laws, min(len(laws), count // 2)):
            words = clause.text.split()
            start = chance.randrange(max(1, len(words) - 8))
            piece = " ".join(words[start : start + chance.randint(4, 25)])
            texts.append(clause.heading if clause.heading and chance.random() < 0.3 else piece)
    chance.shuffle(texts)
    return [text.lower() if chance.random() < 0.25 else text for text in texts[:count]]


def typed_rows(texts: Sequence[str], seed: int) -> dict[str, list[str]]:
    """Return each text as typed in three careless ways, as columns.

    Raw Telex is not among them: it has twice the tokens, and is read before it is searched.
    """
    chance = random.Random(seed)  # noqa: S311 - reproducible noise, not a secret
    return {
        "unmarked": [strip_marks(text) for text in texts],
        "half_marked": [half_marks(text, chance, chance.choice((0.3, 0.5, 0.8))) for text in texts],
        "slipped": [slips(text, chance) for text in texts],
    }
