"""Print how soon the chat can be used, beside a bare Gradio chat, and how soon documents show.

    python -m tests.benchmarks.pages

Everything in one run, one browser and in turns, so a busy machine slows both sides; medians of
fresh visits, whose caches are empty. The documents are of ../shared/data.
"""

from __future__ import annotations

import shutil
import statistics
import sys
from pathlib import Path

from fastapi import FastAPI
from playwright.sync_api import Browser, Page

from chatbot.web.server import create_app
from corpus.header import read_header
from corpus.library import build_library, shipped_library
from corpus.model import Document, Metadata
from corpus.parsing import parse
from corpus.readers import read_source
from index.training.examples import read_lines
from tests.chatbot.web.browsing import NewPage, chromium_browser
from tests.chatbot.web.hosting import serving
from tests.chatbot.web.site import SETTINGS, Scripted, real_chatbot

_DATA = Path(__file__).resolve().parents[3] / "shared/data"
_LAW = _DATA / "documents/luat-20-2023-QH15.docx"
_CODE = "91/2015/QH13"
_VISITS = 7
_CHAT_BAR, _LAW_BAR, _CODE_BAR = 1.2, 0.5, 1.0  # ratio, seconds, seconds
_OFFLINE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"  # Gradio's theme has fonts
_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


def main() -> int:
    """Print each figure beside its bar; return 1 when one is missed."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        raise SystemExit("no chromium on this machine (apt-get install chromium)")
    law, code = _law(), _code()
    shelf = build_library([*shipped_library().documents.values(), law, code])
    ours = create_app(Scripted(real_chatbot(shelf)), SETTINGS, lambda: None)
    with (
        serving(ours) as port,
        serving(_bare_chat()) as bare_port,
        chromium_browser(chromium, _OFFLINE) as browser,
    ):
        missed = _chats(browser, f"http://127.0.0.1:{port}/", f"http://127.0.0.1:{bare_port}/")
        for document, bar in ((law, _LAW_BAR), (code, _CODE_BAR)):
            address = f"http://127.0.0.1:{port}/van-ban/{document.id}"
            missed |= _document(browser, address, document, bar)
    return int(missed)


def _chats(browser: Browser, ours: str, bare: str) -> bool:
    taken: dict[str, list[float]] = {ours: [], bare: []}
    for visit in range(_VISITS + 1):
        for address, seconds in taken.items():
            found = _usable(browser, address)
            if visit:  # the first warms the server
                seconds.append(found)
    own, other = statistics.median(taken[ours]), statistics.median(taken[bare])
    ratio = own / other
    print(f"chat usable: {own:.2f} s, bare Gradio ChatInterface: {other:.2f} s")
    return _tell("chat usable ÷ bare Gradio ChatInterface", ratio, _CHAT_BAR, "×")


def _usable(browser: Browser, address: str) -> float:
    """Return the seconds until a visitor can type and send."""
    pages = NewPage(browser)
    page = pages(1280)
    page.goto(address, wait_until="commit")
    page.wait_for_function(
        """() => {
          const box = document.querySelector("textarea");
          return box?.checkVisibility() && !box.disabled && !document.getElementById("starting");
        }""",
        polling="raf",
    )
    seconds = float(page.evaluate("performance.now()")) / 1000
    pages.close()
    return seconds


def _document(browser: Browser, address: str, document: Document, bar: float) -> bool:
    paints = [_first_paint(browser, address) for _ in range(_VISITS + 1)]
    count = sum(1 for node in document.walk() if node.level == "article")
    name = f"first contentful paint, {count} articles"
    print(f"{name}, first visitor of a new server: {paints[0]:.2f} s")
    return _tell(name, statistics.median(paints[1:]), bar, "s")


def _first_paint(browser: Browser, address: str) -> float:
    pages = NewPage(browser)
    page: Page = pages(1280)
    page.goto(address, wait_until="commit")
    while not (painted := page.evaluate(_PAINT)):
        page.wait_for_timeout(20)
    seconds = float(painted) / 1000
    pages.close()
    return seconds


def _tell(name: str, figure: float, bar: float, unit: str) -> bool:
    missed = figure > bar
    share = f"{figure / bar:.2f} of the bar"
    print(f"{name}: {figure:.2f} {unit} (bar {bar:g}, {share}){'  MISSED' if missed else ''}")
    return missed


def _law() -> Document:
    if not _LAW.exists():
        raise SystemExit("no ../shared/data beside the checkout")
    source = read_source(_LAW)
    return parse(source.text, read_header(source.text, _LAW.stem))


def _code() -> Document:
    """Return the civil code, the longest law there is: 689 articles."""
    lines = []
    for article in read_lines(_DATA / "legal-articles.jsonl.gz"):
        if article["number"] == _CODE:
            lines += [f"Điều {article['article']}. {article['heading']}", *article["paragraphs"]]
    return parse("\n".join(lines) + "\n", Metadata(number=_CODE, kind="Bộ luật", title="Dân sự"))


def _bare_chat() -> FastAPI:
    import gradio as gr

    chat = gr.ChatInterface(lambda message, history: message, analytics_enabled=False)
    app: FastAPI = gr.mount_gradio_app(FastAPI(), chat, path="/")
    return app


if __name__ == "__main__":
    sys.exit(main())
