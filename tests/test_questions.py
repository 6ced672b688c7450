"""Example questions of an operator, and the questions nobody got an answer to."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import numpy as np
import pytest

from chatbot.assembly import Assembly
from chatbot.example_questions import ExampleQuestions
from chatbot.live import LiveChatbot
from chatbot.loading import Loading
from chatbot.refusals import RefusalLog
from chatbot.settings import Settings
from corpus.errors import InputError, UnavailableError, UnknownDocumentError
from index.search import NO_ROW
from tests.test_loading import CHANGED, ID, assembly, written

CLAUSE = (ID, "dieu-2.khoan-1")
SHIPPED = ("137-2024-nd-cp", "dieu-6.khoan-2")
ASKED = "mấy giờ phải cất diều"


@pytest.fixture
def parts(tmp_path: Path) -> Assembly:
    parts = assembly(tmp_path)
    Loading(parts).load([written(tmp_path)])
    return parts


def listed(folder: Path, *rows: dict[str, object] | str) -> Path:
    path = folder / "questions.jsonl"
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    path.write_text("\n".join(lines), "utf-8")
    return path


def test_added_questions_are_searched_and_cost_only_themselves(
    parts: Assembly, tmp_path: Path
) -> None:
    shipped = len(parts.library.by_key[SHIPPED].questions)
    file = listed(
        tmp_path,
        {"document": "999/2099/NĐ-CP", "provision": "dieu-2.khoan-1", "question": ASKED},
        {"document": SHIPPED[0], "provision": "dieu-6.khoan-2.diem-a", "question": "hỏi thử"}
        if "dieu-6.khoan-2.diem-a" in parts.library.document(SHIPPED[0]).by_id
        else {"document": SHIPPED[0], "provision": SHIPPED[1], "question": "hỏi thử"},
    )
    change = ExampleQuestions(parts).add_file(file)
    assert (change.questions, change.embedded) == (2, 2)
    library, index = assembly(tmp_path).open_current()
    assert library.by_key[CLAUSE].questions == (ASKED,)
    assert len(library.by_key[SHIPPED].questions) == shipped + 1
    assert index.search(ASKED)[0].clause.key == CLAUSE
    assert ExampleQuestions(parts).add_file(file).questions == 0


def test_they_outlive_a_replaced_text_and_go_with_a_removed_one(
    parts: Assembly, tmp_path: Path
) -> None:
    row: dict[str, object] = {"provision": "dieu-2.khoan-1", "question": ASKED}
    ExampleQuestions(parts).add_file(listed(tmp_path, row), ID)
    Loading(parts).load([written(tmp_path, CHANGED)])
    assert parts.fresh_library().by_key[CLAUSE].questions == (ASKED,)
    Loading(parts).remove(ID)
    Loading(parts).load([written(tmp_path)])
    assert parts.fresh_library().by_key[CLAUSE].questions == ()
    assert ExampleQuestions(parts).added() == {}


def test_the_words_that_answer_are_kept_and_can_be_said_later(
    parts: Assembly, tmp_path: Path
) -> None:
    row: dict[str, object] = {"provision": CLAUSE[1], "question": ASKED}
    ExampleQuestions(parts).add_file(listed(tmp_path, row), ID)
    words = parts.library.by_key[CLAUSE].quote.split(" ", 2)[2]
    change = ExampleQuestions(parts).add_file(listed(tmp_path, {**row, "words": words}), ID)
    assert (change.questions, change.embedded) == (0, 0)
    clause = parts.fresh_library().by_key[CLAUSE]
    assert (clause.questions, clause.answering) == ((ASKED,), (words,))


def test_what_a_document_does_not_answer_is_kept_with_it_and_quotes_nothing(
    parts: Assembly, tmp_path: Path
) -> None:
    row: dict[str, object] = {"provision": "", "question": "diều giấy bán ở đâu"}
    change = ExampleQuestions(parts).add_file(listed(tmp_path, row), ID)
    assert (change.questions, change.embedded) == (1, 1)
    library, index = assembly(tmp_path).open_current()
    first, *others = library.clauses_of[ID]
    assert first.unanswered == ("diều giấy bán ở đâu",)
    assert not any(clause.unanswered for clause in others)
    vector = index.examine("diều giấy bán ở đâu").vector
    assert index.unanswered_count(ID) == 1
    kept_by = np.array([index.number_of(first.key)])
    assert index.unanswered.cosines(vector, kept_by, NO_ROW)[0] == pytest.approx(1, abs=1e-4)
    leaning = index.leaning("diều giấy bán ở đâu", vector, ID)
    assert leaning is not None
    assert leaning < -0.5
    Loading(parts).load([written(tmp_path, CHANGED)])
    assert parts.fresh_library().clauses_of[ID][0].unanswered == ("diều giấy bán ở đâu",)


def test_clearing_takes_away_what_was_added_only(parts: Assembly, tmp_path: Path) -> None:
    before = parts.library.by_key[SHIPPED].questions
    row: dict[str, object] = {"provision": SHIPPED[1], "question": "hỏi thử"}
    ExampleQuestions(parts).add_file(listed(tmp_path, row), SHIPPED[0])
    assert ExampleQuestions(parts).clear(SHIPPED[0]).questions == 1
    assert parts.fresh_library().by_key[SHIPPED].questions == before


def test_one_question_is_taken_away_where_it_was_added(parts: Assembly, tmp_path: Path) -> None:
    shipped = parts.library.by_key[SHIPPED].questions
    rows: list[dict[str, object]] = [
        {"document": ID, "provision": CLAUSE[1], "question": ASKED},
        {"document": ID, "provision": "dieu-3", "question": ASKED},
        {"document": ID, "provision": "", "question": ASKED},
        {"document": ID, "provision": CLAUSE[1], "question": "hỏi thử"},
        {"document": SHIPPED[0], "provision": SHIPPED[1], "question": ASKED},
    ]
    examples = ExampleQuestions(parts)
    examples.add_file(listed(tmp_path, *rows))
    change = examples.take_away("999/2099/NĐ-CP", ASKED, CLAUSE[1])
    assert (change.documents[0].id, change.questions, change.embedded) == (ID, 1, 0)
    library, index = assembly(tmp_path).open_current()
    assert library.by_key[CLAUSE].questions == ("hỏi thử",)
    assert library.by_key[ID, "dieu-3"].questions == (ASKED,)
    assert index.unanswered_count(ID) == 1
    assert examples.take_away(ID, ASKED, "").questions == 1
    assert assembly(tmp_path).open_current()[1].unanswered_count(ID) == 0
    assert examples.added() == {
        ID: {CLAUSE[1]: {"hỏi thử": ""}, "dieu-3": {ASKED: ""}},
        SHIPPED[0]: {SHIPPED[1]: {ASKED: ""}},
    }
    examples.take_away(SHIPPED[0], ASKED)
    assert SHIPPED[0] not in parts.listing().questions
    assert parts.fresh_library().by_key[SHIPPED].questions == shipped


def test_a_question_is_taken_away_from_wherever_it_stands_however_it_is_typed(
    parts: Assembly, tmp_path: Path
) -> None:
    rows: list[dict[str, object]] = [
        {"provision": provision, "question": ASKED} for provision in (CLAUSE[1], "dieu-3", "")
    ]
    ExampleQuestions(parts).add_file(listed(tmp_path, *rows), ID)
    typed = f" {unicodedata.normalize('NFD', ASKED)}  "
    assert ExampleQuestions(parts).take_away(ID, typed).questions == 3
    assert ExampleQuestions(parts).added() == {}


def test_what_was_not_added_cannot_be_taken_away(parts: Assembly, tmp_path: Path) -> None:
    row: dict[str, object] = {"provision": CLAUSE[1], "question": ASKED}
    examples = ExampleQuestions(parts)
    examples.add_file(listed(tmp_path, row), ID)
    before, generation = examples.added(), parts.generation
    shipped = parts.library.by_key[SHIPPED].questions[0]
    with pytest.raises(InputError, match="was added for 999/2099/NĐ-CP"):
        examples.take_away("999/2099/NĐ-CP", "câu khác")
    with pytest.raises(InputError, match="was added for dieu-3"):
        examples.take_away(ID, ASKED, "dieu-3")
    with pytest.raises(InputError, match="was added for 137"):  # it comes with the product
        examples.take_away(SHIPPED[0], shipped)
    with pytest.raises(UnknownDocumentError):
        examples.take_away("5/2099/NĐ-CP", ASKED)
    with assembly(tmp_path).changing(), pytest.raises(UnavailableError, match="another load"):
        examples.take_away(ID, ASKED)
    assert (examples.added(), parts.generation) == (before, generation)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"provision": "dieu-9", "question": "gì"}, "has no clause 'dieu-9'"),
        ({"provision": "dieu-2.khoan-1", "question": " "}, "0 characters"),
        ({"provision": "dieu-2.khoan-1", "question": "a" * 301}, "301 characters"),
        ({"provision": "dieu-2.khoan-1"}, "expected an object"),
        ({"provision": 2, "question": "gì"}, "expected an object"),
        ({"provision": "dieu-2.khoan-1", "question": "gì", "words": 1}, "expected an object"),
        ({"provision": "dieu-2.khoan-1", "question": "gì", "words": "20 giờ"}, "is not in"),
        ({"provision": "", "question": "gì", "words": "20 giờ"}, "has no .words."),
        ({"document": "5/2099/NĐ-CP", "provision": "dieu-1", "question": "gì"}, "no document"),
        ("[1]", "expected an object"),
        ("{", "expected an object"),
        ("", "holds no question"),
    ],
)
def test_one_bad_line_leaves_everything_as_it_was(
    parts: Assembly, tmp_path: Path, row: dict[str, object] | str, words: str
) -> None:
    good: dict[str, object] = {"provision": "dieu-2.khoan-1", "question": ASKED}
    rows = [good, row] if row else [row]
    with pytest.raises(InputError, match=words):
        ExampleQuestions(parts).add_file(listed(tmp_path, *rows), ID)
    assert parts.fresh_library().by_key[CLAUSE].questions == ()


def test_a_provision_may_be_cited(parts: Assembly, tmp_path: Path) -> None:
    row: dict[str, object] = {"provision": "khoản 1 Điều 2", "question": ASKED}
    ExampleQuestions(parts).add_file(listed(tmp_path, row), ID)
    assert parts.fresh_library().by_key[CLAUSE].questions == (ASKED,)


def test_a_line_must_say_whose_it_is(parts: Assembly, tmp_path: Path) -> None:
    row: dict[str, object] = {"provision": "dieu-2.khoan-1", "question": ASKED}
    with pytest.raises(InputError, match='line 1: no "document"'):
        ExampleQuestions(parts).add_file(listed(tmp_path, row))
    with pytest.raises(InputError, match="cannot be read"):
        ExampleQuestions(parts).add_file(tmp_path / "absent.jsonl")


def test_refused_questions_are_counted_however_they_are_typed(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, cache_dir=tmp_path / "cache", log_refused=True)
    parts = Assembly(settings, lambda line: None, assembly(tmp_path).encoder)
    parts.update_index()
    live = LiveChatbot(parts)
    live.prepare()
    for question in ("khoản 9 Điều 6", "KHOAN 9  dieu 6", "khoản 2 Điều 6", "điều 40"):
        live.ask(question)
    refused = RefusalLog(settings.refused_file).read()
    assert [(one.question, one.times) for one in refused] == [
        ("KHOAN 9  dieu 6", 2),
        ("điều 40", 1),
    ]


def test_nothing_is_kept_unless_wanted(tmp_path: Path) -> None:
    parts = assembly(tmp_path)
    parts.update_index()
    live = LiveChatbot(parts)
    live.ask("khoản 9 Điều 6")
    assert not parts.settings.refused_file.exists()
    assert RefusalLog(parts.settings.refused_file).read() == []
