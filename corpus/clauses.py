"""From a document to its clauses, the units that are searched and quoted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.model import Citation, Clause, Document, Level, Provision

LONG_CLAUSE_CHARS = 1800  # beyond this a clause overflows the encoder's window of 512 tokens
LONG_LEAD_IN_CHARS = 500  # of a lead-in; more would leave the clause itself too little of that
_PARTS = (Level.CLAUSE, Level.POINT, Level.SUBPOINT, Level.ITEM)  # what words lead to
_WORD = re.compile(r"\w")
_LABEL_ALONE = re.compile(r"\s*(?:\d{1,3}[a-zđ]?\s*[.)]|[a-zđ]\s*\))[ \t]*\n")


def clauses_of(document: Document) -> tuple[Clause, ...]:
    """Return the clauses, without example questions (`corpus.questions` adds them)."""
    return tuple(clause for clause in _clauses(document) if clause.quote)


def quote_bounds(document: Document, provision: Provision) -> tuple[int, int]:
    """Return where the quotation of a provision starts and ends.

    White space around it, a label alone on its line, and a gap at its end are not quoted.
    """
    text = document.text
    start, end = provision.start, provision.end
    last = provision
    while last.children:
        last = last.children[-1]
        if last.level is Level.GAP:
            end = last.start
            break
    if alone := _LABEL_ALONE.match(text, start, end):
        start = alone.end()
    return _trimmed(text, start, end)


def body_bounds(document: Document, provision: Provision) -> tuple[int, int]:
    """Return the bounds of the quotation less the head of an article, which is shown apart."""
    start, end = quote_bounds(document, provision)
    if provision.level in (Level.ARTICLE, Level.APPENDIX) and provision.heading:
        line_end = document.text.find("\n", start)
        if start < line_end < end and provision.heading in document.text[start:line_end]:
            start = line_end + 1
    return start, end


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def is_complete(provision: Provision) -> bool:
    """Whether the source leaves nothing out inside the provision."""
    return all(node.level is not Level.GAP for node in provision.walk())


def citation_of(document: Document, provision: Provision) -> Citation:
    """Return the citation of an article, clause or point (or of what holds it)."""
    labels: dict[Level, str] = {}
    annex: str | None = None
    for node in _path(document.children, provision):
        if node.level in (Level.ARTICLE, Level.CLAUSE, Level.POINT, Level.APPENDIX):
            labels[node.level] = node.label
        if node.level is Level.APPENDIX and node.heading and not node.label:
            annex = node.heading if node.children else None
    if annex is not None:
        labels.pop(Level.APPENDIX, None)
    return Citation(
        article=labels.get(Level.ARTICLE),
        clause=labels.get(Level.CLAUSE),
        point=labels.get(Level.POINT),
        appendix=labels.get(Level.APPENDIX),
        document=document.metadata.number,
        kind=document.metadata.kind or None,
        annex=annex,
    )


def article_of(document: Document, provision: Provision) -> Provision | None:
    """Return the article a provision is or lies in."""
    path = _path(document.children, provision)
    return next((node for node in path if node.level is Level.ARTICLE), None)


def lead_ins(document: Document, provision: Provision) -> list[tuple[int, int]]:
    """Return where the words that lead to a provision are, outermost first.

    "Hội đồng phải gửi quyết định trong 05 ngày cho: 1. …": what an article or a khoản says
    before its parts goes for each of them.
    """
    *above, _ = _path(document.children, provision)
    bounds = [
        _before(document, node, part)
        for node in above
        if node.level in (Level.ARTICLE, Level.CLAUSE, Level.POINT)
        for part in [child for child in node.children if child.level in _PARTS][:1]
    ]
    return [(start, end) for start, end in bounds if start < end]


def _path(nodes: Sequence[Provision], wanted: Provision) -> list[Provision]:
    for node in nodes:
        if node.start <= wanted.start and wanted.end <= node.end:
            if node.id == wanted.id:
                return [node]
            return [node, *_path(node.children, wanted)]
    return []


def _clauses(document: Document) -> Iterator[Clause]:
    for node in document.walk():
        if node.level is Level.ARTICLE:
            yield from _units(document, node, node)
        elif node.level is Level.APPENDIX and not any(
            below.level is Level.ARTICLE for below in node.walk()
        ):
            yield _clause(document, node, node, *body_bounds(document, node))


def _units(document: Document, article: Provision, provision: Provision) -> Iterator[Clause]:
    """Yield a provision; or what it says before its parts, then these."""
    parts = _parts(provision)
    bounds = _before(document, provision, parts[0]) if parts else body_bounds(document, provision)
    yield _clause(document, article, provision, *bounds)
    for part in parts:
        yield from _units(document, article, part)


def _parts(provision: Provision) -> list[Provision]:
    """Return what is a unit of its own in a provision: its khoản, or its points if it is long.

    What stands behind the first of them is no part of it and a unit as well.
    """
    levels = [child.level for child in provision.children]
    level = Level.CLAUSE
    if level not in levels and provision.end - provision.start > LONG_CLAUSE_CHARS:
        level = Level.POINT
    if level not in levels:
        return []
    behind = provision.children[levels.index(level) :]
    return [child for child in behind if child.level is not Level.GAP]


def _before(document: Document, provision: Provision, part: Provision) -> tuple[int, int]:
    """Return where the words of a provision before a part of it are; nowhere where it has none.

    Its label, the heading of an article, and a gap at the end are not quoted.
    """
    end = part.start
    gaps = [
        child.start for child in provision.children if child.end == end and child.level is Level.GAP
    ]
    start, end = _trimmed(document.text, provision.start, min([end, *gaps]))
    head = _head(provision).match(document.text, start, end)
    said = head.end() if head else start
    if not _WORD.search(document.text, said, end):
        return start, start
    return (said if provision.level is Level.ARTICLE else start), end


def _head(provision: Provision) -> re.Pattern[str]:
    """Return what finds the label of a provision and its heading, if it has one."""
    label = re.escape(provision.label)
    heading = r"\s+".join(map(re.escape, provision.heading.split()))
    return re.compile(rf"(?:điều\s+)?{label}\s*[.):]?\s*(?:{heading}\s*:?\s*)?", re.IGNORECASE)


def _clause(
    document: Document, article: Provision, unit: Provision, start: int, end: int
) -> Clause:
    leading = [
        document.text[max(a, b - LONG_LEAD_IN_CHARS) : b] for a, b in lead_ins(document, unit)
    ]
    words = [document.metadata.title, article.heading, *leading, document.text[start:end]]
    return Clause(
        document_id=document.id,
        provision_id=unit.id,
        citation=citation_of(document, unit),
        heading=article.heading,
        quote=document.text[start:end],
        start=start,
        end=end,
        passage="\n".join(word for word in words if word),
        complete=is_complete(unit),
    )
