"""Start `make run` as a newcomer would, wait for it, ask the first source question, stop it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PORT = 7871
BASE = f"http://127.0.0.1:{PORT}"
SET_UP_SECONDS = 1500
QUESTION = (
    "Kế hoạch ứng dụng công nghệ thông tin, chuyển đổi số trên môi trường điện tử "
    "của cơ quan nhà nước được xây dựng bao nhiêu năm?"
)
EXPECTED = "khoản 2 Điều 6 Nghị định 137/2024/NĐ-CP"


def get(path: str) -> bytes:
    """Return the body of a page that must answer 200."""
    with urllib.request.urlopen(BASE + path, timeout=10) as response:
        return bytes(response.read())


def ask(question: str) -> str:
    """Return the citation the API answers with."""
    request = urllib.request.Request(
        BASE + "/api/v1/ask",
        data=json.dumps({"question": question}).encode(),
        headers={"content-type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=30) as response:
        return str(json.load(response)["answer"]["citation"])


def wait_until_ready(server: subprocess.Popen[bytes]) -> None:
    """Return when /readyz answers 200; raise if the server stops or takes too long."""
    deadline = time.monotonic() + SET_UP_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise SystemExit(f"make run stopped with exit code {server.returncode}")
        try:
            get("/readyz")
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.5)
        else:
            return
    raise SystemExit(f"/readyz did not answer 200 within {SET_UP_SECONDS} s")


def main() -> None:
    """Run the check twice: the first start sets everything up, the second must be quick."""
    for attempt in ("first", "second"):
        started = time.monotonic()
        server = subprocess.Popen(
            ["make", "run", f"ARGS=--port {PORT}"], cwd=ROOT, start_new_session=True
        )
        try:
            wait_until_ready(server)
            seconds = time.monotonic() - started
            citation = ask(QUESTION)
            if citation != EXPECTED:
                raise SystemExit(f"expected {EXPECTED!r}, the answer cites {citation!r}")
            if b"<html" not in get("/"):
                raise SystemExit("the chat page is not HTML")
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(timeout=30)
        sys.stdout.write(f"{attempt} `make run` to a right answer: {seconds:.1f} s\n")


if __name__ == "__main__":
    main()
