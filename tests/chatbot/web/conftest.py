from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from chatbot.web.server import create_app
from tests.chatbot.web.site import SETTINGS, Scripted, scripted


@pytest.fixture(scope="session")
def asker() -> Scripted:
    return scripted()


@pytest.fixture(scope="session")
def client(asker: Scripted) -> Iterator[TestClient]:
    app = create_app(asker, SETTINGS, lambda: None)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client
