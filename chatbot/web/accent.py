"""An accent colour of a host's choice, made readable on our pages (WCAG 2.2 contrast)."""

from __future__ import annotations

import re

ENOUGH = 4.5  # contrast of text
LIGHT_GROUND = (0xEC, 0xE7, 0xDC)  # the darkest surface of the light theme in static/tokens.css
DARK_GROUND = (0x36, 0x3B, 0x42)  # the lightest surface of the dark theme
WHITE, BLACK = (255, 255, 255), (0, 0, 0)
STEPS = 50

Colour = tuple[int, int, int]


def read_colour(text: str) -> Colour | None:
    """Read "#8c1d18", "8c1d18" or "#8cf"; `None` for anything else."""
    found = re.fullmatch(r"#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})", text.strip())
    if not found:
        return None
    digits = found[1] if len(found[1]) == 6 else "".join(2 * digit for digit in found[1])
    red, green, blue = bytes.fromhex(digits)
    return red, green, blue


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast ratio of two colours, 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def accent_properties(accent: Colour) -> dict[str, str]:
    """Return the custom properties of tokens.css that an accent colour replaces.

    Each colour comes once per theme, moved towards black or white as far as it takes to be read.
    """
    light = _readable(accent, LIGHT_GROUND, BLACK)
    dark = _readable(accent, DARK_GROUND, WHITE)
    pairs = {
        "--accent": (light, dark),
        "--accent-hover": (_mix(light, BLACK, 0.25), _mix(dark, WHITE, 0.4)),
        "--on-accent": (WHITE, BLACK),
    }
    return {
        name: f"light-dark({_print(for_light)}, {_print(for_dark)})"
        for name, (for_light, for_dark) in pairs.items()
    }


def _readable(colour: Colour, ground: Colour, towards: Colour) -> Colour:
    mixed = (_mix(colour, towards, step / STEPS) for step in range(STEPS + 1))
    return next((one for one in mixed if contrast(one, ground) >= ENOUGH), towards)


def _mix(colour: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(colour, other, strict=True))
    return red, green, blue


def _luminance(colour: Colour) -> float:
    def linear(channel: int) -> float:
        value = channel / 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = map(linear, colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _print(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
