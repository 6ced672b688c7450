"""Fits the highlighter: `python -m chatbot.highlighting_fit DATA_DIR`.

DATA_DIR/questions holds everyday questions with the words of the clause that answer. Laws
are split into folds; the printed figures come from laws a fold was not fitted on. The
coefficients written come from all laws outside the development split.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from chatbot.highlighting import COEFFICIENTS_FILE, FEATURES, Floats, features, segments
from chatbot.language import LanguageModel, load_statistics
from corpus.text import nfc
from index.training.examples import is_development, read_lines

RIDGE = 3.0
STEPS = 300
RATE = 0.03
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Example:
    """A question, its clause in segments, and which of them answer."""

    law: str
    features: Floats
    answering: Floats  # float64[segments]: 1 where it overlaps the answering words
    lengths: Floats  # characters

    @property
    def share(self) -> Floats:
        """The answering segments as a distribution."""
        return np.asarray(self.answering / self.answering.sum())


def read_examples(data: Path, model: LanguageModel) -> list[Example]:
    """Return the questions whose clause has more than one segment."""
    clauses = {row["id"]: row for row in read_lines(data / "questions" / "lay-clauses.jsonl")}
    examples = []
    for row in read_lines(data / "questions" / "lay-questions.jsonl"):
        clause = clauses[row["clause_id"]]
        text, span = nfc(clause["text"]), nfc(row["answer_span"] or "")
        spans = segments(text)
        if not span or span not in text or len(spans) < 2:
            continue
        start = text.index(span)
        end = start + len(span)
        answering = np.array([float(a < end and start < b) for a, b in spans])
        if answering.any():
            described = features(nfc(row["question"]), text, spans, model)
            lengths = np.array([float(b - a) for a, b in spans])
            examples.append(Example(clause["number"], described, answering, lengths))
    return examples


def fit(examples: Sequence[Example]) -> Floats:
    """Return the coefficients under which the answering segments are likeliest."""
    rows = np.concatenate([example.features for example in examples])
    wanted = np.concatenate([example.share for example in examples])
    owner = np.repeat(np.arange(len(examples)), [len(e.answering) for e in examples])
    coefficients = np.zeros(rows.shape[1])
    mean, spread = np.zeros_like(coefficients), np.zeros_like(coefficients)
    for step in range(1, STEPS + 1):
        scores = rows @ coefficients
        highest = np.full(len(examples), -np.inf)
        np.maximum.at(highest, owner, scores)
        chances = np.exp(scores - highest[owner])
        chances /= np.bincount(owner, chances)[owner]
        gradient = rows.T @ (chances - wanted) + RIDGE * coefficients
        mean = 0.9 * mean + 0.1 * gradient
        spread = 0.99 * spread + 0.01 * gradient**2
        step_size = RATE / (1 - 0.9**step) / (np.sqrt(spread / (1 - 0.99**step)) + 1e-8)
        coefficients = coefficients - step_size * mean
    return np.asarray(coefficients)


def measure(
    examples: Sequence[Example], coefficients: Floats, enough: float
) -> tuple[Floats, Floats]:
    """Return per example whether all answering segments are marked, and the share marked."""
    holds, shares = [], []
    for example in examples:
        scores = example.features @ coefficients
        chances = np.exp(scores - scores.max())
        chances /= chances.sum()
        order = np.argsort(-chances)
        marked = order[: int(np.searchsorted(np.cumsum(chances[order]), enough)) + 1]
        holds.append(float(example.answering[marked].sum() == example.answering.sum()))
        shares.append(example.lengths[marked].sum() / example.lengths.sum())
    return np.array(holds), np.array(shares)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print cross-validated figures, then write the coefficients."""
    parser = argparse.ArgumentParser(prog="python -m chatbot.highlighting_fit", description=__doc__)
    parser.add_argument("data", type=Path, help="folder with questions/")
    parser.add_argument("--out", type=Path, default=COEFFICIENTS_FILE)
    options = parser.parse_args(arguments)
    examples = read_examples(options.data, load_statistics())
    laws = sorted({example.law for example in examples})
    fold_of = {law: number % FOLDS for number, law in enumerate(laws)}
    fitted = [fit([e for e in examples if fold_of[e.law] != fold]) for fold in range(FOLDS)]
    for enough in (0.5, 0.6, 0.7, 0.8):
        results = [
            measure([e for e in examples if fold_of[e.law] == fold], fitted[fold], enough)
            for fold in range(FOLDS)
        ]
        holds = np.concatenate([one for one, _ in results])
        shares = np.concatenate([one for _, one in results])
        sys.stdout.write(
            f"enough {enough:.1f}: answer marked {holds.mean():.3f}, share {shares.mean():.3f}, "
            f"n {len(holds)}\n"
        )
    final = fit([example for example in examples if not is_development(example.law)])
    table = {name: round(float(value), 4) for name, value in zip(FEATURES, final, strict=True)}
    options.out.write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
