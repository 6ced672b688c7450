"""Take pictures of every page in every state, on a phone and a desk, light and dark.

    python -m tests.screenshots [STATE …]

Writes docs/images/STATE-WIDTH-SCHEME.webp from the running product with its real model.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Page

from chatbot.assembly import Assembly
from chatbot.settings import read_settings
from chatbot.web.server import create_app
from tests.chatbot.web.browsing import STATES, Chat, NewPage, asked, chromium_browser, offline
from tests.chatbot.web.hosting import serving

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "images"
SIZES = {360: 740, 1280: 800}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
QUALITY = 60  # of WebP: text stays sharp, a picture takes 10 to 90 kB


def _panel(page: Page, address: str, language: str) -> None:
    asked("ke hoach chuyen doi so phai lap may nam mot lan?")(page, address, language)
    Chat(page).open_source()


# As visitors ask: in their own words.
OWN: dict[str, Callable[[Page, str, str], None]] = {
    "chat-answered": asked("Ai hướng dẫn xây dựng kế hoạch 5 năm về chuyển đổi số?"),
    "chat-read": asked("ke hoach chuyen doi so phai lap may nam mot lan?"),
    "chat-refused": asked("Mức phạt khi vượt đèn đỏ là bao nhiêu?"),
    "chat-panel": _panel,
    "chat-error": offline,
}


def main() -> int:
    """Take the pictures named on the command line, or all."""
    states = STATES | OWN
    wanted = sys.argv[1:] or list(states)
    if unknown := set(wanted) - set(states):
        raise SystemExit(f"unknown states {sorted(unknown)}; known: {', '.join(states)}")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        raise SystemExit("no chromium on this machine (apt-get install chromium)")
    FOLDER.mkdir(parents=True, exist_ok=True)
    parts = Assembly(read_settings(os.environ))
    parts.update_index()
    app = create_app(parts.chatbot, parts.settings, lambda: parts.index)
    with serving(app) as port, chromium_browser(chromium) as browser:
        for name in wanted:
            for width, height in SIZES.items():
                pages = NewPage(browser)
                page = pages(width, height, has_touch=width < 600, is_mobile=width < 600)
                states[name](page, f"http://127.0.0.1:{port}", "vi")
                for scheme in SCHEMES:
                    page.emulate_media(color_scheme=scheme)
                    page.wait_for_timeout(100)  # until the scheme is painted
                    file = FOLDER / f"{name}-{width}-{scheme}.webp"
                    picture = Image.open(io.BytesIO(page.screenshot()))
                    picture.save(file, "WEBP", quality=QUALITY, method=6)
                    print(f"{file.name}: {file.stat().st_size / 1000:.0f} kB")
                pages.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
