"""Fixtures every package's tests share."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from chatbot.assembly import Assembly
from chatbot.settings import Settings
from index.encoder import open_encoder
from index.remembering import Remembering
from index.types import Encoder

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def repository() -> Path:
    """The checkout the tests run in."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """Development data beside the checkout; never needed by the product."""
    folder = ROOT.parent / "shared"
    if not (folder / "data").is_dir():
        pytest.skip("no ../shared/data beside the checkout")
    return folder


@pytest.fixture(scope="session")
def cache_dir() -> Path:
    """Where the converted encoder is kept between runs; only ever added to."""
    return Path(os.environ.get("HOI_LUAT_CACHE_DIR", ROOT / "var" / "cache"))


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of a real Chromium. Skipping is for developers: under CI it must be there."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("browser tests cannot run: no chromium (apt-get install chromium)")
        pytest.skip("no chromium on this machine (apt-get install chromium)")
    return path


@pytest.fixture(scope="session")
def encoder(cache_dir: Path) -> Encoder:
    """The real encoder; what `make test` embedded beforehand is not embedded again."""
    return Remembering(open_encoder("bundled", cache_dir, threads=1), ROOT / "var" / "index")


@pytest.fixture(scope="session")
def parts(encoder: Encoder, cache_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Assembly:
    """The real system on the shipped decree, with an index of its own."""
    folder = tmp_path_factory.mktemp("data")
    assembly = Assembly(Settings(data_dir=folder, cache_dir=cache_dir), encoder=encoder)
    assembly.update_index()
    return assembly
