"""Example questions: how people ask for a provision; searched beside its text, never quoted.

A file has one JSON object a line: {"provision": "dieu-6.khoan-2", "question": "…"}; "document"
(number or id) says whose provision it is, other members are remarks.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.errors import InputError
from corpus.model import Clause
from corpus.text import clean

LONGEST = 300  # characters of a question
Asked = Mapping[str, Sequence[str]]  # questions by provision id


@dataclass(frozen=True, slots=True)
class ExampleQuestion:
    """One line of a file of questions."""

    line: int  # from 1
    document: str  # number or id as written; "" where it is not said
    provision: str  # id
    text: str


def read_questions(content: str, name: str) -> list[ExampleQuestion]:
    """Read a file of questions; blank lines are skipped.

    Args:
        content: The file.
        name: What it is called in messages.

    Raises:
        InputError: A line is not as described above.
    """
    return [
        _read_line(line, number, name)
        for number, line in enumerate(content.splitlines(), start=1)
        if line.strip()
    ]


def by_provision(questions: Iterable[ExampleQuestion]) -> dict[str, list[str]]:
    """Return the texts by provision, each once, in the order given."""
    table: dict[str, dict[str, None]] = {}
    for question in questions:
        table.setdefault(question.provision, {})[question.text] = None
    return {provision: list(texts) for provision, texts in table.items()}


def write_questions(asked: Asked, document: str = "") -> str:
    """Return questions as a file that `read_questions` reads; `document` is named if given."""
    named = {"document": document} if document else {}
    rows = (
        {**named, "provision": provision, "question": text}
        for provision, texts in asked.items()
        for text in texts
    )
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def merged(first: Asked, second: Asked) -> dict[str, list[str]]:
    """Return the questions of both, each once."""
    provisions = dict.fromkeys((*first, *second))
    return {
        provision: list(dict.fromkeys((*first.get(provision, ()), *second.get(provision, ()))))
        for provision in provisions
    }


def with_questions(clauses: Iterable[Clause], asked: Asked) -> tuple[Clause, ...]:
    """Return the clauses, each with the questions of its provision and of those within it."""
    kept = tuple(clauses)
    names = {clause.provision_id for clause in kept}
    of_clause: dict[str, list[str]] = {}
    for provision, texts in asked.items():
        if holder := holder_of(provision, names):
            of_clause.setdefault(holder, []).extend(texts)
    return tuple(
        replace(clause, questions=tuple(of_clause.get(clause.provision_id, ()))) for clause in kept
    )


def holder_of(provision: str, clauses: Collection[str]) -> str | None:
    """Return which of the clauses' provision ids is or holds `provision`."""
    while provision and provision not in clauses:
        provision = provision.rpartition(".")[0]
    return provision or None


def _read_line(line: str, number: int, name: str) -> ExampleQuestion:
    try:
        values = json.loads(line)
        document, provision = values.get("document", ""), values["provision"]
        text = values["question"]
    except (ValueError, KeyError, TypeError, AttributeError):
        values = document = provision = text = None
    if not (isinstance(document, str) and isinstance(provision, str) and isinstance(text, str)):
        raise InputError(
            f"{name}, line {number}: {line[:60]!r}: expected an object with the texts "
            '"provision" and "question", and "document" if wanted'
        )
    question = " ".join(clean(text).split())
    if not 1 <= len(question) <= LONGEST:
        raise InputError(
            f"{name}, line {number}: a question of {len(question)} characters, expected 1…{LONGEST}"
        )
    return ExampleQuestion(number, document, provision, question)
