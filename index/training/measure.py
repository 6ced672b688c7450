"""Accuracy of the dense leg alone on development laws, by style and by way of typing."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from index.training.examples import AskedClause, LawClause, is_development, read_lines
from index.training.noise import half_marks, slips, strip_marks, telex
from index.types import Encoder, FloatArray

FULL_POOL: Final = 4000
_SEED: Final = 137


@dataclass(frozen=True, slots=True)
class DevelopmentSet:
    """Questions, the passages they are searched in, and which passage is right."""

    questions: tuple[str, ...]
    styles: tuple[str, ...]
    passages: tuple[str, ...]
    right: tuple[int, ...]


def development_set(
    asked: Sequence[AskedClause], laws: Sequence[LawClause], size: int = FULL_POOL
) -> DevelopmentSet:
    """Return the questions of development laws with a pool of at least `size` clauses.

    The pool holds the clauses that were asked about, then their siblings from the same laws,
    law by law in turn so that every law is there in a small pool as well.
    """
    own = [item for item in asked if is_development(item.clause.number)]
    passages = [item.clause.passage for item in own]
    numbers = {item.clause.number for item in own}
    taken = {(item.clause.number, item.clause.article, item.clause.clause) for item in own}
    siblings: defaultdict[str, list[str]] = defaultdict(list)
    for clause in laws:
        place = (clause.number, clause.article, clause.clause)
        if clause.number in numbers and place not in taken and len(clause.text) > 20:
            siblings[clause.number].append(clause.passage)
    chance = random.Random(_SEED)  # noqa: S311 - reproducible choice, not a secret
    for number in sorted(siblings):
        chance.shuffle(siblings[number])
    seen = set(passages)
    while len(passages) < size and any(siblings.values()):
        for number in sorted(siblings):
            if siblings[number] and len(passages) < size:
                passage = siblings[number].pop()
                if passage not in seen:
                    seen.add(passage)
                    passages.append(passage)
    return DevelopmentSet(
        questions=tuple(q.text for item in own for q in item.questions),
        styles=tuple(q.style for item in own for q in item.questions),
        passages=tuple(passages),
        right=tuple(i for i, item in enumerate(own) for _ in item.questions),
    )


def typing_views() -> dict[str, Callable[[str], str]]:
    """Return the ways of typing that are measured; each starts from a fixed seed."""
    chance = random.Random(_SEED)  # noqa: S311 - reproducible noise, not a secret
    return {
        "as written": str,
        "unmarked": strip_marks,
        "half marked": lambda text: half_marks(text, chance),
        "telex": lambda text: telex(text, chance),
        "slips": lambda text: slips(text, chance),
    }


def ranks(questions: FloatArray, passages: FloatArray, right: Sequence[int]) -> list[int]:
    """Return how many passages score above the right one; 0 means it is first."""
    scores = questions @ passages.T
    wanted = scores[np.arange(len(right)), list(right)]
    return [int(n) for n in (scores > wanted[:, None]).sum(axis=1)]


def measure(
    encoder: Encoder, dev: DevelopmentSet, views: Sequence[str] = ()
) -> dict[str, dict[str, float]]:
    """Return, for each style and way of typing, {"n", "first", "first5"}.

    `views` names the ways of typing to measure; all when empty.
    """
    passages = encoder.encode_passages(dev.passages)
    result: dict[str, dict[str, float]] = {}
    for view, alter in typing_views().items():
        if views and view not in views:
            continue
        questions = encoder.encode_queries([alter(text) for text in dev.questions])
        places = ranks(questions, passages, dev.right)
        result[view] = summary(places)
        if view == "as written":
            for style in sorted(set(dev.styles)):
                chosen = [p for p, s in zip(places, dev.styles, strict=True) if s == style]
                result[f"style {style}"] = summary(chosen)
    return result


def summary(places: Sequence[int]) -> dict[str, float]:
    """Return the share of places that are first, and among the first five."""
    n = len(places)
    return {
        "n": n,
        "first": sum(p == 0 for p in places) / max(1, n),
        "first5": sum(p < 5 for p in places) / max(1, n),
    }


def measure_alqac(encoder: Encoder, data: Path) -> dict[str, float]:
    """Return the dense article accuracy on the ALQAC development questions.

    An article's score is that of its best clause; it counts as right when relevant.
    """
    records = list(read_lines(data / "alqac/corpus.jsonl.gz"))
    passages: list[str] = []
    article_of: list[int] = []
    for i, record in enumerate(records):
        for clause in _clauses(record):
            passages.append(clause)
            article_of.append(i)
    questions = list(read_lines(data / "alqac/questions-dev.jsonl"))
    places_of = {(r["document"], str(r["article"])): i for i, r in enumerate(records)}
    scores = encoder.encode_queries([q["question"] for q in questions]) @ (
        encoder.encode_passages(passages).T
    )
    best = np.full((len(questions), len(records)), -2.0, np.float32)
    np.maximum.at(best.T, np.array(article_of), scores.T)
    places = []
    for row, question in zip(best, questions, strict=True):
        wanted = max(row[places_of[r["document"], str(r["article"])]] for r in question["relevant"])
        places.append(int((row > wanted).sum()))
    return summary(places)


def _clauses(record: Mapping[str, str]) -> list[str]:
    """Return the passages of an article: its khoản, or itself."""
    groups: list[list[str]] = []
    for line in record["text"].split("\n"):
        if groups and not line[:3].split(".")[0].isdigit():
            groups[-1].append(line)
        else:
            groups.append([line])
    context = f"{record['document']}\n{record['heading']}\n"
    return [context + "\n".join(lines) for lines in groups]
