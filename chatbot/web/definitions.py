"""Terms a document defines ("Giải thích từ ngữ"), and where its text uses them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.definitions import defined_term
from corpus.model import Document, Level
from corpus.text import fold

_DEFINING_HEADING = re.compile(r"giai thich (?:tu ngu|thuat ngu)")


@dataclass(frozen=True, slots=True)
class Use:
    """A place where a text uses a defined term."""

    start: int
    end: int
    provision_id: str  # of the definition


class Glossary:
    """The terms one document defines. Does nothing for a document that defines none."""

    def __init__(self, document: Document) -> None:
        self.terms = dict(_defined(document))
        self._by_length = sorted(self.terms, key=len, reverse=True)
        # One group a term: which one was found is asked of the pattern, never of the text.
        patterns = (r"\s+".join(map(re.escape, term.split())) for term in self._by_length)
        words = "|".join(f"({pattern})" for pattern in patterns)
        self._pattern = re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE) if words else None

    def uses(
        self, text: str, home: str, seen: set[str], barred: Sequence[tuple[int, int]] = ()
    ) -> list[Use]:
        """Return the first use of each term that can be pointed out, in reading order.

        Args:
            text: Own text of a provision; the offsets found count its characters.
            home: Id of the provision, whose own definition is no use of it.
            seen: Terms used already, extended by those found: a term is pointed out
                once an article, not at every turn.
            barred: Stretches of the text, from start to end, where none is pointed out.
        """
        found = []
        for match in self._pattern.finditer(text) if self._pattern else ():
            term = self._by_length[(match.lastindex or 0) - 1]
            target = self.terms[term]
            if term in seen or target == home or overlaps(*match.span(), barred):
                continue
            seen.add(term)
            found.append(Use(match.start(), match.end(), target))
        return found


def overlaps(start: int, end: int, stretches: Iterable[tuple[int, int]]) -> bool:
    """Whether a stretch of a text shares a character with one of others."""
    return any(start < right and left < end for left, right in stretches)


def _defined(document: Document) -> Iterator[tuple[str, str]]:
    """Yield terms, lower-case, with the id of the clause that defines each."""
    for article in document.walk():
        if article.level is not Level.ARTICLE or not _DEFINING_HEADING.search(
            fold(article.heading)
        ):
            continue
        for clause in article.children:
            if clause.level is not Level.CLAUSE:
                continue
            if term := defined_term(document.own_text(clause)):
                yield term.lower(), clause.id
