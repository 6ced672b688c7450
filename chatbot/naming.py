"""Laws that a question names in words ("Luật Đất đai 2024"), and the question without names."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from chatbot.subjects import subject_syllables
from corpus.citations import find_documents
from corpus.document_names import YEAR_BEHIND
from corpus.errors import UnknownDocumentError
from corpus.library import Library
from corpus.model import Document
from corpus.text import fold, syllables

_KINDS = "Bộ luật|Luật|Pháp lệnh|Nghị định|Thông tư|Nghị quyết|Quyết định"
_JOINS = "và|hay|hoặc|với|cùng|lẫn"
_ENDS = (  # what no name of a law goes on with
    "quy|nói|thì|là|có|được|này|đó|kia|như|ra|bao|gồm|cho|phải|bị|hiện|mới|áp|nào|gì|yêu|khoản|điểm|do|khi|nếu|mà"
    r"|ban(?!\s+hành\s+văn)|điều(?!\s+ước)"  # "Luật Ban hành văn bản …", "Luật Điều ước quốc tế"
    r"|số(?=\s*\d)"
)
_NO_NAME = "sư|pháp|lệ"  # "luật sư nói"
_NO_KIND = r"(?<!\bpháp\s)(?<!\bkỷ\s)(?<!\bkỉ\s)"  # "kỷ luật lao động"
_WORD = rf"(?!(?:{_ENDS}|{_JOINS})(?!\w))[^\W\d_]+"
_JOINED = rf"(?:,|\s+(?:{_JOINS}))\s+(?!(?:{_KINDS}|Hiến pháp)(?!\w))"  # not to another law
_NAMED = re.compile(
    rf"(?<!\w){_NO_KIND}(?:(?P<kind>{_KINDS})\s+"
    rf"(?P<name>(?!(?:{_NO_NAME})(?!\w)){_WORD}(?:(?:\s+|{_JOINED}){_WORD}){{0,9}}{YEAR_BEHIND}?)"
    rf"|(?P<alone>Hiến pháp){YEAR_BEHIND}?)(?!\w)",
    re.IGNORECASE,
)
_LED_BY = re.compile(
    r"(?:(?<!\w)(?:theo|của|trong|tại|thuộc|ở|số|căn\s+cứ(?:\s+vào)?)\s+)+$", re.IGNORECASE
)
_THEN = re.compile(r"^[\s,:;]*(?:thì\s+)?", re.IGNORECASE)
_ABOUT = re.compile(
    r"\s*(?:(?:quy\s+định|sửa(?:\s+đổi)?|hướng\s+dẫn)\s+)*(?:về|quy\s+định|hướng\s+dẫn)\s+",
    re.IGNORECASE,
)
_SYLLABLE = re.compile(r"[^\W\d_]+")
LEAST_OF_TITLE = 2  # subject syllables by which a title is told
MOST_OF_NAME = 0.8  # share of a name's syllables that a title must have


@dataclass(frozen=True, slots=True)
class NamedLaw:
    """A law named in words."""

    start: int
    end: int
    name: str  # "Luật Đất đai 2024"
    document: Document | None  # the loaded document meant; None if none is


def named_laws(question: str, library: Library) -> Iterator[NamedLaw]:
    """Yield the laws named in a question, in reading order.

    Args:
        question: NFC, with its marks.
        library: Its titles and names decide what is loaded.
    """
    for match in _NAMED.finditer(question):
        kind = match["kind"] or match["alone"]
        document = _loaded(kind, match["name"] or "", library)
        if document or _has_names(kind) or not _holds(kind, library):
            yield NamedLaw(match.start(), match.end(), match.group(), document)


def without_names(
    question: str, library: Library, documents: Collection[str], *, wholly: bool = False
) -> str:
    """Return a question less the names of documents, and the words that lead to them.

    "Theo Nghị định 137/2024/NĐ-CP thì ai duyệt" asks "ai duyệt" of that document. "Nghị định này"
    is taken for a name.

    Args:
        question: NFC, with its marks.
        library: Knows which documents are meant.
        documents: Ids of those whose names go.
        wholly: Whether a name goes that may be part of what is asked: "vi phạm Luật An ninh mạng".
    """
    for named in reversed(find_documents(question, library.names)):
        meant = document_named(named.number, named.kind, library) if named.number else None
        if named.number and (meant is None or meant.id not in documents):
            continue
        before = _LED_BY.sub("", question[: named.start])
        behind = question[named.end :]
        is_apart = len(before) < named.start or not before.strip()
        if wholly or is_apart or not named.number or named.number[0].isdigit():
            if meant:
                behind = _without_title(behind, meant.metadata.title)
            question = f"{before}{_THEN.sub(' ', behind)}"
    return " ".join(question.split())


def _without_title(behind: str, title: str) -> str:
    """Return what stands behind a name, less "về …" in words of its title."""
    words, end = set(syllables(fold(title))), 0
    link = _ABOUT.match(behind)
    for word in _SYLLABLE.finditer(behind, link.end()) if link else ():
        if fold(word.group()) not in words:
            break
        end = word.end()
    told = subject_syllables(behind[:end])
    return behind[end:] if len(told) >= LEAST_OF_TITLE else behind


def document_named(number: str, kind: str | None, library: Library) -> Document | None:
    """Return the loaded document of a number or name; `None` if none is, or more than one fits."""
    try:
        return library.find(number, kind)
    except UnknownDocumentError:
        return None


def _has_names(kind: str) -> bool:
    """Tell whether laws of a kind are called by name; "nghị định của Chính phủ" names none."""
    return fold(kind) in ("luat", "bo luat", "phap lenh", "hien phap")


def _holds(kind: str, library: Library) -> bool:
    return any(fold(one.metadata.kind) == fold(kind) for one in library.documents.values())


def _loaded(kind: str, name: str, library: Library) -> Document | None:
    wanted = {word for word in syllables(fold(name)) if not word.isdigit()} - {"ve", "nam"}
    for document in library.documents.values():
        facts = document.metadata
        title = set(syllables(fold(f"{facts.kind} {facts.number} {facts.title}")))
        same_kind = set(syllables(fold(kind))) <= title
        if name and not wanted:
            return None  # a year names no law
        if same_kind and len(wanted & title) >= MOST_OF_NAME * len(wanted):
            return document
    return None
