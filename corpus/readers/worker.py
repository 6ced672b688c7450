"""The reading process: `python -m corpus.readers.worker PATH NAME KIND`.

Writes lines of JSON: `{"page": 3, "of": 10}` while it reads, then `{"content": {…}}` or
`{"error": "…"}`. It limits itself before it opens the file.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from dataclasses import asdict
from pathlib import Path

from corpus.errors import TextError
from corpus.readers import limits
from corpus.readers.extract import extract


def main() -> None:
    """Read one file and write what it holds."""
    path, name, kind = sys.argv[1:4]
    # What a C library prints must not come between our lines.
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def say(message: dict[str, object]) -> None:
        out.write(json.dumps(message) + "\n")
        out.flush()

    _limit()
    try:
        content = extract(Path(path), name, kind, lambda page, of: say({"page": page, "of": of}))
        if len(content.text) > limits.MAX_CHARS:
            say({"error": f"{name} holds more than {limits.MAX_CHARS:,} characters, too many"})
        else:
            say({"content": asdict(content)})
    except TextError as error:
        say({"error": str(error)})
    except (MemoryError, RecursionError):
        say({"error": f"{name} needs more than {limits.MEMORY // 2**30} GB of memory to be read"})
    except OSError as error:
        say({"error": f"{name} cannot be read: {error.strerror or error}"})


def _limit() -> None:
    """Bound memory, written files and core dumps of this process and those it starts."""
    for what, most in (
        (resource.RLIMIT_AS, limits.MEMORY),
        (resource.RLIMIT_FSIZE, limits.MAX_UNPACKED),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (bound, hard))


if __name__ == "__main__":
    main()
