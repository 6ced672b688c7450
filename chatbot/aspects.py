"""Questions about a document as a whole: what it governs, whom it binds, since when.

"Nghị định này áp dụng cho ai" has hardly a word of the provision that says so, and words of many
others. How people ask is learned from examples; which provision answers, its heading or its first
words tell, for all documents say these things alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path

from chatbot.data_files import numbered_lines
from chatbot.subjects import subject_syllables
from corpus.document_names import ANNEXES, KINDS
from corpus.model import Document, Level, Provision
from corpus.text import fold
from index.leaning import Leaning, one_against_the_rest
from index.types import Encoder

SURE = 0.2  # leaning, of about 1 for a question like the examples, 0 for one like none
_DATA = Path(__file__).parent / "data"
_OTHER = "asked-otherwise"
_PARTED = re.compile(r"[,.;:?!]+\s+")


class Aspect(StrEnum):
    """What is asked of a document; the values name the files of examples."""

    SCOPE = "asked-for-scope"
    ADDRESSEES = "asked-for-addressees"
    EFFECT = "asked-for-effect"


_THIS = rf"(?:{'|'.join(fold(kind) for kind in (*KINDS, *ANNEXES))}) nay"
_NAME = {
    Aspect.SCOPE: r"pham vi (?:dieu chinh|ap dung)",
    Aspect.ADDRESSEES: r"doi tuong (?:ap dung|dieu chinh)",
}
_GENERAL = re.compile(r"(?:pham vi|doi tuong|dieu chinh|ap dung|va|[,;\s])+")  # no more in it
_TOLD = r"(?= ?(?::|gom|bao gom|cua|la ))"  # behind the name, where a khoản says it
_LABEL = r"(?:(?:dieu )?\d+[a-z]?[.)]\s*)?"
_SAYS = {
    Aspect.SCOPE: re.compile(
        rf"{_LABEL}(?:{_NAME[Aspect.SCOPE]}{_TOLD}|{_THIS} (?:quy dinh|huong dan|dieu chinh))"
    ),
    Aspect.ADDRESSEES: re.compile(
        rf"{_LABEL}(?:{_NAME[Aspect.ADDRESSEES]}{_TOLD}|{_THIS} (?:duoc )?ap dung)"
    ),
    Aspect.EFFECT: re.compile(rf"{_LABEL}{_THIS} (?:co hieu luc|(?:duoc )?thi hanh)"),
}


def aspect_of(question: str, encoder: Encoder, *, is_named: bool) -> Aspect | None:
    """Return what is asked of a document as a whole; `None` where something else is asked.

    Args:
        question: As understood, without the name of the document.
        encoder: Encodes it, unless it asks about a topic; see `learned`.
        is_named: Whether the name was there. Then a part between commas may ask, and the others
            say why: "áp dụng từ ngày nào, em đang soạn tờ trình".

    Raises:
        UnavailableError: The examples or the model cannot be read.
    """
    parts = [question, *_PARTED.split(question)] if is_named else [question]
    found = (_aspect_of_part(part, encoder) for part in parts if part.strip())
    return next(filter(None, found), None)


def _aspect_of_part(question: str, encoder: Encoder) -> Aspect | None:
    subject = set(subject_syllables(question))
    if not any(subject <= _vocabulary(aspect) for aspect in Aspect):
        return None
    vector = encoder.encode_queries([question])[0]
    leaning = {kind: one.of(question, vector) for kind, one in learned(encoder).items()}
    likeliest = max(leaning, key=leaning.__getitem__)
    if likeliest == _OTHER or leaning[likeliest] < SURE:
        return None
    aspect = Aspect(likeliest)
    return aspect if subject <= _vocabulary(aspect) else None


@lru_cache(maxsize=1)
def learned(encoder: Encoder) -> dict[str, Leaning]:
    """Learn each aspect against the others and what is asked otherwise: seconds at first.

    Raises:
        UnavailableError: The examples or the model cannot be read.
    """
    return one_against_the_rest({kind: _examples(kind) for kind in (*Aspect, _OTHER)}, encoder)


def provision_on(document: Document, aspect: Aspect) -> Provision | None:
    """Return the provision that says this of its document; `None` if none is there.

    It is an article whose heading names this alone, else the article without khoản or the
    khoản that begins by saying it.
    """
    articles = [node for node in document.walk() if node.level is Level.ARTICLE]
    for article in articles:
        if _named_in(article.heading) == [aspect]:
            return article
    return next((part for part in _parts(articles) if _says(document, part, aspect)), None)


def tells(document: Document, provision: Provision) -> bool:
    """Return whether a provision is what is answered about its document as a whole."""
    return provision in [provision_on(document, aspect) for aspect in Aspect]


def _named_in(heading: str) -> list[Aspect]:
    """Return what a heading names of the whole document: not "Đối tượng áp dụng chính sách này"."""
    folded = fold(heading)
    if not _GENERAL.fullmatch(folded):
        return []
    return [aspect for aspect, name in _NAME.items() if re.search(name, folded)]


def _parts(articles: list[Provision]) -> Iterator[Provision]:
    for article in articles:
        clauses = [node for node in article.children if node.level is Level.CLAUSE]
        yield from clauses or [article]


def _says(document: Document, part: Provision, aspect: Aspect) -> bool:
    text = document.own_text(part)
    below = text.partition("\n")[2] if part.level is Level.ARTICLE else ""  # its heading
    return any(_SAYS[aspect].match(" ".join(fold(one).split())) for one in (text, below))


def example_questions() -> list[str]:
    """Return the examples of all kinds: how people ask about a document.

    Raises:
        UnavailableError: A file of examples cannot be read.
    """
    return [line for kind in (*Aspect, _OTHER) for line in _examples(kind)]


@cache
def _vocabulary(aspect: Aspect) -> frozenset[str]:
    """Return the syllables with which people ask this; one more, and a topic is asked about."""
    return frozenset(syllable for line in _examples(aspect) for syllable in subject_syllables(line))


def _examples(kind: str) -> list[str]:
    return [line for _, line in numbered_lines(_DATA / f"{kind}.txt")]
