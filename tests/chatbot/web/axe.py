"""What axe-core finds wrong with a page, as lines a person can act on."""

from __future__ import annotations

import json

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Frame, Page

# WCAG 2.2 AA, which the pages promise, and axe's own good practice.
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice")


def violations(page: Page | Frame) -> list[str]:
    """Return what breaks a rule: "rule: selector: what to mend", one line an element.

    A frame inside the page is looked at by handing in that frame.
    """
    page.evaluate(Axe().axe_script)
    options = {"runOnly": list(RULES), "resultTypes": ["violations"], "iframes": False}
    result = page.evaluate(f"axe.run({json.dumps(options)})")
    return [
        f"{violation['id']}: {node['target']}: {node.get('failureSummary', '')}"
        for violation in result["violations"]
        for node in violation["nodes"]
    ]
