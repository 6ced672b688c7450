"""Citation look-up: a question that names a provision is answered from the tree, not by search.

Needs the library alone: no model, no index.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from chatbot.amounts import asked_amount
from chatbot.answers import Turn
from chatbot.naming import NamedLaw, document_named, named_laws
from chatbot.relative_places import (
    InnerPart,
    holder_of,
    inner_item,
    inner_part,
    parts_of,
    with_labels,
)
from chatbot.subjects import subject_syllables
from corpus.citations import FoundCitation, find_citations, print_citation
from corpus.clauses import article_of, citation_of
from corpus.gaps import gap_for
from corpus.identifiers import label_number, provision_id
from corpus.library import Library
from corpus.model import Citation, Document, Level, Provision


class Finding(StrEnum):
    """What a cited place turned out to be."""

    PRESENT = "present"
    ABSENT = "absent"  # the document is loaded, the provision does not exist in it
    OMITTED = "omitted"  # the source leaves the provision out
    NOT_LOADED = "not_loaded"  # the document is not in the library


@dataclass(frozen=True, slots=True)
class LookedUp:
    """One citation of a question, looked up."""

    finding: Finding
    citation: Citation  # completed with article and document where the context gives them
    document: Document | None = None
    provision: Provision | None = None  # set when present


@dataclass(frozen=True, slots=True)
class Cited:
    """What a question cites, and what it asks besides."""

    places: tuple[LookedUp, ...] = ()
    documents: tuple[str, ...] = ()  # ids of loaded documents named without a provision
    rest: str = ""  # the question without its citations
    beside: str = ""  # what is asked, where all places are named in passing; see `in_passing`

    @property
    def asks_more(self) -> bool:
        """Whether words remain that a provision's own text may answer."""
        return bool(subject_syllables(self.rest))

    @property
    def asks_something(self) -> bool:
        """Whether those words may make a question of their own: "đòi gì" and slips do not."""
        many = len(subject_syllables(self.rest)) > MOST_OF_NOTHING
        return many or asked_amount(self.rest) is not None


MOST_STRANGE = 1  # subject syllables beside a lone "khoản 4" that its article does not have
MOST_OF_NOTHING = 2  # subject syllables beside a citation that make no question
# All that stands between what was said and what is meant instead; not "nhầm với", "nhầm lẫn".
_SLIP = re.compile(
    r"[\s,;.\u2013-]*(?:(?:à|ủa|ý|ờ|xin lỗi|quên)[\s,]+)*(?:nhầm|lộn)(?:\s+rồi)?[\s,:;.\u2013-]+"
    r"(?:(?:ý|tôi|mình|em|là|phải|xem|cho)\s+)*",
    re.IGNORECASE,
)
_SAID_THERE = re.compile(r"(?:theo\s+)?quy\s+định\s+tại(?:\s+các)?\s*$", re.IGNORECASE)
_IN_PASSING = re.compile(
    rf"(?:(?:ngoại\s+)?(?<!\w)(?:trừ|ngoài)\s[^,;.?!]*|{_SAID_THERE.pattern})$", re.IGNORECASE
)
_THEN = re.compile(r"^[\s,]*(?:thì\s+)?", re.IGNORECASE)
_LINKS = re.compile(r"\s*,?\s*(?:(?:của|trong|tại|thuộc|theo)\s+)?")
_BEHIND = re.compile(r"[\s,:;–-]*(?:từ\s+)?")  # between a citation and what completes it
_LINKS_BEFORE = re.compile(r"[\s,:;–-]*(?:(?:thì|quy\s+định|tại|ở|trong|có)\s+)*")


