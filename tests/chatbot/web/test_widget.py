"""The widget on sites of another origin, in a real Chromium."""

from __future__ import annotations

import gzip
import io
import logging
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import (
    Browser,
    FrameLocator,
    Locator,
    Page,
    Response,
    expect,
    sync_playwright,
)

from chatbot.settings import Settings
from chatbot.web import widget
from chatbot.web.server import create_app
from tests.chatbot.web.hosting import Host, hosting, proxying, serving
from tests.chatbot.web.site import Scripted, scripted

pytestmark = [
    pytest.mark.browser,
    # Gradio counts its events with pandas, and pandas warns of an option Gradio sets.
    pytest.mark.filterwarnings("ignore:.*no_silent_downcasting"),
]

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--test-third-party-cookie-phaseout",  # every test runs with third-party storage blocked
]
LAUNCHER = "hoi-luat-widget .launch"
PANEL = "hoi-luat-widget .panel"
CLOSE = "hoi-luat-widget .bar button"
BOX = "#question textarea"
CITING = "khoản 2 Điều 6 nói gì"
CITATION = "khoản 2 Điều 6 Nghị định 137/2024/NĐ-CP"
TEXT = "<p>" + "Nội dung của trang. " * 400 + "</p>"
HOSTILE = """<style>* { all: unset !important; display: block !important; color: lime !important;
  font-size: 60px !important; transform: rotate(3deg) !important; opacity: .5 !important;
  z-index: 1 !important; pointer-events: none !important; float: left !important }
  iframe, dialog, button { display: none !important }
  body { position: relative; zoom: 1.3 }</style>"""


@dataclass
class Site:
    """Our server, a host on its list, and a host that is not on it."""

    port: int
    host: Host
    stranger: Host
    asker: Scripted
    browser: Browser
    open_pages: list[Page] = field(default_factory=list)

    @property
    def server(self) -> str:
        """Our address: another site than the host's, not only another port."""
        return f"http://localhost:{self.port}"

    def script(self, attributes: str = "") -> str:
        """The one line of HTML."""
        return f'<script async src="{self.server}/widget.js" {attributes}></script>'

    def page(self, width: int = 1000, height: int = 700) -> Page:
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, reduced_motion="reduce"
        )
        context.set_default_timeout(15_000)
        page = context.new_page()
        self.open_pages.append(page)
        return page

    def visit(self, body: str, name: str = "/", width: int = 1000, height: int = 700) -> Page:
        """Show a page of the host with `body` and return it."""
        page = self.page(width, height)
        page.goto(self.host.add(name, html(body)))
        return page


def html(body: str) -> str:
    head = '<meta name="viewport" content="width=device-width"><title>Trang</title>'
    return f'<!doctype html><html lang="vi"><head>{head}</head><body>{body}</body></html>'


def words(body: str = "") -> str:
    return f"<main><h1>Trang</h1><button id=own>Nút của trang</button>{TEXT}</main>{body}"


@pytest.fixture(scope="module")
def whole(chromium: str) -> Iterator[Site]:
    with hosting() as host, hosting() as stranger, sync_playwright() as playwright:
        asker = scripted()
        names = ("127.0.0.1", "localhost")
        settings = Settings(embed_origins=tuple(f"http://{name}:{host.port}" for name in names))
        app = create_app(asker, settings, lambda: None)
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        with serving(app) as port:
            yield Site(port, host, stranger, asker, browser)
            browser.close()


@pytest.fixture
def site(whole: Site) -> Iterator[Site]:
    yield whole
    for page in whole.open_pages:
        page.context.close()
    whole.open_pages.clear()


def chat(page: Page) -> FrameLocator:
    return page.frame_locator("hoi-luat-widget iframe")


def open_chat(page: Page) -> FrameLocator:
    page.click(LAUNCHER)
    frame = chat(page)
    frame.locator(BOX).wait_for()
    return frame


def ask(frame: FrameLocator, question: str = CITING) -> None:
    frame.locator(BOX).fill(question)
    frame.locator("#send").click()
    frame.locator(".card").first.wait_for()


def image(page: Page) -> Image.Image:
    return Image.open(io.BytesIO(page.screenshot())).convert("RGB")


