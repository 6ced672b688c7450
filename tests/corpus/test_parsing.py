from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.checking import check
from corpus.clauses import clauses_of
from corpus.errors import HoiLuatError, ParseError
from corpus.header import read_header
from corpus.model import Document, Level, Metadata
from corpus.parsing import parse
from corpus.readers import read_source
from corpus.text import nfc

FACTS = Metadata(number="999/2099/NĐ-CP", kind="Nghị định")


def joined(document: Document) -> str:
    return "".join(document.own_text(node) for node in document.walk())


def ids(text: str, level: Level) -> list[str]:
    return [node.id for node in parse(text, FACTS).walk() if node.level is level]


LINES = st.sampled_from(
    [
        "Chương I",
        "QUY ĐỊNH CHUNG",
        "Điều 1. Phạm vi",
        "Điều 2. Đối tượng",
        "Điều 7.",
        "1. Một.",
        "2. Hai:",
        "1.",
        "a) A;",
        "b) B;",
        "đ) Đ.",
        "- gạch",
        "...",
        "“Điều 3. Trích",
        "hết”.",
        "| ô | ô |",
        "Nơi nhận:",
        "PHỤ LỤC I",
        "QUY CHẾ",
        "(Ban hành kèm theo Quyết định)",
        "",
        "  Chữ thường  ",
    ]
)


@given(st.lists(LINES, max_size=40))
def test_own_texts_join_to_the_text_and_ids_are_unique(lines: list[str]) -> None:
    text = "\n".join(["Điều 1. Đầu", *lines])
    document = parse(text, FACTS)
    assert joined(document) == text
    assert len(document.by_id) == sum(1 for _ in document.walk())
    for clause in clauses_of(document):
        assert clause.quote == document.text[clause.start : clause.end]


@given(st.text(st.characters(codec=None)))
def test_any_unicode_parses_or_is_refused(text: str) -> None:
    try:
        document = parse("Điều 1. " + text, FACTS)
    except HoiLuatError:
        return
    assert joined(document) == nfc("Điều 1. " + text)


def test_text_without_article_is_refused() -> None:
    with pytest.raises(ParseError, match="no line begins an article"):
        parse("Xin chào.", FACTS)


def test_numbers_inside_a_point_are_not_clauses() -> None:
    text = "Điều 1. A\n1. Một\na) gồm:\n1. trong điểm\n2. Hai"
    assert ids(text, Level.CLAUSE) == ["dieu-1.khoan-1", "dieu-1.khoan-2"]


def test_point_dd_has_its_own_id() -> None:
    text = "Điều 1. A\n1. Gồm:\na) A\nb) B\nc) C\nd) D\nđ) Đ\ne) E\ng) G"
    assert ids(text, Level.POINT)[3:6] == [
        "dieu-1.khoan-1.diem-d",
        "dieu-1.khoan-1.diem-dd",
        "dieu-1.khoan-1.diem-e",
    ]


def test_quoted_amendment_is_no_article() -> None:
    text = "Điều 1. Sửa đổi\n1. Sửa Điều 3 như sau:\n“Điều 3. Mới\n1. Nội dung”.\nĐiều 2. Thi hành"
    assert ids(text, Level.ARTICLE) == ["dieu-1", "dieu-2"]
    assert ids(text, Level.QUOTED) == ["dieu-1.khoan-1.trich-1"]


@pytest.mark.parametrize("labels", [["1", "1a", "1b", "1c", "2"], ["1", "1d", "1đ", "1e", "2"]])
def test_inserted_articles_and_clauses_follow_one_another(labels: list[str]) -> None:
    steps = [label.replace("đ", "dd") for label in labels]
    articles = parse("".join(f"Điều {label}. A\nLời.\n" for label in labels), FACTS)
    assert [node.id for node in articles.children] == [f"dieu-{step}" for step in steps]
    assert check(articles).problems == ()
    clauses = "Điều 1. A\n" + "".join(f"{label}. Lời.\n" for label in labels)
    assert ids(clauses, Level.CLAUSE) == [f"dieu-1.khoan-{step}" for step in steps]


def test_an_inserted_article_does_not_come_back() -> None:
    text = "Điều 1. A\nĐiều 1b. B\nĐiều 1a. C\nĐiều 1b. D\nĐiều 1. E\nĐiều 2. F"
    assert ids(text, Level.ARTICLE) == ["dieu-1", "dieu-1b", "dieu-2"]


def test_running_text_about_recipients_is_no_signature() -> None:
    text = (
        "Điều 1. A\n1. Gồm:\nNơi nhận hồ sơ là Ủy ban nhân dân xã.\n2. Hai.\nNơi nhận:\n- Như trên;"
    )
    assert ids(text, Level.CLAUSE) == ["dieu-1.khoan-1", "dieu-1.khoan-2"]
    assert ids(text, Level.SIGNATURE) == ["ky-1"]


