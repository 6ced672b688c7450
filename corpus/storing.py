"""The folder of the library: texts by checksum, the list of documents, clauses found before.

Layout of the folder:

    library.json          a copy of the list, read when there is no index that encloses it
    texts/<sha256>.txt    the text of a document, or example questions; never changed once written
    clauses/<digest>.json what a text was split into; made again whenever it is missing

A text is stored under its checksum, so writing one never touches what another list names: a
load that is cut short leaves files nobody reads, and the next one removes them.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from corpus import listing as listings
from corpus.errors import LibraryError
from corpus.listing import Entry, Listing
from corpus.model import Citation, Clause

_AGAIN = "load the document again from its official file"


class Store:
    """The folder; it need not exist before something is written."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._texts = folder / "texts"
        self._clauses = folder / "clauses"

    def text(self, checksum: str) -> str:
        """Return a stored text.

        Raises:
            LibraryError: It is missing, or was changed by hand.
        """
        path = self._texts / f"{checksum}.txt"
        try:
            data = path.read_bytes()
        except OSError as error:
            raise LibraryError(f"{path} cannot be read: {error.strerror}; {_AGAIN}") from error
        found = hashlib.sha256(data).hexdigest()
        if found != checksum:
            raise LibraryError(
                f"{path} has checksum {found[:12]}, expected {checksum[:12]}: "
                f"the file was changed; {_AGAIN}"
            )
        return data.decode("utf-8")

    def add_text(self, text: str) -> str:
        """Store a text, on the disk when this returns; return its checksum."""
        data = text.encode("utf-8")
        checksum = hashlib.sha256(data).hexdigest()
        self._write(self._texts / f"{checksum}.txt", data, durable=True)
        return checksum

    def listing(self) -> Listing:
        """Return the copy of the list; empty where there is none, raises LibraryError."""
        try:
            return Listing.from_bytes((self._folder / listings.NAME).read_bytes())
        except FileNotFoundError:
            return Listing()
        except OSError as error:
            raise LibraryError(f"{self._folder} cannot be read: {error.strerror}") from error

    def set_listing(self, listing: Listing) -> None:
        """Replace the copy of the list in one step."""
        self._write(self._folder / listings.NAME, listing.to_bytes(), durable=True)

    def clauses(self, entry: Entry) -> tuple[Clause, ...] | None:
        """Return the clauses remembered for a document; `None` where there are none."""
        try:
            rows = json.loads((self._clauses / _clauses_name(entry)).read_bytes())
            return tuple(_clause_from(row) for row in rows)
        except (OSError, ValueError, TypeError, KeyError):
            return None  # never written, or cut short: they are found again in the text

    def remember(self, entry: Entry, clauses: Sequence[Clause]) -> None:
        """Keep clauses for the next start; where that fails they are found again each time."""
        rows = [_clause_row(clause) for clause in clauses]
        content = json.dumps(rows, ensure_ascii=False).encode("utf-8")
        try:
            self._write(self._clauses / _clauses_name(entry), content, durable=False)
        except LibraryError:
            return

    def sweep(self, kept: Iterable[Listing]) -> None:
        """Remove what none of the lists names. No load may be under way."""
        lists = tuple(kept)
        entries = [entry for one in lists for entry in (*one.entries, *one.earlier)]
        checksums = [entry.text_sha256 for entry in entries]
        checksums += [checksum for listing in lists for checksum in listing.questions.values()]
        texts = {f"{checksum}.txt" for checksum in checksums}
        remembered = {_clauses_name(entry) for entry in entries}
        for folder, names in ((self._texts, texts), (self._clauses, remembered)):
            for path in folder.glob("*"):
                if path.name not in names:
                    path.unlink(missing_ok=True)

    def _write(self, path: Path, content: bytes, *, durable: bool) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor, aside = tempfile.mkstemp(dir=path.parent)
            try:
                with os.fdopen(descriptor, "wb") as stream:
                    stream.write(content)
                    stream.flush()
                    if durable:
                        os.fsync(stream.fileno())
                Path(aside).replace(path)
            except BaseException:
                Path(aside).unlink(missing_ok=True)
                raise
            if durable:
                _sync_folder(path.parent)
        except OSError as error:
            raise LibraryError(
                f"{path} cannot be written: {error.strerror or error}; the folder must be "
                "writable and have room (setting data_dir); the library is as it was"
            ) from error


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _clause_row(clause: Clause) -> dict[str, object]:
    row = asdict(clause)
    for name in ("questions", "answering", "unanswered"):  # not found in the text
        del row[name]
    if clause.passage.endswith(clause.quote):
        row["quote"] = len(clause.quote)  # not written twice
    return row


def _clause_from(row: dict[str, Any]) -> Clause:
    passage, quote = row["passage"], row["quote"]
    row["citation"] = Citation(**row["citation"])
    row["quote"] = passage[len(passage) - quote :] if isinstance(quote, int) else quote
    return Clause(**row)


def _clauses_name(entry: Entry) -> str:
    """Return a name that changes with the text, the facts, and the code that splits it."""
    facts = (entry.text_sha256, entry.metadata.number, entry.metadata.kind, entry.metadata.title)
    parts = "\0".join((_code_digest(), *facts))
    return hashlib.sha256(parts.encode("utf-8")).hexdigest()[:32] + ".json"


@cache
def _code_digest() -> str:
    """Return a digest of this package: another version may split a text in another way."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