def until(true: Callable[[], object], seconds: float = 8) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.03)


def note_failures(addresses: list[str]) -> Callable[[Response], None]:
    """Return a listener that notes what could not be fetched; the hosts have no icon."""

    def note(response: Response) -> None:
        if response.status >= 400 and "favicon" not in response.url:
            addresses.append(response.url)

    return note


def record(page: Page) -> None:
    """Have the page keep every event of the widget in `window.seen`, from before it loads."""
    page.add_init_script("""
      window.seen = [];
      window.HoiLuat = ["ready", "open", "close", "answer", "citation-click", "error"].map((name) =>
        ["on", name, (event) => window.seen.push([name, event.detail])]);
    """)


def seen(page: Page, name: str) -> list[dict[str, object]]:
    return [detail for what, detail in page.evaluate("window.seen") if what == name]


# --- before opening ----------------------------------------------------------------------------


def test_closed_it_costs_one_small_request_and_moves_nothing(site: Site) -> None:
    page = site.page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.add_init_script("""
      window.shift = 0;
      const add = (list) => list.getEntries().forEach((one) => (window.shift += one.value));
      new PerformanceObserver(add).observe({ type: "layout-shift", buffered: true });
    """)
    page.goto(site.host.add("/", html(words(site.script()))))
    page.wait_for_selector(LAUNCHER)
    page.wait_for_timeout(300)
    assert [url for url in asked if url.startswith(site.server)] == [f"{site.server}/widget.js"]
    assert page.evaluate("window.shift") == 0
    assert page.context.cookies() == []
    body = page.request.get(f"{site.server}/widget.js").body()
    assert len(gzip.compress(body, 9)) <= 8 * 1024
    assert b"eval(" not in body
    assert b"new Function" not in body


def test_closed_the_host_looks_as_without_it(site: Site) -> None:
    without = image(site.visit(words(), "/without"))
    page = site.visit(words(site.script()), "/with")
    page.wait_for_selector(LAUNCHER)
    found = image(page)
    box = page.locator(LAUNCHER).bounding_box()
    assert box is not None
    changed = ImageChops.difference(without, found).getbbox()
    assert changed is not None, "the launcher is not to be seen"
    shadow = 16  # of the launcher
    left, top, right, bottom = changed
    assert left >= box["x"] - shadow
    assert top >= box["y"] - shadow
    assert right <= box["x"] + box["width"] + shadow
    assert bottom <= box["y"] + box["height"] + shadow


# --- opening, asking, reading ------------------------------------------------------------------


def test_a_visitor_asks_and_reads_the_source_inside(site: Site) -> None:
    page = site.visit(words(site.script()))
    page.wait_for_selector(LAUNCHER)
    frame = open_chat(page)
    until(lambda: frame.locator("body").evaluate("Boolean(window.hoiLuat)"))
    ask(frame)
    assert CITATION in frame.locator(".card .basis").inner_text()
    assert frame.locator(".card [data-copy]").is_visible()
    scrolled = page.evaluate("scrollY")
    frame.locator(".card [data-source]").first.click()
    clause = frame.frame_locator("#source-panel iframe").locator('[id="dieu-6.khoan-2"]')
    until(lambda: "Xây dựng kế hoạch" in clause.inner_text())  # the panel slides in
    page.keyboard.press("Escape")
    frame.locator("#source-panel").wait_for(state="hidden")
    assert page.locator(PANEL).is_visible(), "one Esc closed two things"
    page.keyboard.press("Escape")
    page.wait_for_selector(PANEL, state="hidden")
    assert page.evaluate("scrollY") == scrolled
    page.click(LAUNCHER)
    assert frame.locator(".card").is_visible(), "the conversation was lost by closing"


