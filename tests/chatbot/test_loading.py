"""What an operator states about a document, and what loading it came to."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.loading import Facts, Loaded, Loading, read_document, read_status
from corpus.comparing import compare
from corpus.errors import InputError, ParseError, TextError, UnknownDocumentError
from corpus.model import Metadata, Status
from corpus.text import fold
from tests.test_loading import CHANGED, ID, TEXT, assembly, written

STATED = Metadata(
    number="999/2099/NĐ-CP",
    kind="Nghị định",
    title="Nghị định về thả diều",
    status=Status.IN_FORCE,
    amended_by=("1000/2099/NĐ-CP",),
)


def typings(text: str) -> dict[str, str]:
    return {
        "as written": text,
        "unmarked": fold(text),
        "capitals": text.upper(),
        "decomposed": unicodedata.normalize("NFD", text),
        "blanks": "  " + text.replace(" ", "\t ") + "\n",
    }


@pytest.mark.parametrize("typing", typings(""))
@pytest.mark.parametrize("status", Status)
def test_a_status_is_read_however_it_is_typed(status: Status, typing: str) -> None:
    assert read_status(typings(status.value)[typing]) == Facts(status=status)


@pytest.mark.parametrize(
    "typed",
    ["sửa đổi bởi 1/2099/NĐ-CP", "sua doi boi 1/2099/NĐ-CP", " SỬA ĐỔI  BỞI 1/2099/NĐ-CP "],
)
def test_who_amended_it_is_read_and_is_no_status(typed: str) -> None:
    assert read_status(typed) == Facts(amended_by=("1/2099/NĐ-CP",))


def test_a_law_that_amends_may_be_named_in_words() -> None:
    assert read_status("sửa đổi bởi Luật  Thả diều").amended_by == ("Luật Thả diều",)


@pytest.mark.parametrize(
    "typed", ["", " ", "chắc là còn", "hiệu lực", "sửa đổi bởi", "sửa đổi bởi …", "sửa đổi 1/2099"]
)
def test_what_is_no_status_is_refused_with_what_would_be_one(typed: str) -> None:
    with pytest.raises(InputError, match=r'"còn hiệu lực", .* or "sửa đổi bởi NUMBER"') as refused:
        read_status(typed)
    assert repr(typed) in str(refused.value)


@given(st.text(max_size=40))
def test_any_text_is_a_status_or_refused(typed: str) -> None:
    try:
        facts = read_status(typed)
    except InputError:
        return
    assert (facts.status is None) == bool(facts.amended_by)


def test_what_is_not_stated_stays_as_the_text_states_it() -> None:
    assert Facts().applied_to(STATED) == STATED


def test_what_is_stated_stands_in_and_amendments_are_added_once() -> None:
    facts = Facts(
        number="998/2099/NĐ-CP",
        title="Tên khác",
        status=Status.EXPIRED,
        amended_by=("1000/2099/NĐ-CP", "1001/2099/NĐ-CP"),
    )
    assert facts.applied_to(STATED) == replace(
        STATED,
        number="998/2099/NĐ-CP",
        title="Tên khác",
        status=Status.EXPIRED,
        amended_by=("1000/2099/NĐ-CP", "1001/2099/NĐ-CP"),
    )


def test_what_an_operator_types_is_kept_in_one_form_on_one_line() -> None:
    def typed(text: str) -> str:
        return typings(text)["decomposed"].replace(" ", "  ")

    facts = Facts(typed("Quy chế Thả diều"), typed("Về diều"), None, (typed("Luật Thả diều"),))
    found = facts.applied_to(Metadata("9", amended_by=("Luật Thả diều",)))
    assert found == Metadata("Quy chế Thả diều", title="Về diều", amended_by=("Luật Thả diều",))
    with pytest.raises(TextError, match="lone surrogate"):
        Facts(title="diều\ud800").applied_to(STATED)


UNNUMBERED = TEXT.replace("Số: 999/2099/NĐ-CP\n", "")


def test_a_text_without_a_number_is_called_like_its_file(tmp_path: Path) -> None:
    name = unicodedata.normalize("NFD", "thả diều")
    reading = read_document(written(tmp_path, UNNUMBERED, f"{name}.txt"))
    assert (reading.document.metadata.number, reading.document.id) == ("thả diều", "tha-dieu")
    assert not reading.numbered
    assert read_document(written(tmp_path)).numbered
    assert read_document(written(tmp_path, UNNUMBERED), Facts(number="9/2099/NĐ-CP")).numbered


@pytest.mark.parametrize("dry_run", [False, True])
def test_a_text_without_a_number_replaces_no_other_text(tmp_path: Path, dry_run: bool) -> None:
    loading = Loading(assembly(tmp_path))
    loading.load([written(tmp_path)])
    file = written(tmp_path, UNNUMBERED.replace("19 giờ", "18 giờ"), f"{ID}.txt")
    with pytest.raises(InputError, match=rf"{ID}.txt: its text states no number, .*--number"):
        loading.load([file], force=True, dry_run=dry_run)
    assert loading.load([file], Facts(number="999/2099/NĐ-CP"), dry_run=dry_run).loaded[0].keeps


def test_the_same_text_without_a_number_may_be_loaded_again(tmp_path: Path) -> None:
    loading = Loading(assembly(tmp_path))
    for _ in range(2):
        (loaded,) = loading.load([written(tmp_path, UNNUMBERED)]).loaded
        assert loaded.reading.document.id == "dieu"


def test_a_file_is_read_with_what_its_text_states(tmp_path: Path) -> None:
    reading = read_document(written(tmp_path))
    facts = reading.document.metadata
    assert (reading.document.id, reading.document.text) == (ID, TEXT)
    assert (facts.number, facts.kind, facts.title) == (STATED.number, STATED.kind, STATED.title)
    assert (facts.source_name, len(facts.source_sha256), facts.ocr) == ("dieu.txt", 64, False)
    assert reading.report.problems == ()


def test_a_stated_number_is_the_document_s(tmp_path: Path) -> None:
    reading = read_document(written(tmp_path), Facts(number="998/2099/NĐ-CP"))
    assert reading.document.id == "998-2099-nd-cp"
    assert reading.document.text == TEXT


@pytest.mark.parametrize(
    ("text", "facts", "error", "reason"),
    [
        ("không có gì", Facts(), ParseError, "no line begins an article"),
        ("", Facts(), TextError, "is empty"),
        (TEXT, Facts(number="…"), InputError, "has no letter or digit"),
    ],
)
def test_what_is_no_document_is_refused(
    tmp_path: Path, text: str, facts: Facts, error: type[InputError], reason: str
) -> None:
    with pytest.raises(error, match=reason):
        read_document(written(tmp_path, text), facts)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(TextError, match=r"absent\.txt"):
        read_document(tmp_path / "absent.txt")


def test_only_other_words_are_worth_keeping(tmp_path: Path) -> None:
    old, new, spaced = (
        read_document(written(tmp_path, text))
        for text in (TEXT, CHANGED, TEXT.replace("7 giờ", "7  giờ"))
    )
    assert not Loaded(new, None, stored=True).keeps
    assert Loaded(new, compare(old.document, new.document), stored=True).keeps
    assert not Loaded(spaced, compare(old.document, spaced.document), stored=True).keeps


def test_an_outcome_is_told_as_json(tmp_path: Path) -> None:
    loading = Loading(assembly(tmp_path))
    loading.load([written(tmp_path)])
    (outcome,) = loading.preview(loading.read([written(tmp_path, CHANGED)])).loaded
    told = json.loads(json.dumps(outcome.to_json()))
    assert set(told) == {"file", "id", "number", "loaded", "replaced", "report"}
    assert (told["file"], told["id"], told["number"], told["loaded"]) == (
        str(tmp_path / "dieu.txt"),
        ID,
        "999/2099/NĐ-CP",
        False,
    )
    assert "khoản 1 Điều 2" in json.dumps(told["replaced"], ensure_ascii=False)
    assert told["report"]["articles"] == "1-3 (3)"


def test_the_status_of_what_is_absent_cannot_be_set(tmp_path: Path) -> None:
    loading = Loading(assembly(tmp_path))
    with pytest.raises(UnknownDocumentError, match="999/2099"):
        loading.set_status("999/2099/NĐ-CP", read_status("còn hiệu lực"))


def test_the_shipped_decree_can_be_given_a_status_and_keeps_its_questions(tmp_path: Path) -> None:
    parts = assembly(tmp_path)
    asked = [clause.questions for clause in parts.library.clauses]
    shown = Loading(parts).set_status("137/2024/NĐ-CP", read_status("còn hiệu lực"))
    assert shown.metadata.status is Status.IN_FORCE
    assert [clause.questions for clause in parts.fresh_library().clauses] == asked


def test_a_refusal_names_five_problems_of_a_file_and_counts_the_others(tmp_path: Path) -> None:
    text = TEXT + "".join(f"Điều {number}. Cấm thả diều\n" for number in range(10, 40, 3))
    with pytest.raises(ParseError, match="nothing was loaded") as refused:
        Loading(assembly(tmp_path)).load([written(tmp_path, text)])
    problems = read_document(tmp_path / "dieu.txt").report.problems
    assert len(problems) > 5
    for problem in problems[:5]:
        assert problem in str(refused.value)
    assert problems[5] not in str(refused.value)
    assert f"and {len(problems) - 5} more" in str(refused.value)
    assert "--force" in str(refused.value)
