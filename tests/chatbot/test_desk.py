"""The operator's desk: one job at a time, and how each of them ends."""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from chatbot.assembly import Assembly
from chatbot.desk import Desk, Job, Step
from chatbot.loading import Facts
from corpus.errors import UnavailableError
from corpus.questions import ExampleQuestion
from tests.test_loading import CHANGED, ID, TEXT, assembly

CLAUSE = "dieu-2.khoan-1"
SHIPPED, PLACE = "137-2024-nd-cp", "dieu-6.khoan-2"
QUESTION = "mấy giờ phải cất diều"
LESSON = ExampleQuestion("this question", ID, CLAUSE, QUESTION, "")


@pytest.fixture
def parts(tmp_path: Path) -> Assembly:
    return assembly(tmp_path)


@pytest.fixture
def desk(parts: Assembly) -> Desk:
    return Desk(parts, lambda: None)


def ended(desk: Desk, begun: bool = True) -> Job:
    """Return the job once the desk's thread, if it was begun, has ended."""
    assert begun
    for thread in threading.enumerate():
        if thread.name == "desk":
            thread.join(60)
    assert not desk.job.busy
    return desk.job


def read(desk: Desk, text: str = TEXT, facts: Facts | None = None) -> Job:
    return ended(desk, desk.read("dieu.txt", text.encode(), facts or Facts()))


def loaded(desk: Desk, text: str = TEXT) -> Job:
    read(desk, text)
    return ended(desk, desk.load())


def test_an_idle_desk_has_nothing_to_load(desk: Desk) -> None:
    assert desk.job == Job()
    assert not desk.job.busy
    assert not desk.load()
    assert desk.discard()


def test_reading_stores_nothing_and_shows_what_would_be_loaded(desk: Desk, parts: Assembly) -> None:
    job = read(desk, facts=Facts(title="Nghị định thả diều"))
    assert (job.step, job.name) == (Step.READ, "dieu.txt")
    assert job.outcome is not None
    assert (job.outcome.stored, job.outcome.comparison) == (False, None)
    assert job.outcome.reading.document.metadata.title == "Nghị định thả diều"
    assert ID not in parts.fresh_library().documents
    assert parts.generation == ""


def test_loading_reports_what_it_cost_and_what_it_replaced(desk: Desk, parts: Assembly) -> None:
    first = loaded(desk)
    assert (first.step, first.name, first.earlier) == (Step.LOADED, "dieu.txt", "")
    assert first.outcome is not None
    assert first.outcome.stored
    assert first.embedded >= 4  # the clauses of the document
    second = loaded(desk, CHANGED)
    assert second.embedded == 1
    assert second.outcome is not None
    assert second.outcome.comparison is not None
    assert [one.name for one in second.outcome.comparison.changed] == ["khoản 1 Điều 2"]
    assert parts.fresh_library().document(second.earlier).text == TEXT


def test_a_correction_keeps_no_earlier_text(desk: Desk, parts: Assembly) -> None:
    loaded(desk)
    read(desk, CHANGED)
    assert ended(desk, desk.load(correction=True)).earlier == ""
    assert parts.fresh_library().earlier == {}


def test_what_was_read_is_loaded_once(desk: Desk) -> None:
    loaded(desk)
    assert not desk.load()
    assert desk.job.step is Step.LOADED


def test_the_file_read_last_is_the_one_that_is_loaded(desk: Desk, parts: Assembly) -> None:
    read(desk)
    loaded(desk, TEXT.replace("999/2099", "998/2099"))
    assert set(parts.fresh_library().documents) == {SHIPPED, "998-2099-nd-cp"}


def test_after_a_file_that_cannot_be_read_the_one_before_is_not_loaded(desk: Desk) -> None:
    read(desk)
    assert read(desk, "không có gì").step is Step.FAILED
    assert not desk.load()


def test_what_is_discarded_is_not_loaded(desk: Desk) -> None:
    read(desk)
    assert desk.discard()
    assert desk.job == Job()
    assert not desk.load()


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("dieu.txt", "dieu.txt"),
        ("../../etc/dieu.txt", "dieu.txt"),
        ("C:\\van ban\\dieu.txt", "dieu.txt"),
        ("Nghị định về thả diều.docx", "Nghị định về thả diều.docx"),
        ("di\neu\0\x7f.txt", "dieu.txt"),
        (" dieu.txt. ", "dieu.txt"),
        ("..", "van-ban"),
        ("thu muc/", "van-ban"),
        ("", "van-ban"),
        ("a" * 300 + ".txt", "a" * 251 + ".txt"),
        ("ộ" * 90, "ộ" * 85),  # a file system allows 255 bytes
        ("\ud800dieu.txt", "dieu.txt"),
        ("dieu.pdf", "dieu.pdf"),  # what is in it says what it is
    ],
)
def test_only_the_last_part_of_a_name_is_used(desk: Desk, name: str, shown: str) -> None:
    job = ended(desk, desk.read(name, TEXT.encode(), Facts()))
    assert (job.step, job.name) == (Step.READ, shown)
    assert job.outcome is not None
    assert job.outcome.reading.document.id == ID


def test_a_text_without_a_number_does_not_replace_what_its_file_is_called_like(
    desk: Desk, parts: Assembly
) -> None:
    text = "Điều 1. Phạm vi\nVề diều.\n".encode()
    job = ended(desk, desk.read(f"{SHIPPED}.txt", text, Facts()))
    assert job.step is Step.FAILED
    assert "states no number" in job.problem
    assert SHIPPED in job.problem
    assert not desk.load()
    job = ended(desk, desk.read(f"{SHIPPED}.txt", text, Facts(number="9/2099/NĐ-CP")))
    assert ended(desk, desk.load()).step is Step.LOADED
    assert set(parts.fresh_library().documents) == {SHIPPED, "9-2099-nd-cp"}


