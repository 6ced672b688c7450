"""A document as its page shows it: provisions as lines of linked pieces, and what is missing.

The texts of the pieces, in reading order, join to the document's text exactly.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from chatbot.web.definitions import Glossary, overlaps
from chatbot.web.parts import Shelf
from chatbot.web.references import Linker
from chatbot.web.typeset import line_kind
from corpus.citations import print_citation
from corpus.clauses import citation_of
from corpus.model import Document, Level, Provision

HEADED = (Level.PART, Level.CHAPTER, Level.SECTION, Level.SUBSECTION, Level.ARTICLE, Level.APPENDIX)
CITED = (Level.ARTICLE, Level.CLAUSE, Level.POINT, Level.APPENDIX)
UNLINKED = (Level.TABLE, Level.GAP)
DEEPEST_HEADING = 6


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; `url` is where it leads, "" nowhere; `term`: it leads to a definition."""

    text: str
    url: str = ""
    term: bool = False


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line with its line end; `kind` as in `typeset.line_kind`, or "blank"."""

    kind: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """A provision on the page."""

    id: str
    level: str
    label: str
    heading: str
    heading_tag: str  # "h2" … "h6"; "" where its first line is no heading
    place: str  # "khoản 2 Điều 6", to name and cite it; "" where nobody cites it
    label_alone: bool  # its own text is a bare label, which is not quoted
    title: tuple[PageLine, ...]  # the lines that are its heading
    lines: tuple[PageLine, ...]  # the lines behind them
    rows: tuple[tuple[str, ...], ...]  # of a table
    missing: tuple[str, str] | None  # first and last article a gap stands for
    children: tuple[Node, ...]

    @property
    def name(self) -> str:
        """Its heading on one line, as the table of contents shows it."""
        return " ".join("".join(p.text for line in self.title for p in line.pieces).split())

    def walk(self) -> Iterator[Node]:
        """Yield this node and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class DocumentView:
    """What the page of a document shows."""

    document: Document
    name: str  # "Nghị định 137/2024/NĐ-CP"
    nodes: tuple[Node, ...]
    neighbours: dict[str, tuple[Node | None, Node | None]]  # of articles: the one before, behind
    articles: int

    @property
    def partial(self) -> bool:
        """Whether the copy is known to hold less than the official text."""
        total = self.document.metadata.article_count
        return total is not None and self.articles < total


def view_document(document: Document, shelf: Shelf) -> DocumentView:
    """Return the view of a document; links lead to what `shelf` holds."""
    nodes = _Builder(document, shelf).nodes()
    articles = [node for top in nodes for node in top.walk() if node.level == Level.ARTICLE]
    before: list[Node | None] = [None, *articles]
    behind: list[Node | None] = [*articles[1:], None]
    return DocumentView(
        document=document,
        name=document.metadata.name,
        nodes=nodes,
        neighbours={
            node.id: (left, right)
            for node, left, right in zip(articles, before, behind, strict=False)
        },
        articles=len(articles),
    )


