"""Provisions that a question names, looked up in the tree."""

from __future__ import annotations

import pytest

from chatbot.answers import Turn
from chatbot.lookup import Cited, Finding, children_labels, look_up
from corpus.library import SHIPPED, Library, build_library
from corpus.model import Citation, Document, Metadata
from corpus.parsing import parse
from tests.chatbot.conftest import FICTITIOUS

KITES, BIRDS = "999-2099-nd-cp", "888-2099-nd-cp"


@pytest.fixture(scope="module")
def library(kites: Document) -> Library:
    """The decree about kites alone."""
    return build_library([kites])


@pytest.fixture(scope="module")
def two(kites: Document) -> Library:
    """The decree about kites, and one about birds that has the same articles."""
    facts = Metadata(number="888/2099/NĐ-CP", kind="Nghị định", title="Nghị định về thả chim")
    return build_library([kites, parse(FICTITIOUS, facts)])


def answered(provision: str, document: str = KITES) -> Turn:
    return Turn("thả diều mấy giờ", document, provision)


def ids(cited: Cited) -> list[str]:
    assert all(one.finding is Finding.PRESENT for one in cited.places)
    return [one.provision.id for one in cited.places if one.provision]


def documents(cited: Cited) -> list[str | None]:
    return [one.document.id if one.document else None for one in cited.places]


def test_a_place_that_is_there_comes_with_its_whole_citation(
    library: Library, kites: Document
) -> None:
    (place,) = look_up("điểm b khoản 2 Điều 2", library).places
    assert place.finding is Finding.PRESENT
    assert place.document is kites
    assert place.provision is kites.by_id["dieu-2.khoan-2.diem-b"]
    assert place.citation == Citation(
        article="2", clause="2", point="b", document="999/2099/NĐ-CP", kind="Nghị định"
    )


@pytest.mark.parametrize(
    ("question", "finding"),
    [
        ("khoản 9 Điều 2", Finding.ABSENT),
        ("điểm c khoản 2 Điều 2", Finding.ABSENT),
        ("khoản 1 Điều 1", Finding.ABSENT),
        ("Điều 12", Finding.ABSENT),  # the official text has nine
        ("Điều 5", Finding.OMITTED),
        ("khoản 2 Điều 5", Finding.OMITTED),
        ("khoản 3 Điều 3", Finding.OMITTED),
    ],
)
def test_a_place_that_is_not_there_is_absent_or_left_out_by_the_source(
    question: str, finding: Finding, library: Library, kites: Document
) -> None:
    (place,) = look_up(question, library).places
    assert (place.finding, place.document, place.provision) == (finding, kites, None)
    assert place.citation.document == "999/2099/NĐ-CP"


@pytest.mark.parametrize(
    ("question", "finding"),
    [
        ("Điều 12", Finding.OMITTED),
        ("Điều 25", Finding.ABSENT),  # the decree has 24
        ("điểm c khoản 2 Điều 6", Finding.OMITTED),
        ("điểm h khoản 3 Điều 6", Finding.ABSENT),
        ("khoản 2 Điều 7", Finding.OMITTED),
        ("khoản 5 Điều 6", Finding.ABSENT),
    ],
)
def test_what_the_shipped_decree_leaves_out_is_told_from_what_it_lacks(
    question: str, finding: Finding, decree: Library
) -> None:
    assert [one.finding for one in look_up(question, decree).places] == [finding]


@pytest.mark.parametrize(
    ("question", "citation"),
    [
        (
            "Điều 5 Nghị định 777/2099/NĐ-CP",
            Citation(article="5", document="777/2099/NĐ-CP", kind="Nghị định"),
        ),
        (
            "Nghị định 777/2099/NĐ-CP quy định gì",
            Citation(document="777/2099/NĐ-CP", kind="Nghị định"),
        ),
        ("Điều 5 của Luật Đất đai", Citation(article="5", document="Luật Đất đai")),
        ("Luật Đất đai, Điều 5", Citation(article="5", document="Luật Đất đai")),
    ],
)
def test_a_document_that_is_not_there_is_not_loaded(
    question: str, citation: Citation, library: Library
) -> None:
    (place,) = look_up(question, library).places
    assert place.finding is Finding.NOT_LOADED
    assert place.citation == citation
    assert (place.document, place.provision) == (None, None)


def test_a_loaded_document_without_a_provision_is_named_only(library: Library) -> None:
    cited = look_up("Nghị định 999/2099/NĐ-CP quy định gì", library)
    assert (cited.places, cited.documents) == ((), (KITES,))


@pytest.mark.parametrize("question", ["", "thả diều mấy giờ", "được hưởng khoản 4 triệu"])
def test_what_cites_nothing_is_the_rest(question: str, library: Library) -> None:
    assert look_up(question, library) == Cited(rest=question)


