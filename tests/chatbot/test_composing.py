"""Answers put into words."""

from dataclasses import replace

import pytest

from chatbot import composing
from chatbot.answers import Alternative
from chatbot.aspects import Aspect
from chatbot.lookup import LookedUp, look_up
from corpus.clauses import citation_of
from corpus.library import Library, build_library
from corpus.model import Document, Metadata
from corpus.parsing import parse


@pytest.fixture(scope="module")
def library(kites: Document) -> Library:
    return build_library([kites])


def looked(question: str, library: Library) -> LookedUp:
    (place,) = look_up(question, library).places
    return place


def test_a_quotation_says_where_it_stands_word_for_word(kites: Document) -> None:
    point = kites.by_id["dieu-2.khoan-2.diem-b"]
    quotation = composing.quotation(kites, point, citation_of(kites, point), ((3, 10),))
    assert quotation.quote == "b) Thu giữ diều có dây kim loại theo khoản 1 Điều 3."
    assert quotation.quote in kites.text
    assert quotation.citation == "điểm b khoản 2 Điều 2 Nghị định 999/2099/NĐ-CP"
    assert (quotation.article, quotation.clause, quotation.point) == ("2", "2", "b")
    assert (quotation.document, quotation.document_id) == ("999/2099/NĐ-CP", "999-2099-nd-cp")
    assert quotation.heading == "Giờ thả diều"
    assert quotation.highlights == ((3, 10),)
    assert quotation.complete
    assert quotation.url == "/van-ban/999-2099-nd-cp#dieu-2.khoan-2.diem-b"


def test_what_the_source_cuts_off_is_said_and_its_dots_are_not_quoted(kites: Document) -> None:
    clause = kites.by_id["dieu-3.khoan-2"]
    quotation = composing.quotation(kites, clause, citation_of(kites, clause), ())
    assert quotation.quote == "2. Dây dài tối đa 100 mét."
    assert not quotation.complete


def test_a_label_alone_on_its_line_is_not_quoted(decree: Library) -> None:
    (document,) = decree.documents.values()
    quote = composing.quoted(document, document.by_id["dieu-7.khoan-1"])
    assert quote.startswith("- Tiếp nhận, giải quyết yêu cầu")
    assert quote.endswith("tổ chức, cá nhân có yêu cầu.")


def test_what_else_may_be_meant_is_cited_quoted_and_linked(
    library: Library, kites: Document
) -> None:
    expected = Alternative(
        "khoản 1 Điều 3 Nghị định 999/2099/NĐ-CP",
        "1. Cấm dùng dây kim loại.",
        "/van-ban/999-2099-nd-cp#dieu-3.khoan-1",
    )
    clause = library.by_key[kites.id, "dieu-3.khoan-1"]
    provision = kites.by_id["dieu-3.khoan-1"]
    quotation = composing.quotation(kites, provision, clause.citation, ())
    assert composing.alternative(clause) == composing.other(quotation) == expected


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("khoản 9 Điều 2", ["khoản 1 Điều 2", "khoản 2 Điều 2"]),
        ("khoản 1 Điều 1", ["Điều 1"]),
        ("Điều 40", []),
        ("khoản 1 Điều 2 Nghị định 998/2099/NĐ-CP", []),
    ],
)
def test_a_refusal_shows_the_clauses_of_the_cited_article(
    question: str, places: list[str], library: Library
) -> None:
    near = composing.near_place(library, looked(question, library))
    assert [one.citation for one in near] == [
        f"{place} Nghị định 999/2099/NĐ-CP" for place in places
    ]


