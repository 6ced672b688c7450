"""Values every other module speaks in: documents, provisions, clauses, citations, gaps.

All offsets count characters of `Document.text`, which is NFC.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Level(StrEnum):
    """What a node of the provision tree is; values are the names used in JSON."""

    PREAMBLE = "preamble"  # everything before the first provision: số, cơ quan, ngày, căn cứ
    PART = "part"  # phần
    CHAPTER = "chapter"  # chương
    SECTION = "section"  # mục
    SUBSECTION = "subsection"  # tiểu mục
    ARTICLE = "article"  # điều
    CLAUSE = "clause"  # khoản
    POINT = "point"  # điểm
    SUBPOINT = "subpoint"  # tiết
    ITEM = "item"  # a dash line of a list without letters or numbers
    PARAGRAPH = "paragraph"  # unnumbered text inside a provision
    TABLE = "table"
    QUOTED = "quoted"  # text of another document quoted by an amendment
    APPENDIX = "appendix"  # phụ lục
    SIGNATURE = "signature"  # nơi nhận, chữ ký
    GAP = "gap"  # the source leaves text out here
    REMAINDER = "remainder"  # text the parser could not place


@dataclass(frozen=True, slots=True)
class Provision:
    """A node of the tree. Children follow one another without holes up to `end`."""

    level: Level
    label: str  # "6", "2", "đ", "II"; "" where the text gives none
    heading: str  # "" where the text gives none
    id: str  # unique in the document: "dieu-6.khoan-2.diem-b"
    start: int
    end: int  # exclusive; covers the children
    children: tuple[Provision, ...] = ()

    @property
    def own_end(self) -> int:
        """Where the node's own text ends and its first child begins."""
        return self.children[0].start if self.children else self.end

    def walk(self) -> Iterator[Provision]:
        """Yield this node and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


class Status(StrEnum):
    """Validity of a document, as stated by its metadata; values are shown to readers."""

    IN_FORCE = "còn hiệu lực"
    PARTLY_IN_FORCE = "hết hiệu lực một phần"
    NOT_YET = "chưa có hiệu lực"
    EXPIRED = "hết hiệu lực"


@dataclass(frozen=True, slots=True)
class Metadata:
    """Facts about a document. `None` and "" mean unknown, and stay unknown."""

    number: str  # "137/2024/NĐ-CP"; a name ("Bộ luật Hình sự") where there is no number
    kind: str = ""  # "Nghị định"
    title: str = ""
    issuer: str = ""
    issued: date | None = None
    effective: date | None = None
    status: Status | None = None
    amended_by: tuple[str, ...] = ()
    article_count: int | None = None  # of the official text, which may have more than is loaded
    source_name: str = ""  # file name the text was read from
    source_sha256: str = ""
    notes: tuple[str, ...] = ()  # what a reader must know about this copy, in Vietnamese
    ocr: bool = False  # the text was read from a picture

    @property
    def name(self) -> str:
        """How a document is called: kind and number, or its name."""
        if not self.kind or self.number.casefold().startswith(self.kind.casefold()):
            return self.number
        return f"{self.kind} {self.number}"


@dataclass(frozen=True, slots=True)
class Gap:
    """A place where the source leaves text out."""

    start: int
    end: int
    parent: str  # id of the provision it lies in; "" directly under the document
    before: str  # id of the provision that precedes it among its siblings; "" if none
    after: str  # id of the provision that follows it among its siblings; "" if none


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed document. Its own texts, in reading order, join to `text` exactly."""

    id: str  # "137-2024-nd-cp"
    metadata: Metadata
    text: str
    children: tuple[Provision, ...]
    by_id: dict[str, Provision] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the provisions by id."""
        table = {node.id: node for node in self.walk()}
        object.__setattr__(self, "by_id", table)

    def walk(self) -> Iterator[Provision]:
        """Yield every provision in reading order."""
        for child in self.children:
            yield from child.walk()

    def own_text(self, provision: Provision) -> str:
        """Return the text of the node itself, line ends included, without its children."""
        return self.text[provision.start : provision.own_end]

    def full_text(self, provision: Provision) -> str:
        """Return the text of the node and all below it."""
        return self.text[provision.start : provision.end]


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in a document, as people cite it. Unset parts are `None`."""

    article: str | None = None  # "6", "6a"
    clause: str | None = None  # "2"
    point: str | None = None  # "b", "đ"
    appendix: str | None = None  # "I"; "" where the appendix has no number
    document: str | None = None  # number ("137/2024/NĐ-CP") or, without one, name
    kind: str | None = None  # "Nghị định"; None where the document is cited by name
    annex: str | None = None  # "Quy chế": regulation issued with the document, own Điều 1, 2 …


@dataclass(frozen=True, slots=True)
class Clause:
    """The retrieval unit: a khoản; an article without khoản; a điểm of a long khoản.

    `passage` is what is embedded and indexed, with context; `quote` is what is shown,
    exact words only. They never stand in for each other.
    """

    document_id: str
    provision_id: str
    citation: Citation
    heading: str  # of the article; "" where the text gives none
    quote: str  # exactly `document.text[start:end]`
    start: int
    end: int
    passage: str
    complete: bool  # False where the source leaves text out inside the provision
    questions: tuple[str, ...] = ()  # example questions written for this provision
    answering: tuple[str, ...] = ()  # the words of `quote` that answer each; "" if not said
    # Questions that the whole document is known not to answer; its first clause keeps them.
    unanswered: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """Identity that travels with a hit: document id and provision id."""
        return self.document_id, self.provision_id
