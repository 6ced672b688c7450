"""Committed data files that are lists of lines, with comments."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from corpus.errors import UnavailableError


def numbered_lines(file: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines that are neither blank nor a comment ("# …"), with their numbers from 1.

    Raises:
        UnavailableError: The file cannot be read as text in UTF-8.
    """
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UnavailableError(
            f"{file} cannot be read: {error}; install the package again"
        ) from error
    for number, line in enumerate(lines, start=1):
        if line.strip() and not line.startswith("#"):
            yield number, line
