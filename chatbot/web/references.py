"""Where the text of a provision names another provision that is loaded, so it can be a link."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from chatbot.web.parts import Shelf
from corpus.citations import FoundCitation, each_citation
from corpus.document_names import KINDS
from corpus.errors import UnknownDocumentError
from corpus.identifiers import permalink, provision_id
from corpus.model import Citation, Document, Level, Provision

WINDOW_CHARS = 200  # no citation is longer; the parser sees this much from where one may begin

# Where a citation may begin. Cheap, so that the parser reads a few places and not whole laws.
_MAY_BEGIN = re.compile(
    r"(?<!\w)(?:điểm\s+[a-zđ](?!\w)|điểm\s+này|khoản\s+(?:\d|này)|điều\s+(?:\d|này)"
    r"|[^\W\d]{2,}(?:\s+[^\W\d]+)?\s+(?:số\s+)?\d+/\d{4}/\w)",
    re.IGNORECASE,
)
_OF_ANOTHER = re.compile(
    rf"\s*,?\s*(?:của|tại|trong|thuộc|theo)?\s*(?:các\s+)?"
    rf"(?:{'|'.join(map(re.escape, KINDS))})(?!\w)(?!\s+này)",
    re.IGNORECASE,
)


_MARKER = re.compile(r"(?<!\w)(?:(điểm)|(khoản)|(điều))(?!\w)", re.IGNORECASE)
_JOIN = re.compile(
    r"[\s,;]*(?:(?:và|hoặc|hay|đến|tại|theo|quy định tại)\s+)?(?:các\s+)?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Reference:
    """A stretch of a text that names a loaded provision or document."""

    start: int
    end: int
    document_id: str
    provision_id: str  # "" for a whole document

    @property
    def url(self) -> str:
        """The permalink."""
        return permalink(self.document_id, self.provision_id)


class Linker:
    """Finds the references in the provisions of one document."""

    def __init__(self, document: Document, shelf: Shelf) -> None:
        self._document = document
        self._shelf = shelf
        self._names = [
            one.metadata.number
            for one in shelf.documents.values()
            if one.metadata.number and not one.metadata.number[0].isdigit()
        ]

    def references(self, text: str, path: Sequence[Provision]) -> list[Reference]:
        """Return the references in reading order, without overlaps.

        Args:
            text: Own text of a provision; the offsets found count its characters.
            path: The provision and those it lies in, outermost first.
        """
        found = []
        for row in _rows(list(self._cited(text)), text):
            for start, end, citation in self._completed(row, text, path):
                target = self._target(citation, path)
                if target and target != (self._document.id, path[-1].id):
                    found.append(Reference(start, end, *target))
        return found

    def _cited(self, text: str) -> Iterator[FoundCitation]:
        """Yield the citations of a text, each read in the order laws are written in."""
        place = 0
        while begin := _MAY_BEGIN.search(text, place):
            place = begin.end()
            window = _one_citation(text[begin.start() : begin.start() + WINDOW_CHARS])
            names = [name for name in self._names if name.casefold() in window.casefold()]
            found = next(each_citation(window, names), None)
            if found and found.start == 0:
                end = begin.start() + found.end
                yield replace(found, start=begin.start(), end=end)
                place = max(place, end)

    def _completed(
        self, row: Sequence[FoundCitation], text: str, path: Sequence[Provision]
    ) -> list[tuple[int, int, Citation]]:
        """Return the citations of one row, in reading order, with what they leave unsaid.

        In "khoản 1, điểm a khoản 2 Điều 6 của Luật này" the last one speaks for all.
        """
        labels = {node.level: node.label for node in path}
        last = row[-1]
        foreign = not last.citations[0].document and "document" not in last.relative
        foreign = foreign and bool(_OF_ANOTHER.match(text, last.end))
        completed: list[tuple[int, int, Citation]] = []
        article: str | None = None
        clause: str | None = None
        for found in reversed(row):
            citation = found.citations[0]
            own = "document" in found.relative or "document" in last.relative
            if not citation.document and not own and last.citations[0].document:
                said = last.citations[0]
                citation = replace(citation, document=said.document, kind=said.kind)
            if {"article", "clause", "point"} & {*found.relative}:
                article = labels.get(Level.ARTICLE)
            article = citation.article or article
            if "point" in found.relative:
                citation = replace(citation, point=labels.get(Level.POINT))
            if {"clause", "point"} & {*found.relative}:
                clause = labels.get(Level.CLAUSE)
            clause = citation.clause or clause
            if citation.point is not None or "clause" in found.relative:
                citation = replace(citation, clause=clause)
            whole_document = not (citation.article or citation.clause or citation.point)
            whole_document = whole_document and not found.relative
            if (foreign and not citation.document) or (article is None and not whole_document):
                continue  # "khoản 2" alone may be of any article
            if not whole_document:
                citation = replace(citation, article=article)
            completed.append((found.start, found.end, citation))
        return completed[::-1]

    def _target(self, citation: Citation, path: Sequence[Provision]) -> tuple[str, str] | None:
        if citation.document:
            return self._elsewhere(citation)
        if path[-1].level is Level.QUOTED:  # it speaks of the document that is quoted
            return None
        return self._nearest(self._document, citation, _annex_prefix(path))

    def _elsewhere(self, citation: Citation) -> tuple[str, str] | None:
        try:
            document = self._shelf.find(citation.document or "", citation.kind)
        except UnknownDocumentError:
            return None
        if document.id == self._document.id and citation.article is None:
            return None
        return self._nearest(document, citation, "")

    def _nearest(
        self, document: Document, citation: Citation, prefix: str
    ) -> tuple[str, str] | None:
        """Return the cited place, or the smallest loaded one that would hold it."""
        smaller = replace(citation, document=None, kind=None)
        for place in (smaller, replace(smaller, point=None), Citation(article=citation.article)):
            name = provision_id(place)
            for candidate in (prefix + name, name):
                if candidate in document.by_id:
                    return document.id, candidate
        return (document.id, "") if citation.article is None else None


def _one_citation(window: str) -> str:
    """Cut a text where a second citation begins: laws go from điểm up to Điều, never down."""
    rank = 0
    for marker in _MARKER.finditer(window):
        here = marker.lastindex or 0
        if here <= rank:
            return window[: marker.start()]
        rank = here
    return window


def _rows(cited: Sequence[FoundCitation], text: str) -> list[list[FoundCitation]]:
    """Group citations that only commas and "và" stand between."""
    rows: list[list[FoundCitation]] = []
    for found in cited:
        if rows and _JOIN.fullmatch(text, rows[-1][-1].end, found.start):
            rows[-1].append(found)
        else:
            rows.append([found])
    return rows


def _annex_prefix(path: Sequence[Provision]) -> str:
    """Return what stands before "dieu-" in ids of the annexed regulation we are in, mostly ""."""
    home = next((node.id for node in path if node.level is Level.ARTICLE), "")
    return home.partition("dieu-")[0]
