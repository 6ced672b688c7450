"""Pages on small screens, far zoomed in, on paper and for eyes that motion disturbs."""

from __future__ import annotations

import pytest

from tests.chatbot.web.browsing import STATES, TEST_STATES, Chat, NewPage

pytestmark = pytest.mark.browser

ALL = STATES | TEST_STATES
OVERFLOWING = """() => [...document.querySelectorAll("body *")].filter((element) => {
  if (!element.checkVisibility() || element.closest(".visually-hidden, .skip, pre, .table")) return;
  return element.getBoundingClientRect().right > innerWidth + 1;
}).map((element) => element.outerHTML.slice(0, 120))"""
CONTROLS = "a, button, input, textarea, summary"
SMALL = """(controls) => [...document.querySelectorAll(controls)].filter((one) => {
  if (!one.checkVisibility({ visibilityProperty: true }) || one.closest(".visually-hidden")) return;
  const box = one.getBoundingClientRect();
  const inline = getComputedStyle(one).display === "inline"; // links in sentences may be lower
  return box.bottom > 0 && !inline && (box.height < 24 || box.width < 24);
}).map((one) => one.outerHTML.slice(0, 120))"""
RUNNING = "document.getAnimations().filter((one) => one.playState === 'running').length"


@pytest.mark.parametrize("state", ALL)
def test_nothing_is_cut_off(new_page: NewPage, address: str, state: str) -> None:
    page = new_page(320, 640)
    ALL[state](page, address, "vi")
    for width, height in ((320, 640), (320, 200)):  # the second: 1280 × 800 at 400 %
        page.set_viewport_size({"width": width, "height": height})
        for frame in page.frames:
            assert frame.evaluate(OVERFLOWING) == []
            assert frame.evaluate("document.documentElement.scrollWidth") <= width
    page.set_viewport_size({"width": 360, "height": 640})
    for frame in page.frames:
        assert frame.evaluate(SMALL, CONTROLS) == []


@pytest.mark.parametrize("state", ["chat-empty", "chat-answered"])
def test_the_box_leaves_a_phone_to_what_is_read(
    new_page: NewPage, address: str, state: str
) -> None:
    page = new_page(360, 640, has_touch=True, is_mobile=True)
    STATES[state](page, address, "vi")
    assert page.evaluate("document.querySelector('#composer').offsetHeight") < 640 / 6


def test_a_document_prints_its_text_alone(new_page: NewPage, address: str) -> None:
    page = new_page()
    STATES["source-place"](page, address, "vi")
    page.emulate_media(media="print")
    for hidden in ("header.top", ".find-bar", ".contents", ".tools", "footer"):
        assert not page.locator(hidden).first.is_visible(), hidden
    for line in page.locator("#text .line").all():
        assert line.is_visible()
    assert len(page.pdf()) > 10_000


def test_a_conversation_prints_questions_and_answers(new_page: NewPage, address: str) -> None:
    page = new_page()
    STATES["chat-answered"](page, address, "vi")
    page.emulate_media(media="print")
    for hidden in ("header.top", "#composer", ".card .actions", ".suggestions"):
        assert not page.locator(hidden).first.is_visible(), hidden
    for shown in (".asked", ".card .basis", ".card blockquote"):
        assert page.locator(shown).first.is_visible(), shown


def test_nothing_moves_where_motion_is_not_wanted(new_page: NewPage, address: str) -> None:
    page = new_page(reduced_motion="reduce")
    Chat(page).open(address + "/")
    page.route("**/queue/join*", lambda route: None)  # the answer never comes
    page.fill("#question textarea", "khoản 1 Điều 6")
    page.keyboard.press("Enter")
    page.wait_for_selector(".searching")
    assert page.evaluate(RUNNING) == 0
    page.emulate_media(reduced_motion="no-preference")
    page.wait_for_function(f"{RUNNING} > 0")  # so the measure can tell
    page.unroute("**/queue/join*")


@pytest.mark.parametrize("state", ["chat-answered", "source"])
def test_the_shipped_typeface_is_what_is_read(new_page: NewPage, address: str, state: str) -> None:
    page = new_page()
    STATES[state](page, address, "vi")
    page.evaluate("document.fonts.ready")
    loaded = "[...document.fonts].filter((one) => one.status === 'loaded').map((one) => one.family)"
    assert len(page.evaluate(loaded)) >= 4  # two weights, in two parts each
    law = page.locator(".law, #text").first
    assert law.evaluate("(one) => getComputedStyle(one).fontFamily").startswith('"Be Vietnam Pro"')
