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
        """Append an object on a line of its own; return whether there was room.

        Raises:
            OSError: The file cannot be written.
        """
        with self._lock:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a+b") as file:
                size = file.tell()
                if size > MAX_BYTES:
                    return False
                file.seek(max(size - 1, 0))
                start = "" if file.read() in (b"", b"\n") else "\n"
                line = json.dumps(value, ensure_ascii=False)
                file.write(f"{start}{line}\n".encode())
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
