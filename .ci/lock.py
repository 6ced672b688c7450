"""Write requirements*.lock: exact versions of each dependency set of pyproject.toml.

No hashes: the torch wheel differs by platform. Local version labels ("+cpu") are dropped for
the same reason.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEADER = "# Written by `make lock` from pyproject.toml. Do not edit.\n"


def freeze(python: Path) -> list[str]:
    """Return `name==version` of everything installed, sorted."""
    done = subprocess.run(
        [python, "-m", "pip", "freeze"], check=True, capture_output=True, text=True
    )
    return sorted((line.split("+")[0] for line in done.stdout.splitlines()), key=str.lower)


def main() -> None:
    """Install the run set, then the test set, and freeze after each."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    stages = [
        ("requirements.lock", project["dependencies"]),
        ("requirements-test.lock", extras["test"]),
    ]
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        python = Path(folder, "bin", "python")
        for name, wanted in stages:
            subprocess.run([python, "-m", "pip", "install", "--quiet", *wanted], check=True)
            (ROOT / name).write_text(HEADER + "\n".join(freeze(python)) + "\n", "utf-8")


if __name__ == "__main__":
    main()