def test_preamble_and_signature_stand_beside_the_provisions() -> None:
    text = (
        "Số: 999/2099/NĐ-CP\nCăn cứ Hiến pháp;\nChương I\nCHUNG\nMục 1. NHỎ\nĐiều 1. A\nLời.\n"
        "Chương II\nRIÊNG\nĐiều 2. B\nLời.\nNơi nhận:\n- Như trên;\nĐiều 3. C\nLời.\n"
    )
    document = parse(text, FACTS)
    tops = [(node.id, document.full_text(node).count("\n")) for node in document.children]
    assert tops == [("mo-dau", 2), ("chuong-1", 5), ("chuong-2", 4), ("ky-1", 2), ("dieu-3", 2)]
    assert ids(text, Level.SECTION) == ["chuong-1.muc-1"]
    assert ids(text, Level.ARTICLE) == ["dieu-1", "dieu-2", "dieu-3"]


def test_an_annexed_regulation_may_begin_with_a_chapter() -> None:
    text = (
        "Điều 1. A\nĐiều 2. B\nNơi nhận:\n- Như trên;\nQUY CHẾ\n(Ban hành kèm theo Quyết định)\n"
        "Chương I\nCHUNG\nĐiều 1. C\nLời.\nChương II\nRIÊNG\nĐiều 2. D\nLời."
    )
    document = parse(text, FACTS)
    assert joined(document) == text
    assert [node.id for node in document.children] == ["dieu-1", "dieu-2", "ky-1", "quy-che"]
    assert ids(text, Level.CHAPTER) == ["quy-che.chuong-1", "quy-che.chuong-2"]
    assert ids(text, Level.ARTICLE)[2:] == ["quy-che.dieu-1", "quy-che.dieu-2"]


@pytest.mark.parametrize(
    ("behind", "articles"),
    [
        ("Điều 2. C\nLời.", ["dieu-1", "dieu-2", "quy-che.dieu-2"]),  # Điều 1 is missing
        ("Điều 3. C\nĐiều 1. D\nLời.", ["dieu-1", "dieu-2", "dieu-3"]),  # it was only words
        ("...\n\nĐiều 1. D\nLời.", ["dieu-1", "dieu-2"]),
    ],
)
def test_an_annexed_regulation_begins_right_behind_its_title(
    behind: str, articles: list[str]
) -> None:
    text = f"Điều 1. A\nĐiều 2. B\nNơi nhận:\nQUY CHẾ\n(Ban hành kèm theo Quyết định)\n{behind}"
    assert joined(parse(text, FACTS)) == text
    assert ids(text, Level.ARTICLE) == articles


def test_heading_on_the_next_line() -> None:
    document = parse("Điều 1.\nPhạm vi điều chỉnh\n1. Một.", FACTS)
    assert document.by_id["dieu-1"].heading == "Phạm vi điều chỉnh"


def test_nfd_text_is_read_as_nfc() -> None:
    import unicodedata

    document = parse(unicodedata.normalize("NFD", "Điều 1. Phạm vi\n1. Một."), FACTS)
    assert document.by_id["dieu-1"].heading == "Phạm vi"


@pytest.mark.parametrize(
    "repeated",
    ["1. Sửa như sau:\n“mở\n", "a1) tiết\n", "Chương I\n", "PHỤ LỤC I\n", "như sau:\n“mở”\n",
     "QUY CHẾ\nkèm theo\nĐiều 1. b\n", "Chương I\n\n\n\n", "1. một\n", "...\n\n"],
)  # fmt: skip
def test_time_is_linear_whatever_repeats(repeated: str) -> None:
    text = "Điều 1. A\n1. Một\na) Điểm\n" + repeated * (200_000 // len(repeated))
    start = time.process_time()
    document = parse(text, FACTS)
    # Quadratic ways through these texts took 10 to 40 s.
    assert time.process_time() - start < 5
    assert joined(document) == text


@pytest.mark.parametrize(
    ("name", "articles"),
    [
        ("luat-20-2023-QH15.md", 53),
        ("luat-39-2019-QH14.md", 101),
        ("nd-224-2026.md", 92),
        ("nd-64-2007.phapdien.txt", 56),
    ],
)
def test_real_documents_have_all_articles_in_sequence(
    shared: Path, name: str, articles: int
) -> None:
    source = read_source(shared / "data" / "documents" / name)
    document = parse(source.text, read_header(source.text, name))
    labels = [node.label for node in document.walk() if node.level is Level.ARTICLE]
    assert labels == [str(number) for number in range(1, articles + 1)]
    assert check(document).problems == ()
    assert joined(document) == source.text