def test_a_clause_that_several_articles_have_is_not_placed(library: Library) -> None:
    assert look_up("khoản 1", library) == Cited()


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("Điều 1 và Điều 3", ["dieu-1", "dieu-3"]),
        ("khoản 1 Điều 2, khoản 1 Điều 3", ["dieu-2.khoan-1", "dieu-3.khoan-1"]),
        ("khoản 1 Điều 2 và khoản 2 Điều 2", ["dieu-2"]),  # all it has
        ("điểm a, b khoản 2 Điều 2", ["dieu-2.khoan-2"]),
        ("khoản 2 Điều 2 điểm a", ["dieu-2.khoan-2.diem-a"]),
        ("Điều 2 Nghị định 999/2099/NĐ-CP khoản 2", ["dieu-2.khoan-2"]),
        ("khoản cuối Điều 2", ["dieu-2.khoan-2"]),
        ("điểm đầu khoản 2 Điều 2", ["dieu-2.khoan-2.diem-a"]),
        ("hai khoản đầu Điều 2", ["dieu-2"]),
        ("khoản cuối Điều 3", ["dieu-3"]),  # the source leaves out what follows khoản 2
    ],
)
def test_the_places_of_a_question(question: str, places: list[str], library: Library) -> None:
    assert ids(look_up(question, library)) == places


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("từ điểm a đến điểm g khoản 3 Điều 6", ["dieu-6.khoan-3"]),
        ("từ điểm a đến điểm b khoản 3 Điều 6", [f"dieu-6.khoan-3.diem-{one}" for one in "ab"]),
        # They are not all it has: the source leaves more out.
        ("điểm a và điểm b khoản 2 Điều 6", [f"dieu-6.khoan-2.diem-{one}" for one in "ab"]),
        ("khoản 1, 2, 3, 4 Điều 6", ["dieu-6"]),
        ("gạch đầu dòng thứ hai khoản 1 Điều 7", ["dieu-7.khoan-1.gach-2"]),
        ("gạch đầu dòng thứ tư khoản 1 Điều 7", ["dieu-7.khoan-1"]),
    ],
)
def test_all_parts_are_the_whole(question: str, places: list[str], decree: Library) -> None:
    assert ids(look_up(question, decree)) == places


def test_the_citation_of_a_dash_line_is_its_clause(decree: Library) -> None:
    (place,) = look_up("ý cuối khoản 1 Điều 7", decree).places
    assert place.provision is not None
    assert place.provision.id == "dieu-7.khoan-1.gach-3"
    assert (place.citation.article, place.citation.clause) == ("7", "1")


@pytest.mark.parametrize(
    ("question", "rest", "asks_more", "asks_something"),
    [
        ("khoản 1 Điều 2", "", False, False),
        ("khoản 1 Điều 2 nói gì", "nói gì", False, False),
        ("khoản cuối Điều 2 nói gì", "nói gì", False, False),
        ("khoản cuối Điều 3", "khoản cuối", True, False),  # not known which
        ("Điều 2 nói gì về dây diều", "nói gì về dây diều", True, False),
        ("theo Điều 2 thì trẻ em thả diều được không", None, True, True),
        ("Điều 2 phạt bao nhiêu tiền", "phạt bao nhiêu tiền", True, True),
        ("Điều 2 Nghị định về thả diều nói gì", "nói gì", False, False),
        ("Luật Đất đai Điều 5", "", False, False),
    ],
)
def test_the_rest_is_what_is_asked_besides(
    question: str, rest: str | None, asks_more: bool, asks_something: bool, library: Library
) -> None:
    cited = look_up(question, library)
    assert cited.places
    assert rest is None or cited.rest == rest
    assert (cited.asks_more, cited.asks_something) == (asks_more, asks_something)


def test_a_law_named_in_words_is_looked_in(kites: Document) -> None:
    facts = Metadata(number="999/2099/QH99", kind="Luật", title="Luật Thả chim trong công viên")
    law = parse("Điều 1. Phạm vi\nLuật này quy định về thả chim.\n", facts)
    library = build_library([kites, law])
    for question in ("Điều 1 của Luật Thả chim", "Luật Thả chim quy định tại Điều 1"):
        assert documents(look_up(question, library)) == [law.id]
    (place,) = look_up("Điều 2 Luật Thả chim", library).places
    assert (place.finding, place.document) == (Finding.ABSENT, law)
    assert documents(look_up("Điều 1 Nghị định về thả diều", library)) == [KITES]


