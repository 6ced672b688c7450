"""Published and lay question sets from `../shared/data`, searched as the chatbot does."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from pathlib import Path

from chatbot.asking import Chatbot
from chatbot.evaluation import EvaluationQuestion, read_questions
from chatbot.language import load_statistics
from corpus.articles import read_corpus
from corpus.library import Library
from corpus.model import Clause
from index.fusion import Weights
from index.metrics import distinct
from tests.benchmarks.retrieval import lay_set
from tests.evaluation.systems import Build, System, system

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
MEANING = Weights(dense=1.0, asked=1.0, lexical=0.0, translated=0.0)
SEARCHED = 30  # deep enough for the article a question cites to move first

Alter = Callable[[str], str]


@dataclass(frozen=True)
class Task:
    """Questions over a library, and how their places are named."""

    name: str
    system: System
    questions: tuple[str, ...]
    relevant: tuple[frozenset[Hashable], ...]
    groups: tuple[str, ...]
    place: Callable[[Clause], Hashable]

    def part(self, count: int) -> Task:
        """Return the task with every n-th question, about `count` of them; 0 keeps all."""
        step = max(1, len(self.questions) // count) if count else 1
        return Task(
            self.name,
            self.system,
            self.questions[::step],
            self.relevant[::step],
            self.groups[::step],
            self.place,
        )


def alqac(build: Build) -> Task:
    """Return the development questions of ALQAC, judged by article."""
    asked: Sequence[EvaluationQuestion] = read_questions(DATA / "alqac" / "questions-dev.jsonl")
    return Task(
        "ALQAC dev",
        system(read_corpus(DATA / "alqac" / "corpus.jsonl.gz"), build),
        tuple(one.question for one in asked),
        tuple(frozenset((place[0], place[1]) for place in one.relevant) for one in asked),
        ("",) * len(asked),
        lambda clause: (clause.document_id, clause.citation.article),
    )


def lay(build: Build) -> Task:
    """Return the everyday questions over laws kept out of the training, judged by clause."""
    clauses, asked = lay_set()
    library = Library({}, tuple(clauses), _digest(clauses))
    index = build(library)
    language = load_statistics().with_texts(clause.quote for clause in clauses)
    pairs = [question for questions in asked.values() for question in questions]
    return Task(
        "lay, laws kept out",
        System(library, index, Chatbot(library, lambda: index, lambda: language)),
        tuple(question.text for question in pairs),
        tuple(question.relevant for question in pairs),
        tuple(question.group for question in pairs),
        lambda clause: clause.key,
    )


def right_first(task: Task, alter: Alter = str) -> list[float]:
    """Return 1 or 0 a question: whether what the chatbot finds first is right."""
    return [
        _right(task, alter(question), relevant)
        for question, relevant in zip(task.questions, task.relevant, strict=True)
    ]


def right_first_by_meaning(task: Task, alter: Alter = str) -> list[float]:
    """Return the same for the dense leg alone, the question as it was typed."""
    firsts = (
        task.system.index.examine(alter(one), 1, weights=MEANING).hits for one in task.questions
    )
    return [
        float(bool(hits) and task.place(hits[0].clause) in relevant)
        for hits, relevant in zip(firsts, task.relevant, strict=True)
    ]


def _right(task: Task, question: str, relevant: frozenset[Hashable]) -> float:
    found = task.system.chatbot.search(question, depth=SEARCHED)
    ranked = distinct(task.place(clause) for clause in found.clauses)
    return float(bool(ranked) and ranked[0] in relevant)


def _digest(clauses: Sequence[Clause]) -> str:
    return hashlib.sha256("\0".join(clause.passage for clause in clauses).encode()).hexdigest()