def test_keyboard_alone_opens_closes_and_returns_the_focus(site: Site) -> None:
    page = site.visit(words(site.script()))
    page.wait_for_selector(LAUNCHER)
    page.focus("#own")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.localName") == "hoi-luat-widget"
    page.keyboard.press("Enter")
    frame = chat(page)
    until(lambda: frame.locator(BOX).evaluate("(box) => document.activeElement === box"))
    page.keyboard.type(CITING)
    page.keyboard.press("Enter")
    frame.locator(".card blockquote").wait_for()
    page.keyboard.press("Escape")
    page.wait_for_selector(PANEL, state="hidden")
    focused = "document.activeElement.shadowRoot?.activeElement?.className"
    assert page.evaluate(focused) == "launch"
    page.focus("#own")
    for _ in range(4):  # a closed panel cannot be tabbed into
        page.keyboard.press("Tab")
        assert page.evaluate(focused) in ("launch", None)


def test_a_button_of_the_host_opens_it_and_gets_the_focus_back(site: Site) -> None:
    button = f'<button id=ask data-hoi-luat-open="{CITING}">Hỏi</button>'
    page = site.visit(button + words(site.script()))
    page.wait_for_selector(LAUNCHER)
    page.click("#ask")
    assert CITATION in chat(page).locator(".card .basis").inner_text()
    page.click(CLOSE)
    assert page.evaluate("document.activeElement.id") == "ask"


def test_open_on_load_leaves_focus_and_scroll_alone(site: Site) -> None:
    page = site.page()
    record(page)
    page.goto(site.host.add("/", html(words(site.script('data-open="true"')))))
    page.focus("#own")
    page.evaluate("scrollTo(0, 300)")
    until(lambda: seen(page, "ready"))
    assert page.evaluate("document.activeElement.id") == "own"
    assert page.evaluate("scrollY") == 300
    assert page.locator(PANEL).is_visible()


def test_on_a_phone_it_is_a_modal_sheet(site: Site) -> None:
    page = site.visit(words(site.script("data-open")), width=360, height=640)
    page.wait_for_selector(LAUNCHER)
    assert page.locator(PANEL).is_hidden(), "a sheet over the page only when asked for"
    open_chat(page)
    assert page.locator(PANEL).bounding_box() == {"x": 0, "y": 0, "width": 360, "height": 640}
    assert page.evaluate(
        "document.querySelector('hoi-luat-widget').shadowRoot.querySelector('.panel').matches(':modal')"
    )
    assert (
        not chat(page)
        .locator("html")
        .evaluate("(page) => page.scrollWidth > document.documentElement.clientWidth")
    )
    page.set_viewport_size({"width": 900, "height": 640})  # turned: the same chat, no longer modal
    until(lambda: page.locator(PANEL).bounding_box()["width"] < 500)  # type: ignore[index]
    assert chat(page).locator(BOX).is_visible()


def test_the_keyboard_of_a_phone_leaves_the_sheet_above_it(site: Site) -> None:
    page = site.visit(words(site.script()), width=360, height=640)
    open_chat(page)
    chat(page).locator(BOX).click()
    # Chromium without a screen has no keyboard: the viewport it would leave is made up.
    page.evaluate(
        """() => {
          Object.defineProperty(visualViewport, "height", {value: 360, configurable: true});
          Object.defineProperty(visualViewport, "offsetTop", {value: 12, configurable: true});
          visualViewport.dispatchEvent(new Event("resize"));
        }"""
    )
    assert page.locator(PANEL).bounding_box() == {"x": 0, "y": 12, "width": 360, "height": 360}
    until(lambda: in_view(chat(page).locator(BOX), 360))
    page.evaluate(
        """() => {
          delete visualViewport.height;
          delete visualViewport.offsetTop;
          visualViewport.dispatchEvent(new Event("resize"));
        }"""
    )
    assert page.locator(PANEL).bounding_box() == {"x": 0, "y": 0, "width": 360, "height": 640}


def in_view(element: Locator, bottom: float) -> bool:
    """Whether an element of the frame ends above a line of the page."""
    box = element.bounding_box()
    return box is not None and box["y"] + box["height"] <= bottom + 12


