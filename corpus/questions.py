"""Example questions: how people ask for a provision; searched beside its text, never quoted.

A file has one JSON object a line: {"provision": "dieu-6.khoan-2", "question": "…"}. "words" are
those of the provision that answer; like questions get them marked. "document" (number or id)
says whose provision it is, which may also be cited ("khoản 2 Điều 6"). An empty "provision" says
that the document does not answer the question; like questions are rather refused. Other members
are remarks.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from corpus.errors import InputError, TextError
from corpus.model import Clause
from corpus.text import check_text, nfc, one_line

LONGEST = 300  # characters of a question
NO_PROVISION = ""  # stands for the provision of a question that the document does not answer
Asked = Mapping[str, Mapping[str, str]]  # by provision id: the answering words by question


@dataclass(frozen=True, slots=True)
class ExampleQuestion:
    """One line of a file of questions."""

    where: str  # it was written, for messages
    document: str  # number or id as written; "" where it is not said
    provision: str  # id or citation, or `NO_PROVISION`
    text: str
    words: str  # of the provision, that answer; "" where that is not said


def read_questions(content: str, name: str) -> list[ExampleQuestion]:
    """Read a file of questions; blank lines are skipped.

    Args:
        content: The file.
        name: What it is called in messages.

    Raises:
        InputError: A line is not as described above.
    """
    return [
        _read_line(line, f"{name}, line {number}")
        for number, line in enumerate(content.split("\n"), start=1)
        if line.strip()
    ]


def by_provision(questions: Iterable[ExampleQuestion]) -> dict[str, dict[str, str]]:
    """Return the questions by provision, each once, in the order given."""
    table: dict[str, dict[str, str]] = {}
    for question in questions:
        table.setdefault(question.provision, {})[question.text] = question.words
    return table


def write_questions(asked: Asked, document: str = "") -> str:
    """Return questions as a file that `read_questions` reads; `document` is named if given."""
    named = {"document": document} if document else {}
    rows = (
        {**named, "provision": provision, "question": text, **({"words": words} if words else {})}
        for provision, answers in asked.items()
        for text, words in answers.items()
    )
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def merged(first: Asked, second: Asked) -> dict[str, dict[str, str]]:
    """Return the questions of both, each once; the second knows better which words answer."""
    provisions = dict.fromkeys((*first, *second))
    return {
        provision: {**first.get(provision, {}), **second.get(provision, {})}
        for provision in provisions
    }


def without(asked: Asked, text: str, provision: str | None = None) -> dict[str, dict[str, str]]:
    """Return the questions less one, taken from a provision, or from all where it is `None`."""
    kept = {
        place: {
            question: words
            for question, words in answers.items()
            if question != text or provision not in (None, place)
        }
        for place, answers in asked.items()
    }
    return {place: answers for place, answers in kept.items() if answers}


def with_questions(clauses: Iterable[Clause], asked: Asked) -> tuple[Clause, ...]:
    """Return the clauses of a document with the questions asked of it.

    Each gets those of its provision and of the provisions within it; the first one keeps those
    that the document does not answer.
    """
    kept = tuple(clauses)
    names = {clause.provision_id for clause in kept}
    unanswered = tuple(asked.get(NO_PROVISION, ()))
    of_clause: dict[str, list[tuple[str, str]]] = {}
    for provision, answers in asked.items():
        if holder := holder_of(provision, names):
            of_clause.setdefault(holder, []).extend(answers.items())
    return tuple(
        replace(
            clause,
            questions=tuple(text for text, _ in theirs),
            answering=tuple(words for _, words in theirs),
            unanswered=() if number else unanswered,
        )
        for number, clause in enumerate(kept)
        for theirs in [of_clause.get(clause.provision_id, [])]
    )


def holder_of(provision: str, clauses: Collection[str]) -> str | None:
    """Return which of the clauses' provision ids is or holds `provision`."""
    while provision and provision not in clauses:
        provision = provision.rpartition(".")[0]
    return provision or None


def checked_question(given: ExampleQuestion) -> ExampleQuestion:
    """Return a question as it is kept: without needless blanks, in NFC.

    Raises:
        InputError: It is empty, too long or no text, or has words but no provision.
    """
    if given.words and not given.provision:
        raise InputError(f'{given.where}: a question without a provision has no "words"')
    try:
        text = one_line(given.text)
        check_text(given.words)
    except TextError as error:
        raise InputError(f"{given.where}: {error}") from error
    if not 1 <= len(text) <= LONGEST:
        raise InputError(
            f"{given.where}: a question of {len(text)} characters, expected 1…{LONGEST}"
        )
    return replace(given, text=text, words=nfc(given.words).strip())


def _read_line(line: str, where: str) -> ExampleQuestion:
    try:
        values = json.loads(line)
        document, words = values.get("document", ""), values.get("words", "")
        provision, text = values["provision"], values["question"]
    except (ValueError, KeyError, TypeError, AttributeError):
        document = provision = text = words = None
    if not (
        isinstance(document, str)
        and isinstance(provision, str)
        and isinstance(text, str)
        and isinstance(words, str)
    ):
        raise InputError(
            f"{where}: {line[:60]!r}: expected an object with the texts "
            '"provision" and "question", and "words" and "document" if wanted'
        )
    return checked_question(ExampleQuestion(where, document, provision, text, words))
