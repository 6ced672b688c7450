"""Builds the parts from the settings, each once and only when it is first needed.

A citation look-up needs the library alone; a question needs index and encoder as well, whose
libraries take seconds to import.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from chatbot.asking import Chatbot
from chatbot.settings import Settings
from corpus.library import Library, load_library
from index.encoder import SentenceEncoder, encoder_identity, open_encoder
from index.errors import StoredIndexError
from index.search import ClauseIndex
from index.store import load_index, read_manifest, save_index, stored_index_problem


class Assembly:
    """The parts of one running system."""

    def __init__(self, settings: Settings, progress: Callable[[str], None] | None = None) -> None:
        """Take the settings; nothing is loaded yet.

        Args:
            settings: Where things are and which model is used.
            progress: Told in one line each what takes long; `None` writes to standard error.
        """
        self.settings = settings
        self._progress = progress or _say
        self._loading = threading.RLock()

    @cached_property
    def library(self) -> Library:
        """The loaded documents; raises LibraryError."""
        return load_library(self.settings.library_dir)

    @property
    def encoder(self) -> SentenceEncoder:
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
        """Bring the saved index up to date; return whether anything had to be built."""
        return self._bring_up_to_date(self.library, self.settings.index_dir, force=force)

    def index_of(self, library: Library) -> ClauseIndex:
        """Return the index of another library, kept in the cache by the library's content."""
        folder = self.settings.cache_dir / "indexes" / library.content_hash[:16]
        self._bring_up_to_date(library, folder, force=False)
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
        rows = self.index.passages.size + self.index.questions.size
        return f"{len(self.index.clauses)} clauses, {rows} rows, built {manifest.created}"

    @cached_property
    def _encoder(self) -> SentenceEncoder:
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

    def _bring_up_to_date(self, library: Library, folder: Path, *, force: bool) -> bool:
        problem = self._index_problem(library, folder)
        if problem is None and not force:
            return False
        self._progress(f"Indexing {len(library.clauses)} clauses ...")
        index = ClauseIndex.build(library.clauses, self.encoder)
        save_index(index, folder, library.content_hash)
        self.__dict__.pop("_index", None)
        return True

    def _index_problem(self, library: Library, folder: Path) -> str | None:
        """Return why the saved index cannot serve; costs no loading of a bundled model."""
        settings = self.settings
        known = encoder_identity(settings.encoder, settings.cache_dir, progress=self._progress)
        return stored_index_problem(
            folder,
            encoder_identity=known or self.encoder.identity,
            library_hash=library.content_hash,
        )


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")
