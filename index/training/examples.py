"""What is trained on and measured with: clauses of real laws and the questions about them."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

OWN_QUESTIONS: Final = Path(__file__).parent / "own-questions.jsonl"
LATER_QUESTIONS: Final = Path(__file__).parent / "later-questions.jsonl"
FURTHER_QUESTIONS: Final = Path(__file__).parent / "further-questions.jsonl.gz"
_DEVELOPMENT_SHARE = 8  # one law in eight is kept for development
_NUMBERED = re.compile(r"(\d+)\. ")


@dataclass(frozen=True, slots=True)
class LawClause:
    """A khoản of a real law, or an article without khoản."""

    number: str
    title: str
    kind: str
    article: str
    heading: str
    clause: str | None
    text: str

    @property
    def passage(self) -> str:
        """What is embedded: title, heading and text."""
        return "\n".join(part for part in (self.title, self.heading, self.text) if part)

    @property
    def digest(self) -> str:
        """Eight hex digits that tell apart clauses of the same law, article and number."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:8]


@dataclass(frozen=True, slots=True)
class Question:
    """A question written for one clause."""

    text: str
    style: str


@dataclass(frozen=True, slots=True)
class AskedClause:
    """A clause with the questions written for it."""

    clause: LawClause
    questions: tuple[Question, ...]


def is_development(number: str) -> bool:
    """Return whether the law is kept out of training. The split is fixed; never change it."""
    return int(hashlib.sha256(number.encode()).hexdigest(), 16) % _DEVELOPMENT_SHARE == 0


def read_lines(file: Path) -> Iterator[dict[str, Any]]:
    """Yield the records of a JSON-lines file, plain or gzipped."""
    opener = gzip.open if file.suffix == ".gz" else open
    with opener(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def read_law_clauses(data: Path) -> list[LawClause]:
    """Return the clauses of all laws in `legal-articles.jsonl.gz`, in the file's order."""
    return [
        clause
        for record in read_lines(data / "legal-articles.jsonl.gz")
        if record["title"]
        for clause in _split_article(record)
    ]


def _split_article(record: dict[str, Any]) -> Iterator[LawClause]:
    paragraphs = [unicodedata.normalize("NFC", p).strip() for p in record["paragraphs"]]
    groups: list[tuple[str | None, list[str]]] = []
    for paragraph in paragraphs:
        numbered = _NUMBERED.match(paragraph)
        if numbered:
            groups.append((numbered[1], [paragraph]))
        elif groups:
            groups[-1][1].append(paragraph)
    for label, lines in groups or [(None, paragraphs)]:
        yield LawClause(
            number=record["number"],
            title=_nfc(record["title"]),
            kind=record["kind"] or "",
            article=record["article"],
            heading=_nfc(record["heading"] or ""),
            clause=label,
            text="\n".join(lines),
        )


def read_shared(data: Path) -> list[AskedClause]:
    """Return the clauses and questions of the shared folder."""
    questions: defaultdict[str, list[Question]] = defaultdict(list)
    for record in read_lines(data / "questions/lay-questions.jsonl"):
        questions[record["clause_id"]].append(Question(_nfc(record["question"]), record["style"]))
    return [
        AskedClause(
            LawClause(
                number=record["number"],
                title=_nfc(record["title"] or ""),
                kind=record["kind"] or "",
                article=record["article"],
                heading=_nfc(record["heading"] or ""),
                clause=record["clause"],
                text=_nfc(record["text"]),
            ),
            tuple(questions[record["id"]]),
        )
        for record in read_lines(data / "questions/lay-clauses.jsonl")
    ]


def read_own(file: Path, laws: Sequence[LawClause]) -> list[AskedClause]:
    """Return our own questions with the clauses they were written for.

    The file names its clauses by number, article, clause and digest; their text is looked up
    in `laws`. A question whose clause is not there is left out.
    """
    known = {(c.number, c.article, c.clause, c.digest): c for c in laws}
    questions: defaultdict[LawClause, list[Question]] = defaultdict(list)
    for record in read_lines(file):
        key = (record["number"], record["article"], record["clause"], record["digest"])
        clause = known.get(key)
        if clause is not None:
            questions[clause].append(Question(_nfc(record["question"]), record["style"]))
    return [AskedClause(clause, tuple(asked)) for clause, asked in questions.items()]


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)
