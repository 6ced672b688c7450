"""Questions that were not answered, so that an operator can write example questions for them.

Off unless the setting `log_refused` is on: it keeps what people typed.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from chatbot.answers import Answer, AnswerStatus
from chatbot.line_log import LineLog
from corpus.text import fold

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A question that was not answered, however often and carelessly it was typed."""

    question: str  # as typed last
    times: int
    nearest: str | None  # permalink of the provision that came nearest
    last: str  # day, ISO 8601

    def to_json(self) -> dict[str, Any]:
        """Return {"question", "times", "nearest", "last"}."""
        return asdict(self)


class RefusalLog:
    """The file they are kept in, one JSON object a line."""

    def __init__(self, path: Path) -> None:
        """Take the file."""
        self._lines = LineLog(path)

    def note(self, answer: Answer) -> None:
        """Keep a refused question; thanks are none, and what finds no room is let go."""
        if answer.status is not AnswerStatus.NOT_FOUND or answer.asks_nothing:
            return
        nearest = answer.alternatives[0].url if answer.alternatives else None
        try:
            self._lines.add(
                {
                    "day": datetime.now(UTC).date().isoformat(),
                    "question": answer.question,
                    "nearest": nearest,
                }
            )
        except OSError:
            log.exception("a refused question cannot be kept")  # the visitor has the answer

    def read(self) -> list[Refusal]:
        """Return what was refused, most frequent first; case, marks and blanks are the same.

        Raises:
            OSError: The file cannot be read.
        """
        times: Counter[str] = Counter()
        latest: dict[str, Mapping[str, Any]] = {}
        for line in self._lines.read():
            key = " ".join(fold(line["question"]).split())
            times[key] += 1
            latest[key] = line
        return [
            Refusal(latest[key]["question"], count, latest[key]["nearest"], latest[key]["day"])
            for key, count in times.most_common()
        ]