def test_a_file_that_is_no_document_fails_with_its_reason(desk: Desk) -> None:
    job = read(desk, "không có gì")
    assert (job.step, job.name, job.outcome) == (Step.FAILED, "dieu.txt", None)
    assert "no line begins an article" in job.problem


def test_what_another_process_is_changing_is_not_loaded(desk: Desk, tmp_path: Path) -> None:
    read(desk)
    with assembly(tmp_path).changing():
        job = ended(desk, desk.load())
    assert job.step is Step.FAILED
    assert "another load" in job.problem
    assert not desk.load()


def test_removing_names_the_document_and_what_is_absent_fails(desk: Desk, parts: Assembly) -> None:
    loaded(desk)
    job = ended(desk, desk.remove(ID))
    assert (job.step, job.name) == (Step.REMOVED, "999/2099/NĐ-CP")
    assert ID not in parts.fresh_library().documents
    job = ended(desk, desk.remove(ID))
    assert (job.step, job.name) == (Step.FAILED, ID)
    assert ID in job.problem


def test_a_question_is_taught_listed_and_forgotten(desk: Desk, parts: Assembly) -> None:
    loaded(desk)
    typed = ExampleQuestion("", ID, CLAUSE, f"  {unicodedata.normalize('NFD', QUESTION)} ", "")
    job = ended(desk, desk.teach(typed))
    assert (job.step, job.name, job.embedded, job.lesson) == (Step.TAUGHT, QUESTION, 1, None)
    assert desk.taught() == {ID: {CLAUSE: {QUESTION: ""}}}
    assert parts.fresh_library().by_key[ID, CLAUSE].questions == (QUESTION,)
    job = ended(desk, desk.forget(ID, CLAUSE, QUESTION))
    assert (job.step, job.name) == (Step.FORGOTTEN, QUESTION)
    assert desk.taught() == {}
    job = ended(desk, desk.forget(ID, CLAUSE, QUESTION))
    assert job.step is Step.FAILED
    assert f"was added for {CLAUSE}" in job.problem


@pytest.mark.parametrize(
    ("lesson", "reason"),
    [
        (ExampleQuestion("this question", SHIPPED, PLACE, " ", ""), "0 characters"),
        (
            ExampleQuestion("this question", SHIPPED, "dieu-9", QUESTION, ""),
            "has no clause 'dieu-9'",
        ),
        (ExampleQuestion("this question", "5/2099/NĐ-CP", PLACE, QUESTION, ""), "5/2099/NĐ-CP"),
        (ExampleQuestion("this question", SHIPPED, PLACE, QUESTION, "lúc 20 giờ"), "is not in"),
    ],
)
def test_a_question_that_cannot_be_added_need_not_be_typed_again(
    desk: Desk, lesson: ExampleQuestion, reason: str
) -> None:
    job = ended(desk, desk.teach(lesson))
    assert (job.step, job.lesson) == (Step.FAILED, lesson)
    assert reason in job.problem
    assert desk.taught() == {}


CHANGES: dict[Step, Callable[[Desk], bool]] = {
    Step.LOADED: lambda desk: desk.load(),
    Step.REMOVED: lambda desk: desk.remove(SHIPPED),
    Step.TAUGHT: lambda desk: desk.teach(ExampleQuestion("", SHIPPED, PLACE, QUESTION, "")),
}


@pytest.mark.parametrize("done", CHANGES)
def test_a_change_can_be_seen_before_it_is_reported(parts: Assembly, done: Step) -> None:
    seen: list[tuple[bool, str]] = []
    own = Desk(parts, lambda: seen.append((own.job.busy, parts.generation)))
    read(own)
    assert seen == []
    assert ended(own, CHANGES[done](own)).step is done
    assert seen == [(True, parts.generation)]
    assert parts.generation


def test_what_cannot_be_shown_yet_is_done_all_the_same(parts: Assembly) -> None:
    def hidden() -> None:
        raise UnavailableError("the index is being read")

    assert loaded(Desk(parts, hidden)).step is Step.LOADED
    assert ID in parts.fresh_library().documents


def test_a_fault_of_ours_ends_the_job_and_is_said(parts: Assembly) -> None:
    def broken() -> None:
        raise KeyError("gió")

    job = loaded(Desk(parts, broken))
    assert (job.step, job.problem) == (Step.FAILED, "internal error: KeyError('gió')")


def test_nothing_else_begins_while_something_runs(parts: Assembly) -> None:
    running, going_on = threading.Event(), threading.Event()

    def slow() -> None:
        running.set()
        assert going_on.wait(60)

    desk = Desk(parts, slow)
    read(desk)
    assert desk.load()
    assert running.wait(60)
    try:
        assert desk.job.step is Step.LOADING
        assert desk.job.busy
        assert desk.job.done == desk.job.total > 0  # all is embedded by then
        assert not desk.read("dieu.txt", TEXT.encode(), Facts())
        assert not desk.load()
        assert not desk.remove(ID)
        assert not desk.teach(LESSON)
        assert not desk.forget(ID, CLAUSE, QUESTION)
        assert not desk.discard()
    finally:
        going_on.set()
    assert ended(desk).step is Step.LOADED
