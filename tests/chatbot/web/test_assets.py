"""Our own files, under an address that names their content."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from chatbot.web.assets import FOLDER, KINDS, Assets
from chatbot.web.problems import install_problem_handlers
from chatbot.web.templating import Templates


def folder_with(folder: Path, **files: str) -> Path:
    folder.mkdir()
    for name, content in files.items():
        (folder / name.replace("_", ".")).write_text(content, "utf-8")
    return folder


@pytest.fixture(scope="module")
def shipped() -> Assets:
    return Assets()


@pytest.fixture(scope="module")
def files(shipped: Assets) -> Iterator[TestClient]:
    app = FastAPI()
    install_problem_handlers(app, Templates(shipped.path))
    app.include_router(shipped.router())
    with TestClient(app) as client:
        yield client


def test_the_same_files_have_the_same_version(tmp_path: Path) -> None:
    one = Assets(folder_with(tmp_path / "a", a_css="p {}", b_js="1"))
    other = Assets(folder_with(tmp_path / "b", b_js="1", a_css="p {}"))
    assert one.version == other.version
    assert one.path("a.css") == f"/ui/{one.version}/a.css"


def test_content_and_names_change_the_version(tmp_path: Path) -> None:
    versions = {
        Assets(folder_with(tmp_path / "a", a_css="p {}")).version,
        Assets(folder_with(tmp_path / "b", a_css="p { }")).version,
        Assets(folder_with(tmp_path / "c", b_css="p {}")).version,
        Assets(folder_with(tmp_path / "d", a_css="p {}", b_css="")).version,
        Assets(folder_with(tmp_path / "e")).version,
    }
    assert len(versions) == 5


def test_files_are_read_once_and_folders_are_none(tmp_path: Path) -> None:
    folder = folder_with(tmp_path / "a", a_css="p {}")
    (folder / "sub").mkdir()
    assets = Assets(folder)
    (folder / "b.css").write_text("", "utf-8")
    for name in ("sub", "b.css"):
        with pytest.raises(KeyError, match=name):
            assets.path(name)


def test_an_absent_file_is_named_with_those_there_are(tmp_path: Path) -> None:
    assets = Assets(folder_with(tmp_path / "a", a_css="p {}"))
    with pytest.raises(KeyError, match=r"no static file 'b\.css'; there are \['a\.css'\]"):
        assets.path("b.css")


def test_every_shipped_file_is_served_for_ever_under_its_version(
    files: TestClient, shipped: Assets
) -> None:
    for path in FOLDER.iterdir():
        answer = files.get(shipped.path(path.name))
        assert answer.content == path.read_bytes()
        assert answer.headers["content-type"].startswith(KINDS[path.suffix])
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_an_old_version_gives_the_present_file_and_is_not_kept(files: TestClient) -> None:
    answer = files.get("/ui/000000000000/tokens.css")
    assert answer.content == (FOLDER / "tokens.css").read_bytes()
    assert answer.headers["cache-control"] == "public, max-age=60"


@pytest.mark.parametrize(
    "name", ["absent.css", "..%2Fassets.py", "%2e%2e%2fassets.py", "TOKENS.css"]
)
def test_nothing_else_is_served(files: TestClient, shipped: Assets, name: str) -> None:
    answer = files.get(f"/ui/{shipped.version}/{name}")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")
