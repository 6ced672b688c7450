"""Kill `app.py load` (-9) at random moments and see whether the library always answers.

    python -m tests.benchmarks.crash [KILLS]

The real command with the real encoder loads another version of a fictitious decree of many
clauses; after each kill the library and index found must be of one time, hold the old or the
new text whole, and find it; then the next load must succeed.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from chatbot.assembly import Assembly
from chatbot.settings import read_settings

_ROOT = Path(__file__).resolve().parents[2]
_KILLS = 50
_ARTICLES = 100
_ID = "999-2099-nd-cp"
_SEED = 7


def main() -> int:
    """Print what was found after each kill; return 1 if anything was amiss."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else _KILLS
    draw = random.Random(_SEED)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = read_settings({}, None, {"data_dir": folder})
        parts = Assembly(settings, lambda line: None)
        encoder = parts.encoder
        texts = [_decree(hour) for hour in (18, 19)]
        files = [folder / f"{number}.txt" for number in range(len(texts))]
        for file, text in zip(files, texts, strict=True):
            file.write_text(text, "utf-8")
        if not _finishes(folder, files[0]):
            raise SystemExit("the first load failed")
        started = time.monotonic()
        if not _finishes(folder, files[1]):
            raise SystemExit("the second load failed")
        seconds = time.monotonic() - started
        counts: Counter[str] = Counter()
        old = 1
        for _ in range(kills):
            new = 1 - old
            killed = _start(folder, files[new])
            time.sleep(draw.uniform(0.3, seconds * 1.1))
            if killed.poll() is None:
                killed.kill()
            else:
                counts["ended before it was killed"] += 1
            killed.wait()
            library, index = Assembly(settings, lambda line: None, encoder).open_current()
            text = library.document(_ID).text
            found = index.search("mấy giờ thì thôi thả diều ở khu 7", 3, documents=[_ID])
            whole = text in texts and all(hit.clause.quote in text for hit in found) and found
            counts["the old library answers" if text == texts[old] else "the new one answers"] += 1
            counts["a library that is neither"] += not whole
            counts["the next load failed"] += not _finishes(folder, files[new])
            old = new
    print(f"{kills} kills within {seconds:.1f} s of loading {_ARTICLES * 2} clauses")
    for what, count in counts.items():
        print(f"{what}: {count}")
    return int(bool(counts["a library that is neither"] or counts["the next load failed"]))


def _decree(hour: int) -> str:
    articles = [
        f"Điều {number}. Thả diều ở khu {number}\n"
        f"1. Ở khu {number} được thả diều từ 7 giờ đến {hour} giờ.\n"
        f"2. Người trông coi khu {number} nhắc người thả diều giữ khoảng cách."
        for number in range(1, _ARTICLES + 1)
    ]
    return "\n".join(["Số: 999/2099/NĐ-CP", "NGHỊ ĐỊNH", "VỀ THẢ DIỀU", *articles, ""])


def _start(folder: Path, file: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "app.py", "load", str(file), "--data-dir", str(folder)]
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command, cwd=_ROOT, stdout=quiet, stderr=quiet)


def _finishes(folder: Path, file: Path) -> bool:
    return _start(folder, file).wait() == 0


if __name__ == "__main__":
    raise SystemExit(main())
