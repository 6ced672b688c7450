"""Loading, replacing and removing documents: from files to a library that is searched."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from chatbot.assembly import Assembly
from corpus.checking import ParseReport, check
from corpus.comparing import Comparison, compare
from corpus.errors import InputError, LibraryError, ParseError
from corpus.header import read_header
from corpus.identifiers import slug
from corpus.library import SHIPPED
from corpus.listing import Entry
from corpus.model import Document, Metadata, Status
from corpus.parsing import parse
from corpus.readers import read_source
from corpus.text import nfc, one_line
from index.search import Progress

PageProgress = Callable[[str, int, int], None]  # file name, page done, pages
AMENDED = "sửa đổi bởi"


@dataclass(frozen=True, slots=True)
class Facts:
    """What an operator states about a document; `None` and () leave what its text states."""

    number: str | None = None
    title: str | None = None
    status: Status | None = None
    amended_by: tuple[str, ...] = ()

    def applied_to(self, metadata: Metadata) -> Metadata:
        """Return metadata with these facts; raises TextError where one is no text."""
        added = map(one_line, self.amended_by)
        return replace(
            metadata,
            number=metadata.number if self.number is None else one_line(self.number),
            title=metadata.title if self.title is None else one_line(self.title),
            status=metadata.status if self.status is None else self.status,
            amended_by=tuple(dict.fromkeys((*metadata.amended_by, *added))),
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """A file that was read and parsed; nothing is stored yet."""

    file: Path
    document: Document
    report: ParseReport
    numbered: bool  # False where it is called by the name of its file


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading one file came to."""

    reading: Reading
    comparison: Comparison | None  # with the document it replaced; None where it is new
    stored: bool  # False for a dry run

    @property
    def keeps(self) -> bool:
        """Whether the replaced text is another version, not another copy of the same words."""
        return self.comparison is not None and not self.comparison.same

    def to_json(self) -> dict[str, Any]:
        """Return {"file", "id", "number", "loaded", "replaced", "report"}."""
        document = self.reading.document
        return {
            "file": str(self.reading.file),
            "id": document.id,
            "number": document.metadata.number,
            "loaded": self.stored,
            "replaced": self.comparison.to_json() if self.comparison else None,
            "report": self.reading.report.to_json(),
        }


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a load came to."""

    loaded: tuple[Loaded, ...]
    embedded: int  # texts that had to be embedded
    earlier: tuple[str, ...] = ()  # ids under which replaced texts can still be read


def read_status(text: str) -> Facts:
    """Read a status as people write it.

    Args:
        text: "còn hiệu lực", "hết hiệu lực", "hết hiệu lực một phần", "chưa có hiệu lực", or
            "sửa đổi bởi 1/2099/NĐ-CP"; marks and case do not matter.

    Raises:
        InputError: It is none of these.
    """
    wanted = slug(text)
    for status in Status:
        if slug(status.value) == wanted:
            return Facts(status=status)
    words = text.split()
    by = " ".join(words[3:])
    if slug(" ".join(words[:3])) == slug(AMENDED) and slug(by):
        return Facts(amended_by=(by,))
    expected = ", ".join(f'"{status.value}"' for status in Status)
    raise InputError(f'status {text!r}: expected {expected} or "{AMENDED} NUMBER"')


def read_document(file: Path, facts: Facts | None = None, pages: Progress | None = None) -> Reading:
    """Read and parse a file without storing anything.

    Args:
        file: In any format `corpus.readers` knows.
        facts: Stand in for what the text states.
        pages: Called with the page done and the number of pages, where there are pages.

    Raises:
        TextError: The file cannot be read.
        ParseError: It has no Điều.
        InputError: The number has no letter or digit.
    """
    facts = facts or Facts()
    source = read_source(file, pages)
    stated = read_header(source.text)
    numbered = facts.number is not None or stated.number != ""
    stated = replace(
        stated,
        number=stated.number or nfc(file.stem),
        source_name=source.name,
        source_sha256=source.sha256,
        ocr=source.scanned,
    )
    document = parse(source.text, facts.applied_to(stated))
    return Reading(file, document, check(document, source), numbered)


class Loading:
    """Changes the library of one assembly, all or nothing."""

    def __init__(
        self,
        parts: Assembly,
        *,
        pages: PageProgress | None = None,
        embedding: Progress | None = None,
    ) -> None:
        """Take the parts.

        Args:
            parts: Whose library and index are changed.
            pages: Told about the pages of a file while it is read.
            embedding: Called with (rows done, rows in all).
        """
        self._parts = parts
        self._pages = pages
        self._embedding = embedding

    def load(
        self,
        files: Sequence[Path],
        facts: Facts | None = None,
        *,
        force: bool = False,
        dry_run: bool = False,
        correction: bool = False,
    ) -> Outcome:
        """Add documents, or replace those of the same numbers.

        Args:
            files: All of them are loaded, or none.
            facts: Stated by the operator, of every file.
            force: Load although the sequence of articles or clauses is broken.
            dry_run: Store nothing.
            correction: See `store`.

        Raises:
            InputError: A file cannot be read or is no document, its sequence is broken, two
                files have one number, facts of one document are given for several, or a text
                without a number would replace one that its file is called like.
            UnavailableError: Another load is under way, or something cannot be written.
        """
        readings = self.read(files, facts)
        broken = [reading for reading in readings if reading.report.problems]
        if broken and not force:
            raise ParseError(_why_refused(broken))
        if dry_run:
            return self.preview(readings)
        return self.store(readings, correction=correction)

    def read(self, files: Sequence[Path], facts: Facts | None = None) -> list[Reading]:
        """Read and parse files; nothing is stored.

        Raises:
            InputError: A file cannot be read or is no document, two files have one number, or
                facts of one document are given for several.
        """
        facts = facts or Facts()
        if len(files) > 1 and (facts.number is not None or facts.title is not None):
            raise InputError("--number and --title name one document: load one file at a time")
        readings = [self._read(file, facts) for file in files]
        _refuse_doubles(readings)
        return readings

    def preview(self, readings: Sequence[Reading]) -> Outcome:
        """Return what `store` would come to.

        Raises:
            InputError: A text without a number would replace one that its file is called like.
        """
        return Outcome(self._compared(readings, stored=False), 0)

    def store(self, readings: Sequence[Reading], *, correction: bool = False) -> Outcome:
        """Make documents that were read part of the library, whatever their reports say.

        Args:
            readings: What was read.
            correction: The texts that are replaced were wrong, not earlier: they are not kept.

        Raises:
            InputError: A text without a number would replace one that its file is called like.
            UnavailableError: Another load is under way, or something cannot be written.
        """
        with self._parts.changing():
            loaded = self._compared(readings, stored=True)
            before = self._parts.listing()
            listing = before.with_entries(
                [self._entry(one) for one in loaded],
                keep=() if correction else [one.reading.document.id for one in loaded if one.keeps],
                day=datetime.now(UTC).date(),
            )
            embedded = self._parts.switch(listing, progress=self._embedding)
        known = {entry.id for entry in before.earlier}
        earlier = tuple(entry.id for entry in listing.earlier if entry.id not in known)
        return Outcome(loaded, embedded, earlier)

    def remove(self, number_or_id: str) -> Document:
        """Take a document with its earlier texts, or one of these, out of the library; return it.

        Raises:
            UnknownDocumentError: It is not loaded.
            UnavailableError: Another load is under way, or something cannot be written.
        """
        with self._parts.changing():
            library = self._parts.fresh_library()
            if earlier := library.find_earlier(number_or_id):
                document = earlier.document
                listing = self._parts.listing().without_earlier(document.id)
            else:
                document = library.find(number_or_id)
                listing = self._parts.listing().without(document.id, shipped=document.id == SHIPPED)
            self._parts.switch(listing, progress=self._embedding)
        return document

    def set_status(self, number_or_id: str, facts: Facts) -> Document:
        """Change the status of a loaded document and return it as it is now.

        Raises:
            UnknownDocumentError: It is not loaded.
            UnavailableError: Another load is under way, or something cannot be written.
        """
        with self._parts.changing():
            document = self._parts.fresh_library().find(number_or_id)
            checksum = self._parts.store.add_text(document.text)
            entry = Entry(facts.applied_to(document.metadata), checksum)
            self._parts.switch(
                self._parts.listing().with_entries([entry]), progress=self._embedding
            )
        return self._parts.library.document(document.id)

    def _read(self, file: Path, facts: Facts) -> Reading:
        def page(done: int, total: int) -> None:
            if self._pages:
                self._pages(file.name, done, total)

        return read_document(file, facts, page)

    def _compared(self, readings: Sequence[Reading], *, stored: bool) -> tuple[Loaded, ...]:
        try:
            documents = self._parts.fresh_library().documents
        except (LibraryError, ParseError):
            documents = {}  # a damaged library is mended by loading again
        found = tuple(Loaded(one, _comparison(documents, one), stored) for one in readings)
        _refuse_unnumbered(found)
        return found

    def _entry(self, loaded: Loaded) -> Entry:
        """Store the text; what is known of the status stays when the text is replaced."""
        document = loaded.reading.document
        facts = document.metadata
        known = {entry.id: entry.metadata for entry in self._parts.listing().entries}
        if old := known.get(document.id):
            facts = replace(
                facts,
                status=facts.status or old.status,
                amended_by=tuple(dict.fromkeys((*old.amended_by, *facts.amended_by))),
            )
        return Entry(facts, self._parts.store.add_text(document.text))


def _comparison(documents: Mapping[str, Document], reading: Reading) -> Comparison | None:
    """Compare with what is replaced, where that is and can still be read."""
    old = documents.get(reading.document.id)
    try:
        return compare(old, reading.document) if old else None
    except (LibraryError, ParseError):
        return None


def _refuse_doubles(readings: Sequence[Reading]) -> None:
    seen: dict[str, Path] = {}
    for reading in readings:
        key = reading.document.id
        if key in seen:
            raise InputError(
                f"{seen[key]} and {reading.file} are both {reading.document.metadata.number}; "
                "load the one that is wanted"
            )
        seen[key] = reading.file


def _refuse_unnumbered(found: Sequence[Loaded]) -> None:
    for one in found:
        if one.keeps and not one.reading.numbered:
            raise InputError(
                f"{one.reading.file.name}: its text states no number, and another text called "
                f"{one.reading.document.metadata.number!r} is loaded; state the number (--number)"
            )


def _why_refused(broken: Sequence[Reading]) -> str:
    lines = ["nothing was loaded, the library is as it was:"]
    for reading in broken:
        problems = reading.report.problems
        lines += [f"  {reading.file}: {problem}" for problem in problems[:5]]
        if len(problems) > 5:
            lines.append(f"  {reading.file}: … and {len(problems) - 5} more")
    lines.append(
        "look at `python app.py parse FILE`; mend the file, or load it as it is with --force"
    )
    return "\n".join(lines)
