from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, Page

from chatbot.web.server import create_app
from tests.chatbot.web.browsing import NewPage, chromium_browser
from tests.chatbot.web.hosting import serving
from tests.chatbot.web.site import SETTINGS, Scripted, scripted


@pytest.fixture(scope="session")
def asker() -> Scripted:
    return scripted()


@pytest.fixture(scope="session")
def client(asker: Scripted) -> Iterator[TestClient]:
    app = create_app(asker, SETTINGS, lambda: None)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Address of the small site over real HTTP; it has an asker of its own."""
    with serving(create_app(scripted(), SETTINGS, lambda: None)) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="module")  # not longer: two of Playwright's loops cannot live in a process
def browser(chromium: str) -> Iterator[Browser]:
    with chromium_browser(chromium) as browser:
        yield browser


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open pages in contexts of their own: `new_page(width=360, color_scheme="dark")`."""
    pages = NewPage(browser)
    yield pages
    pages.close()
