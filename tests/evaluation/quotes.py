"""Quotations against the source, over generated questions.

A question is a few neighbouring words of a clause, or a citation, often typed badly: whatever
the system answers, the quotation must be the words of the document.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files

from chatbot.answers import Alternative, Answer, Quotation
from corpus.library import SHIPPED
from corpus.model import Clause
from index.training.noise import noisy
from tests.evaluation.cases import FICTITIOUS, FICTITIOUS_FILE
from tests.evaluation.systems import System

SEED = 137
WORDS = (4, 14)  # words of a clause in a question
FRAMES = ("{}", "{} là gì", "cho hỏi {}", "có phải {} không", "quy định về {}", "{} thì sao ạ")


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking the quotations came to."""

    questions: int
    answered: int
    quotations: int
    wrong: tuple[str, ...]  # one line a quotation that is not the source's


def check_quotations(system: System, count: int) -> Checked:
    """Ask `count` generated questions and hold every quotation to the files as they are."""
    sources = sources_of()
    answered = quotations = 0
    wrong: list[str] = []
    for question in generated(system, count):
        answer = system.chatbot.ask(question)
        answered += answer.answer is not None
        for quotation in _quotations(answer):
            quotations += 1
            if problem := _problem(sources[_document(quotation)], quotation):
                wrong.append(f"{question!r}: {problem}")
    return Checked(count, answered, quotations, tuple(wrong))


def sources_of() -> dict[str, str]:
    """Return the text of both decrees' files, NFC, by document id."""
    shipped = (files("corpus") / "decree" / f"{SHIPPED}.txt").read_text("utf-8")
    texts = {SHIPPED: shipped, FICTITIOUS: FICTITIOUS_FILE.read_text("utf-8")}
    return {name: unicodedata.normalize("NFC", text) for name, text in texts.items()}


def generated(system: System, count: int) -> Iterator[str]:
    """Yield questions made of the library's own words; the same ones every time."""
    chance = random.Random(SEED)
    for _ in range(count):
        clause = chance.choice(system.library.clauses)
        question = _cited(clause) if chance.random() < 0.15 else _worded(clause, chance)
        yield noisy(question, chance) if chance.random() < 0.4 else question


def _cited(clause: Clause) -> str:
    return f"{clause.citation} nói gì"


def _worded(clause: Clause, chance: random.Random) -> str:
    words = clause.quote.split()
    start = chance.randrange(max(1, len(words) - WORDS[0]))
    taken = " ".join(words[start : start + chance.randint(*WORDS)])
    return chance.choice(FRAMES).format(taken)


def _quotations(answer: Answer) -> list[Quotation | Alternative]:
    return [*([answer.answer] if answer.answer else []), *answer.alternatives]


def _problem(source: str, quotation: Quotation | Alternative) -> str:
    """Return what is wrong with a quotation; "" if it is the words of its provision.

    The place is found again in the file's own lines, without the parser.
    """
    quote = quotation.quote
    labels = dict(part.partition("-")[::2] for part in _provision(quotation).split("."))
    if not quote or quote not in source:
        return f"the quotation of {quotation.url} is not in the source"
    found = re.search(
        rf"^Điều {labels['dieu']}\..*?(?=^(?:Điều \d+\.|Chương )|\Z)",
        source,
        re.MULTILINE | re.DOTALL,
    )
    if found is None or quote not in found[0]:
        return f"the quotation of {quotation.url} is not in its article"
    label = _label(labels)
    before = found[0][: found[0].index(quote)].rstrip()
    # A label may stand alone on its line; an article's heading is shown apart from the quotation.
    if not quote.startswith(label) and not before.rpartition("\n")[2].startswith(label):
        return f"the quotation of {quotation.url} does not begin with {label!r}"
    if isinstance(quotation, Quotation):
        spans = quotation.highlights
        if any(not 0 <= first < last <= len(quote) for first, last in spans):
            return f"highlights {spans} do not lie in the quotation of {quotation.url}"
    return ""


def _label(labels: Mapping[str, str]) -> str:
    if point := labels.get("diem"):
        return f"{'đ' if point == 'dd' else point})"
    return f"{labels['khoan']}." if "khoan" in labels else f"Điều {labels['dieu']}."


def _provision(quotation: Quotation | Alternative) -> str:
    return quotation.url.partition("#")[2]


def _document(quotation: Quotation | Alternative) -> str:
    return quotation.url.partition("#")[0].rpartition("/")[2]
