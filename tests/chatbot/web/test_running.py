"""Starting the server, where it cannot start."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from chatbot.assembly import Assembly
from chatbot.settings import Settings
from chatbot.web.running import run_server
from corpus.errors import UnavailableError
from index.errors import StoredIndexError
from tests.toys import ToyEncoder


def assembly(folder: Path, port: int) -> Assembly:
    settings = Settings(data_dir=folder, cache_dir=folder / "cache", port=port)
    return Assembly(settings, lambda _: None, encoder=ToyEncoder())


def test_a_port_in_use_is_told_with_what_to_do(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        parts = assembly(tmp_path, port)
        parts.update_index()
        with pytest.raises(UnavailableError, match=f"cannot listen on 127.0.0.1:{port}: ") as told:
            run_server(parts)
    assert "name another port: python app.py serve --port" in str(told.value)


def test_without_an_index_nothing_listens(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        parts = assembly(tmp_path, other.getsockname()[1])
        with pytest.raises(StoredIndexError):
            run_server(parts)
