"""Reads a file in a process of its own, which is stopped when it takes too much."""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
import time
from pathlib import Path

from corpus.errors import TextError
from corpus.readers import limits
from corpus.readers.content import Content, Progress

_ROOT = Path(__file__).resolve().parents[2]
_CHUNK = 1 << 16
_MOST = limits.MAX_CHARS * 6 + 2**20  # bytes of the answer: JSON writes a letter in up to six


def read_apart(
    path: Path,
    name: str,
    kind: str,
    progress: Progress | None = None,
    *,
    silence: float = limits.SILENCE,
    total: float = limits.TOTAL,
) -> Content:
    """Return what `extract` gives, from another process.

    Args:
        path: The file.
        name: What messages call it.
        kind: As `formats.sniff` gives it.
        progress: Called with the page done and the number of pages.
        silence: Seconds without a page or an end after which it is given up.
        total: Seconds in all.

    Raises:
        TextError: It cannot be read, or not within the limits.
    """
    paths = [str(_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    process = subprocess.Popen(  # noqa: S603 - our own module, no shell
        [sys.executable, "-m", "corpus.readers.worker", str(path.resolve()), name, kind],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        start_new_session=True,  # so that what it starts can be stopped with it
    )
    try:
        return _listen(process, name, progress, silence, total)
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def _listen(
    process: subprocess.Popen[bytes],
    name: str,
    progress: Progress | None,
    silence: float,
    total: float,
) -> Content:
    assert process.stdout is not None  # noqa: S101 - opened above
    pipe = process.stdout.fileno()
    end = time.monotonic() + total
    heard = time.monotonic()
    buffer = bytearray()
    size = 0
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        while True:
            now = time.monotonic()
            wait = min(heard + silence, end) - now
            if wait <= 0 or not selector.select(wait):
                spent = "no page read" if time.monotonic() < end else "not finished"
                raise TextError(
                    f"{name}: {spent} within {min(silence, total):.0f} s; given up. "
                    "Is the file damaged? Split it or save it in another format"
                )
            part = os.read(pipe, _CHUNK)
            if not part:
                code = process.wait()
                raise TextError(
                    f"{name} could not be read: its reader stopped "
                    f"({_why(code)}); the file is damaged or too large"
                )
            size += len(part)
            if size > _MOST:
                raise TextError(f"{name} gives more text than is read")
            # Only the new part is searched, or a long answer would be searched over and over.
            buffer += part
            if b"\n" not in part:
                continue
            *lines, rest = bytes(buffer).split(b"\n")
            buffer = bytearray(rest)
            for line in lines:
                message = json.loads(line)
                if "content" in message:
                    facts = message["content"]
                    return Content(**{**facts, "notes": tuple(facts["notes"])})
                if "error" in message:
                    raise TextError(message["error"])
                heard = time.monotonic()
                if progress is not None:
                    progress(message["page"], message["of"])


def _why(code: int) -> str:
    if code < 0:
        return f"signal {signal.Signals(-code).name}"
    return f"exit code {code}"
