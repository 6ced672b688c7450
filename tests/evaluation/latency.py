"""What `ask` takes over the encoder call alone, both in the same run."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from statistics import median
from typing import TypeVar

from corpus.library import shipped_library
from index.types import Encoder
from tests.evaluation import cases
from tests.evaluation.systems import Build, System, in_memory, system
from tests.evaluation.tables import Say
from tests.evaluation.tasks import DATA, alqac

ROUNDS = 3
Given = TypeVar("Given")


def latency(encoder: Encoder, large: Build, say: Say) -> None:
    """Print medians at the shipped decree and, when the data is there, at about 9,000 clauses."""
    say("\n== ask over the encoder call alone, median milliseconds of the same questions")
    questions = [case.question for case in cases.shipped_questions() if case.style != "citation"]
    _show(system(shipped_library(), in_memory(encoder)), encoder, questions, say)
    if DATA.is_dir():
        exam = alqac(large).part(120)
        _show(exam.system, encoder, exam.questions, say)


def _show(over: System, encoder: Encoder, questions: Iterable[str], say: Say) -> None:
    """Time both calls for each question in turn, so that a busy machine slows both alike."""
    over.chatbot.ask("làm ấm")
    asking: list[float] = []
    encoding: list[float] = []
    for question in questions:
        pairs = [
            (_seconds(encoder.encode_queries, [question]), _seconds(over.chatbot.ask, question))
            for _ in range(ROUNDS)
        ]
        encoding.append(min(one for one, _ in pairs))
        asking.append(min(one for _, one in pairs))
    share = median(asking) / median(encoding)
    say(
        f"{len(over.library.clauses):>6} clauses: encoder {1000 * median(encoding):.1f}  "
        f"ask {1000 * median(asking):.1f}  {share:.2f}×"
    )


def _seconds(call: Callable[[Given], object], given: Given) -> float:
    started = time.perf_counter()
    call(given)
    return time.perf_counter() - started
