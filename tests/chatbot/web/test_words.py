"""Each language speaks only itself, on every page and in every state; nothing comes from afar."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import gradio
import pytest

from chatbot.messages import ENGLISH, VIETNAMESE, Messages
from chatbot.syllables import is_marked, is_valid
from tests.chatbot.web.browsing import STATES, TEST_STATES, NewPage
from tests.chatbot.web.seen import seen_on
from tests.chatbot.web.site import ATTACK

# All but those whose marks cut words in two and whose text is no language.
SPOKEN = STATES | {name: TEST_STATES[name] for name in ("chat-error", "chat-offline")}
# Keys of a keyboard, names of formats, the other language's name.
NAMES = {"enter", "shift", "ctrl", "api", "openapi", "json", "utf", "byte", "english"}
LAW = {"điểm", "khoản", "điều", "nghị", "định"}  # citations stay Vietnamese in English
_NUMBERS = re.compile(r"\d+/\d+/[\w-]+|\S+\.\w{2,4}\b|/[\w/{}-]+")  # and files, and addresses


def foreign_words(text: str) -> list[str]:
    """Return the words Vietnamese spelling does not allow."""
    words = re.findall(r"[^\W\d_]{2,}", _NUMBERS.sub(" ", text.replace(ATTACK, "")))
    return [word for word in words if word.lower() not in NAMES and not is_valid(word)]


def vietnamese_words(text: str) -> list[str]:
    """Return the words with Vietnamese marks that are neither names nor in a citation."""
    kept = _NUMBERS.sub(" ", text.replace(ATTACK, "")).replace(ENGLISH.product, "")
    words = re.findall(r"[^\W\d_]+", kept.replace(ENGLISH.other_language_name, ""))
    return [word for word in words if is_marked(word) and word.lower() not in LAW]


@pytest.mark.browser
def test_vietnamese_pages_speak_vietnamese(new_page: NewPage, address: str) -> None:
    page = new_page(locale="en-US")
    wrong: dict[str, list[str]] = {}
    for state, show in SPOKEN.items():
        show(page, address, "vi")
        for one in seen_on(page):
            if one.language != "en" and foreign_words(one.text):
                wrong.setdefault(state, []).append(one.text)
        page.evaluate("sessionStorage.clear()")
    assert wrong == {}


@pytest.mark.browser
def test_english_pages_speak_english_and_say_what_is_vietnamese(
    new_page: NewPage, address: str
) -> None:
    page = new_page(locale="vi-VN")
    wrong: dict[str, list[str]] = {}
    for state, show in SPOKEN.items():
        show(page, address, "en")
        titles = {frame.title() for frame in page.frames}  # a title cannot say its language
        for one in seen_on(page):
            if one.language == "en" and one.text not in titles and vietnamese_words(one.text):
                wrong.setdefault(state, []).append(one.text)
        page.evaluate("sessionStorage.clear()")
    assert wrong == {}


@pytest.mark.browser
def test_nothing_is_fetched_from_afar_and_nothing_goes_wrong(
    new_page: NewPage, address: str
) -> None:
    page = new_page()
    for language in ("vi", "en"):
        for state, show in STATES.items():
            show(page, address, language)
            missing = ["error: Failed to load resource: the server responded with a status of 404"]
            errors = [error.split(" (")[0] for error in new_page.errors]
            assert errors == (missing if state == "absent" else []), state
            new_page.errors.clear()
    assert new_page.hosts == {urlsplit(address).netloc}


@pytest.mark.browser
def test_the_api_is_described_in_vietnamese(new_page: NewPage, address: str) -> None:
    page = new_page()
    page.goto(f"{address}/api/docs")
    assert page.locator(".operation").count() >= 6
    assert page.locator("main [lang=en]").all_inner_texts() == []


def test_every_english_message_would_be_seen() -> None:
    shared = set(_texts(VIETNAMESE))
    unseen = [text for text in set(_texts(ENGLISH)) - shared if not foreign_words(text)]
    assert unseen == []


def test_every_vietnamese_message_would_be_seen() -> None:
    shared = set(_texts(ENGLISH))
    unseen = [text for text in set(_texts(VIETNAMESE)) - shared if not vietnamese_words(text)]
    known = (VIETNAMESE.product, "Điều", "trong  điều", VIETNAMESE.demo_labels["height"])
    assert [text for text in unseen if text.strip() not in known] == []


def test_every_english_string_of_gradio_would_be_seen() -> None:
    folder = Path(gradio.__file__).parent / "templates" / "frontend" / "assets"
    (code,) = (
        code
        for file in folder.glob("core-*.js")
        if "drop_to_upload" in (code := file.read_text("utf-8"))
    )
    texts = re.findall(r"\b[a-z_]+:`([A-Z][a-z]+ [^`${}]+)`", code)
    assert len(texts) > 50, "Gradio keeps its words elsewhere now"
    assert [text for text in texts if not foreign_words(text)] == []


def _texts(words: Messages) -> Iterator[str]:
    """Yield the words of a language, without what they are filled with."""
    for field in dataclasses.fields(words):
        if field.name in ("language", "other_language", "other_language_name", "product"):
            continue  # the same in both, or in the other language by intent
        value = getattr(words, field.name)
        texts = value.values() if isinstance(value, dict) else value
        for text in [texts] if isinstance(texts, str) else texts:
            bare = re.sub(r"\{\w+\}", "", text)
            if re.search(r"[^\W\d_]{2}", bare):
                yield bare