@pytest.mark.parametrize(
    ("question", "where"),
    [
        ("khoản 1 Điều 2", [KITES, BIRDS]),
        ("khoản 1 Điều 2 Nghị định 888/2099/NĐ-CP", [BIRDS]),
        ("Nghị định 999/2099/NĐ-CP, Điều 2 và Điều 3", [KITES, KITES]),
        ("Điều 2 Nghị định về thả chim", [BIRDS]),
        ("khoản 9 Điều 2", [KITES]),  # nowhere: said once
    ],
)
def test_a_place_is_looked_up_in_every_document_it_may_mean(
    question: str, where: list[str], two: Library
) -> None:
    assert documents(look_up(question, two)) == where


def test_a_document_that_has_the_place_is_preferred(kites: Document, decree: Library) -> None:
    both = build_library([decree.documents[SHIPPED], kites])
    assert documents(look_up("Điều 2", both)) == [KITES]
    assert documents(look_up("khoản 4 Điều 6", both)) == [SHIPPED]


def test_only_the_document_that_is_chosen_is_looked_in(two: Library) -> None:
    def in_birds(question: str, history: tuple[Turn, ...] = ()) -> Cited:
        return look_up(question, two, history, document_id=BIRDS)

    assert documents(in_birds("khoản 1 Điều 2")) == [BIRDS]
    assert documents(in_birds("Điều 3", (answered("dieu-2"),))) == [BIRDS]
    assert ids(in_birds("điểm b")) == ["dieu-2.khoan-2.diem-b"]
    assert in_birds("khoản 1 Điều 2 Nghị định 999/2099/NĐ-CP").places == ()
    (place,) = in_birds("khoản 1 Điều 2 Nghị định 777/2099/NĐ-CP").places
    assert place.finding is Finding.NOT_LOADED


def test_a_lone_label_means_the_only_one_there_is(library: Library, two: Library) -> None:
    assert ids(look_up("điểm b", library)) == ["dieu-2.khoan-2.diem-b"]
    assert look_up("điểm b hợp đồng thuê nhà", library).places == ()
    assert look_up("điểm b", two).places == ()


@pytest.mark.parametrize(
    ("question", "last", "place"),
    [
        ("còn điểm b?", "dieu-2.khoan-2", "dieu-2.khoan-2.diem-b"),
        ("còn b?", "dieu-2.khoan-2.diem-a", "dieu-2.khoan-2.diem-b"),
        ("còn khoản 1", "dieu-2.khoan-2.diem-a", "dieu-2.khoan-1"),
        ("còn khoản 1", "dieu-3.khoan-2", "dieu-3.khoan-1"),
        ("tiếp", "dieu-3.khoan-1", "dieu-3.khoan-2"),
        ("khoản trước nói gì", "dieu-3.khoan-2", "dieu-3.khoan-1"),
        ("khoản cuối", "dieu-2.khoan-1", "dieu-2.khoan-2"),
        ("điểm đầu tiên", "dieu-2.khoan-2.diem-b", "dieu-2.khoan-2.diem-a"),
        ("hai khoản đầu", "dieu-2.khoan-1", "dieu-2"),
        ("Điều 3 khoản 1", "dieu-2.khoan-1", "dieu-3.khoan-1"),
    ],
)
def test_a_part_is_read_in_the_place_last_answered(
    question: str, last: str, place: str, library: Library
) -> None:
    assert ids(look_up(question, library, [answered(last)])) == [place]


@pytest.mark.parametrize(
    ("question", "last", "steps"),
    [
        ("còn h?", "dieu-2.khoan-2", ("2", "2", "h")),
        ("còn 7?", "dieu-2.khoan-2.diem-a", ("2", "7", None)),
        ("khoản 7 nói gì", "dieu-2.khoan-1", ("2", "7", None)),
    ],
)
def test_a_part_that_the_place_last_answered_lacks_is_absent(
    question: str, last: str, steps: tuple[str, str, str | None], library: Library
) -> None:
    (place,) = look_up(question, library, [answered(last)]).places
    assert place.finding is Finding.ABSENT
    assert (place.citation.article, place.citation.clause, place.citation.point) == steps


def test_the_last_turn_with_an_answer_counts(two: Library) -> None:
    history = [
        answered("dieu-3.khoan-1"),
        answered("dieu-2.khoan-1", BIRDS),
        Turn("phạt bao nhiêu tiền"),
    ]
    cited = look_up("còn khoản 2", two, history)
    assert (ids(cited), documents(cited)) == (["dieu-2.khoan-2"], [BIRDS])


def test_a_place_of_a_document_that_is_gone_completes_nothing(library: Library) -> None:
    gone = [answered("dieu-3.khoan-1", "777-2099-nd-cp")]
    assert look_up("còn khoản 2", library, gone).places == ()
    assert ids(look_up("khoản 2 Điều 3", library, gone)) == ["dieu-3.khoan-2"]


def test_a_question_that_cites_nothing_is_not_looked_up_in_the_place_last_answered(
    library: Library,
) -> None:
    cited = look_up("thế ai trông coi", library, [answered("dieu-2.khoan-1")])
    assert cited == Cited(rest="thế ai trông coi")


