"""From a document to its clauses, the units that are searched and quoted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from corpus.model import Clause, Document


def clauses_of(
    document: Document, questions: Mapping[str, Sequence[str]] | None = None
) -> tuple[Clause, ...]:
    """Return the clauses; `questions` are example questions by provision id."""
    raise NotImplementedError
