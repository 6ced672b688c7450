"""Retrieval measured on a file of questions: `app.py evaluate`."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chatbot.asking import Chatbot
from corpus.errors import InputError
from corpus.identifiers import slug
from corpus.model import Citation, Clause
from index.metrics import Interval, Outcome, distinct, report

Place = tuple[str, str | None, str | None, str | None]  # document, article, clause, point
DEPTH = 100
# Published question sets carry strays of the program they were copied from (U+0008); a person
# cannot type them, and the chatbot would refuse the whole question.
_STRAY = re.compile("[\x00-\x08\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class EvaluationQuestion:
    """A question and the places that answer it; none means it must not be answered."""

    id: str
    question: str
    relevant: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class EvaluationReport:
    """Metrics with 95 % intervals."""

    metrics: dict[str, Interval]
    n: int
    seconds: float  # spent searching, all questions

    def to_json(self) -> dict[str, Any]:
        """Return the documented JSON shape."""
        # A rate over no question (no unanswerable ones, say) is unknown, in JSON null.
        values: dict[str, Any] = {
            name: one.mean if one.n else None for name, one in self.metrics.items()
        }
        intervals = {name: [one.low, one.high] for name, one in self.metrics.items() if one.n}
        return {**values, "n": self.n, "seconds": round(self.seconds, 3), "intervals": intervals}

    def __str__(self) -> str:
        """Return the metrics as a table."""
        lines = [
            f"{name:<18} {one.mean:.3f}  [{one.low:.3f}, {one.high:.3f}]"
            for name, one in self.metrics.items()
        ]
        return "\n".join([*lines, f"{'n':<18} {self.n}", f"{'seconds':<18} {self.seconds:.1f}"])


def read_questions(path: Path) -> tuple[EvaluationQuestion, ...]:
    """Read {"id","question","relevant":[{"document","article","clause"?,"point"?}]} lines.

    Raises:
        InputError: The file cannot be read or a line is not as described; names the line.
    """
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read as JSON lines: {error}") from error
    questions: list[EvaluationQuestion] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
            relevant = tuple(_place(one) for one in entry["relevant"])
            question = _STRAY.sub("", str(entry["question"]))
            questions.append(EvaluationQuestion(str(entry["id"]), question, relevant))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise InputError(
                f'{path} line {number}: expected {{"id","question","relevant":[…]}}: {error!r}'
            ) from error
    if not questions:
        raise InputError(f"{path} holds no question")
    return tuple(questions)


def evaluate(chatbot: Chatbot, questions: Sequence[EvaluationQuestion]) -> EvaluationReport:
    """Read and search every question as the chatbot does, and measure.

    What is ranked is as fine as the question's relevant places: articles where they name
    articles, clauses where one names a clause.
    """
    started = time.perf_counter()
    outcomes: list[Outcome] = []
    for one in questions:
        found = chatbot.search(one.question, depth=DEPTH)
        depth = max((_depth(place) for place in one.relevant), default=2)
        ranked = distinct(_of_clause(hit.clause, depth) for hit in found.result.hits)
        relevant = frozenset(one.relevant)
        outcomes.append(Outcome(ranked, relevant, answered=found.decision.answer))
    seconds = time.perf_counter() - started
    return EvaluationReport(report(outcomes), len(outcomes), seconds)


def _place(entry: dict[str, Any]) -> Place:
    parts = (entry["article"], entry.get("clause"), entry.get("point"))
    article, clause, point = (None if part is None else str(part) for part in parts)
    return slug(str(entry["document"])), article, clause, point


def _depth(place: Place) -> int:
    return sum(part is not None for part in place)


def _of_clause(clause: Clause, depth: int) -> Place:
    cited: Citation = clause.citation
    parts = [clause.document_id, cited.article, cited.clause, cited.point]
    kept = [part if number < depth else None for number, part in enumerate(parts)]
    return str(kept[0]), kept[1], kept[2], kept[3]
