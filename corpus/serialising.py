"""Documents as the documented JSON shape (`parse --json`)."""

from __future__ import annotations

from typing import Any

from corpus.model import Document


def document_to_json(document: Document) -> dict[str, Any]:
    """Return metadata plus `children`; node {"level","label","heading","text","id","children"}."""
    raise NotImplementedError
