"""The words of both languages: the same messages, filled with the same fields."""

from __future__ import annotations

import dataclasses
import inspect
import re
import string
import unicodedata
from collections.abc import Iterator

import pytest

from chatbot.desk import Step
from chatbot.messages import (
    DEFAULT_LANGUAGE,
    ENGLISH,
    LANGUAGES,
    VIETNAMESE,
    Messages,
    messages_for,
    words,
)
from corpus.model import Status

TABLES = [
    field.name
    for field in dataclasses.fields(Messages)
    if isinstance(getattr(VIETNAMESE, field.name), dict)
]
BOTH = pytest.mark.parametrize("messages", LANGUAGES.values(), ids=LANGUAGES)


def texts(messages: Messages) -> Iterator[tuple[str, str]]:
    """Yield every text with the name of its message."""
    for field in dataclasses.fields(messages):
        value = getattr(messages, field.name)
        held = value.values() if isinstance(value, dict) else value
        yield from ((field.name, text) for text in ([held] if isinstance(held, str) else held))


def fields_in(text: str) -> set[str]:
    """Return what `str.format` would fill; fails where it could not."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def declared() -> dict[str, set[str]]:
    """Return the fields that `Messages` says each message has."""
    lines = re.findall(r"^    (\w+): (?:str|dict|tuple)(.*)$", inspect.getsource(words), re.M)
    return {name: set(re.findall(r"\{(\w+)\}", rest)) for name, rest in lines}


@BOTH
def test_every_message_has_the_fields_it_is_said_to_have(messages: Messages) -> None:
    said = declared()
    assert set(said) == {field.name for field in dataclasses.fields(Messages)}
    wrong = [(name, text) for name, text in texts(messages) if fields_in(text) != said[name]]
    assert wrong == []


@BOTH
def test_no_field_is_left_in_a_filled_message(messages: Messages) -> None:
    said = declared()
    filled = [text.format(**dict.fromkeys(said[name], "7")) for name, text in texts(messages)]
    assert [text for text in filled if "{" in text or "}" in text] == []


@BOTH
def test_every_message_says_something_in_one_line_of_nfc(messages: Messages) -> None:
    for name, text in texts(messages):
        assert text, name
        assert text == " ".join(text.split()), name
        assert unicodedata.is_normalized("NFC", text), name


@pytest.mark.parametrize("table", TABLES)
def test_both_languages_have_words_for_the_same_things(table: str) -> None:
    assert set(getattr(VIETNAMESE, table)) == set(getattr(ENGLISH, table))


def test_both_languages_give_as_many_tips() -> None:
    assert len(VIETNAMESE.not_found_tips) == len(ENGLISH.not_found_tips)


@BOTH
def test_every_status_and_every_step_of_the_desk_has_its_words(messages: Messages) -> None:
    assert set(messages.statuses) == {status.value for status in Status}
    assert set(messages.operator_steps) == {step.value for step in Step} - {Step.IDLE}


def test_a_switch_leads_to_the_other_language_and_back() -> None:
    assert set(LANGUAGES) == {"vi", "en"}
    for code, messages in LANGUAGES.items():
        assert messages.language == code
        other = LANGUAGES[messages.other_language]
        assert other is not messages
        assert LANGUAGES[other.other_language] is messages


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("vi", VIETNAMESE),
        ("en", ENGLISH),
        ("EN", ENGLISH),
        ("en-GB", ENGLISH),
        ("En-us-x-abc", ENGLISH),
        ("vi-VN", VIETNAMESE),
        ("fr", VIETNAMESE),
        ("eng", VIETNAMESE),
        ("-en", VIETNAMESE),
        ("", VIETNAMESE),
        (None, VIETNAMESE),
    ],
)
def test_a_language_is_found_by_its_code_and_vietnamese_stands_in(
    language: str | None, expected: Messages
) -> None:
    assert messages_for(language) is expected
    assert DEFAULT_LANGUAGE == "vi"