@pytest.mark.parametrize(
    ("citation", "above", "held"),
    [
        (Citation(article="2", clause="9"), "Điều 2", ["khoản 1", "khoản 2"]),
        (Citation(article="2", clause="2", point="h"), "khoản 2 Điều 2", ["điểm a", "điểm b"]),
        (Citation(article="2", clause="9", point="a"), "Điều 2", ["khoản 1", "khoản 2"]),
        (Citation(article="1", clause="1"), "Điều 1", []),
        (Citation(article="12"), "", ["Điều 1", "Điều 2", "Điều 3", "Điều 9"]),
        (Citation(article="12", clause="1"), "", ["Điều 1", "Điều 2", "Điều 3", "Điều 9"]),
    ],
)
def test_the_nearest_place_above_and_what_it_holds(
    citation: Citation, above: str, held: list[str], kites: Document
) -> None:
    assert children_labels(kites, citation) == (above, held)


def test_what_is_left_out_is_no_part_that_a_place_holds(decree: Library) -> None:
    citation = Citation(article="6", clause="2", point="c")
    held = children_labels(decree.documents[SHIPPED], citation)
    assert held == ("khoản 2 Điều 6", ["điểm a", "điểm b"])


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("khoản 1 Điều 2, à nhầm, khoản 2 Điều 2", ["dieu-2.khoan-2"]),
        ("xem Điều 1. Lộn, Điều 2", ["dieu-2"]),
        ("khoản 1 Điều 2 nhầm với Điều 1", ["dieu-2.khoan-1", "dieu-1"]),
        ("khoản 1 Điều 2, nhầm rồi", ["dieu-2.khoan-1"]),
        ("khoản 1 Điều 2, à nhầm, khoản 2", ["dieu-2.khoan-2"]),
        ("khoản 1 Điều 2 à nhầm khoản 2", ["dieu-2.khoan-2"]),
        ("hợp đồng bị nhầm lẫn theo Điều 2", ["dieu-2"]),
    ],
)
def test_a_slip_of_the_tongue_is_taken_back(
    question: str, found: list[str], library: Library
) -> None:
    assert ids(look_up(question, library)) == found


def test_what_was_taken_back_is_no_rest_and_the_question_stays(library: Library) -> None:
    assert not look_up("khoản 1 Điều 2, à nhầm, khoản 2 Điều 2", library).asks_more
    assert look_up("ai ký ở khoản 1 Điều 2, à nhầm, khoản 2", library).rest == "ai ký ở"


def test_parts_of_two_documents_are_no_whole(two: Library) -> None:
    assert ids(look_up("khoản 1 và khoản 2 Điều 2", two)) == [
        "dieu-2.khoan-1",
        "dieu-2.khoan-1",
        "dieu-2.khoan-2",
        "dieu-2.khoan-2",
    ]


def test_all_parts_are_the_whole_in_any_order(library: Library) -> None:
    assert ids(look_up("khoản 2 và khoản 1 Điều 2", library)) == ["dieu-2"]


def test_an_account_is_no_clause(library: Library) -> None:
    assert look_up("còn tài khoản cuối cùng", library, [answered("dieu-2.khoan-1")]).places == ()


def test_a_document_named_with_a_place_is_not_named_alone(two: Library) -> None:
    cited = look_up("khoản 1 Điều 2 Nghị định 999/2099/NĐ-CP", two, document_id=BIRDS)
    assert (cited.places, cited.documents) == ((), ())


@pytest.mark.parametrize("question", ["điểm f ghi gì", "còn f?", "còn e?"])
def test_a_point_that_is_not_there_is_said_to_be_absent(question: str, library: Library) -> None:
    (place,) = look_up(question, library, [answered("dieu-2.khoan-2")]).places
    assert place.finding is Finding.ABSENT


@pytest.mark.parametrize(
    ("question", "beside"),
    [
        ("Trừ trường hợp quy định tại Điều 3 thì thả diều mấy giờ?", "thả diều mấy giờ?"),
        (
            "Người thả diều, trừ các trường hợp quy định tại khoản 1 Điều 3, thì phải làm gì?",
            "Người thả diều,  phải làm gì?",
        ),
        ("Hết hạn theo quy định tại Điều 3 thì nộp ở đâu?", "Hết hạn  nộp ở đâu?"),
        ("Theo quy định tại Điều 3 thì dây dài mấy mét?", ""),
        ("Trừ khoản 1 Điều 3 thì dây dài mấy mét theo Điều 2?", ""),
        ("thả diều mấy giờ?", ""),
    ],
)
def test_what_is_asked_beside_places_in_passing(
    decree: Library, question: str, beside: str
) -> None:
    assert look_up(question, decree).beside == beside
