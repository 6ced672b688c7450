"""Reading a question that came over the network: limits first, then shape, then text."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import Request
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from chatbot.answers import Turn
from chatbot.messages import Messages
from chatbot.settings import Settings
from chatbot.web.problems import Problem
from corpus.errors import TextError
from corpus.text import check_text, clean

MAX_ID_CHARS = 200  # no document or provision id comes near it


class TurnBody(BaseModel):
    """An earlier question and the provision that answered it."""

    model_config = ConfigDict(extra="forbid", strict=True)

    question: str
    document_id: str | None = Field(default=None, max_length=MAX_ID_CHARS)
    provision: str | None = Field(default=None, max_length=MAX_ID_CHARS)


class AskBody(BaseModel):
    """A question with the conversation before it."""

    model_config = ConfigDict(extra="forbid", strict=True)

    question: str
    history: list[TurnBody] = Field(default_factory=list)
    document_id: str | None = Field(default=None, max_length=MAX_ID_CHARS)
    as_typed: bool = False


@dataclass(frozen=True, slots=True)
class Asking:
    """A question that may be asked: clean text, within the limits."""

    question: str
    history: tuple[Turn, ...]
    document_id: str | None
    as_typed: bool = False  # restore no marks, spell out nothing


async def read_json(request: Request, words: Messages) -> object:
    """Return the JSON value a request carries.

    Raises:
        Problem: 415 for another content type, 400 for anything that is not JSON in UTF-8.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise Problem(415, "unsupported_media_type", words.body_wrong_type)
    try:
        return json.loads((await request.body()).decode("utf-8"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise Problem(400, "bad_json", words.body_not_json) from error


def _refuse_constant(name: str) -> object:
    raise ValueError(f"{name} is not JSON")


def read_asking(value: object, settings: Settings, words: Messages) -> Asking:
    """Check shape and text of an asked question.

    Raises:
        Problem: 422 with the code of what is wrong.
    """
    try:
        body = AskBody.model_validate(value)
    except ValidationError as error:
        raise Problem(
            422, "wrong_shape", words.body_wrong_shape.format(details=places(error))
        ) from error
    return make_asking(
        body.question,
        [Turn(turn.question, turn.document_id, turn.provision) for turn in body.history],
        body.document_id,
        settings,
        words,
        as_typed=body.as_typed,
    )


def make_asking(
    question: str,
    history: Sequence[Turn],
    document_id: str | None,
    settings: Settings,
    words: Messages,
    *,
    as_typed: bool = False,
) -> Asking:
    """Check the text of a question and its history; both doors, API and chat, lead here.

    Raises:
        Problem: 422 with the code of what is wrong.
    """
    if len(history) > settings.max_history:
        message = words.history_too_long.format(limit=settings.max_history)
        raise Problem(422, "history_too_long", message)
    clean = _text(question, settings, words)
    if not clean:
        raise Problem(422, "question_empty", words.question_empty)
    turns = tuple(
        Turn(
            _text(turn.question, settings, words),
            _identity(turn.document_id, words),
            _identity(turn.provision, words),
        )
        for turn in history
    )
    return Asking(clean, turns, _identity(document_id, words), as_typed)


def _text(raw: str, settings: Settings, words: Messages) -> str:
    """Return `raw` clean, as the chatbot reads it, without surrounding blanks."""
    if len(raw) > settings.max_question_chars:
        message = words.question_too_long.format(length=len(raw), limit=settings.max_question_chars)
        raise Problem(422, "question_too_long", message)
    try:
        return clean(raw).strip()
    except TextError as error:
        raise _not_text(words) from error


def _identity(raw: str | None, words: Messages) -> str | None:
    try:
        check_text(raw or "")
    except TextError as error:
        raise _not_text(words) from error
    return raw


def _not_text(words: Messages) -> Problem:
    return Problem(422, "question_not_text", words.question_not_text)


def places(error: ValidationError) -> str:
    """Return where the shape is wrong; never the values, which may be anything."""
    return "; ".join(
        f"{'.'.join(map(str, item['loc'])) or 'body'} ({item['type']})"
        for item in error.errors(include_input=False, include_url=False)[:5]
    )
