"""Print what the widget costs a site: bytes, requests, its start, and the wait from click to chat.

    python -m tests.benchmarks.widget

Host and server are different sites on one machine, third-party storage is blocked. Medians; run
it on a quiet machine, for these are seconds and not ratios.
"""

from __future__ import annotations

import gzip
import shutil
import statistics
import sys
import time
from collections.abc import Callable

from playwright.sync_api import Page, Request, sync_playwright

from chatbot.settings import Settings
from chatbot.web.server import create_app
from tests.chatbot.web.hosting import hosting, serving
from tests.chatbot.web.site import scripted
from tests.chatbot.web.test_widget import BOX, CLOSE, FLAGS, LAUNCHER, Site, chat, words

_ROUNDS = 7
_BYTES_BAR, _START_BAR, _FIRST_BAR, _AGAIN_BAR = 8192, 5.0, 1.5, 0.5
_STARTS = """([source, address]) => {
  const run = new Function(source.replace("document.currentScript", "window.fake"));
  window.fake = { src: address, dataset: {}, isConnected: true };
  return Array.from({ length: 15 }, () => {
    const before = performance.now();
    run();
    document.querySelector("hoi-luat-widget").getBoundingClientRect();
    const took = performance.now() - before;
    window.HoiLuat.destroy();
    return took;
  });
}"""


def main() -> int:
    """Print each figure beside its bar; return 1 when one is missed."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        raise SystemExit("no chromium on this machine (apt-get install chromium)")
    with hosting() as host, hosting() as stranger, sync_playwright() as playwright:
        asker = scripted()
        settings = Settings(embed_origins=(f"http://127.0.0.1:{host.port}",))
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        with serving(create_app(asker, settings, lambda: None)) as port:
            missed = _measure(Site(port, host, stranger, asker, browser))
            browser.close()
    return int(missed)


def _measure(site: Site) -> bool:
    first: list[float] = []
    same: list[float] = []
    warm: list[float] = []
    asked: list[int] = []
    size = 0
    for turn in range(_ROUNDS + 1):
        page = site.page()
        requests: list[str] = []
        page.on("request", _noting(requests))
        address = site.host.add("/", f"<!doctype html><body>{words(site.script())}")
        with page.expect_response("**/widget.js") as loader:
            page.goto(address)
        size = len(gzip.compress(loader.value.body()))
        page.wait_for_selector(LAUNCHER)
        before = len([one for one in requests if one.startswith(site.server)])
        seconds = [_click(page)]
        page.locator(CLOSE).click()
        seconds.append(_click(page))
        page.goto(address)  # a new page of the host, with what the browser keeps
        page.wait_for_selector(LAUNCHER)
        seconds.append(_click(page))
        page.context.close()
        if turn:  # the first round warms the server
            for figures, value in zip((first, same, warm), seconds, strict=True):
                figures.append(value)
            asked.append(before)
    rows = [
        ("loader, bytes gzip", float(size), float(_BYTES_BAR)),
        ("start of the loader, milliseconds", _start(site), _START_BAR),
        ("requests before opening", statistics.median(asked), 1.0),
        ("click to usable, first time, seconds", statistics.median(first), _FIRST_BAR),
        ("click to usable, again on the same page", statistics.median(same), _AGAIN_BAR),
        ("click to usable, on the next page", statistics.median(warm), _AGAIN_BAR),
    ]
    for name, figure, bar in rows:
        print(f"{name}: {figure:.4g} (bar {bar:.4g}){'' if figure <= bar else '  MISSED'}")
    return any(figure > bar for _, figure, bar in rows)


def _start(site: Site) -> float:
    """Return the milliseconds the loader holds up a host's page, its first layout included."""
    page = site.visit(words())
    address = f"{site.server}/widget.js"
    taken: list[float] = page.evaluate(_STARTS, [page.request.get(address).text(), address])
    page.context.close()
    return statistics.median(taken)


def _noting(addresses: list[str]) -> Callable[[Request], None]:
    return lambda request: addresses.append(request.url)


def _click(page: Page) -> float:
    """Return the seconds from a click on the launcher until a visitor can type."""
    started = time.perf_counter()
    page.click(LAUNCHER)
    chat(page).locator(BOX).wait_for()
    return time.perf_counter() - started


if __name__ == "__main__":
    sys.exit(main())
