"""A visitor with a keyboard and nothing else; one whose connection is lost; one on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.chatbot.web.browsing import Chat, NewPage

pytestmark = pytest.mark.browser

QUESTION = "khoản 2 Điều 6 Nghị định 137/2024/NĐ-CP"
FOCUSED = """() => {
  let node = document.activeElement;
  while (node?.contentDocument) node = node.contentDocument.activeElement;
  if (!node || node === node.ownerDocument.body) return "";
  const label = node.labels?.[0]?.textContent ?? node.getAttribute("aria-label");
  return (label || node.textContent).trim();
}"""
SHOWN = """() => {
  const style = getComputedStyle(document.activeElement);
  return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
}"""


def tab_to(page: Page, name: str, *, key: str = "Tab", most: int = 60) -> None:
    """Press Tab until what has the focus bears a name, or fail."""
    for _ in range(most):
        if name in str(page.evaluate(FOCUSED)):
            return
        page.keyboard.press(key)
    pytest.fail(f"{most} times {key} never reached {name!r}")


@pytest.mark.parametrize("width", [360, 1280])
def test_a_keyboard_is_enough(new_page: NewPage, address: str, width: int) -> None:
    page = new_page(width, permissions=["clipboard-read", "clipboard-write"])
    Chat(page).open(address + "/")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "Chuyển đến nội dung chính"
    tab_to(page, "Câu hỏi của bạn")
    assert page.evaluate(SHOWN)
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    page.wait_for_selector("#turns .card")
    tab_to(page, "Xem trong văn bản", key="Shift+Tab")
    assert page.evaluate(SHOWN)
    page.keyboard.press("Enter")
    provision = page.frame_locator("#source-panel iframe").locator(".provision:target")
    provision.wait_for()
    tab_to(page, "Sao chép trích dẫn")
    page.keyboard.press("Enter")
    page.frame_locator("#source-panel iframe").get_by_text("Đã sao chép").wait_for()
    copied = str(page.evaluate("navigator.clipboard.readText()")).replace("\r\n", "\n")
    assert copied.startswith("“2. Xây dựng kế hoạch ứng dụng công nghệ thông tin")
    assert copied.endswith(f"({QUESTION})\n{address}/van-ban/137-2024-nd-cp#dieu-6.khoan-2")
    page.keyboard.press("Escape")
    page.wait_for_selector("#source-panel", state="hidden")
    assert page.evaluate(FOCUSED) == "Xem trong văn bản"
    tab_to(page, "Sao chép trích dẫn")
    page.keyboard.press("Enter")
    page.locator(".card").get_by_text("Đã sao chép").wait_for()
    assert str(page.evaluate("navigator.clipboard.readText()")).replace("\r\n", "\n") == copied


def test_shift_enter_begins_a_line_and_enter_sends(new_page: NewPage, address: str) -> None:
    page = new_page()
    Chat(page).open(address + "/")
    page.focus("#question textarea")
    page.keyboard.type("khoản 1")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("Điều 6")
    assert page.locator("#turns .turn").count() == 0
    page.keyboard.press("Enter")
    page.wait_for_selector("#turns .card")
    assert str(page.locator(".asked").text_content()).endswith("khoản 1\nĐiều 6")
    assert page.input_value("#question textarea") == ""


def test_a_lost_connection_loses_no_question(new_page: NewPage, address: str) -> None:
    page = new_page()
    chat = Chat(page)
    chat.open(address + "/")
    chat.ask("khoản 1 Điều 6")
    page.context.set_offline(True)
    chat.ask(QUESTION)
    assert "Không kết nối được" in page.locator(".card").nth(1).inner_text()
    with page.expect_navigation():  # Gradio's answer to the server's return
        page.context.set_offline(False)
    page.wait_for_selector("#starting", state="detached")
    asked = page.locator(".asked [lang]").all_inner_texts()
    assert asked == ["khoản 1 Điều 6", QUESTION]
    page.get_by_role("button", name="Thử lại").click()
    page.wait_for_selector(f'.card.answered:has-text("{QUESTION}")')


def test_back_returns_to_where_the_reader_was(new_page: NewPage, address: str) -> None:
    page = new_page(360, 640)
    chat = Chat(page)
    chat.open(address + "/")
    chat.ask(QUESTION)
    page.locator(".card [data-source].button").scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    chat.open_source()
    page.go_back()
    page.wait_for_selector("#source-panel", state="hidden")
    assert page.url == f"{address}/"
    assert page.evaluate("scrollY") == before


def test_an_answer_moves_nothing_above_it(new_page: NewPage, address: str) -> None:
    page = new_page(360, 640)
    Chat(page).open(address + "/")
    page.evaluate(
        """() => {
          window.shift = 0;
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) window.shift += entry.value;
          }).observe({ type: "layout-shift" });
        }"""
    )
    Chat(page).ask(QUESTION)
    page.wait_for_timeout(200)
    assert page.evaluate("window.shift") < 0.01
