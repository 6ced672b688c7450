"""Whether answers were right, as visitors tell it: off unless an operator wants it.

A line holds a hash of the question, the provision that was shown, the index that found it and
the verdict. No question, no address, no time: what somebody asked cannot be read from it, though
who holds the file can test whether a question they know of was asked.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.concurrency import run_in_threadpool

from chatbot.line_log import LineLog
from chatbot.settings import Settings
from chatbot.web.api import find_document
from chatbot.web.intake import MAX_ID_CHARS, make_asking, places, read_json
from chatbot.web.parts import Asker
from chatbot.web.problems import Problem, words_of
from corpus.text import fold
from index.store import current_generation


class FeedbackBody(BaseModel):
    """A verdict on one answer; no provision where nothing was found."""

    model_config = ConfigDict(extra="forbid", strict=True)

    question: str
    document_id: str | None = Field(default=None, max_length=MAX_ID_CHARS)
    provision: str | None = Field(default=None, max_length=MAX_ID_CHARS)
    helpful: bool


class FeedbackFile:
    """Appends verdicts to a file; about 80,000 fit."""

    def __init__(self, path: Path, index_dir: Path) -> None:
        self._lines = LineLog(path)
        self._index_dir = index_dir

    def add(self, question: str, clause: str | None, *, helpful: bool) -> bool:
        """Append a verdict; return whether there was room.

        Args:
            question: Only its hash is kept, case, marks and blanks aside.
            clause: "137-2024-nd-cp#dieu-6.khoan-2"; `None` where nothing was found.
            helpful: The verdict.
        """
        return self._lines.add(
            {
                "question": sha256(" ".join(fold(question).split()).encode()).hexdigest(),
                "clause": clause,
                "index": current_generation(self._index_dir),
                "helpful": helpful,
            }
        )


def feedback_router(asker: Asker, settings: Settings) -> APIRouter:
    """Return the route that takes verdicts; it answers 404 where they are not wanted."""
    router = APIRouter()
    kept = FeedbackFile(settings.feedback_file, settings.index_dir)

    @router.post("/api/v1/feedback", status_code=204, include_in_schema=settings.feedback)
    async def feedback(request: Request) -> Response:
        """Take a visitor's verdict on an answer."""
        words = words_of(request)
        if not settings.feedback:
            raise Problem(404, "feedback_off", words.feedback_off)
        try:
            body = FeedbackBody.model_validate(await read_json(request, words))
        except ValidationError as error:
            message = words.body_wrong_shape.format(details=places(error))
            raise Problem(422, "wrong_shape", message) from error
        asked = make_asking(body.question, (), None, settings, words)
        clause = None
        if body.document_id is not None:
            document = find_document(asker, body.document_id, words)
            if body.provision not in document.by_id:
                message = words.provision_not_found.format(
                    document=body.document_id, provision=body.provision
                )
                raise Problem(404, "unknown_provision", message)
            clause = f"{body.document_id}#{body.provision}"
        if not await run_in_threadpool(kept.add, asked.question, clause, helpful=body.helpful):
            raise Problem(507, "feedback_full", words.feedback_full)
        return Response(status_code=204)

    return router
