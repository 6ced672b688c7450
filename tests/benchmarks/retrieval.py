"""Retrieval figures: each leg alone, without the translated one, all; with example questions.

    python -m tests.benchmarks.retrieval [alqac] [lay] [--encoder bundled]

`alqac`: exam-style questions over 19 laws, judged by article. `lay`: everyday questions over
the laws of the development split, judged by clause; then once more with example questions for
half of the clauses, to see what they do for these and for the others. Needs ../shared/data;
vectors are kept under the cache folder, so only the first run is slow.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from corpus.articles import read_corpus
from corpus.identifiers import slug
from corpus.model import Citation, Clause
from corpus.text import clean
from index.encoder import open_encoder
from index.errors import StoredIndexError
from index.fusion import WEIGHTS, Weights
from index.metrics import Outcome, distinct, paired_difference, report
from index.remembering import Remembering
from index.search import ClauseIndex
from index.store import load_index, load_vectors, save_index
from index.training.examples import is_development, read_lines
from index.types import Encoder

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"
POOL = 5000  # clauses of the lay set: those asked about and siblings from the same laws
LEGS = {
    "words": Weights(0, 0, 1, 0),
    "meaning": Weights(1, 1, 0, 0),
    "translated": Weights(0, 0, 0, 1),
    "words, meaning": Weights(0.5, 0.5, 0.5, 0),
    "all": WEIGHTS,
}
NUMBERED = re.compile(r"(\d+[a-zđ]?)\.\s")


@dataclass(frozen=True, slots=True)
class Question:
    """A question, the names that answer it, and the group it is reported in."""

    text: str
    relevant: frozenset[Any]
    group: str = ""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("sets", nargs="*", choices=["alqac", "lay", []], default=[])
    parser.add_argument("--encoder", default="bundled")
    parser.add_argument("--cache-dir", type=Path, default=ROOT / "var" / "cache")
    options = parser.parse_args()
    encoder = Remembering(open_encoder(options.encoder, options.cache_dir, progress=print))
    print(f"encoder {encoder.identity}")
    for name in options.sets or ["alqac", "lay"]:
        {"alqac": alqac, "lay": lay}[name](encoder, options.cache_dir)


def alqac(encoder: Encoder, cache: Path) -> None:
    library = read_corpus(DATA / "alqac" / "corpus.jsonl.gz")
    questions = [
        Question(
            entry["question"],
            frozenset((slug(one["document"]), one["article"]) for one in entry["relevant"]),
        )
        for entry in read_lines(DATA / "alqac" / "questions-dev.jsonl")
    ]
    index = indexed(library.clauses, library.content_hash, encoder, cache)
    print(f"\nALQAC dev: {len(questions)} questions, {len(library.clauses)} clauses, by article")
    compare(index, questions, lambda clause: (clause.document_id, clause.citation.article))


def lay(encoder: Encoder, cache: Path) -> None:
    clauses, asked = lay_set()
    digest = hashlib.sha256("\0".join(clause.passage for clause in clauses).encode()).hexdigest()
    index = indexed(clauses, digest, encoder, cache)
    questions = [question for one in asked.values() for question in one]
    print(f"\nlay questions, development laws: {len(questions)}, {len(clauses)} clauses, by clause")
    compare(index, questions, lambda clause: clause.key)
    print("\nexample questions (the other two) for half of the clauses:")
    with_examples = set(list(asked)[::2])
    outcomes: dict[str, list[tuple[float, float]]] = {"with": [], "without": []}
    for turn in range(3):
        given = [
            replace(
                clause,
                questions=tuple(
                    question.text
                    for place, question in enumerate(asked[clause.key])
                    if place != turn
                ),
            )
            if clause.key in with_examples
            else clause
            for clause in clauses
        ]
        helped = ClauseIndex.build(given, encoder, previous=index)
        for key, three in asked.items():
            if turn >= len(three):
                continue
            pair = [one.search(three[turn].text, 1)[0].clause.key == key for one in (index, helped)]
            outcomes["with" if key in with_examples else "without"].append((pair[0], pair[1]))
    for name, pairs in outcomes.items():
        before, after = zip(*pairs, strict=True)
        gain = paired_difference(before, after)
        print(
            f"clauses {name:8} examples: accuracy@1 {np.mean(before):.3f} → {np.mean(after):.3f} "
            f"[{gain.low:+.3f}, {gain.high:+.3f}]  n {gain.n}"
        )


def compare(index: ClauseIndex, questions: Sequence[Question], name: Any) -> None:  # noqa: ANN401 - a name is any hashable
    groups = sorted({question.group for question in questions} - {""})
    started = time.perf_counter()
    index.encoder.encode_queries([question.text for question in questions])
    encoding = (time.perf_counter() - started) / len(questions)
    for title, weights in LEGS.items():
        started = time.perf_counter()
        outcomes = []
        for question in questions:
            hits = index.examine(question.text, 100, weights=weights).hits
            ranked = distinct(name(hit.clause) for hit in hits)
            outcomes.append(Outcome(ranked, question.relevant))
        searching = (time.perf_counter() - started) / len(questions)
        figures = report(outcomes)
        line = "  ".join(
            f"{metric} {figures[metric].mean:.3f}"
            for metric in ("accuracy@1", "recall@5", "recall@10", "mrr@10")
        )
        first = figures["accuracy@1"]
        by_group = "  ".join(
            f"{group} {accuracy(o for o, q in pairs if q.group == group):.2f}"
            for pairs in [list(zip(outcomes, questions, strict=True))]
            for group in groups
        )
        print(f"{title:14} {line}  [{first.low:.3f}, {first.high:.3f}]  {by_group}", flush=True)
    print(f"search {1000 * searching:.1f} ms a question, encoding in batches {1000 * encoding:.1f}")


def accuracy(outcomes: Iterable[Outcome]) -> float:
    return report(list(outcomes))["accuracy@1"].mean


def indexed(clauses: Sequence[Clause], digest: str, encoder: Encoder, cache: Path) -> ClauseIndex:
    """Return the index of the clauses, from the cache if it is there."""
    folder = (
        cache
        / "indexes"
        / f"{digest[:16]}-{hashlib.sha256(encoder.identity.encode()).hexdigest()[:8]}"
    )
    try:
        return load_index(folder, encoder=encoder, library_hash=digest, clauses=clauses)
    except StoredIndexError:
        index = ClauseIndex.build(
            clauses,
            encoder,
            previous=load_vectors(folder, encoder),
            progress=lambda done, total: print(f"embedding {done}/{total}", end="\r", flush=True),
        )
        save_index(index, folder, digest)
        return index


def lay_set() -> tuple[list[Clause], dict[tuple[str, str], list[Question]]]:
    """Return the pool of clauses, and the questions by the key of their clause."""
    source = DATA / "questions"
    targets = [c for c in read_lines(source / "lay-clauses.jsonl") if is_development(c["number"])]
    clauses = {
        clause.key: clause
        for one in targets
        for clause in [lay_clause(one, one["id"], one["clause"], one["text"])]
    }
    key_of = {one["id"]: key for one, key in zip(targets, clauses, strict=True)}
    asked: dict[tuple[str, str], list[Question]] = {}
    for entry in read_lines(source / "lay-questions.jsonl"):
        if key := key_of.get(entry["clause_id"]):
            question = Question(entry["question"], frozenset([key]), entry["style"])
            asked.setdefault(key, []).append(question)
    beginnings = {clause.quote[:80] for clause in clauses.values()}
    siblings = [
        lay_clause(article, f"dieu-{article['article']}.{place}", label, text)
        for article in read_lines(DATA / "legal-articles.jsonl.gz")
        if article["number"] in {one["number"] for one in targets}
        for place, (label, text) in enumerate(split_paragraphs(article["paragraphs"]))
        if clean(text)[:80] not in beginnings
    ]
    siblings.sort(key=lambda clause: hashlib.sha256(repr(clause.key).encode()).digest())
    return [*clauses.values(), *siblings[: POOL - len(clauses)]], asked


def lay_clause(entry: dict[str, Any], name: str, label: str | None, text: str) -> Clause:
    title, heading, quote = (clean(part or "") for part in (entry["title"], entry["heading"], text))
    return Clause(
        document_id=slug(entry["number"]),
        provision_id=name,
        citation=Citation(article=entry["article"], clause=label, document=entry["number"]),
        heading=heading,
        quote=quote,
        start=0,
        end=len(quote),
        passage="\n".join(part for part in (title, heading, quote) if part),
        complete=True,
    )


def split_paragraphs(paragraphs: Sequence[str]) -> Iterator[tuple[str | None, str]]:
    """Yield (label, text) of the numbered clauses, and what stands before the first."""
    label: str | None = None
    lines: list[str] = []
    for paragraph in paragraphs:
        if numbered := NUMBERED.match(paragraph):
            if lines:
                yield label, "\n".join(lines)
            label, lines = numbered[1], []
        lines.append(paragraph)
    if lines:
        yield label, "\n".join(lines)


if __name__ == "__main__":
    main()