def test_the_types_declare_what_there_is(site: Site) -> None:
    folder = Path(widget.__file__).parent / "loader"
    types, loader = ((folder / name).read_text("utf-8") for name in ("widget.d.ts", "widget.js"))

    def declared(interface: str) -> set[str]:
        body = types.partition(f"export interface {interface} {{")[2].partition("\n}")[0]
        return set(re.findall(r'^  "?([\w-]+)"?\??[:(<]', body, re.MULTILINE))

    page = site.visit(words(site.script()))
    page.wait_for_selector(LAUNCHER)
    made = page.evaluate("Object.keys(HoiLuat).filter((n) => typeof HoiLuat[n] === 'function')")
    known = loader.partition("const KNOWN = {")[2].partition("\n    };")[0]
    emitted = re.findall(r'emit\("([\w-]+)"|type === "(answer|error|citation-click)"', loader)
    assert declared("HoiLuatApi") == set(made)
    assert declared("HoiLuatOptions") == set(re.findall(r"^      (\w+): ", known, re.MULTILINE))
    assert declared("HoiLuatEvents") == {name for pair in emitted for name in pair if name}


def test_options_reach_the_chat(site: Site) -> None:
    block = """<script type="application/json" class="hoi-luat-config">
      {"language": "en", "greeting": "Xin chào <b>bạn</b>", "questions": ["Một, hai?", "Ba?"],
       "title": "Hỏi Sở", "accent": "#0b5cad", "theme": "dark", "position": "top-left",
       "width": 360, "height": "50%", "zIndex": 7, "document": "999-2099-nd-cp"}</script>"""
    page = site.visit(words(block + site.script()))
    frame = open_chat(page)
    greeting = frame.locator("#welcome h1")  # put in once Gradio has drawn the page
    until(lambda: greeting.inner_text() == "Xin chào <b>bạn</b>")
    assert frame.locator("#welcome [data-ask]").all_inner_texts() == ["Một, hai?", "Ba?"]
    assert frame.locator("html").get_attribute("lang") == "en"
    ground = "getComputedStyle(document.body).backgroundColor"
    assert frame.locator("body").evaluate(ground) == "rgb(21, 23, 26)"
    assert page.locator("hoi-luat-widget h2").inner_text() == "Hỏi Sở"
    box = page.locator(PANEL).bounding_box()
    assert box == {"x": 16, "y": 16, "width": 360, "height": 350}
    ask(frame)
    assert site.asker.asked[-1][2] == "999-2099-nd-cp"
    page.evaluate("HoiLuat.setTheme('light')")
    until(lambda: frame.locator("body").evaluate(ground) == "rgb(247, 245, 240)")


def test_invalid_options_are_named_and_defaults_used(site: Site) -> None:
    page = site.page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    attributes = (
        'data-position="middle" data-width="wide" data-colour="red" data-accent="#12" '
        'data-questions="a,b"'
    )
    page.goto(site.host.add("/", html(words(site.script(attributes)))))
    page.wait_for_selector(LAUNCHER)
    for name, expected in [
        ("position", "bottom-right, bottom-left"),
        ("width", "400px"),
        ("colour", "unknown option"),
        ("accent", "#8c1d18"),
        ("questions", "JSON array"),
    ]:
        assert any(name in line and expected in line for line in said), (name, said)
    open_chat(page)
    box = page.locator(PANEL).bounding_box()
    assert box is not None
    assert (box["x"] + box["width"], box["width"]) == (984, 400)


def test_inline_it_stands_in_the_page_and_loads_when_seen(site: Site) -> None:
    far = '<div style="height:3000px"></div><div id=place></div>'
    page = site.visit(words(far + site.script('data-mode="inline" data-target="#place"')))
    page.wait_for_selector("#place hoi-luat-widget", state="attached")
    assert page.locator("iframe").count() == 0
    page.locator("#place").scroll_into_view_if_needed()
    scrolled = page.evaluate("scrollY")
    ask(chat(page))
    assert CITATION in chat(page).locator(".card .basis").inner_text()
    assert page.evaluate("scrollY") == scrolled


# --- hosts as they are -------------------------------------------------------------------------


def test_strict_content_policy_needs_the_documented_minimum_only(site: Site) -> None:
    page = site.page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    policy = (
        f"default-src 'none'; script-src {site.server}/widget.js; frame-src {site.server}; "
        "require-trusted-types-for 'script'"
    )
    body = words(site.script())
    page.goto(site.host.add("/", html(body), {"Content-Security-Policy": policy}))
    ask(open_chat(page))
    position = "(one) => getComputedStyle(one).position"
    assert page.locator(PANEL).evaluate(position) == "absolute", "the styles were blocked"
    assert [line for line in complaints if "favicon" not in line and "404" not in line] == []


