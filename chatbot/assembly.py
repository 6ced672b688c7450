"""Builds the parts from the settings, each once and only when it is first needed.

A citation look-up needs the library alone; a question needs index and encoder as well, whose
libraries take seconds to import.

The list of documents lies inside the saved index: replacing documents writes their texts, then a
new index that encloses the new list, and becomes true in the one step that makes the index
current. Before that step a crash leaves the old list and the old index, after it the new ones.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from filelock import FileLock, Timeout

from chatbot.asking import Chatbot
from chatbot.background import load_background
from chatbot.settings import Settings
from corpus import listing as listings
from corpus.errors import LibraryError, UnavailableError
from corpus.library import Library, load_library
from corpus.listing import Listing
from corpus.storing import Store
from index.encoder import encoder_identity, open_encoder
from index.errors import StoredIndexError
from index.resuming import ResumingEncoder
from index.search import ClauseIndex, Progress
from index.store import (
    current_generation,
    load_index,
    load_vectors,
    read_enclosed,
    read_manifest,
    save_index,
    stored_index_problem,
)
from index.types import Encoder


class Assembly:
    """The parts of one running system."""

    def __init__(
        self,
        settings: Settings,
        progress: Callable[[str], None] | None = None,
        encoder: Encoder | None = None,
    ) -> None:
        """Take the settings; nothing is loaded yet.

        Args:
            settings: Where things are and which model is used.
            progress: Told in one line each what takes long; `None` writes to standard error.
            encoder: Used in place of the one the settings name.
        """
        self.settings = settings
        self._progress = progress or _say
        self._given = encoder
        self._loading = threading.RLock()
        self.store = Store(settings.library_dir)

    @cached_property
    def library(self) -> Library:
        """The loaded documents; raises LibraryError."""
        return self.fresh_library()

    @property
    def generation(self) -> str:
        """What is current now: changes with every load, removal and rebuild; cheap to ask."""
        return current_generation(self.settings.index_dir)

    def listing(self) -> Listing:
        """Return the list of documents that is current now; raises LibraryError."""
        enclosed = read_enclosed(self.settings.index_dir, listings.NAME)
        return self.store.listing() if enclosed is None else Listing.from_bytes(enclosed)

    def fresh_library(self) -> Library:
        """Return the documents as they are current now; raises LibraryError."""
        return load_library(self.store, self.listing())

    def open_current(self) -> tuple[Library, ClauseIndex]:
        """Return library and index as they are current now, of one time.

        Raises:
            LibraryError: The library cannot be read.
            StoredIndexError: The index cannot serve.
            EncoderError: The model cannot be loaded.
        """
        while True:
            generation = self.generation
            try:
                library = self.fresh_library()
                return library, self._load(library, self.settings.index_dir)
            except UnavailableError:
                if generation == self.generation:
                    raise
                # A load came between: what was read is of two times.

    @property
    def encoder(self) -> Encoder:
        """The embedding model; converted on first use, raises EncoderError."""
        with self._loading:
            return self._encoder

    @property
    def index(self) -> ClauseIndex:
        """The saved index, verified; raises StoredIndexError."""
        with self._loading:
            return self._index

    @cached_property
    def chatbot(self) -> Chatbot:
        """Answers questions; loads index and encoder at the first question that needs them."""
        return Chatbot(self.library, lambda: self.index)

    def check_index(self) -> None:
        """Raise StoredIndexError if the saved index cannot serve; looks at its manifest only."""
        problem = self._index_problem(self.library, self.settings.index_dir)
        if problem is not None:
            raise StoredIndexError(problem)

    def update_index(self, *, force: bool = False) -> bool:
        """Bring the saved index up to date; return whether anything had to be built.

        Raises:
            UnavailableError: A load is under way, or library or index cannot be read or written.
        """
        if not force and self._index_problem(self.library, self.settings.index_dir) is None:
            return False
        with self.changing():
            self._progress(f"Indexing {len(self.library.clauses)} clauses ...")
            self.switch(self.listing(), reuse=not force)
        return True

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Keep every other process from changing the library meanwhile.

        Raises:
            UnavailableError: Another one is changing it, or the folder cannot be written.
        """
        folder = self.settings.data_dir
        lock = FileLock(folder / "load.lock")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            lock.acquire(timeout=0)
        except Timeout as error:
            raise UnavailableError(
                f"another load, removal or index run is changing {folder}; "
                "wait until it has ended and try again"
            ) from error
        except OSError as error:
            raise UnavailableError(
                f"{folder} cannot be written: {error.strerror or error} (setting data_dir)"
            ) from error
        try:
            yield
        finally:
            lock.release()

    def switch(
        self, listing: Listing, *, reuse: bool = True, progress: Progress | None = None
    ) -> int:
        """Make `listing` and its index current in one step; call inside `changing`.

        Args:
            listing: What to have from now on; its texts are stored already.
            reuse: Take over vectors of texts that did not change.
            progress: Called with (rows done, rows in all) while embedding.

        Returns:
            How many texts had to be embedded.

        Raises:
            UnavailableError: Something cannot be read or written; all is as it was.
        """
        folder = self.settings.index_dir
        before = self.listing()
        library = load_library(self.store, listing)
        encoder = ResumingEncoder(self.encoder, self.settings.cache_dir / "embedding")
        previous = load_vectors(folder, encoder) if reuse else None
        if not reuse:
            encoder.forget()
        index = ClauseIndex.build(library.clauses, encoder, previous=previous, progress=progress)
        save_index(index, folder, library.content_hash, {listings.NAME: listing.to_bytes()})
        # It is done; what follows only tidies, and is done again by the next switch.
        try:
            self.store.set_listing(listing)
            self.store.sweep([before, listing])
            encoder.forget()
        except (OSError, LibraryError) as error:
            self._progress(f"done, but not all could be tidied: {error}")
        for name in ("library", "chatbot", "_index"):
            self.__dict__.pop(name, None)
        return encoder.encoded

    def index_of(self, library: Library) -> ClauseIndex:
        """Return the index of another library, kept in the cache by the library's content."""
        folder = self.settings.cache_dir / "indexes" / library.content_hash[:16]
        if self._index_problem(library, folder) is not None:
            self._progress(f"Indexing {len(library.clauses)} clauses ...")
            save_index(
                ClauseIndex.build(library.clauses, self.encoder), folder, library.content_hash
            )
        return self._load(library, folder)

    def describe_library(self) -> str:
        """Return one line about the library; raises LibraryError."""
        return f"{len(self.library.documents)} documents, {len(self.library.clauses)} clauses"

    def describe_encoder(self) -> str:
        """Return one line about the model; raises EncoderError."""
        return f"{self.encoder.identity}, {self.encoder.dimension} dimensions"

    def describe_index(self) -> str:
        """Return one line about the saved index; raises StoredIndexError."""
        manifest = read_manifest(self.settings.index_dir)
        rows = sum(manifest.rows.values())
        return f"{len(self.index.clauses)} clauses, {rows} rows, built {manifest.created}"

    def describe_decision(self) -> str:
        """Return one line about the decision to answer; raises UnavailableError."""
        fitted = load_background().encoder
        if self.encoder.identity == fitted:
            return f"fitted for {fitted}"
        return (
            f"fitted for {fitted}, not for this model: it refuses and answers less surely; "
            "fit it with python -m chatbot.deciding_fit DATA_DIR CACHE_DIR"
        )

    @cached_property
    def _encoder(self) -> Encoder:
        if self._given is not None:
            return self._given
        settings = self.settings
        return open_encoder(
            settings.encoder,
            settings.cache_dir,
            threads=settings.encoder_threads,
            progress=self._progress,
        )

    @cached_property
    def _index(self) -> ClauseIndex:
        return self._load(self.library, self.settings.index_dir)

    def _load(self, library: Library, folder: Path) -> ClauseIndex:
        return load_index(
            folder,
            encoder=self.encoder,
            library_hash=library.content_hash,
            clauses=library.clauses,
        )

    def _index_problem(self, library: Library, folder: Path) -> str | None:
        """Return why the saved index cannot serve; costs no loading of a bundled model."""
        settings = self.settings
        known = (
            self._given.identity
            if self._given is not None
            else encoder_identity(settings.encoder, settings.cache_dir, progress=self._progress)
        )
        return stored_index_problem(
            folder,
            encoder_identity=known or self.encoder.identity,
            library_hash=library.content_hash,
        )


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")
