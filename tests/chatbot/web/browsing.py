"""A real Chromium, and the ways a visitor gets a page into each of its states."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking")
DECREE = "/van-ban/137-2024-nd-cp"


@contextmanager
def chromium_browser(path: str, *flags: str) -> Iterator[Browser]:
    """Run a browser without a window, with further flags."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*FLAGS, *flags])
        yield browser
        browser.close()


class NewPage:
    """Opens pages, each in a context of its own, and remembers what went wrong in them."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._contexts: list[BrowserContext] = []
        self.hosts: set[str] = set()
        self.errors: list[str] = []

    def __call__(self, width: int = 1280, height: int = 800, **options: Any) -> Page:  # noqa: ANN401
        """Open a page; `options` are those of Playwright's `new_context`."""
        options = {"locale": "en-US", "reduced_motion": "reduce", **options}
        context = self._browser.new_context(viewport={"width": width, "height": height}, **options)
        context.set_default_timeout(20_000)
        self._contexts.append(context)
        context.on("request", lambda request: self.hosts.add(request.url.split("/")[2]))
        context.on("console", lambda line: self._note(line.type, line.text))
        context.on("weberror", lambda error: self.errors.append(str(error.error)))
        return context.new_page()

    def _note(self, kind: str, text: str) -> None:
        # Leaving a page cuts off the stream Gradio reads all the time; its own code reports that.
        if kind in ("error", "warning") and "AbortError" not in text:
            self.errors.append(f"{kind}: {text}")

    def close(self) -> None:
        """Close every page."""
        for context in self._contexts:
            context.close()


@dataclass(frozen=True, slots=True)
class Chat:
    """What a visitor does on the chat page."""

    page: Page

    def open(self, address: str) -> None:
        """Open the chat and wait until it takes questions."""
        self.page.goto(address)
        self.page.wait_for_selector("#starting", state="detached")

    def ask(self, question: str) -> None:
        """Ask, and wait for the card."""
        cards = self.page.locator("#turns .card").count()
        self.page.fill("#question textarea", question)
        self.page.keyboard.press("Enter")
        self.page.locator("#turns .card").nth(cards).wait_for()

    def open_source(self) -> None:
        """Open the newest answer in its document, beside the conversation."""
        self.page.locator("#turns .card [data-source].button").last.click()
        frame = self.page.frame_locator("#source-panel iframe")
        frame.locator(".provision:target").wait_for()


def asked(question: str) -> Callable[[Page, str, str], None]:
    def show(page: Page, address: str, language: str) -> None:
        chat = Chat(page)
        chat.open(address + ("/en/" if language == "en" else "/"))
        chat.ask(question)

    return show


def _read(path: str) -> Callable[[Page, str, str], None]:
    def show(page: Page, address: str, language: str) -> None:
        place, hash_mark, provision = path.partition("#")
        query = "?lang=en" if language == "en" else ""
        page.goto(f"{address}{place}{query}{hash_mark}{provision}")

    return show


def _empty(page: Page, address: str, language: str) -> None:
    Chat(page).open(address + ("/en/" if language == "en" else "/"))


def _panel(page: Page, address: str, language: str) -> None:
    asked("khoản 2 Điều 6 Nghị định 137/2024/NĐ-CP")(page, address, language)
    Chat(page).open_source()


# Each puts a page into a state: (page, address of the site, language).
STATES: dict[str, Callable[[Page, str, str], None]] = {
    "chat-empty": _empty,
    "chat-answered": asked("khoản 2 Điều 6 Nghị định 137/2024/NĐ-CP"),
    "chat-read": asked("ke hoach chuyen doi so phai lap may nam mot lan"),
    "chat-refused": asked("Điều 99 Nghị định 137/2024/NĐ-CP"),
    "chat-panel": _panel,
    "source": _read(DECREE),
    "source-place": _read(f"{DECREE}#dieu-6.khoan-2"),
    "library": _read("/van-ban"),
    "library-none": _read("/van-ban?q=khongco"),
    "api": _read("/api/docs"),
    "absent": _read("/khong-co-trang-nay"),
}


def offline(page: Page, address: str, language: str) -> None:
    _empty(page, address, language)
    page.context.set_offline(True)
    Chat(page).ask("khoản 1 Điều 6")
    with page.expect_navigation():  # Gradio loads its page anew once the server is back
        page.context.set_offline(False)
    page.wait_for_selector("#starting", state="detached")


# States only the small site of the tests can be brought into.
TEST_STATES: dict[str, Callable[[Page, str, str], None]] = {
    "chat-error": asked("hỏng"),
    "chat-offline": offline,
    "chat-attack": asked("tấn công"),
    "source-fiction": _read("/van-ban/999-2099-nd-cp#dieu-3.khoan-1"),
}