def test_hostile_styles_neither_get_in_nor_get_changed(site: Site) -> None:
    plain = site.visit(words(site.script()), "/plain")
    plain.wait_for_selector(LAUNCHER)
    hostile = site.visit(HOSTILE + words(site.script()), "/hostile")
    hostile.wait_for_selector(LAUNCHER)
    box = plain.locator(LAUNCHER).bounding_box()
    assert hostile.locator(LAUNCHER).bounding_box() == box
    look = """(one) => { const style = getComputedStyle(one);
      return [style.fontSize, style.color, style.backgroundColor, style.display]; }"""
    assert hostile.locator(LAUNCHER).evaluate(look) == plain.locator(LAUNCHER).evaluate(look)
    own = "(one) => JSON.stringify(getComputedStyle(one), null, 1)"
    before = site.visit(HOSTILE + words(), "/bare").locator("#own").evaluate(own)
    assert hostile.locator("#own").evaluate(own) == before
    frame = open_chat(hostile)
    open_chat(plain)
    assert hostile.locator(PANEL).bounding_box() == plain.locator(PANEL).bounding_box()
    ask(frame)


def test_inserted_twice_there_is_one(site: Site) -> None:
    page = site.visit(words(site.script() + site.script()))
    page.wait_for_selector(LAUNCHER)
    page.add_script_tag(url=f"{site.server}/widget.js")
    page.wait_for_timeout(100)
    assert page.locator(LAUNCHER).count() == 1


def test_a_route_change_of_a_single_page_site_keeps_it(site: Site) -> None:
    page = site.visit(words(site.script()))
    frame = open_chat(page)
    ask(frame)
    page.evaluate("""() => {
      history.pushState({}, "", "/other");
      document.body.innerHTML = "<h1>Khác</h1>";
      dispatchEvent(new PopStateEvent("popstate"));
    }""")
    assert frame.locator(".card").is_visible()
    page.evaluate(
        "document.documentElement.replaceChild(document.createElement('body'), document.body)"
    )
    page.evaluate("document.querySelector('hoi-luat-widget').remove()")
    until(lambda: page.locator("hoi-luat-widget").count() == 1)
    assert page.locator(PANEL).is_visible()


def test_it_survives_going_away_and_back(site: Site) -> None:
    page = site.visit(words(site.script()))
    open_chat(page)
    page.click(CLOSE)
    page.goto(site.host.add("/next", html(words())))
    page.go_back()
    page.wait_for_selector(LAUNCHER)
    assert page.locator(LAUNCHER).count() == 1
    ask(open_chat(page))


def test_destroy_leaves_no_trace(site: Site) -> None:
    page = site.visit(words("<button id=ask data-hoi-luat-open>Hỏi</button>" + site.script()))
    trace = """() => [document.documentElement.outerHTML, Object.keys(window).length,
      Object.getOwnPropertySymbols(window).length, typeof window.HoiLuat]"""
    open_chat(page)
    page.evaluate("HoiLuat.destroy()")
    after = page.evaluate(trace)
    page.click("#ask")
    assert page.locator("hoi-luat-widget, iframe").count() == 0
    bare = site.visit(words("<button id=ask data-hoi-luat-open>Hỏi</button>"), "/bare")
    bare.evaluate("(html) => document.body.insertAdjacentHTML('beforeend', html)", site.script())
    assert after == bare.evaluate(trace)
    page.add_script_tag(url=f"{site.server}/widget.js")
    page.wait_for_selector(LAUNCHER)


def test_right_to_left_host(site: Site) -> None:
    page = site.visit(words(site.script()))
    page.goto(site.host.add("/", html(words(site.script())).replace("<html ", '<html dir="rtl" ')))
    box = page.locator(LAUNCHER).bounding_box()
    assert box is not None
    assert box["x"] == 16


