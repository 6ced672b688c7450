"""Script and markup, in questions and in documents, are text wherever they are shown."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.chatbot.web.browsing import Chat, NewPage
from tests.chatbot.web.site import ATTACK, FICTION_ID

pytestmark = pytest.mark.browser


def harmless(page: Page) -> bool:
    return not any(frame.evaluate("'attacked' in window") for frame in page.frames) and not any(
        frame.locator("img[src='x']").count() for frame in page.frames
    )


def test_a_question_is_text(new_page: NewPage, address: str) -> None:
    page = new_page()
    chat = Chat(page)
    chat.open(address + "/")
    chat.ask(ATTACK)
    assert ATTACK in str(page.locator(".asked").text_content())
    assert harmless(page)
    page.reload()  # the conversation is put back from the memory of the tab
    page.wait_for_selector("#starting", state="detached")
    assert ATTACK in str(page.locator(".asked").text_content())
    assert harmless(page)


def test_an_answer_is_text(new_page: NewPage, address: str) -> None:
    page = new_page()
    chat = Chat(page)
    chat.open(address + "/")
    chat.ask("tấn công")
    card = page.locator(".card")
    for part in (".basis", ".heading", "blockquote", ".understood"):
        assert ATTACK in str(card.locator(part).text_content()), part
    assert "*cầu vồng* _hai lần_" in str(card.locator("blockquote").text_content())
    page.locator(".alternatives summary").click()
    assert ATTACK in page.locator(".alternatives a").inner_text()
    assert ATTACK in page.locator(".suggestions .chip").inner_text()
    chat.open_source()
    assert harmless(page)
    page.keyboard.press("Escape")
    page.wait_for_selector("#source-panel", state="hidden")
    chat.ask("không có")
    assert ATTACK in page.locator(".card").nth(1).inner_text()
    assert harmless(page)


@pytest.mark.parametrize("language", ["", "?lang=en"])
def test_a_document_is_text(new_page: NewPage, address: str, language: str) -> None:
    page = new_page()
    page.goto(f"{address}/van-ban/{FICTION_ID}{language}#dieu-3.khoan-1")
    assert ATTACK in page.title()
    assert ATTACK in page.locator(".title").inner_text()
    assert ATTACK in str(page.locator("#dieu-3 > h3, #dieu-3 > h4").first.text_content())
    assert ATTACK in str(page.locator(".contents").text_content())
    page.fill("#find input", "<script>")
    page.keyboard.press("Enter")
    assert harmless(page)
    page.goto(f"{address}/van-ban?q={ATTACK}{language.replace('?', '&')}")
    assert page.input_value("#q") == ATTACK
    assert harmless(page)
    page.goto(f"{address}/van-ban/<script>window.attacked=1{language}")
    assert "<script>" in page.locator("main").inner_text()
    assert harmless(page)
    new_page.errors.clear()


def test_a_question_of_an_address_is_text(new_page: NewPage, address: str) -> None:
    page = new_page()
    page.goto(f"{address}/?van-ban={FICTION_ID}&quy-dinh=dieu-3.khoan-1")
    page.wait_for_selector("#about:not([hidden])")
    assert harmless(page)
