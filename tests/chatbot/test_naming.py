"""Laws named in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.naming import named_laws, without_names
from corpus.library import Library, build_library
from corpus.model import Document, Metadata
from corpus.parsing import parse

LAW = parse(
    "Điều 1. Phạm vi\nLuật này quy định về thả diều.\n",
    Metadata(number="999/2099/QH99", kind="Luật", title="Luật Thả diều trong công viên"),
)
LIBRARY = build_library([LAW])


def named(question: str, library: Library = LIBRARY) -> list[tuple[str, str | None]]:
    return [
        (law.name, law.document.id if law.document else None)
        for law in named_laws(question, library)
    ]


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Luật Thả diều quy định gì", "Luật Thả diều"),
        ("theo Luật Thả diều năm 2099 thì sao", "Luật Thả diều năm 2099"),
        ("Luật Thả diều 2099", "Luật Thả diều 2099"),
        ("LUẬT THẢ DIỀU", "LUẬT THẢ DIỀU"),
        ("luật về thả diều trong công viên", "luật về thả diều trong công viên"),
    ],
)
def test_a_loaded_law_is_known_by_part_of_its_title(question: str, name: str) -> None:
    assert named(question) == [(name, LAW.id)]


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Luật Thả bóng nói gì", "Luật Thả bóng"),
        ("Luật Đất đai 2024 quy định gì", "Luật Đất đai 2024"),
        ("theo Luật Phòng, chống tham nhũng là sao", "Luật Phòng, chống tham nhũng"),
        ("Bộ luật Thả diều có không", "Bộ luật Thả diều"),  # a law is no code
        ("điều 7 Hiến pháp 2013", "Hiến pháp 2013"),
        ("Hiến pháp năm 2013 nói gì", "Hiến pháp năm 2013"),
        ("Hiến pháp quy định gì", "Hiến pháp"),
        ("Luật Hôn nhân và gia đình", "Luật Hôn nhân và gia đình"),
        ("Luật Thả bóng và điều 5", "Luật Thả bóng"),
        ("Luật Ban hành văn bản quy phạm pháp luật", "Luật Ban hành văn bản"),
        ("điều 6 Luật Điều ước quốc tế quy định gì", "Luật Điều ước quốc tế"),
        ("Luật Thả bóng số 998/2099/QH99", "Luật Thả bóng"),
        ("Nghị định về thả diều", "Nghị định về thả diều"),  # no decree is loaded
    ],
)
def test_a_law_that_is_not_loaded_is_named(question: str, name: str) -> None:
    assert named(question) == [(name, None)]


@pytest.mark.parametrize(
    "question",
    [
        "",
        "luật sư nói gì",
        "theo pháp luật thì sao",
        "Luật quy định thế nào",
        "luật này áp dụng cho ai",
        "Luật 2024",
        "Luật số 999/2099/QH99",
        "luật và quy định",
        "kỷ luật lao động: điều 6 nói gì",
        "kỉ luật lao động",
        "pháp luật điện tử, điều 6 nói gì",
        "thả diều lúc mấy giờ",
    ],
)
def test_words_that_name_no_law(question: str) -> None:
    assert named(question) == []


def test_a_year_means_no_loaded_law() -> None:
    for question in ("Luật năm 2099 thì sao", "Luật về năm 2099"):
        assert not any(document for _, document in named(question))


def test_a_decree_is_named_only_by_its_title(kites: Document) -> None:
    library = build_library([kites])
    assert named("nghị định của Chính phủ", library) == []
    assert named("Nghị định về thả diều", library) == [("Nghị định về thả diều", kites.id)]
    assert named("Thông tư về thả diều", library) == [("Thông tư về thả diều", None)]


def test_without_documents_every_name_is_of_a_law_not_loaded() -> None:
    assert named("Luật Thả diều", build_library([])) == [("Luật Thả diều", None)]


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("điều 2 Luật Thả diều và Luật Thả bóng", ["Luật Thả diều", "Luật Thả bóng"]),
        ("Luật Thả bóng, luật thả diều", ["Luật Thả bóng", "luật thả diều"]),
        ("Bộ luật Thả bóng và Hiến pháp 2013", ["Bộ luật Thả bóng", "Hiến pháp 2013"]),
        ("Luật Thả bóng hay là Luật Thả diều", ["Luật Thả bóng", "Luật Thả diều"]),
        ("Nghị định hướng dẫn Luật Thả diều", ["Nghị định hướng dẫn Luật Thả diều"]),
    ],
)
def test_a_join_does_not_make_one_name_of_two(question: str, names: list[str]) -> None:
    assert [name for name, _ in named(question)] == names


def test_several_laws_come_in_reading_order() -> None:
    question = "Luật Đất đai hay là Luật Thả diều? Hiến pháp nói gì"
    laws = list(named_laws(question, LIBRARY))
    assert [law.document for law in laws][1:] == [LAW, None]
    assert [question[law.start : law.end] for law in laws][1:] == ["Luật Thả diều", "Hiến pháp"]
    assert laws[0].document is None


@given(
    st.lists(
        st.sampled_from("Luật Bộ luật Hiến pháp Thả diều nghị định về , 2099 quy năm sư số".split())
    )
)
def test_names_stand_in_the_question_one_behind_the_other(words: list[str]) -> None:
    question = " ".join(words)
    done = 0
    for law in named_laws(question, LIBRARY):
        assert question[law.start : law.end] == law.name
        assert done <= law.start < law.end
        done = law.end


NAMED = build_library(
    [LAW, parse("Điều 1. Bóng\n", Metadata(number="998/2099/NĐ-CP", kind="Nghị định"))]
)


@pytest.mark.parametrize(
    ("question", "rest"),
    [
        ("Theo Luật Thả diều trong công viên thì ai trông coi?", "ai trông coi?"),
        ("Luật Thả diều trong công viên, mất diều báo ai", "mất diều báo ai"),
        ("mất diều báo ai theo luật 999/2099", "mất diều báo ai"),
        ("tôi đọc 999/2099/QH99 rồi, mất diều báo ai", "tôi đọc rồi, mất diều báo ai"),
        ("luật 999/2099 về thả diều trong công viên bắt đầu khi nào", "bắt đầu khi nào"),
        ("luật 999/2099 về diều giấy", "về diều giấy"),
        ("phạm vi của Luật Thả diều trong công viên số 999/2099/QH99", "phạm vi"),
        ("nội dung của Luật này là gì", "nội dung là gì"),
        (
            "vi phạm Luật Thả diều trong công viên thì sao",
            "vi phạm Luật Thả diều trong công viên thì sao",
        ),
        ("luật 999/2099 có thay nghị định 998/2099 không", "có thay nghị định 998/2099 không"),
        ("luật 997/2099 nói gì", "luật 997/2099 nói gì"),
    ],
)
def test_the_names_of_a_document_are_taken_out(question: str, rest: str) -> None:
    assert without_names(question, NAMED, [LAW.id]) == rest


def test_a_name_that_is_part_of_what_is_asked_goes_if_wanted() -> None:
    asked = "đối tượng áp dụng Luật Thả diều trong công viên là ai"
    assert without_names(asked, NAMED, [LAW.id], wholly=True) == "đối tượng áp dụng là ai"


@given(st.text())
def test_what_names_no_document_keeps_its_words(text: str) -> None:
    assert without_names(text, NAMED, []) == " ".join(text.split())
