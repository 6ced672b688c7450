"""The list of the loaded documents: what is in the library, and the facts about each.

The list is what a load replaces; the texts it names by checksum are only ever added. It travels
inside the saved index (`index.store`), so that both become current in one step.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from corpus.errors import LibraryError
from corpus.identifiers import document_id
from corpus.model import Metadata, Status
from corpus.serialising import metadata_to_json

FORMAT = 1
NAME = "library.json"  # name of the file the list is kept in


@dataclass(frozen=True, slots=True)
class Entry:
    """One loaded document: its facts, and the checksum its text is stored under."""

    metadata: Metadata
    text_sha256: str  # of the text in UTF-8

    @property
    def id(self) -> str:
        """The document's id."""
        return document_id(self.metadata.number)


@dataclass(frozen=True, slots=True)
class Listing:
    """What is loaded besides the shipped decree. Never changes; `with_…` return another one."""

    entries: tuple[Entry, ...] = ()  # by rising id
    removed: frozenset[str] = frozenset()  # ids of shipped documents the operator removed
    # What example questions an operator added are stored under, by document id.
    questions: Mapping[str, str] = field(default_factory=dict)

    def with_entries(self, entries: Iterable[Entry]) -> Listing:
        """Return a list in which `entries` stand in for those of the same ids."""
        table = {entry.id: entry for entry in (*self.entries, *entries)}
        kept = tuple(table[key] for key in sorted(table))
        return replace(self, entries=kept, removed=self.removed - set(table))

    def without(self, document_id: str, *, shipped: bool = False) -> Listing:
        """Return a list without a document; `shipped` says that it comes with the product."""
        kept = tuple(entry for entry in self.entries if entry.id != document_id)
        removed = self.removed | {document_id} if shipped else self.removed
        asked = {key: value for key, value in self.questions.items() if key != document_id}
        return Listing(kept, removed, asked)

    def with_questions(self, document_id: str, checksum: str | None) -> Listing:
        """Return a list with other questions of a document; `None` leaves it without any."""
        asked = {**self.questions, document_id: checksum}
        return replace(self, questions={key: value for key, value in asked.items() if value})

    def to_bytes(self) -> bytes:
        """Return the list as a file."""
        value = {
            "format": FORMAT,
            "documents": [
                {"text_sha256": entry.text_sha256, **metadata_to_json(entry.metadata)}
                for entry in self.entries
            ],
            "removed": sorted(self.removed),
            "questions": dict(sorted(self.questions.items())),
        }
        return json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8")

    @classmethod
    def from_bytes(cls, content: bytes) -> Listing:
        """Read what `to_bytes` wrote; raises LibraryError where it cannot be read."""
        try:
            value = json.loads(content)
            if value["format"] != FORMAT:
                raise LibraryError(
                    f"the list of documents has format {value['format']!r}, expected {FORMAT}; "
                    "it was written by another version of this program"
                )
            entries = []
            for facts in value["documents"]:
                checksum = facts.pop("text_sha256")
                entries.append(Entry(metadata_from(facts), checksum))
            return cls(
                tuple(entries), frozenset(value["removed"]), dict(value.get("questions", {}))
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise LibraryError(f"the list of documents cannot be read: {error!r}") from error


def metadata_from(facts: Mapping[str, Any]) -> Metadata:
    """Build metadata from a table of TOML or JSON.

    Raises:
        InputError: The number has no letter or digit.
        ValueError: A date or status is none.
        KeyError: There is no number.
        TypeError: There is a fact of an unknown name.
    """
    values = dict(facts)
    for name in ("issued", "effective"):
        if isinstance(values.get(name), str):
            values[name] = date.fromisoformat(values[name])
    for name in ("amended_by", "notes"):
        values[name] = tuple(values.get(name, ()))
    if values.get("status"):
        values["status"] = Status(values["status"])
    document_id(values["number"])
    return Metadata(**values)
