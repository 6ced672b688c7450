"""The questions written for this project, and what is expected of each.

`questions/*.jsonl` hold one case a line. They were written before anybody looked at what the
system answers, and are changed only where they are wrong; none is a near copy of an example
question of the decree (`test_questions.py`).

`unseen*.jsonl` are by somebody who had read the decree's text and nothing else of the project.
Nothing is chosen by them and their failures are not printed; once they are looked into, they move
to the other files and new ones are written.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.library import shipped_library

FOLDER = Path(__file__).parent
FICTITIOUS_FILE = FOLDER / "decree-999-2099-nd-cp.txt"
FICTITIOUS = "999-2099-nd-cp"
STYLES = (
    "formal",
    "everyday",
    "unmarked",
    "noisy",
    "abbreviations",
    "telex",
    "short",
    "story",
    "citation",
    "other",
)

ASPECTS = ("scope", "addressees", "effect")
NAMED_STYLES = (*ASPECTS, "definition", "named", "lookalike")  # of questions that name documents

Place = tuple[str, str]  # document id, provision id


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that the text answers."""

    id: str
    style: str  # one of STYLES or NAMED_STYLES; about loaded documents also "amount"
    question: str
    document: str
    provision: str
    words: str | None  # the exact answering words, a substring of the provision

    @property
    def exact(self) -> bool:
        """Whether the very provision is wanted, not just its khoản."""
        return self.style == "citation"


@dataclass(frozen=True, slots=True)
class Refused:
    """A question that must not be answered."""

    id: str
    group: str  # far; near: a neighbouring matter; close: what the provisions leave open
    question: str
    settled_elsewhere: bool  # by a document of ../shared/data/documents
    fictitious: bool  # about the fictitious decree: asked where that is loaded


@dataclass(frozen=True, slots=True)
class Continued:
    """A question that follows others; `provision` is `None` where nothing may be answered."""

    id: str
    document: str
    earlier: tuple[tuple[str, str], ...]  # question and the provision that answered it
    question: str
    provision: str | None
    exact: bool


@dataclass(frozen=True, slots=True)
class Dialogue:
    """A conversation over the shipped decree, asked from its beginning to its end."""

    id: str
    document: str
    turns: tuple[tuple[str, tuple[str, ...]], ...]  # question, provisions that answer it; () none


@dataclass(frozen=True, slots=True)
class Typed:
    """A line as somebody typed it, and as it was meant."""

    way: str  # proper, unmarked, half, slips, telex, vni
    typed: str
    meant: str  # abbreviations spelled out, otherwise word for word


def shipped_questions() -> tuple[Asked, ...]:
    """Return the questions over the shipped decree."""
    return _asked("shipped.jsonl")


def fictitious_questions() -> tuple[Asked, ...]:
    """Return the questions over the fictitious decree."""
    return _asked("fictitious.jsonl")


def unseen_questions() -> tuple[Asked, ...]:
    """Return the questions over the shipped decree that nothing is chosen by."""
    return _asked("unseen.jsonl")


def cited_questions() -> tuple[Asked, ...]:
    """Return questions that cite a place of the shipped decree: to read it, or to ask of it."""
    return _asked("cited.jsonl")


def places() -> tuple[Asked, ...]:
    """Return the ways to type a place of the shipped decree."""
    return _asked("places.jsonl")


def cited_refused() -> tuple[Refused, ...]:
    """Return questions that cite a place of the shipped decree which does not answer them."""
    return _refused("cited-refuse.jsonl")


def refused_questions() -> tuple[Refused, ...]:
    """Return the questions that must not be answered."""
    return _refused("refuse.jsonl")


def unseen_refused() -> tuple[Refused, ...]:
    """Return the questions that must not be answered and that nothing is chosen by."""
    return _refused("unseen-refuse.jsonl")


def documents_questions() -> tuple[Asked, ...]:
    """Return the questions over the documents of ../shared/data/documents."""
    return _asked("documents.jsonl")


def documents_refused() -> tuple[Refused, ...]:
    """Return questions that neither those documents nor the shipped decree answer."""
    return _refused("documents-refuse.jsonl")


def named_questions() -> tuple[Asked, ...]:
    """Return questions that name one of those documents, or ask what a term in it means."""
    return _asked("named.jsonl")


def named_refused() -> tuple[Refused, ...]:
    """Return questions that name one of those documents, which does not answer them."""
    return _refused("named-refuse.jsonl")


def follow_ups() -> tuple[Continued, ...]:
    """Return questions with what was asked and answered before them."""
    return tuple(
        Continued(
            row["id"],
            row["document"],
            tuple((turn["question"], turn["provision"]) for turn in row["earlier"]),
            row["question"],
            row["provision"],
            row["exact"],
        )
        for row in _rows("follow-ups.jsonl")
    )


def dialogues() -> tuple[Dialogue, ...]:
    """Return whole conversations, by five people; the number behind "talk" tells whose."""
    return tuple(
        Dialogue(
            row["id"],
            row["document"],
            tuple((turn["question"], tuple(turn["provisions"])) for turn in row["turns"]),
        )
        for row in _rows("dialogues.jsonl")
    )


def typed_lines() -> tuple[Typed, ...]:
    """Return the lines to be read; none of them is about the decree."""
    return tuple(Typed(row["way"], row["typed"], row["meant"]) for row in _rows("readings.jsonl"))


def example_questions() -> tuple[str, ...]:
    """Return the questions that ship with the decree, answered by it or not."""
    clauses = shipped_library().clauses
    return tuple(
        question for clause in clauses for question in (*clause.questions, *clause.unanswered)
    )


def place_of(place: Place, *, exact: bool) -> Place:
    """Return a place as it is compared: as it is, or its khoản (its article without one)."""
    document, provision = place
    return (document, provision) if exact else (document, ".".join(provision.split(".")[:2]))


def _asked(name: str) -> tuple[Asked, ...]:
    return tuple(
        Asked(
            row["id"],
            row["style"],
            row["question"],
            row["document"],
            row["provision"],
            row.get("words"),
        )
        for row in _rows(name)
    )


def _refused(name: str) -> tuple[Refused, ...]:
    return tuple(
        Refused(
            row["id"],
            row["group"],
            row["question"],
            row.get("settled_elsewhere", False),
            row.get("with_fictitious", False),
        )
        for row in _rows(name)
    )


def _rows(name: str) -> Iterator[dict[str, Any]]:
    for line in (FOLDER / "questions" / name).read_text("utf-8").splitlines():
        yield json.loads(line)
