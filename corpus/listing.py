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

from corpus.errors import InputError, LibraryError
from corpus.identifiers import document_id, version_id
from corpus.model import Metadata, Status
from corpus.serialising import metadata_to_json

FORMAT = 1
NAME = "library.json"  # name of the file the list is kept in


@dataclass(frozen=True, slots=True)
class Entry:
    """One loaded document: its facts, and the checksum its text is stored under."""

    metadata: Metadata
    text_sha256: str  # of the text in UTF-8
    replaced: date | None = None  # the day another text of the same number took its place

    @property
    def document_id(self) -> str:
        """The id of the document this is a text of."""
        return document_id(self.metadata.number)

    @property
    def id(self) -> str:
        """The id this text is reached under: an earlier one has its own."""
        if self.replaced is None:
            return self.document_id
        return version_id(self.document_id, self.text_sha256)


@dataclass(frozen=True, slots=True)
class Listing:
    """What is loaded besides the shipped decree. Never changes; `with_…` return another one."""

    entries: tuple[Entry, ...] = ()  # by rising id
    removed: frozenset[str] = frozenset()  # ids of shipped documents the operator removed
    # What example questions an operator added are stored under, by document id.
    questions: Mapping[str, str] = field(default_factory=dict)
    earlier: tuple[Entry, ...] = ()  # texts that were replaced, the latest first

    def with_entries(
        self, entries: Iterable[Entry], *, keep: Iterable[str] = (), day: date | None = None
    ) -> Listing:
        """Return a list in which `entries` stand in for those of the same ids.

        Args:
            entries: A text that is an earlier one now becomes the current one again.
            keep: Ids of documents whose replaced text is kept as an earlier one.
            day: When that was; needed where something is kept.
        """
        added = tuple(entries)
        table = {entry.id: entry for entry in (*self.entries, *added)}
        kept = set(keep)
        current = {(entry.id, entry.text_sha256) for entry in table.values()}
        left = [
            # Whether it is in force is said of the document, which goes on with another text.
            Entry(replace(entry.metadata, status=None), entry.text_sha256, day)
            for entry in self.entries
            if entry.id in kept and (entry.id, entry.text_sha256) not in current
        ]
        left += [
            entry for entry in self.earlier if (entry.document_id, entry.text_sha256) not in current
        ]
        return replace(
            self,
            entries=tuple(table[key] for key in sorted(table)),
            removed=self.removed - set(table),
            earlier=tuple(left),
        )

    def without(self, document_id: str, *, shipped: bool = False) -> Listing:
        """Return a list without a document and its earlier texts.

        Args:
            document_id: Which.
            shipped: It comes with the product, and stays away from now on.
        """
        return Listing(
            entries=tuple(entry for entry in self.entries if entry.id != document_id),
            removed=self.removed | {document_id} if shipped else self.removed,
            questions={key: value for key, value in self.questions.items() if key != document_id},
            earlier=tuple(entry for entry in self.earlier if entry.document_id != document_id),
        )

    def without_earlier(self, version_id: str) -> Listing:
        """Return a list without one earlier text."""
        return replace(
            self, earlier=tuple(entry for entry in self.earlier if entry.id != version_id)
        )

    def with_questions(self, document_id: str, checksum: str | None) -> Listing:
        """Return a list with other questions of a document; `None` leaves it without any."""
        asked = {**self.questions, document_id: checksum}
        return replace(self, questions={key: value for key, value in asked.items() if value})

    def to_bytes(self) -> bytes:
        """Return the list as a file."""
        value = {
            "format": FORMAT,
            "documents": [_entry_to_json(entry) for entry in self.entries],
            "removed": sorted(self.removed),
            "questions": dict(sorted(self.questions.items())),
            "earlier": [
                {"replaced": str(entry.replaced), **_entry_to_json(entry)} for entry in self.earlier
            ],
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
            return cls(
                entries=tuple(map(_entry_from, value["documents"])),
                removed=frozenset(value["removed"]),
                questions=dict(value.get("questions", {})),
                earlier=tuple(map(_entry_from, value.get("earlier", ()))),
            )
        except (InputError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise LibraryError(f"the list of documents cannot be read: {error!r}") from error


def _entry_to_json(entry: Entry) -> dict[str, Any]:
    return {"text_sha256": entry.text_sha256, **metadata_to_json(entry.metadata)}


def _entry_from(facts: Mapping[str, Any]) -> Entry:
    own = dict(facts)
    checksum, replaced = own.pop("text_sha256"), own.pop("replaced", None)
    return Entry(metadata_from(own), checksum, date.fromisoformat(replaced) if replaced else None)


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