def test_a_refusal_shows_few_clauses(decree: Library) -> None:
    near = composing.near_place(decree, looked("khoản 9 Điều 6", decree))
    assert [one.url.rpartition(".")[2] for one in near] == ["khoan-1", "khoan-2", "khoan-3"]


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (
            "Điều 5 Nghị định 998/2099/NĐ-CP",
            "Văn bản này chưa được nạp: Điều 5 Nghị định 998/2099/NĐ-CP.",
        ),
        (
            "khoản 9 Điều 2",
            "Không có khoản 9 Điều 2 Nghị định 999/2099/NĐ-CP. Điều 2 có: khoản 1, khoản 2.",
        ),
        (
            "điểm g khoản 2 Điều 2",
            "Không có điểm g khoản 2 Điều 2 Nghị định 999/2099/NĐ-CP. "
            "khoản 2 Điều 2 có: điểm a, điểm b.",
        ),
        (
            "Điều 40",
            "Không có Điều 40 Nghị định 999/2099/NĐ-CP. "
            "999/2099/NĐ-CP có: Điều 1, Điều 2, Điều 3, Điều 9.",
        ),
        (
            "khoản 1 Điều 1",
            "Không có khoản 1 Điều 1 Nghị định 999/2099/NĐ-CP: Điều 1 không chia nhỏ hơn.",
        ),
    ],
)
def test_why_a_cited_place_cannot_be_shown(question: str, sentence: str, library: Library) -> None:
    assert composing.why_no_place(looked(question, library)) == sentence


def test_what_the_source_leaves_out_is_not_said_to_be_absent(decree: Library) -> None:
    assert composing.why_no_place(looked("Điều 12", decree)) == (
        "Bản nguồn đang dùng lược bỏ Điều 12 Nghị định 137/2024/NĐ-CP. Hãy xem văn bản chính thức."
    )


@pytest.mark.parametrize(
    ("count", "held"),
    [
        (12, ", ".join(f"Điều {number}" for number in range(1, 13))),
        (30, ", ".join(f"Điều {number}" for number in range(1, 11)) + ", …, Điều 30"),
    ],
)
def test_a_long_list_of_what_there_is_is_shortened(count: int, held: str) -> None:
    text = "".join(f"Điều {number}. Diều\nThả diều.\n" for number in range(1, count + 1))
    library = build_library([parse(text, Metadata(number="999/2099/NĐ-CP", kind="Nghị định"))])
    sentence = composing.why_no_place(looked("Điều 99", library))
    assert sentence.endswith(f"999/2099/NĐ-CP có: {held}.")


NOTHING = "Các văn bản đã nạp không có quy định trả lời đúng câu hỏi này."


@pytest.mark.parametrize(
    ("count", "searched"),
    [
        (0, ""),
        (1, " Đang tra cứu trong: Nghị định 990/2099/NĐ-CP."),
        (
            3,
            " Đang tra cứu trong: Nghị định 990/2099/NĐ-CP, Nghị định 991/2099/NĐ-CP, "
            "Nghị định 992/2099/NĐ-CP.",
        ),
        (
            5,
            " Đang tra cứu trong: Nghị định 990/2099/NĐ-CP, Nghị định 991/2099/NĐ-CP, "
            "Nghị định 992/2099/NĐ-CP, và 2 văn bản khác.",
        ),
    ],
)
def test_a_refusal_says_what_was_searched(count: int, searched: str, kites: Document) -> None:
    documents = [
        replace(
            kites, id=f"{number}", metadata=replace(kites.metadata, number=f"{number}/2099/NĐ-CP")
        )
        for number in range(990, 990 + count)
    ]
    assert composing.nothing_found(build_library(documents)) == NOTHING + searched


def test_a_clause_without_the_amount_asked_for_is_named(library: Library) -> None:
    clause = library.by_key["999-2099-nd-cp", "dieu-3.khoan-1"]
    assert composing.no_amount(clause) == (
        "Gần nhất là khoản 1 Điều 3 Nghị định 999/2099/NĐ-CP, nhưng ở đó không nêu con số được hỏi."
    )


def test_what_a_document_does_not_tell_of_itself_is_said_with_what_it_has(kites: Document) -> None:
    told = composing.says_nothing(kites, Aspect.ADDRESSEES)
    assert "Nghị định 999/2099/NĐ-CP" in told
    assert "đối tượng áp dụng" in told
    assert "Điều 2. Giờ thả diều; Điều 3. Dây diều" in told


def test_of_many_articles_a_few_are_named() -> None:
    articles = "".join(f"Điều {number}. Diều số {number}\nMột.\n" for number in range(1, 40))
    document = parse(articles, Metadata(number="999/2099/NĐ-CP", kind="Nghị định"))
    told = composing.says_nothing(document, Aspect.SCOPE)
    assert told.count("Điều") == composing.NAMED_ARTICLES - 1
    assert told.endswith("…; Điều 39. Diều số 39.")