class _Builder:
    """Turns the tree of one document into nodes."""

    def __init__(self, document: Document, shelf: Shelf) -> None:
        self._document = document
        self._linker = Linker(document, shelf)
        self._glossary = Glossary(document)
        self._missing = dict(_missing_articles(document))
        self._seen: set[str] = set()

    def nodes(self) -> tuple[Node, ...]:
        return tuple(self._node(child, (), 2) for child in self._document.children)

    def _node(self, provision: Provision, above: tuple[Provision, ...], heading: int) -> Node:
        path = (*above, provision)
        if provision.level is Level.ARTICLE:
            self._seen = set()
        headed = provision.level in HEADED
        own = self._document.own_text(provision)
        cited = provision.level in CITED
        texts = own.splitlines(keepends=True)
        titled = _title_length(texts, provision.heading) if headed else 0
        lines = self._lines(texts, titled, path)
        return Node(
            id=provision.id,
            level=provision.level.value,
            label=provision.label,
            heading=provision.heading,
            heading_tag=f"h{min(heading, DEEPEST_HEADING)}" if headed else "",
            place=_place(self._document, provision) if cited else "",
            label_alone=cited and not headed and _is_label_alone(own),
            title=lines[:titled],
            lines=lines[titled:],
            rows=_rows(own) if provision.level is Level.TABLE else (),
            missing=self._missing.get(provision.id),
            children=tuple(
                self._node(child, path, heading + headed) for child in provision.children
            ),
        )

    def _lines(
        self, texts: Sequence[str], titled: int, path: tuple[Provision, ...]
    ) -> tuple[PageLine, ...]:
        own = "".join(texts)
        ends = [*accumulate(map(len, texts))]
        title = (0, sum(map(len, texts[:titled])))
        links = self._links(own, [title, *((end - 1, end) for end in ends[:-1])], path)
        lines = []
        start = 0
        for text, end in zip(texts, ends, strict=True):
            inside = [link for link in links if start <= link[0] < end]
            kind = line_kind(text) if text.strip() else "blank"
            lines.append(PageLine(kind, _pieces(own, start, end, inside)))
            start = end
        return tuple(lines)

    def _links(
        self, own: str, barred: Sequence[tuple[int, int]], path: tuple[Provision, ...]
    ) -> list[tuple[int, int, str, bool]]:
        """Return start, end, address and whether it is a term; without overlaps, in order.

        Args:
            own: Own text of a provision.
            barred: Where no link can be shown: the title, the line ends.
            path: The provision and those it lies in, outermost first.
        """
        provision = path[-1]
        if provision.level in UNLINKED:
            return []
        references = [
            (link.start, link.end, self._local(link.url), False)
            for link in self._linker.references(own, path)
            if not overlaps(link.start, link.end, barred)
        ]
        if provision.level is Level.QUOTED:  # what is quoted belongs to another document
            return references
        barred = [*barred, *((start, end) for start, end, _, _ in references)]
        uses = self._glossary.uses(own, provision.id, self._seen, barred)
        terms = [(use.start, use.end, f"#{use.provision_id}", True) for use in uses]
        return sorted([*references, *terms])

    def _local(self, url: str) -> str:
        """Return a link within this page as a bare fragment."""
        page, _, fragment = url.partition("#")
        return f"#{fragment}" if page.endswith(f"/{self._document.id}") and fragment else url


def _pieces(
    own: str, start: int, end: int, links: Sequence[tuple[int, int, str, bool]]
) -> tuple[Piece, ...]:
    pieces = []
    at = start
    for left, right, url, term in links:
        if at < left:
            pieces.append(Piece(own[at:left]))
        pieces.append(Piece(own[left:right], url, term))
        at = right
    if at < end:
        pieces.append(Piece(own[at:end]))
    return tuple(pieces)


def _title_length(lines: Sequence[str], heading: str) -> int:
    """Return how many lines a heading takes: its label, and its words where they follow."""
    read = ""
    for count, line in enumerate(lines, start=1):
        read += line
        if read.strip() and "".join(heading.split()) in "".join(read.split()):
            return count
    return min(1, len(lines))


def _place(document: Document, provision: Provision) -> str:
    citation = citation_of(document, provision)
    number = document.metadata.number
    return (
        print_citation(citation)
        .removesuffix(document.metadata.name)
        .removesuffix(number)
        .removesuffix("ban hành kèm theo ")
        .strip()
    )


def _is_label_alone(own: str) -> bool:
    return own.strip()[:-1].isalnum() and len(own.strip()) <= 5


def _rows(own: str) -> tuple[tuple[str, ...], ...]:
    """Return the cells of a table written with bars, without its ruler line."""
    rows = []
    for line in own.splitlines():
        bare = line.strip()
        if not (bare.startswith("|") and bare.endswith("|")) or not bare.strip("|:- \xa0"):
            continue
        rows.append(tuple(cell.strip() for cell in bare[1:-1].split("|")))
    return tuple(rows)


def _missing_articles(document: Document) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield the id of each gap between articles with the first and last article left out."""
    previous = 0
    waiting = ""
    article_end = 0
    for node in document.walk():
        if node.level is Level.ARTICLE:
            article_end = node.end
        if node.level is Level.GAP and node.start >= article_end:
            waiting = node.id
        elif node.level is Level.ARTICLE and node.label.isdigit():
            number = int(node.label)
            if waiting and previous + 1 < number:
                yield waiting, (str(previous + 1), str(number - 1))
            waiting, previous = "", number
    total = document.metadata.article_count
    if waiting and total is not None and previous < total:
        yield waiting, (str(previous + 1), str(total))
