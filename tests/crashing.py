"""Loads a file and kills itself (-9) before a given step on the disk; for the tests of loading.

    python -m tests.crashing DATA_DIR FILE [STEP]

A step is a call that makes something durable, visible or gone. Without STEP the load ends and
the number of steps is printed.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

from chatbot.assembly import Assembly
from chatbot.loading import Loading
from chatbot.settings import Settings
from tests.toys import ToyEncoder

P = ParamSpec("P")
R = TypeVar("R")


def main() -> None:
    data, file, *rest = sys.argv[1:]
    fatal = int(rest[0]) if rest else -1
    steps = 0

    def counted(call: Callable[P, R]) -> Callable[P, R]:
        def counting(*arguments: P.args, **named: P.kwargs) -> R:
            nonlocal steps
            if steps == fatal:
                os.kill(os.getpid(), signal.SIGKILL)
            steps += 1
            return call(*arguments, **named)

        return counting

    for place, name in (
        (os, "fsync"),
        (Path, "replace"),
        (Path, "unlink"),
        (Path, "write_bytes"),
        (shutil, "rmtree"),
    ):
        setattr(place, name, counted(getattr(place, name)))
    folder = Path(data)
    settings = Settings(data_dir=folder, cache_dir=folder / "cache")
    Loading(Assembly(settings, encoder=ToyEncoder())).load([Path(file)])
    print(steps)


if __name__ == "__main__":
    main()
