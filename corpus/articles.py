"""Corpora given as articles in JSON lines, as `evaluate --corpus` reads them."""

from __future__ import annotations

from pathlib import Path

from corpus.library import Library


def read_corpus(path: Path) -> Library:
    """Build a library from {"document","article","heading","text"} lines, .jsonl or .jsonl.gz.

    Raises:
        InputError: The file cannot be read, or a line is not as described; names the line.
    """
    raise NotImplementedError
