"""Example questions of an operator: what is accepted, and what is refused."""

import json
import re
from pathlib import Path

import pytest

from chatbot.assembly import Assembly
from chatbot.example_questions import Change, ExampleQuestions
from chatbot.loading import Loading
from corpus.errors import InputError, UnavailableError, UnknownDocumentError
from corpus.questions import NO_PROVISION, ExampleQuestion
from tests.test_loading import ID, assembly, written

CLAUSE = "dieu-2.khoan-1"
DECREE = "137-2024-nd-cp"


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Assembly:
    """A library for questions that are refused: nothing changes it."""
    folder = tmp_path_factory.mktemp("refusing")
    parts = assembly(folder)
    Loading(parts).load([written(folder)])
    return parts


@pytest.fixture
def parts(tmp_path: Path) -> Assembly:
    parts = assembly(tmp_path)
    Loading(parts).load([written(tmp_path)])
    return parts


def question(
    provision: str = CLAUSE, text: str = "mấy giờ cất diều", words: str = "", document: str = ID
) -> ExampleQuestion:
    return ExampleQuestion("dòng 7", document, provision, text, words)


def test_the_change_names_documents_questions_and_what_was_embedded(parts: Assembly) -> None:
    seen: list[tuple[int, int]] = []
    examples = ExampleQuestions(parts, embedding=lambda done, total: seen.append((done, total)))
    change = examples.add(
        [
            question(),
            question(document=DECREE, provision="điểm b khoản 3 Điều 6"),
            question(text="diều giấy bán ở đâu", provision=NO_PROVISION, document="999/2099"),
        ]
    )
    assert [document.id for document in change.documents] == [ID, DECREE]
    assert change.questions == 3
    assert change.embedded == 3
    assert seen == sorted(seen)
    assert seen[-1][0] == seen[-1][1] > 3  # rows taken over are done as well
    assert examples.added() == {
        ID: {CLAUSE: {"mấy giờ cất diều": ""}, NO_PROVISION: {"diều giấy bán ở đâu": ""}},
        DECREE: {"dieu-6.khoan-3.diem-b": {"mấy giờ cất diều": ""}},
    }


def test_a_question_of_a_point_is_kept_with_its_clause(parts: Assembly) -> None:
    ExampleQuestions(parts).add([question("dieu-6.khoan-3.diem-b", document=DECREE)])
    assert "mấy giờ cất diều" in parts.library.by_key[DECREE, "dieu-6.khoan-3"].questions


def test_a_provision_may_be_cited_with_its_document(parts: Assembly) -> None:
    named = "khoản 1 Điều 2 Nghị định 999/2099/NĐ-CP"
    ExampleQuestions(parts).add([question(named)])
    assert set(ExampleQuestions(parts).added()[ID]) == {CLAUSE}


def test_questions_are_added_to_those_there_are(parts: Assembly) -> None:
    examples = ExampleQuestions(parts)
    examples.add([question()])
    assert examples.add([question(), question(text="thả từ mấy giờ")]).questions == 1
    assert parts.library.by_key[ID, CLAUSE].questions == ("mấy giờ cất diều", "thả từ mấy giờ")
    assert examples.clear(ID).questions == 2
    assert examples.clear(ID) == Change((parts.library.documents[ID],), 0, 0)


def test_the_document_of_a_question_goes_before_the_one_given(
    parts: Assembly, tmp_path: Path
) -> None:
    rows = [
        {"provision": CLAUSE, "question": "mấy giờ cất diều"},
        {"document": DECREE, "provision": "dieu-7.khoan-1", "question": "trả lời ở đâu"},
    ]
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), "utf-8-sig")
    assert ExampleQuestions(parts).add_file(file, "999/2099/NĐ-CP").questions == 2
    assert set(ExampleQuestions(parts).added()) == {ID, DECREE}


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (question(document=""), 'dòng 7: no "document"; add it, or name one with --document'),
        (question(document="5/2099/NĐ-CP"), "dòng 7: no document '5/2099/NĐ-CP'"),
        (question("Điều 9"), "dòng 7: 999/2099/NĐ-CP has no clause 'Điều 9'; ids look like 'dieu-"),
        (question("lúc nào"), "dòng 7: 999/2099/NĐ-CP has no clause 'lúc nào'"),
        (
            question("khoản 1 Điều 2 Nghị định 137/2024/NĐ-CP"),
            "dòng 7: 'khoản 1 Điều 2 Nghị định 137/2024/NĐ-CP' is a provision of 137/2024/NĐ-CP, "
            "but the question is for 999/2099/NĐ-CP; name the same document",
        ),
        (question("Điều 3 Nghị định 5/2099/NĐ-CP"), "dòng 7: no document '5/2099/NĐ-CP'"),
        (question("dieu-2"), "dòng 7: 999/2099/NĐ-CP has no clause 'dieu-2'"),  # it has several
        (question("mo-dau"), "dòng 7: 999/2099/NĐ-CP has no clause 'mo-dau'"),
        (
            question(words="khoảng cách"),  # said in khoản 2
            "dòng 7: 'khoảng cách' is not in dieu-2.khoan-1; the words must be copied",
        ),
        (
            question("dieu-6.khoan-3.diem-b", words="an ninh mạng", document=DECREE),  # in điểm e
            "dòng 7: 'an ninh mạng' is not in dieu-6.khoan-3.diem-b",
        ),
    ],
)
def test_one_bad_question_refuses_all(loaded: Assembly, bad: ExampleQuestion, message: str) -> None:
    before = loaded.generation
    with pytest.raises(InputError, match=re.escape(message)):
        ExampleQuestions(loaded).add([question(), bad])
    assert ExampleQuestions(loaded).added() == {}
    assert loaded.generation == before


def test_a_file_must_be_text_that_holds_a_question(loaded: Assembly, tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_bytes("câu".encode("utf-16"))
    with pytest.raises(InputError, match=f"{file} cannot be read as text in UTF-8"):
        ExampleQuestions(loaded).add_file(file)
    file.write_text("\n \n", "utf-8")
    with pytest.raises(InputError, match=f"{file} holds no question"):
        ExampleQuestions(loaded).add_file(file)


def test_nothing_is_changed_while_another_load_is_under_way(loaded: Assembly) -> None:
    other = Assembly(loaded.settings, lambda line: None, loaded.encoder)
    examples = ExampleQuestions(other)
    with loaded.changing():
        with pytest.raises(UnavailableError, match="wait until it has ended"):
            examples.add([question()])
        with pytest.raises(UnavailableError, match="wait until it has ended"):
            examples.clear(ID)
    assert examples.added() == {}


def test_questions_of_an_unknown_document_cannot_be_cleared(loaded: Assembly) -> None:
    with pytest.raises(UnknownDocumentError, match="5/2099/NĐ-CP"):
        ExampleQuestions(loaded).clear("5/2099/NĐ-CP")
