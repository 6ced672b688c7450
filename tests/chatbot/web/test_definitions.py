"""Terms a document defines, and where its text uses them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.web.definitions import Glossary
from corpus.model import Document, Metadata
from corpus.parsing import parse

HOMES = {
    "diều": "dieu-2.khoan-1",
    "diều giấy": "dieu-2.khoan-2",
    "dây diều": "dieu-2.khoan-3",
    "người chơi": "dieu-2.khoan-4",
}
LAW = """\
Điều 1. Phạm vi
1. Gió là không khí chuyển động.
Điều 2. Giải thích từ ngữ
Trong Nghị định này, các từ ngữ được hiểu như sau:
1. Diều là đồ chơi bay.
2. “Diều giấy” là diều làm bằng giấy.
3. Dây diều (sau đây gọi là dây) là dây giữ diều.
4. Người chơi bao gồm trẻ em và người lớn.
5. Không nói gì thêm ở khoản này.
"""


def law(text: str) -> Document:
    return parse(text, Metadata(number="999/2099/NĐ-CP", kind="Nghị định"))


GLOSSARY = Glossary(law(LAW))


def used(text: str, home: str = "", seen: set[str] | None = None) -> list[tuple[str, str]]:
    uses = GLOSSARY.uses(text, home, set() if seen is None else seen)
    return [(text[use.start : use.end], use.provision_id) for use in uses]


def test_terms_come_from_the_article_that_explains_them() -> None:
    assert GLOSSARY.terms == HOMES


@pytest.mark.parametrize(
    "heading", ["Giải thích từ ngữ", "GIẢI THÍCH TỪ NGỮ", "Giải thích thuật ngữ và chữ viết tắt"]
)
def test_headings_that_announce_definitions(heading: str) -> None:
    glossary = Glossary(law(f"Điều 1. {heading}\n1. Diều là đồ chơi bay.\n"))
    assert glossary.terms == {"diều": "dieu-1.khoan-1"}


def test_a_document_without_definitions_uses_no_term() -> None:
    glossary = Glossary(law("Điều 1. Hiệu lực\n1. Nghị định này có hiệu lực ngay.\n"))
    assert glossary.terms == {}
    assert glossary.uses("Nghị định này có hiệu lực ngay.", "", set()) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mua diều.", ["diều"]),
        ("DIỀU đẹp", ["DIỀU"]),
        ("Mua diều giấy và diều.", ["diều giấy", "diều"]),
        ("Người\n chơi giữ dây  diều", ["Người\n chơi", "dây  diều"]),
        ("diều hâu và diều", ["diều"]),
        ("cánhdiều, diềuhâu", []),
        ("dieu giay", []),
        ("Gió thổi", []),
        ("", []),
    ],
)
def test_terms_are_found_whole_and_the_longest_first(text: str, found: list[str]) -> None:
    assert used(text) == [(one, HOMES[" ".join(one.lower().split())]) for one in found]


@pytest.mark.parametrize(
    ("text", "home"),
    [
        ("ſản phẩm", "dieu-1.khoan-1"),
        ("SẢN PHẨM", "dieu-1.khoan-1"),
        ("trı tuệ", "dieu-1.khoan-2"),
        ("TRİ TUỆ", "dieu-1.khoan-2"),
    ],
)
def test_letters_that_are_other_cases_of_a_letter_are_that_letter(text: str, home: str) -> None:
    explained = "Điều 1. Giải thích từ ngữ\n1. Sản phẩm là đồ vật.\n2. Tri tuệ là hiểu biết.\n"
    uses = Glossary(law(explained)).uses(f"Có {text} mới", "", set())
    assert [(use.start, use.end, use.provision_id) for use in uses] == [(3, 3 + len(text), home)]


def test_a_term_is_pointed_out_once_until_the_next_article() -> None:
    seen: set[str] = set()
    assert len(used("Diều này và diều kia", seen=seen)) == 1
    assert used("Lại diều", seen=seen) == []
    assert len(used("Dây diều", seen=seen)) == 1
    assert len(used("Lại diều")) == 1


def test_a_use_where_none_can_be_shown_is_not_the_first() -> None:
    text = "Diều, diều và dây diều"
    seen: set[str] = set()
    assert [use.start for use in GLOSSARY.uses(text, "", seen, [(0, 4), (20, 21)])] == [6]
    assert seen == {"diều"}
    assert used("dây diều", seen=seen) == [("dây diều", HOMES["dây diều"])]


def test_a_definition_is_no_use_of_its_own_term() -> None:
    text = "2. “Diều giấy” là diều làm bằng giấy."
    assert used(text, home="dieu-2.khoan-2") == [("diều", "dieu-2.khoan-1")]


@given(st.lists(st.sampled_from([*HOMES, "Diều", "gió", ",", "\n", "giấy", "chơi"])))
def test_uses_come_in_reading_order_each_term_once(words: list[str]) -> None:
    text = " ".join(words)
    uses = GLOSSARY.uses(text, "", set())
    assert all(one.end <= other.start for one, other in pairwise(uses))
    assert len({use.provision_id for use in uses}) == len(uses)
    for use in uses:
        assert HOMES[" ".join(text[use.start : use.end].lower().split())] == use.provision_id