def look_up(
    question: str,
    library: Library,
    history: Sequence[Turn] = (),
    document_id: str | None = None,
) -> Cited:
    """Return what the question cites; nothing when it cites no provision that can be placed.

    Args:
        question: NFC, with its marks.
        library: Where to look.
        history: Earlier turns; "còn điểm b?" is read in the place last answered.
        document_id: Look in this document only.
    """
    last = next((turn for turn in reversed(history) if turn.document_id and turn.provision), None)
    lasting = library.documents.get(last.document_id or "") if last else None
    place = (last.provision if last else None) or ""
    if lasting:
        question = with_labels(question, lasting, place)
    found = find_citations(question, library.names, weak=True)
    if not history and subject_syllables(without(question, found)):
        found = find_citations(question, library.names)
    found = _completed_behind(question, _corrected(question, found))
    cited = [citation for one in found for citation in one.citations]
    named = next((citation for citation in cited if citation.document), None)
    by_name = _named_beside(question, found, library)
    rest = without(question, [*found, by_name] if by_name else found)
    results: list[LookedUp] = []
    for citation in _with_articles([one for one in cited if _has_place(one)]):
        if named and not citation.document:
            citation = replace(citation, document=named.document, kind=named.kind)
        if by_name and not citation.document:
            if by_name.document is None:
                results.append(
                    LookedUp(Finding.NOT_LOADED, replace(citation, document=by_name.name))
                )
                continue
            citation = replace(citation, document=by_name.document.id)
        results += _look_up_one(citation, rest, library, document_id, last)
    documents: list[str] = []
    if named and not any(map(_has_place, cited)):
        document = document_named(named.document or "", named.kind, library)
        if document is None:
            results.append(LookedUp(Finding.NOT_LOADED, named))
        else:
            documents.append(document.id)
    for inner_of in (inner_part, inner_item):
        if lasting and not results and not found and (inner := inner_of(question)):
            holder = holder_of(lasting, place, inner.level)
            results = [place_at(lasting, holder)] if holder else []
    for inner_of in (inner_part, inner_item):
        inner = inner_of(rest)
        if inner and (narrowed := [part for one in results for part in _narrowed(one, inner)]):
            if narrowed != results:
                rest = f"{rest[: inner.start]} {rest[inner.end :]}".strip()
            results = narrowed
    passing = bool(found) and all(in_passing(question, one) for one in found)
    beside = _beside(question, found) if passing else ""
    return Cited(tuple(_as_whole(results)), tuple(documents), rest, beside)


def _beside(question: str, found: Iterable[FoundCitation]) -> str:
    """Return a question without places and the words that name them in passing."""
    for one in sorted(found, key=lambda one: one.start, reverse=True):
        before = _IN_PASSING.sub("", question[: one.start])
        question = f"{before} {_THEN.sub('', question[one.end :])}"
    return _THEN.sub("", question)


def in_passing(question: str, found: FoundCitation) -> bool:
    """Return whether a place is named as a part of what is asked, which is answered elsewhere.

    "Trừ trường hợp quy định tại Điều 142 thì bị phạt thế nào"; not "theo quy định tại Điều 142
    thì ...", which asks of that place.
    """
    before = question[: found.start]
    said = _SAID_THERE.search(before)
    return said is not None and bool(before[: said.start()].strip())


def _as_whole(places: Sequence[LookedUp]) -> Sequence[LookedUp]:
    """Return the provision that the places are all parts of, if they are all it has."""
    document, first = (places[0].document, places[0].provision) if places else (None, None)
    if document is None or first is None or len(places) < 2:
        return places
    if any(one.document is not document for one in places):
        return places
    parent = document.by_id.get(first.id.rpartition(".")[0])
    named = {one.provision.id for one in places if one.provision}
    if parent is None or named != {child.id for child in parent.children}:
        return places
    return [place_at(document, parent)]


def place_at(document: Document, provision: Provision) -> LookedUp:
    """Return a provision that is there as if it had been cited."""
    return LookedUp(Finding.PRESENT, citation_of(document, provision), document, provision)


def _narrowed(place: LookedUp, inner: InnerPart) -> list[LookedUp]:
    """Return what is meant inside a place; the place itself where it has no such part.

    The citation of a dash line is its provision's.
    """
    if place.document is None or place.provision is None:
        return [place]
    parts = parts_of(place.document, place.provision, inner)
    if inner.level is Level.ITEM:
        return [replace(place, provision=part) for part in parts] or [place]
    return [place_at(place.document, part) for part in parts] or [place]


