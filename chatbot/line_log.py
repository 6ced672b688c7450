"""A file that grows by one JSON object a line, up to a size."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from threading import Lock
from typing import Any

MAX_BYTES = 20_000_000  # a stranger must not fill the disk


class LineLog:
    """Appends to a file and reads it again."""

    def __init__(self, path: Path) -> None:
        """Take the file; its folder is made when something is written."""
        self._path = path
        self._lock = Lock()

    def add(self, value: dict[str, Any]) -> bool:
        """Append an object; return whether there was room.

        Raises:
            OSError: The file cannot be written.
        """
        with self._lock:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a", encoding="utf-8") as file:
                if file.tell() > MAX_BYTES:
                    return False
                file.write(json.dumps(value, ensure_ascii=False) + "\n")
        return True

    def read(self) -> Iterator[dict[str, Any]]:
        """Yield the objects, oldest first; a line cut short is passed over.

        Raises:
            OSError: The file is there and cannot be read.
        """
        if not self._path.exists():
            return
        with self._path.open(encoding="utf-8", errors="replace") as file:
            for line in file:
                try:
                    yield json.loads(line)
                except ValueError:
                    continue