def test_under_a_path_of_a_proxy(site: Site) -> None:
    settings = Settings(
        embed_origins=(f"http://127.0.0.1:{site.host.port}",), root_path="/tra-cuu/luat"
    )
    app = create_app(scripted(), settings, lambda: None)
    with serving(app) as port:
        for cut in (True, False):
            with proxying(port, settings.root_path, cut=cut) as front:
                page = site.page()
                address = f"http://localhost:{front}{settings.root_path}"
                wrong: list[str] = []
                page.on("response", note_failures(wrong))
                script = f'<script async src="{address}/widget.js"></script>'
                page.goto(site.host.add("/", html(words(script))))
                frame = open_chat(page)
                ask(frame)
                frame.locator(".card [data-source]").first.click()
                source = frame.frame_locator("#source-panel iframe")
                source.locator('[id="dieu-6.khoan-2"]').wait_for()
                assert wrong == []
                page.context.close()
        site.open_pages.clear()


# --- the host's script -------------------------------------------------------------------------


def test_calls_before_loading_are_kept_and_events_come(site: Site) -> None:
    page = site.page()
    record(page)
    page.add_init_script(f"window.HoiLuat.push(['ask', {CITING!r}])")
    page.goto(site.host.add("/", html(words(site.script()))))
    until(lambda: seen(page, "answer"))
    assert seen(page, "answer") == [
        {
            "status": "answered",
            "citation": CITATION,
            "url": f"{site.server}/van-ban/137-2024-nd-cp#dieu-6.khoan-2",
        }
    ]
    page.evaluate("HoiLuat.ask('không có')")
    until(lambda: len(seen(page, "answer")) == 2)
    assert seen(page, "answer")[1] == {"status": "not_found", "citation": None, "url": None}
    page.evaluate("HoiLuat.toggle()")
    page.wait_for_selector(PANEL, state="hidden")
    names = [name for name, _ in page.evaluate("window.seen")]
    assert names == ["open", "ready", "answer", "answer", "close"]


def test_the_host_may_open_the_source_itself(site: Site) -> None:
    page = site.page()
    record(page)
    page.goto(site.host.add("/", html(words(site.script()))))
    frame = open_chat(page)
    ask(frame)
    frame.locator(".card [data-source]").first.click()
    frame.locator("#source-panel iframe").wait_for()  # nobody prevented it
    assert seen(page, "citation-click") == [
        {
            "document_id": "137-2024-nd-cp",
            "id": "dieu-6.khoan-2",
            "url": f"{site.server}/van-ban/137-2024-nd-cp#dieu-6.khoan-2",
        }
    ]
    frame.locator("[data-close]").click()
    page.evaluate("void HoiLuat.on('citation-click', (event) => event.preventDefault())")
    frame.locator(".card [data-source]").first.click()
    until(lambda: len(seen(page, "citation-click")) == 2)
    page.wait_for_timeout(600)
    assert frame.locator("#source-panel").is_hidden()


def test_sessions_are_kept_as_the_host_says(site: Site) -> None:
    for session, kept in (("tab", True), ("none", False), ("local", True)):
        page = site.page()
        address = site.host.add(
            f"/{session}", html(words(site.script(f'data-session="{session}"')))
        )
        page.goto(address.replace("127.0.0.1", "localhost"))  # our site: storage is not blocked
        ask(open_chat(page))
        page.reload()
        frame = open_chat(page)
        frame.locator("#starting").wait_for(state="detached")
        assert (frame.locator(".card").count() == 1) is kept, session
        stored = "[sessionStorage.length, localStorage.length, document.cookie]"
        assert page.evaluate(stored) == [0, 0, ""], "the host's storage is not ours"


# --- who may -----------------------------------------------------------------------------------


