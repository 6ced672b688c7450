"""What to ask next."""

import pytest

from chatbot.lookup import Finding, look_up
from chatbot.suggesting import SUGGESTIONS, suggestions
from corpus.library import Library, build_library
from corpus.model import Document, Metadata
from corpus.parsing import parse

EARLIER, NEXT, LATER = "diều thả lúc nào", "dây gì bị cấm", "dây dài bao nhiêu"
ASKED = {
    "dieu-2.khoan-1": {EARLIER: "", "thả diều buổi tối được không": ""},
    "dieu-3.khoan-1": {NEXT: ""},
    "dieu-3.khoan-2": {LATER: ""},
}


def suggested(library: Library, document: Document, place: str, asked: str = "") -> list[str]:
    return list(suggestions(library, document, document.by_id[place], asked))


def kite_decree(clause: str) -> Document:
    """A decree whose khoản 1 Điều 2 is given."""
    text = f"Điều 1. Phạm vi\nVề diều.\nĐiều 2. Dây\n1. {clause}\n2. Cấm dây kim loại.\n"
    return parse(text, Metadata(number="999/2099/NĐ-CP", kind="Nghị định"))


def test_what_the_text_refers_to_comes_first_then_neighbours_questions(kites: Document) -> None:
    library = build_library([kites], {kites.id: ASKED})
    assert suggested(library, kites, "dieu-2.khoan-2") == [
        "Khoản 1 Điều 3 quy định gì?",
        NEXT,
        LATER,
    ]


def test_questions_of_what_follows_come_before_those_of_what_precedes(kites: Document) -> None:
    library = build_library([kites], {kites.id: ASKED})
    assert suggested(library, kites, "dieu-2.khoan-2.diem-a") == [NEXT, LATER, EARLIER]
    assert suggested(library, kites, "dieu-3.khoan-2")[:2] == [NEXT, EARLIER]


def test_questions_of_the_clause_itself_are_not_suggested(kites: Document) -> None:
    library = build_library([kites], {kites.id: ASKED})
    assert suggested(library, kites, "dieu-3.khoan-1") == [
        LATER,
        EARLIER,
        "Điều 9 quy định gì về hiệu lực?",
    ]


def test_headings_of_the_articles_around_fill_up_nearest_first(kites: Document) -> None:
    library = build_library([kites])
    assert suggested(library, kites, "dieu-2.khoan-1") == [
        "Điều 3 quy định gì về dây diều?",
        "Điều 1 quy định gì về phạm vi điều chỉnh?",
        "Điều 9 quy định gì về hiệu lực?",
    ]


def test_what_was_asked_is_not_suggested_again(kites: Document) -> None:
    library = build_library([kites], {kites.id: ASKED})
    found = suggested(library, kites, "dieu-2.khoan-2", "KHOẢN 1 Điều 3 quy định gì?")
    assert found == [NEXT, LATER, EARLIER]


@pytest.mark.parametrize(
    ("clause", "first"),
    [
        ("Dây theo khoản 2 Điều này.", "Khoản 2 Điều 2 quy định gì?"),
        ("Dây theo Điều 1.", "Điều 1 quy định gì?"),
        ("Dây theo Điều 40.", "Điều 1 quy định gì về phạm vi?"),
        ("Dây theo Điều 1 Nghị định 998/2099/NĐ-CP.", "Điều 1 quy định gì về phạm vi?"),
        ("Dây dài 100 mét.", "Điều 1 quy định gì về phạm vi?"),
    ],
)
def test_only_references_that_can_be_shown_are_suggested(clause: str, first: str) -> None:
    document = kite_decree(clause)
    assert suggested(build_library([document]), document, "dieu-2.khoan-1")[0] == first


def test_one_reference_is_enough() -> None:
    document = kite_decree("Dây theo khoản 2 Điều này và Điều 1.")
    found = suggested(build_library([document]), document, "dieu-2.khoan-1")
    assert found == ["Khoản 2 Điều 2 quy định gì?", "Điều 1 quy định gì về phạm vi?"]


def test_what_an_article_says_itself_is_not_suggested() -> None:
    document = kite_decree("Dây theo khoản 2 Điều này.")
    library = build_library([document])
    assert suggested(library, document, "dieu-1") == ["Điều 2 quy định gì về dây?"]
    assert suggested(library, document, "dieu-2") == ["Điều 1 quy định gì về phạm vi?"]


def test_articles_around_one_without_heading_are_those_beside_it() -> None:
    heads = [f"Điều {number}." + (" Diều" if number != 15 else "") for number in range(1, 21)]
    text = "".join(f"{head}\nVề diều.\n" for head in heads)
    document = parse(text, Metadata(number="999/2099/NĐ-CP", kind="Nghị định"))
    assert suggested(build_library([document]), document, "dieu-15") == [
        "Điều 16 quy định gì về diều?",
        "Điều 14 quy định gì về diều?",
        "Điều 17 quy định gì về diều?",
    ]


def test_the_last_shipped_article_suggests_the_one_before_it(decree: Library) -> None:
    (document,) = decree.documents.values()
    (only,) = suggested(build_library([document]), document, "dieu-7.khoan-1")
    assert only.startswith("Điều 6 quy định gì về ")


def test_an_article_without_heading_is_not_suggested(decree: Library) -> None:
    (document,) = decree.documents.values()
    bare = build_library([document])
    assert suggested(bare, document, "dieu-6.khoan-1") == []


def test_a_lone_clause_has_nothing_to_suggest() -> None:
    document = parse("Điều 1. Phạm vi\n1. Về diều.\n", Metadata(number="999/2099/NĐ-CP"))
    assert suggested(build_library([document]), document, "dieu-1.khoan-1") == []


def test_suggestions_are_few_all_different_and_can_be_answered(decree: Library) -> None:
    (document,) = decree.documents.values()
    questions = {text for clause in decree.clauses for text in clause.questions}
    for clause in decree.clauses:
        found = suggested(decree, document, clause.provision_id)
        assert 0 < len(found) <= SUGGESTIONS
        assert len(set(found)) == len(found)
        assert not set(found) & set(clause.questions)
        for text in set(found) - questions:
            (place,) = look_up(text, decree).places
            assert place.finding is Finding.PRESENT