def _look_up_one(
    citation: Citation, rest: str, library: Library, document_id: str | None, last: Turn | None
) -> list[LookedUp]:
    """Return where the citation leads: one place, or one per document that has it.

    `rest` is the question without its citations.
    """
    if citation.document:
        document = document_named(citation.document, citation.kind, library)
        if document is None or (document_id and document.id != document_id):
            return [LookedUp(Finding.NOT_LOADED, citation)] if document is None else []
        return _placed(citation, document, last)
    candidates = _candidates(library, document_id, last)
    if last is None and citation.article is None and len(candidates) == 1:
        citation = _with_only_place(citation, rest, candidates[0])
    placed = [one for document in candidates for one in _placed(citation, document, last)]
    present = [one for one in placed if one.finding is Finding.PRESENT]
    return present or placed[:1]


def _with_only_place(citation: Citation, rest: str, document: Document) -> Citation:
    """Complete "điểm g" or "khoản 4" where the document has one such provision only.

    Not where the rest of the question is about something else ("khoản 4 hợp đồng thuê nhà").
    """
    level = Level.POINT if citation.point else Level.CLAUSE
    tail = provision_id(replace(citation, article="0")).removeprefix("dieu-0.")
    found = [
        node
        for node in document.walk()
        if node.level is level and f".{node.id}".endswith(f".{tail}")
    ]
    article = article_of(document, found[0]) if len(found) == 1 else None
    if article is None:
        return citation
    there = subject_syllables(document.text[article.start : article.end])
    if len(set(subject_syllables(rest)) - set(there)) > MOST_STRANGE:
        return citation
    only = citation_of(document, found[0])
    return replace(citation, article=only.article, clause=only.clause)


def _candidates(library: Library, document_id: str | None, last: Turn | None) -> list[Document]:
    """Return the documents an unnamed citation may mean, likeliest first."""
    if document_id:
        return [library.documents[document_id]]
    lasting = library.documents.get(last.document_id or "") if last else None
    if lasting:
        return [lasting]
    return list(library.documents.values())


def _placed(citation: Citation, document: Document, last: Turn | None) -> list[LookedUp]:
    full = _completed(citation, document, last)
    if full.article is None and full.appendix is None:
        return []
    full = replace(full, document=document.metadata.number, kind=document.metadata.kind or None)
    return [_place(full, document)]


def children_labels(document: Document, citation: Citation) -> tuple[str, list[str]]:
    """Return the nearest present provision above a citation, and what it holds.

    For "khoản 9 Điều 6": ("Điều 6", ["khoản 1", "khoản 2", …]). For an absent article: ("",
    its articles).
    """
    above = [
        Citation(article=citation.article, clause=citation.clause),
        Citation(article=citation.article),
    ]
    for place in above:
        node = document.by_id.get(provision_id(place)) if place.article else None
        if node is not None and provision_id(place) != provision_id(citation):
            names = {Level.CLAUSE: "khoản", Level.POINT: "điểm"}
            held = [
                f"{names[child.level]} {child.label}"
                for child in node.children
                if child.level in names
            ]
            return print_citation(place), held
    articles = [f"Điều {node.label}" for node in document.walk() if node.level is Level.ARTICLE]
    return "", articles


def _named_beside(
    question: str, found: Sequence[FoundCitation], library: Library
) -> NamedLaw | None:
    """Return the law named in words beside a citation: "Điều 5 của Luật Đất đai"."""
    cited = [one for one in found if any(_has_place(citation) for citation in one.citations)]
    for law in named_laws(question, library):
        behind = (question[one.end : law.start] for one in cited if one.end <= law.start)
        before = (question[law.end : one.start] for one in cited if law.end <= one.start)
        if any(map(_LINKS.fullmatch, behind)) or any(map(_LINKS_BEFORE.fullmatch, before)):
            return law
    return None


