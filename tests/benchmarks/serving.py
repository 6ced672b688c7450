"""Print start times and the memory of a server that answered a hundred questions.

    python -m tests.benchmarks.serving

Times are the best of a few runs, since a busy machine only ever adds to them. Everything goes
through the command line and 127.0.0.1, as an operator's machine would do it.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.library import shipped_library

_ROOT = Path(__file__).resolve().parents[2]
_QUESTIONS = 100
_RUNS = 3
_HELP_SECONDS, _CITATION_SECONDS, _READY_SECONDS, _MEMORY_MB = 0.5, 1.5, 15.0, 900
_ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)")


def main() -> int:
    """Print each figure beside its bar; return 1 when one is missed."""
    bars = [
        ("app.py --help", _best_seconds("--help"), _HELP_SECONDS, "s"),
        (
            'app.py ask "khoản 2 Điều 6" (no model)',
            _best_seconds("ask", "khoản 2 Điều 6"),
            _CITATION_SECONDS,
            "s",
        ),
    ]
    _run("index")  # the first start makes model and index; the bar is for the second
    started = time.monotonic()
    with _server() as (address, process):
        _wait_until_ready(address)
        bars.append(
            ("second `make run` to /readyz", time.monotonic() - started, _READY_SECONDS, "s")
        )
        asked = [text for clause in shipped_library().clauses for text in clause.questions]
        for i in range(_QUESTIONS):
            _ask(address, asked[i % len(asked)])
        bars.append(
            (f"memory after {_QUESTIONS} questions", _resident_mb(process.pid), _MEMORY_MB, "MB")
        )
    for name, figure, bar, unit in bars:
        print(f"{name}: {figure:.2f} {unit} (bar {bar:g}){'' if figure <= bar else '  MISSED'}")
    return int(any(figure > bar for _, figure, bar, _ in bars))


def _run(*arguments: str) -> None:
    subprocess.run(
        [sys.executable, "app.py", *arguments],
        cwd=_ROOT,
        check=True,
        stdout=subprocess.DEVNULL,
    )


def _best_seconds(*arguments: str) -> float:
    taken = []
    for _ in range(_RUNS):
        started = time.monotonic()
        _run(*arguments)
        taken.append(time.monotonic() - started)
    return min(taken)


@contextmanager
def _server() -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Run what the last two lines of `make run` run, on a free port."""
    process = subprocess.Popen(
        [
            os.environ.get("SHELL", "/bin/sh"),
            "-c",
            '"$0" app.py index && exec "$0" app.py serve --port 0',
            sys.executable,
        ],
        cwd=_ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield _address(process), process
    finally:
        process.terminate()
        process.wait(timeout=30)


def _address(process: subprocess.Popen[str]) -> str:
    if process.stdout is not None:
        for line in process.stdout:
            if found := _ADDRESS.search(line):
                return found[0]
    raise SystemExit("the server stopped before it said where it listens")


def _wait_until_ready(address: str) -> None:
    while True:
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=5) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.05)


def _ask(address: str, question: str) -> None:
    request = urllib.request.Request(
        f"{address}/api/v1/ask",
        json.dumps({"question": question}).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        answer.read()


def _resident_mb(pid: int) -> float:
    """Return the resident memory in MB (10^6 bytes), from the kernel's VmRSS (proc(5))."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    kilobytes = re.search(r"VmRSS:\s+(\d+) kB", status)
    if kilobytes is None:
        raise SystemExit("the server stopped while it was measured")
    return int(kilobytes[1]) * 1024 / 1e6


if __name__ == "__main__":
    sys.exit(main())
