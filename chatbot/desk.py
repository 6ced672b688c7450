"""The operator's desk: a file is read, looked at and loaded, or a question added or taken away.

One at a time: reading and embedding take minutes, so they run in a thread and the desk says how
far they are.
"""

from __future__ import annotations

import logging
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from chatbot.assembly import Assembly
from chatbot.example_questions import ExampleQuestions
from chatbot.loading import Facts, Loaded, Loading, Reading
from corpus.errors import HoiLuatError, UnavailableError
from corpus.questions import Asked, ExampleQuestion, checked_question

log = logging.getLogger(__name__)


class Step(StrEnum):
    """What the desk is doing, or how the last job ended."""

    IDLE = "idle"
    READING = "reading"
    READ = "read"  # waits for the operator to look at the report
    LOADING = "loading"
    LOADED = "loaded"
    REMOVING = "removing"
    REMOVED = "removed"
    TEACHING = "teaching"
    TAUGHT = "taught"
    FORGETTING = "forgetting"
    FORGOTTEN = "forgotten"
    FAILED = "failed"


LONGEST_NAME = 255  # bytes that file systems allow
BUSY = (Step.READING, Step.LOADING, Step.REMOVING, Step.TEACHING, Step.FORGETTING)


@dataclass(frozen=True, slots=True)
class Job:
    """A state of the desk."""

    step: Step = Step.IDLE
    name: str = ""  # of the file, or number of the document, or the question
    done: int = 0  # pages read, or texts embedded
    total: int = 0  # 0: not known
    outcome: Loaded | None = None  # from READ on
    problem: str = ""  # why it FAILED, for operators
    embedded: int = 0  # texts, once LOADED or TAUGHT
    earlier: str = ""  # id under which the replaced text can still be read, once LOADED
    # What is not added yet, so that it need not be typed again.
    lesson: ExampleQuestion | None = None

    @property
    def busy(self) -> bool:
        """Whether something runs in the background."""
        return self.step in BUSY


class Desk:
    """Does one job at a time; every method returns at once."""

    def __init__(self, parts: Assembly, changed: Callable[[], object]) -> None:
        """Take the parts whose library is changed.

        Args:
            parts: Their library is changed.
            changed: Called before a change is reported as done, so that it can be seen by then;
                raises UnavailableError where it cannot, which is no failure of the change.
        """
        self._parts = parts
        self._changed = changed
        self._lock = threading.Lock()
        self._job = Job()
        self._reading: Reading | None = None

    @property
    def job(self) -> Job:
        """What the desk is doing now."""
        return self._job

    def read(self, name: str, content: bytes, facts: Facts) -> bool:
        """Read a file and wait to be told to load it; return whether the desk was free.

        Args:
            name: Of the file; only its last part is used. It calls the document where neither
                the text nor `facts` give a number, and then replaces none.
            content: The file.
            facts: Stand in for what the text states.
        """

        def work() -> Job:
            # In a folder of its own: the name is a stranger's, the place is ours.
            with tempfile.TemporaryDirectory(prefix="hoi-luat-") as folder:
                path = Path(folder) / _plain_name(name)
                path.write_bytes(content)
                readings = self._loading().read([path], facts)
                outcome = self._loading().preview(readings).loaded[0]
            self._reading = readings[0]
            return Job(Step.READ, path.name, outcome=outcome)

        return self._start(Job(Step.READING, _plain_name(name)), work)

    def load(self, *, correction: bool = False) -> bool:
        """Load what was read last; return whether there was something and the desk was free.

        Args:
            correction: Do not keep the text that is replaced: it was wrong.
        """

        def work() -> Job:
            reading, self._reading = self._reading, None
            if reading is None:
                return Job()
            outcome = self._loading().store([reading], correction=correction)
            self._show()
            return replace(
                self._job,
                step=Step.LOADED,
                outcome=outcome.loaded[0],
                embedded=outcome.embedded,
                earlier="".join(outcome.earlier),
            )

        if self._job.step is not Step.READ:
            return False
        return self._start(replace(self._job, step=Step.LOADING, done=0, total=0), work)

    def discard(self) -> bool:
        """Forget what was read, or how the last job ended; return whether the desk was free."""
        with self._lock:
            if self._job.busy:
                return False
            self._job, self._reading = Job(), None
            return True

    def remove(self, document_id: str) -> bool:
        """Remove a document, or an earlier text of one; return whether the desk was free."""

        def work() -> Job:
            document = self._loading().remove(document_id)
            self._show()
            return Job(Step.REMOVED, document.metadata.number)

        return self._start(Job(Step.REMOVING, document_id), work)

    def teach(self, lesson: ExampleQuestion) -> bool:
        """Add an example question; return whether the desk was free."""

        def work() -> Job:
            question = checked_question(lesson)
            change = ExampleQuestions(self._parts, embedding=self._progress).add([question])
            self._show()
            return Job(Step.TAUGHT, question.text, embedded=change.embedded)

        return self._start(Job(Step.TEACHING, lesson.text, lesson=lesson), work)

    def taught(self) -> dict[str, Asked]:
        """Return the example questions that were added, by document id; raises LibraryError."""
        return ExampleQuestions(self._parts).added()

    def forget(self, document_id: str, provision: str, text: str) -> bool:
        """Take an added example question away; return whether the desk was free."""

        def work() -> Job:
            examples = ExampleQuestions(self._parts, embedding=self._progress)
            examples.take_away(document_id, text, provision)
            self._show()
            return Job(Step.FORGOTTEN, text)

        return self._start(Job(Step.FORGETTING, text), work)

    def _start(self, begun: Job, work: Callable[[], Job]) -> bool:
        with self._lock:
            if self._job.busy:
                return False
            self._job = begun
        threading.Thread(target=self._run, args=(work,), name="desk", daemon=True).start()
        return True

    def _run(self, work: Callable[[], Job]) -> None:
        try:
            ended = work()
        except HoiLuatError as error:
            ended = self._failed(str(error))
        except Exception as error:
            log.exception("the operator's job failed")
            ended = self._failed(f"internal error: {error!r}")
        with self._lock:
            self._job = ended

    def _failed(self, problem: str) -> Job:
        return Job(Step.FAILED, self._job.name, problem=problem, lesson=self._job.lesson)

    def _show(self) -> None:
        try:
            self._changed()
        except UnavailableError:
            log.exception("the changed library cannot be shown yet")

    def _loading(self) -> Loading:
        return Loading(
            self._parts,
            pages=lambda _, done, total: self._progress(done, total),
            embedding=self._progress,
        )

    def _progress(self, done: int, total: int) -> None:
        self._job = replace(self._job, done=done, total=total)


def _plain_name(name: str) -> str:
    """Return the last part of a file's name, without what could not be in one."""
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(letter for letter in last if letter.isprintable()).encode("utf-8")
    return kept[-LONGEST_NAME:].decode("utf-8", "ignore").strip(". ") or "van-ban"