def _has_place(citation: Citation) -> bool:
    return bool(citation.article or citation.clause or citation.point)


def _with_articles(cited: Sequence[Citation]) -> list[Citation]:
    """Give "khoản 2 và khoản 4 Điều 6" its article twice: the next one's, else the one before."""
    completed: list[Citation] = []
    for number, citation in enumerate(cited):
        around = [*cited[number + 1 :], *reversed(cited[:number])]
        lender = next((one for one in around if one.article), None)
        completed.append(_below(citation, lender) if lender else citation)
    return completed


def _below(citation: Citation, lender: Citation) -> Citation:
    """Fill in the article, and the clause of a point, that a citation leaves out."""
    if citation.article:
        return citation
    clause = citation.clause or (lender.clause if citation.point else None)
    return replace(citation, article=lender.article, clause=clause)


def _completed(citation: Citation, document: Document, last: Turn | None) -> Citation:
    """Fill the parts a follow-up leaves out from the place answered last."""
    if last is None or last.document_id != document.id:
        return citation
    steps = dict(part.split("-", 1) for part in (last.provision or "").split(".") if "-" in part)
    return _below(citation, Citation(article=steps.get("dieu"), clause=steps.get("khoan")))


def _place(citation: Citation, document: Document) -> LookedUp:
    provision = document.by_id.get(provision_id(citation))
    if provision is not None:
        return LookedUp(Finding.PRESENT, citation, document, provision)
    if gap_for(document, citation) is not None and _exists_officially(citation, document):
        return LookedUp(Finding.OMITTED, citation, document)
    return LookedUp(Finding.ABSENT, citation, document)


def _exists_officially(citation: Citation, document: Document) -> bool:
    count = document.metadata.article_count
    number = label_number(citation.article or "")
    return count is None or not number or number <= count


def _completed_behind(question: str, found: Sequence[FoundCitation]) -> list[FoundCitation]:
    """Join "khoản 2 Điều 6 nghị định 137" and "điểm a" behind it to one citation."""
    joined: list[FoundCitation] = []
    for one in found:
        before = joined[-1] if joined else None
        if (
            before
            and len(before.citations) == 1
            and _BEHIND.fullmatch(question, before.end, one.start)
            and all(_goes_on(before.citations[0], citation) for citation in one.citations)
        ):
            whole = before.citations[0]
            parts = tuple(
                replace(whole, clause=whole.clause or part.clause, point=part.point)
                for part in one.citations
            )
            joined[-1] = FoundCitation(before.start, one.end, parts, before.relative)
        else:
            joined.append(one)
    return joined


def _corrected(question: str, found: Sequence[FoundCitation]) -> list[FoundCitation]:
    """Join "khoản 1 Điều 6, à nhầm, khoản 2" to one citation, of what is meant: khoản 2 Điều 6."""
    kept: list[FoundCitation] = []
    for one in found:
        before = kept[-1] if kept else None
        if before and _SLIP.fullmatch(question, before.end, one.start):
            said = before.citations[-1]
            meant = tuple(
                part
                if part.document
                else replace(_below(part, said), document=said.document, kind=said.kind)
                for part in one.citations
            )
            kept[-1] = FoundCitation(before.start, one.end, meant, one.relative)
        else:
            kept.append(one)
    return kept


def _goes_on(whole: Citation, part: Citation) -> bool:
    """Tell whether a citation names only levels below another, which names none of them."""
    if not whole.article or part.article or part.document or whole.point:
        return False
    return bool(part.clause) != bool(whole.clause) and bool(part.clause or part.point)


def without(text: str, parts: Iterable[FoundCitation | NamedLaw]) -> str:
    """Return a text less some parts of it."""
    pieces, done = [], 0
    for part in sorted(parts, key=lambda part: part.start):
        pieces.append(text[done : part.start])
        done = max(done, part.end)
    return " ".join(" ".join([*pieces, text[done:]]).split())
