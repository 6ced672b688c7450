"""Accent colours; that any of them can be read is in tests/chatbot/web/test_embedding.py."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.web.accent import (
    BLACK,
    DARK_GROUND,
    ENOUGH,
    LIGHT_GROUND,
    WHITE,
    Colour,
    accent_properties,
    contrast,
    read_colour,
)
from chatbot.web.assets import FOLDER

COLOURS = st.tuples(*[st.integers(0, 255)] * 3)


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("#8c1d18", (0x8C, 0x1D, 0x18)),
        ("8C1D18", (0x8C, 0x1D, 0x18)),
        ("#8cf", (0x88, 0xCC, 0xFF)),
        ("000", (0, 0, 0)),
        (" #fff\n", (255, 255, 255)),
    ],
)
def test_colours_are_read(text: str, colour: Colour) -> None:
    assert read_colour(text) == colour


@pytest.mark.parametrize(
    "text",
    [
        "",
        "#",
        "#ff",
        "#ffff",
        "#fffff",
        "#ffffffff",
        "##fff",
        "red",
        "#ggg",
        "# fff",
        "１２３",
        "ff;",
    ],
)
def test_anything_else_is_no_colour(text: str) -> None:
    assert read_colour(text) is None


@given(COLOURS)
def test_a_printed_colour_is_read_back(colour: tuple[int, int, int]) -> None:
    assert read_colour("#{:02x}{:02x}{:02x}".format(*colour)) == colour


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        (BLACK, WHITE, 21.0),
        (WHITE, WHITE, 1.0),
        ((0x77, 0x77, 0x77), WHITE, 4.48),  # just below what WCAG asks of text, #767676 above
        ((0x76, 0x76, 0x76), WHITE, 4.54),
        ((255, 0, 0), WHITE, 4.0),
        ((0, 0, 255), WHITE, 8.59),
        ((0, 255, 0), BLACK, 15.3),
    ],
)
def test_contrast_is_that_of_wcag(one: Colour, other: Colour, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.006)
    assert contrast(other, one) == contrast(one, other)


@given(COLOURS, COLOURS)
def test_contrast_lies_between_one_and_twenty_one(
    one: tuple[int, int, int], other: tuple[int, int, int]
) -> None:
    assert 1 <= contrast(one, other) <= 21.0001


def test_a_colour_that_can_be_read_is_left_as_it_is() -> None:
    dark, bright = (0x5A, 0x0D, 0x0A), (0xFF, 0xE0, 0x66)
    assert accent_properties(dark)["--accent"].startswith("light-dark(#5a0d0a, ")
    assert accent_properties(bright)["--accent"].endswith(", #ffe066)")


def test_a_colour_is_moved_no_further_than_it_takes() -> None:
    for_light, for_dark = re.findall(r"#\w{6}", accent_properties((0x80, 0x80, 0x80))["--accent"])
    for printed, ground in ((for_light, LIGHT_GROUND), (for_dark, DARK_GROUND)):
        moved = read_colour(printed)
        assert moved is not None
        assert ENOUGH <= contrast(moved, ground) < ENOUGH + 0.5


def test_the_style_sheet_has_the_properties_that_are_replaced() -> None:
    sheet = (FOLDER / "tokens.css").read_text("utf-8")
    for name in accent_properties(BLACK):
        assert f"{name}: light-dark(" in sheet
