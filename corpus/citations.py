"""Citations as people write them: find, parse, print."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.model import Citation


@dataclass(frozen=True, slots=True)
class FoundCitation:
    """Citations found at one place of a text.

    `relative` names the levels cited by "này" ("Điều này", "Nghị định này"): any of
    "point", "clause", "article", "document"; such parts are `None` in `citations`.
    """

    start: int
    end: int  # exclusive
    citations: tuple[Citation, ...]
    relative: tuple[str, ...] = ()


def print_citation(citation: Citation) -> str:
    """Return "điểm b khoản 2 Điều 6 Nghị định 137/2024/NĐ-CP"."""
    raise NotImplementedError


def parse_citation(text: str, names: Iterable[str] = ()) -> Citation:
    """Read a text that is one citation and nothing else; raises CitationError."""
    raise NotImplementedError


def find_citations(
    text: str, names: Iterable[str] = (), *, weak: bool = False
) -> list[FoundCitation]:
    """Find every citation in `text`, in reading order.

    Args:
        text: Any text; offsets of the results count its characters, so pass NFC.
        names: Known names of documents ("Luật Giao dịch điện tử"), see `Library.names`.
        weak: Also return lone abbreviations ("k3", "đ6" without anything else), which are
            noise in a first question and meaningful in a follow-up.
    """
    raise NotImplementedError
