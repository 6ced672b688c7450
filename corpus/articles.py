"""Corpora given as articles in JSON lines, as `evaluate --corpus` reads them."""

from __future__ import annotations

import gzip
import json
import zlib
from pathlib import Path

from corpus.errors import InputError
from corpus.identifiers import document_id
from corpus.library import Library, build_library
from corpus.model import Metadata
from corpus.parsing import parse_articles
from corpus.text import clean


def read_corpus(path: Path) -> Library:
    """Build a library from {"document","article","heading","text"} lines, .jsonl or .jsonl.gz.

    Raises:
        InputError: The file cannot be read, or a line is not as described; names the line.
    """
    articles: dict[str, list[tuple[str, str, str]]] = {}
    for number, line in enumerate(_lines(path), 1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
            name, article, heading, text = (
                clean(str(entry[key] or "")) for key in ("document", "article", "heading", "text")
            )
            document_id(name)
        except (InputError, ValueError, KeyError, TypeError) as error:
            raise InputError(
                f'{path} line {number}: expected {{"document","article","heading","text"}}: {error}'
            ) from error
        articles.setdefault(name, []).append((article, " ".join(heading.split()), text))
    if not articles:
        raise InputError(f"{path} holds no article")
    return build_library(
        parse_articles(rows, Metadata(number=name, title=name)) for name, rows in articles.items()
    )


def _lines(path: Path) -> list[str]:
    try:
        data = path.read_bytes()
        if path.suffix == ".gz":
            data = gzip.decompress(data)
        return data.decode("utf-8-sig").split("\n")
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read as JSON lines: {error}") from error
