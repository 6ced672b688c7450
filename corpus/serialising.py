"""Documents as the documented JSON shape (`parse --json`)."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from corpus.model import Document, Metadata, Provision


def document_to_json(document: Document) -> dict[str, Any]:
    """Return metadata plus `children`; node {"level","label","heading","text","id","children"}.

    `text` is a node's own exact text; in reading order the own texts join to the document's.
    """
    return {
        "id": document.id,
        **metadata_to_json(document.metadata),
        "children": [_node(document, child) for child in document.children],
    }


def metadata_to_json(metadata: Metadata) -> dict[str, Any]:
    """Return the facts about a document; dates as "2024-10-23"."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in asdict(metadata).items()
    }


def provision_to_json(document: Document, provision: Provision) -> dict[str, Any]:
    """Return one provision with all below it."""
    return _node(document, provision)


def _node(document: Document, provision: Provision) -> dict[str, Any]:
    return {
        "level": provision.level.value,
        "label": provision.label,
        "heading": provision.heading,
        "text": document.own_text(provision),
        "id": provision.id,
        "children": [_node(document, child) for child in provision.children],
    }
