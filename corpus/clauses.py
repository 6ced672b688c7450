"""From a document to its clauses, the units that are searched and quoted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.model import Citation, Clause, Document, Level, Provision

LONG_CLAUSE_CHARS = 1800  # beyond this a clause overflows the encoder's window of 512 tokens
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
            units = [child for child in node.children if child.level is Level.CLAUSE]
            for unit in units or [node]:
                points = [child for child in unit.children if child.level is Level.POINT]
                if points and unit.end - unit.start > LONG_CLAUSE_CHARS:
                    lead_in = document.own_text(unit).strip()
                    for point in points:
                        yield _clause(document, node, point, lead_in)
                else:
                    yield _clause(document, node, unit)
        elif node.level is Level.APPENDIX and not any(
            below.level is Level.ARTICLE for below in node.walk()
        ):
            yield _clause(document, node, node)


def _clause(
    document: Document,
    article: Provision,
    unit: Provision,
    lead_in: str = "",
) -> Clause:
    start, end = quote_bounds(document, unit)
    if unit is article and unit.heading:  # the heading is shown apart
        line_end = document.text.find("\n", start)
        if start < line_end < end and article.heading in document.text[start:line_end]:
            start = line_end + 1
    words = [document.metadata.title, article.heading, lead_in, document.text[start:end]]
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
