"""The quality below which a change is not taken: `floors.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

from index.metrics import Interval

FILE = Path(__file__).parent / "floors.toml"
EXIT_BELOW_FLOOR = 4  # of `python -m tests.evaluation`; 0 to 3 are those of app.py


def broken_floors(figures: Mapping[str, Interval], *, part: str) -> list[str]:
    """Return one line a figure that is worse than its floor.

    Args:
        figures: By the names in the file.
        part: Table of the file to hold them to: "own" or "shared".

    Raises:
        KeyError: The file has a floor for a figure that was not measured.
    """
    floors = tomllib.loads(FILE.read_text("utf-8"))[part]
    broken = []
    for name, floor in floors["least"].items():
        if not figures[name].mean >= floor:
            broken.append(f"{name} is {figures[name].mean:.3f}, at least {floor} is required")
    for name, ceiling in floors["most"].items():
        if not figures[name].mean <= ceiling:
            broken.append(f"{name} is {figures[name].mean:.3f}, at most {ceiling} is allowed")
    return broken
