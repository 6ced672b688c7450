"""Builds the parts from the settings, each once and only when it is first needed.

A citation look-up needs the library alone; a question needs index and encoder as well, whose
libraries take seconds to import.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import cached_property

from chatbot.asking import Chatbot
from chatbot.settings import Settings
from corpus.library import Library, load_library
from index.encoder import SentenceEncoder, encoder_identity, open_encoder
from index.errors import StoredIndexError
from index.search import ClauseIndex
from index.store import load_index, save_index, stored_index_problem

Progress = Callable[[int, int], None]


class Assembly:
    """The parts of one running system."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._loading = threading.RLock()

    @cached_property
    def library(self) -> Library:
        """The loaded documents; raises LibraryError."""
        return load_library(self.settings.library_dir)

    @cached_property
    def encoder(self) -> SentenceEncoder:
        """The embedding model; converted on first use, raises EncoderError."""
        with self._loading:
            settings = self.settings
            return open_encoder(
                settings.encoder, settings.cache_dir, threads=settings.encoder_threads
            )

    @cached_property
    def index(self) -> ClauseIndex:
        """The saved index, verified; raises StoredIndexError."""
        with self._loading:
            return load_index(
                self.settings.index_dir, encoder=self.encoder, library=self.library
            )

    @cached_property
    def chatbot(self) -> Chatbot:
        """Answers questions; loads index and encoder at the first question that needs them."""
        return Chatbot(self.library, lambda: self.index)
