"""Say plainly, before anything is installed, what this machine lacks. Runs on any Python 3."""

import shutil
import sys
from pathlib import Path

MINIMUM_PYTHON = (3, 11)
NEEDED_BYTES = 3 * 10**9  # packages 1.8 GB, their download cache, converted model 0.2 GB


def main() -> int:
    """Return 0 if the set-up can start, 3 with a reason if not."""
    if sys.version_info < MINIMUM_PYTHON:
        wanted = ".".join(map(str, MINIMUM_PYTHON))
        have = ".".join(map(str, sys.version_info[:2]))
        print(f"Python {wanted} or newer is needed; {sys.executable} is Python {have}.")
        print(f"Name another one: make PYTHON=python{wanted} run")
        return 3
    venv = Path(sys.argv[1])
    free = shutil.disk_usage(venv.resolve().parent).free
    if not venv.exists() and free < NEEDED_BYTES:
        print(f"Not enough disk space: {free / 1e9:.1f} GB free,")
        print(f"about {NEEDED_BYTES / 1e9:.1f} GB needed for the packages and the model.")
        return 3
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
