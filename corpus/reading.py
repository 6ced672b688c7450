"""From a file to text: plain text and Markdown."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of a file, as `parse` takes it."""

    text: str
    name: str
    sha256: str


def read_file(path: Path) -> SourceText:
    """Read a file; raises TextError."""
    raise NotImplementedError


def decode(data: bytes, name: str) -> str:
    """Return `data` as clean text; raises TextError."""
    raise NotImplementedError
