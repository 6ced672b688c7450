"""Which term a provision defines: "5. Thả diều là việc …"."""

from __future__ import annotations

import re

_DEFINITION = re.compile(
    r"\s*(?:\d+[a-zđ]?[.)]\s*)?[“\"]?(?P<term>[^“”\"\n:;.]{2,80}?)[”\"]?\s+"
    r"(?:\((?:sau đây|viết tắt)[^)]*\)\s*)?(?:là|gồm|bao gồm|được hiểu là)(?!\w)",
)


def defined_term(text: str) -> str:
    """Return the term that a text begins by defining, as written; "" if it defines none."""
    match = _DEFINITION.match(text)
    return " ".join(match["term"].split()) if match else ""
