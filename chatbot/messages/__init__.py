"""Every word an end user reads, one module per language.

`chatbot.messages.vi` is the first language, `chatbot.messages.en` the second; both fill the
same `Messages` value, so a missing word is a type error. Operator messages (errors, command
line) are not here: they stay where the facts are.

Texts with `{name}` fields are filled with `str.format`.
"""

from __future__ import annotations

from chatbot.messages.en import ENGLISH
from chatbot.messages.vi import VIETNAMESE
from chatbot.messages.words import Messages

DEFAULT_LANGUAGE = VIETNAMESE.language
LANGUAGES = {words.language: words for words in (VIETNAMESE, ENGLISH)}

__all__ = ["DEFAULT_LANGUAGE", "ENGLISH", "LANGUAGES", "VIETNAMESE", "Messages", "messages_for"]


def messages_for(language: str | None) -> Messages:
    """Return the words of a language: its two-letter code, any case, or a tag like "en-GB".

    An unknown or missing language is read as Vietnamese.
    """
    code = (language or DEFAULT_LANGUAGE).lower().partition("-")[0]
    return LANGUAGES.get(code, VIETNAMESE)
