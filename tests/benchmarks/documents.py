"""Print what the readers and the parser make of real documents.

    python -m tests.benchmarks.documents [--no-articles] [--show N]

Reads ../shared/data/documents in every format, compares the formats of one document clause by
clause and the scan letter by letter, and parses the articles of the national codification.
"""

from __future__ import annotations

import argparse
import difflib
import gzip
import json
import re
import time
from collections import Counter
from pathlib import Path

from corpus.checking import check
from corpus.clauses import clauses_of
from corpus.header import read_header
from corpus.model import Document, Level, Metadata
from corpus.parsing import parse, parse_articles
from corpus.readers import read_source
from corpus.reading import SourceText

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
# Number of articles, as the README of the data lists them.
ARTICLES = {
    "luat-20-2023": 53,
    "nd-64-2007": 56,
    "nd-73-2019": 64,
    "nd-82-2023": 3,
    "nd-10-2023": 6,
    "luat-39-2019": 101,
    "nd-224-2026": 92,
    "qd-30-2021": 23,
    "tt-09-2022": 25,
}


def main() -> None:
    """Print the tables."""
    options = _options()
    read = _files()
    _formats(read, options.show)
    _scan(read)
    if not options.no_articles:
        _articles(options.show)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--no-articles", action="store_true", help="leave the 41,700 articles out")
    parser.add_argument("--show", type=int, default=0, help="differences to print of each pair")
    return parser.parse_args()


def _files() -> dict[str, tuple[SourceText, Document]]:
    read: dict[str, tuple[SourceText, Document]] = {}
    good = 0
    print(
        f"{'file':28} {'format':6} {'s':>5} {'chars':>7} {'điều':>8} khoản điểm bảng trích  number"
    )
    for path in sorted((SHARED / "documents").iterdir()):
        start = time.perf_counter()
        source = read_source(path)
        spent = time.perf_counter() - start
        document = parse(source.text, read_header(source.text, path.name))
        read[path.name] = source, document
        wanted = next(count for name, count in ARTICLES.items() if path.name.startswith(name))
        count = Counter(node.level for node in document.walk())
        labels = [node.label for node in document.walk() if node.level is Level.ARTICLE]
        whole = labels == [str(number) for number in range(1, wanted + 1)]
        lossless = "".join(map(document.own_text, document.walk())) == source.text
        good += whole and lossless and not check(document).problems
        print(
            f"{path.name:28} {source.format:6} {spent:5.1f} {len(source.text):7} "
            f"{len(labels):4}/{wanted:<3} {count[Level.CLAUSE]:5} {count[Level.POINT]:4} "
            f"{count[Level.TABLE]:4} {count[Level.QUOTED]:5}  {document.metadata.number}"
            + ("" if whole else "  SEQUENCE BROKEN")
            + ("" if lossless else "  NOT LOSSLESS")
            + (f"  {source.confidence:.1%} sure" if source.confidence else "")
            + "".join(f"\n    {problem}" for problem in check(document).problems)
        )
    print(f"unbroken: {good} of {len(read)}\n")
    return read


def _texts(document: Document) -> dict[str, str]:
    return {clause.provision_id: " ".join(clause.quote.split()) for clause in clauses_of(document)}


def _formats(read: dict[str, tuple[SourceText, Document]], show: int) -> None:
    print("same document in two formats: clauses identical after white space is collapsed")
    same = total = 0
    for name in ARTICLES:
        files = [file for file in read if file.startswith(name) and ".scan." not in file]
        for other in files[1:]:
            one, two = _texts(read[files[0]][1]), _texts(read[other][1])
            ids = {**one, **two}
            different = [key for key in ids if one.get(key) != two.get(key)]
            same += len(ids) - len(different)
            total += len(ids)
            share = 1 - len(different) / len(ids)
            print(
                f"  {files[0]:24} {other:24} "
                f"{len(ids) - len(different):4} of {len(ids):4} {share:7.2%}"
            )
            for key in different[:show]:
                print(f"    {key}\n{_difference(one.get(key, ''), two.get(key, ''))}")
    print(f"  together {same} of {total}: {same / total:.2%}\n")


