"""No page breaks a rule of axe-core, in any state, width, theme or language."""

from __future__ import annotations

from typing import Literal

import pytest

from tests.chatbot.web.axe import violations
from tests.chatbot.web.browsing import STATES, TEST_STATES, NewPage

pytestmark = pytest.mark.browser

ALL = STATES | TEST_STATES
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("state", ALL)
def test_axe_finds_nothing(new_page: NewPage, address: str, state: str, language: str) -> None:
    page = new_page(1280)
    ALL[state](page, address, language)
    found = []
    for width in (1280, 360) if language == "vi" else (360,):
        page.set_viewport_size({"width": width, "height": 740})
        page.evaluate("scrollTo(0, 0)")  # else what lies half under the find bar is chance
        for scheme in SCHEMES if language == "vi" else SCHEMES[:1]:
            page.emulate_media(color_scheme=scheme)
            for frame in page.frames:
                found += [f"{width} {scheme} {line}" for line in violations(frame)]
    assert found == []


def test_axe_finds_what_is_wrong(new_page: NewPage) -> None:
    page = new_page()
    page.set_content("<html lang='vi'><title>x</title><main><h1>x</h1><button></button></main>")
    assert [line.split(":")[0] for line in violations(page)] == ["button-name"]
