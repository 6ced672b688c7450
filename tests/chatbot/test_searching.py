"""Search as the chatbot does it, on a fictitious decree, with the real encoder and FAISS."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chatbot.assembly import Assembly
from chatbot.language import LanguageModel
from chatbot.searching import CITED_DEPTH, Searcher
from corpus.library import build_library
from corpus.model import Document, Metadata
from corpus.parsing import parse
from index.search import ClauseIndex

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def searcher(parts: Assembly, kites: Document, language: LanguageModel) -> Searcher:
    library = build_library([*parts.library.documents.values(), kites])
    index = ClauseIndex.build(library.clauses, parts.chatbot.searcher.index().encoder)
    return Searcher(lambda: index, language, library.names)


def first(searcher: Searcher, text: str, context: str) -> str:
    alone = searcher.search(text, depth=CITED_DEPTH)
    return searcher.search_continued(text, context, alone).clauses[0].provision_id


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("còn cấm dùng dây gì", "dieu-3.khoan-1"),
        ("thế dây dài mấy mét", "dieu-3.khoan-2"),
        ("vậy ai nhắc người ta giữ khoảng cách", "dieu-2.khoan-2"),
    ],
)
def test_a_follow_up_finds_its_own_clause_not_that_of_the_question_before(
    searcher: Searcher, text: str, place: str
) -> None:
    context = "được thả diều từ mấy giờ đến mấy giờ"
    assert searcher.search(context).clauses[0].provision_id == "dieu-2.khoan-1"
    assert first(searcher, text, context) == place


def test_the_question_before_says_what_a_follow_up_is_about(searcher: Searcher) -> None:
    context = "công viên cho thả diều mấy giờ"
    assert first(searcher, "việc đó ai trông coi", context) == "dieu-2.khoan-2"


def test_a_follow_up_is_searched_in_the_given_documents_only(searcher: Searcher) -> None:
    documents = ["137-2024-nd-cp"]
    alone = searcher.search("ai hướng dẫn", documents=documents, depth=CITED_DEPTH)
    found = searcher.search_continued("ai hướng dẫn", "thả diều", alone, documents=documents)
    assert {clause.document_id for clause in found.clauses} == {"137-2024-nd-cp"}


def test_a_cited_article_comes_first(searcher: Searcher) -> None:
    found = searcher.search("Điều 3 nói gì về giờ thả diều")
    assert found.clauses[0].citation.article == "3"


def test_an_article_named_in_passing_does_not_come_first(searcher: Searcher) -> None:
    asked = "ngoài những điều cấm quy định tại Điều 3 thì diều được thả từ mấy giờ đến mấy giờ"
    assert searcher.search(asked).clauses[0].provision_id == "dieu-2.khoan-1"
    found = searcher.search("theo quy định tại Điều 3 thì diều được thả từ mấy giờ đến mấy giờ")
    assert found.clauses[0].citation.article == "3"


@pytest.mark.parametrize(
    ("asked", "article"),
    [
        ("Nghị định 999/2099/NĐ-CP quy định thế nào về mất diều?", "1"),
        ("mất diều thì sao", "1"),
        ("mất diều rồi tìm thấy lại thì hủy quyết định ra sao", "2"),
    ],
)
def test_who_calls_an_article_by_its_heading_cites_it(
    parts: Assembly, language: LanguageModel, asked: str, article: str
) -> None:
    text = (
        "Điều 1. Mất diều\n1. Người chơi báo cho ban quản lý trong 02 ngày.\n"
        "Điều 2. Hủy quyết định về mất diều\n1. Diều bị mất được tìm thấy thì ban quản lý hủy "
        "quyết định về mất diều; mất diều lần nữa thì báo lại.\n"
    )
    library = build_library([parse(text, Metadata(number="999/2099/NĐ-CP", kind="Nghị định"))])
    index = ClauseIndex.build(library.clauses, parts.chatbot.searcher.index().encoder)
    found = Searcher(lambda: index, language, library.names).search(asked)
    assert found.clauses[0].citation.article == article


@pytest.mark.parametrize(
    ("asked", "place"),
    [
        ("dây diều là gì", "dieu-1.khoan-1"),
        ("nghị định quy định thế nào về dây diều dự phòng", "dieu-1.khoan-2"),
        ("dây diều dự phòng để ở đâu", "dieu-2.khoan-1"),
    ],
)
def test_who_calls_a_term_asks_for_its_definition_unless_another_clause_is_far_better(
    parts: Assembly, language: LanguageModel, asked: str, place: str
) -> None:
    text = (
        "Điều 1. Giải thích từ ngữ\n1. Dây diều là dây giữ diều.\n"
        "2. Dây diều dự phòng là dây thay cho dây diều khi dây diều đứt.\n"
        "Điều 2. Nơi để\n1. Dây diều dự phòng được để trong tủ ở cổng công viên.\n"
    )
    library = build_library([parse(text, Metadata(number="999/2099/NĐ-CP", kind="Nghị định"))])
    index = ClauseIndex.build(library.clauses, parts.chatbot.searcher.index().encoder)
    found = Searcher(lambda: index, language, library.names).search(asked)
    assert found.clauses[0].provision_id == place


def test_a_story_is_searched_whole_for_its_question_alone_says_too_little(
    searcher: Searcher,
) -> None:
    asked = "Vậy theo quy định hiện hành thì sếp đòi như thế có đúng không ạ?"
    story = f"Em soạn xong kế hoạch chuyển đổi số năm nay của tỉnh. Sếp đòi bản 5 năm nữa. {asked}"
    assert searcher.search(story).clauses[0].provision_id == "dieu-6.khoan-2"
    assert searcher.search(asked).clauses[0].provision_id != "dieu-6.khoan-2"


def test_an_amount_that_the_clause_does_not_state_is_not_answered(searcher: Searcher) -> None:
    length, fine = (
        searcher.search(f"dây diều dài {asked}") for asked in ("mấy mét", "mấy phần trăm")
    )
    assert length.clauses[0].provision_id == fine.clauses[0].provision_id == "dieu-3.khoan-2"
    assert (length.decision.answer, fine.decision.answer) == (True, False)


def test_an_example_question_for_an_amount_counts_as_stating_it(
    parts: Assembly, kites: Document, language: LanguageModel
) -> None:
    asked = "dây diều dài mấy phần trăm"
    library = build_library([kites])
    clauses = [
        replace(clause, questions=(asked,), answering=("",))
        if clause.provision_id == "dieu-3.khoan-2"
        else clause
        for clause in library.clauses
    ]
    index = ClauseIndex.build(clauses, parts.chatbot.searcher.index().encoder)
    assert Searcher(lambda: index, language, library.names).search(asked).decision.answer
