"""What a site may choose about the chat it shows: query parameters of /embed, checked here.

A value that cannot be used is left out and named; the page tells it in the browser's console,
because whoever wrote it reads that console and not our log.
"""

from __future__ import annotations

import json
from collections.abc import Container, Mapping
from dataclasses import dataclass, field

from chatbot.web.accent import Colour, read_colour

THEMES = ("auto", "light", "dark")
SESSIONS = ("tab", "none", "local")
MAX_GREETING = 200  # characters
MAX_QUESTIONS = 6
MAX_QUESTION = 150  # characters; all of them travel in one address
DEFAULT_EXPIRY_MIN = 24 * 60
MAX_EXPIRY_MIN = 365 * 24 * 60


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
    greeting = " ".join(query.get("greeting", "").split())
    if len(greeting) > MAX_GREETING:
        refuse("greeting", f"at most {MAX_GREETING} characters")
        greeting = ""
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
    expiry = query.get("expires") or str(DEFAULT_EXPIRY_MIN)
    if not (expiry.isascii() and expiry.isdigit() and 1 <= int(expiry[:9]) <= MAX_EXPIRY_MIN):
        refuse("expires", f"minutes, 1 to {MAX_EXPIRY_MIN}")
        expiry = str(DEFAULT_EXPIRY_MIN)
    return EmbedOptions(
        theme, accent, greeting, questions, document_id, session, int(expiry), tuple(refused)
    )


def _questions(text: str) -> tuple[str, ...] | None:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):  # not JSON, or nested without end
        return None
    if not isinstance(found, list) or len(found) > MAX_QUESTIONS:
        return None
    if not all(isinstance(one, str) and 0 < len(one.strip()) <= MAX_QUESTION for one in found):
        return None
    return tuple(dict.fromkeys(" ".join(one.split()) for one in found))