def _difference(one: str, two: str) -> str:
    matcher = difflib.SequenceMatcher(None, one, two, autojunk=False)
    parts = [
        f"      {one[max(a - 15, 0) : b + 15]!r} | {two[max(c - 15, 0) : d + 15]!r}"
        for tag, a, b, c, d in matcher.get_opcodes()
        if tag != "equal"
    ]
    return "\n".join(parts[:4])


def _scan(read: dict[str, tuple[SourceText, Document]]) -> None:
    for name, (source, document) in read.items():
        if ".scan." not in name:
            continue
        original, known = read[name.replace(".scan.", ".")]
        one, two = " ".join(original.text.split()), " ".join(source.text.split())
        matcher = difflib.SequenceMatcher(None, one, two, autojunk=False)
        equal = sum(block.size for block in matcher.get_matching_blocks())
        found, wanted = _texts(document), _texts(known)
        print(f"{name} against its text: {equal / max(len(one), len(two)):.2%} of characters")
        print(f"  provisions: {len(wanted.keys() & found.keys())} of {len(wanted)} clauses")
        words = Counter(re.findall(r"\w+", one)) - Counter(re.findall(r"\w+", two))
        print(f"  words missed: {' '.join(list(words)[:20])}\n")


def _articles(show: int) -> None:
    with gzip.open(SHARED / "legal-articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        entries = [json.loads(line) for line in lines]
    reasons: Counter[str] = Counter()
    examples: dict[str, list[str]] = {}
    chars = stray = 0
    start = time.perf_counter()
    for entry in entries:
        facts = Metadata(number=entry["number"] or entry["title"] or "?", kind=entry["kind"] or "")
        # The parser refuses control characters; a few of these records carry one.
        body, found = CONTROL.subn("", "\n".join(entry["paragraphs"]))
        stray += bool(found)
        chars += len(body.encode("utf-8"))
        try:
            document = parse_articles(
                [(str(entry["article"]), entry["heading"] or "", body)], facts
            )
            reason = _sequence(document, body)
        except Exception as error:  # whatever it is, it is counted
            reason = f"exception {type(error).__name__}: {error}"
        reasons[reason] += 1
        examples.setdefault(reason, []).append(f"{facts.number} Điều {entry['article']}")
    spent = time.perf_counter() - start
    print(
        f"{len(entries)} articles, {chars / 2**20:.0f} MB in {spent:.0f} s; "
        f"{stray} with stray control signs"
    )
    for reason, count in reasons.most_common():
        print(f"  {count:6} {count / len(entries):7.2%} {reason}")
        for example in examples[reason][:show] if reason != "consecutive" else []:
            print(f"           {example}")


def _sequence(document: Document, body: str) -> str:
    """Return "consecutive" or the reason why the khoản of an article are not."""
    node = document.children[0]
    labels = [child.label for child in node.children if child.level is Level.CLAUSE]
    numbers = [int(re.sub(r"\D", "", label)) for label in labels]
    wanted = list(range(1, len(numbers) + 1))
    seen = [int(match[1]) for match in re.finditer(r"^\s*(\d{1,3})\s*\.\s", body, re.MULTILINE)]
    if numbers == wanted:
        missed = [number for number in seen if number > len(numbers)]
        if not missed:
            return "consecutive"
        return "named: a number in the source is left out or out of order"
    if len(set(numbers)) < len(numbers) or any(not label.isdigit() for label in labels):
        return "named: inserted khoản (1a)"
    if any(child.level is Level.GAP for child in document.walk()):
        return "named: the source leaves text out"
    return "khoản not consecutive"


if __name__ == "__main__":
    main()