def test_messages_of_others_are_ignored(site: Site) -> None:
    page = site.page()
    record(page)
    page.goto(site.host.add("/", html(words(site.script() + "<iframe id=foreign></iframe>"))))
    frame = open_chat(page)
    until(lambda: seen(page, "ready"))
    forged = '{ hoiLuat: 1, type: "answer", detail: { status: "answered" } }'
    page.evaluate(f"postMessage({forged}, '*')")  # right shape, wrong window and origin
    page.evaluate(
        """(message) => { const frame = document.getElementById("foreign");
          frame.srcdoc = `<script>parent.postMessage(${message}, "*")</` + "script>"; }""",
        forged,
    )
    spoof = '{ hoiLuat: 1, type: "ask", text: "giả mạo" }'
    inner = next(one for one in page.frames if "/embed/" in one.url)
    inner.evaluate(f"postMessage({spoof}, '*')")  # the frame hears itself, not its host
    page.wait_for_timeout(400)
    assert seen(page, "answer") == []
    assert frame.locator(".turn").count() == 0
    assert "giả mạo" not in [question for question, _, _ in site.asker.asked]


def test_a_site_not_on_the_list_gets_a_clear_message(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    page = site.page()
    record(page)
    with caplog.at_level(logging.WARNING, logger="chatbot.web.embedding"):
        page.goto(site.stranger.add("/", html(words(site.script()))))
        page.click(LAUNCHER)
        refusal = chat(page).locator("h1")
        refusal.wait_for()
    assert refusal.inner_text() == "Trang này chưa được phép hiển thị phần hỏi đáp"
    expect(page.locator("hoi-luat-widget .note")).to_be_hidden()
    assert seen(page, "error")[0]["code"] == "refused"
    stranger = f"http://127.0.0.1:{site.stranger.port}"
    assert [record for record in caplog.records if stranger in record.getMessage()]


def test_a_site_that_lies_about_itself_is_stopped_by_the_browser(site: Site) -> None:
    page = site.page()
    blocked: list[str] = []
    page.on("console", lambda message: blocked.append(message.text))
    lie = f"{site.server}/embed/vi/?host=http://127.0.0.1:{site.host.port}"
    frame = f'<iframe referrerpolicy="no-referrer" src="{lie}"></iframe>'
    page.goto(site.stranger.add("/lie", html(frame)))
    until(lambda: any("frame-ancestors" in line for line in blocked))
    allowed = site.visit(f'<iframe src="{site.server}/embed?lang=en&theme=dark"></iframe>', "/i")
    allowed.frame_locator("iframe").locator(BOX).wait_for()  # the plain iframe of the docs


def test_no_finding_of_axe(site: Site) -> None:
    axe = pytest.importorskip("tests.chatbot.web.axe", reason="the axe helper is not there yet")
    page = site.visit(words(site.script()))
    page.wait_for_selector(LAUNCHER)
    assert axe.violations(page) == []
    ask(open_chat(page))
    assert axe.violations(page) == []
    assert axe.violations(next(one for one in page.frames if "/embed/" in one.url)) == []
    page.goto(f"{site.server}/demo")
    page.wait_for_selector(LAUNCHER)
    assert axe.violations(page) == []


# --- the demo page -----------------------------------------------------------------------------


def test_demo_shows_the_options_live_and_the_code_to_copy(site: Site) -> None:
    page = site.page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(f"{site.server}/demo")
    page.wait_for_selector(LAUNCHER)
    page.select_option("[name=position]", "top-left")
    page.fill("[name=questions]", "Một, hai?\nBa?")
    # Last, and waited for: a slow machine may show the form in the middle of being filled in.
    page.fill("[name=title]", 'Hỏi "Sở"')
    until(lambda: page.locator(LAUNCHER).inner_text() == 'Hỏi "Sở"')
    snippet = page.locator("#snippet").inner_text()
    assert f'src="{site.server}/widget.js"' in snippet
    pinned = page.locator("#pinned").inner_text()
    assert 'integrity="sha384-' in pinned
    other = site.visit(words(pinned), "/pinned")  # the code as copied, integrity and all
    box = other.locator(LAUNCHER).bounding_box()
    assert box is not None
    assert (box["x"], box["y"]) == (16, 16)
    frame = open_chat(other)
    assert frame.locator("#welcome [data-ask]").all_inner_texts() == ["Một, hai?", "Ba?"]
    page.select_option("[name=mode]", "inline")
    page.locator("#inline-here").scroll_into_view_if_needed()
    chat(page).locator(BOX).wait_for()
    assert page.locator("#inline-here hoi-luat-widget").count() == 1
    assert complaints == []
