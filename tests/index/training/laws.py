"""A small made-up corpus in the format of the shared data."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from index.training.examples import is_development


def numbers(development: bool, count: int) -> list[str]:
    """Return numbers of fictitious laws on the wished side of the split."""
    every = (f"{n}/2099/QH99" for n in range(900, 2000))
    return [number for number in every if is_development(number) == development][:count]


def write_shared(folder: Path, *, laws: int = 6) -> Path:
    """Write a data folder with clauses, questions and articles; half of it for development."""
    (folder / "questions").mkdir(parents=True)
    clauses, questions, articles = [], [], []
    for number in numbers(True, laws) + numbers(False, laws):
        law = {"number": number, "kind": "Luật", "title": f"Luật hư cấu số {number}"}
        paragraphs = [
            f"{k}. Nội dung thứ {k} của luật {number} về việc {k * 7}." for k in (1, 2, 3)
        ]
        articles.append(
            {
                **law,
                "article": "1",
                "heading": "Điều hư cấu",
                "paragraphs": [*paragraphs, "Kèm theo."],
            }
        )
        name = f"c-{number}"
        clauses.append(
            {
                **law,
                "id": name,
                "article": "1",
                "heading": "Điều hư cấu",
                "clause": "1",
                "text": paragraphs[0],
            }
        )
        questions += [
            {
                "id": f"{name}-{k}",
                "clause_id": name,
                "style": style,
                "question": f"luật {number} nói gì về việc số {k}?",
                "answer_span": None,
            }
            for k, style in enumerate(("everyday", "office", "formal"))
        ]
    _write(folder / "questions/lay-clauses.jsonl", clauses)
    _write(folder / "questions/lay-questions.jsonl", questions)
    with gzip.open(folder / "legal-articles.jsonl.gz", "wt", encoding="utf-8") as stream:
        stream.writelines(json.dumps(record) + "\n" for record in articles)
    return folder


def _write(file: Path, records: Sequence[Mapping[str, object]]) -> None:
    file.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
