"""What a site may choose about the chat it shows: query parameters of /embed, checked here.

A value that cannot be used is left out and named; the page tells it in the browser's console,
because whoever wrote it reads that console and not our log.
"""

from __future__ import annotations

import json
import re
from collections.abc import Container, Mapping
from dataclasses import dataclass, field

from chatbot.web.accent import Colour, read_colour
from corpus.errors import TextError
from corpus.text import one_line

THEMES = ("auto", "light", "dark")
SESSIONS = ("tab", "none", "local")
MAX_GREETING = 200  # characters
MAX_QUESTIONS = 6
MAX_QUESTION = 150  # characters; all of them travel in one address
DEFAULT_EXPIRY_MIN = 24 * 60
MAX_EXPIRY_MIN = 365 * 24 * 60

_MINUTES = re.compile("[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class EmbedOptions:
    """The choices in force."""

    theme: str = THEMES[0]
    accent: Colour | None = None
    greeting: str = ""  # "" keeps the greeting of the language
    questions: tuple[str, ...] | None = None  # `None` keeps the examples of the documents
    document_id: str | None = None  # the only document asked
    session: str = SESSIONS[0]
    expiry_min: int = DEFAULT_EXPIRY_MIN  # of a "local" session
    refused: tuple[str, ...] = field(default=())  # values left out, with what was expected


def read_options(query: Mapping[str, str], documents: Container[str]) -> EmbedOptions:
    """Read the parameters `theme accent greeting questions document session expires`.

    Args:
        query: The query parameters.
        documents: Ids of the loaded documents.
    """
    refused: list[str] = []

    def refuse(name: str, expected: str) -> None:
        refused.append(f"{name}={query[name][:80]!r}: expected {expected}")

    def choice(name: str, known: tuple[str, ...]) -> str:
        value = query.get(name) or known[0]
        if value not in known:
            refuse(name, ", ".join(known))
            return known[0]
        return value

    theme, session = choice("theme", THEMES), choice("session", SESSIONS)
    accent = read_colour(query["accent"]) if query.get("accent") else None
    if query.get("accent") and accent is None:
        refuse("accent", "a colour like #8c1d18")
    greeting = _line(query.get("greeting", ""), MAX_GREETING)
    if greeting is None:
        refuse("greeting", f"a text of at most {MAX_GREETING} characters")
    questions = _questions(query["questions"]) if query.get("questions") else None
    if query.get("questions") and questions is None:
        refuse(
            "questions",
            f"a JSON array of at most {MAX_QUESTIONS} texts of {MAX_QUESTION} characters",
        )
    document_id = query.get("document") or None
    if document_id is not None and document_id not in documents:
        refuse("document", "the id of a loaded document")
        document_id = None
    expires = query.get("expires") or str(DEFAULT_EXPIRY_MIN)
    expiry_min = int(expires) if _MINUTES.fullmatch(expires) else 0
    if not 1 <= expiry_min <= MAX_EXPIRY_MIN:
        refuse("expires", f"minutes, 1 to {MAX_EXPIRY_MIN}")
        expiry_min = DEFAULT_EXPIRY_MIN
    return EmbedOptions(
        theme, accent, greeting or "", questions, document_id, session, expiry_min, tuple(refused)
    )


def _questions(text: str) -> tuple[str, ...] | None:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):  # not JSON, or nested without end
        return None
    if not isinstance(found, list) or len(found) > MAX_QUESTIONS:
        return None
    lines = [_line(one, MAX_QUESTION) if isinstance(one, str) else None for one in found]
    questions = dict.fromkeys(line for line in lines if line)
    return tuple(questions) if all(lines) else None


def _line(text: str, limit: int) -> str | None:
    """Return a text on one line; `None` where it is no text, or longer than the limit."""
    try:
        line = one_line(text)
    except TextError:
        return None
    return line if len(line) <= limit else None
