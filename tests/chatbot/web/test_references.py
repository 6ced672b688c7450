"""Provisions that name other provisions."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatbot.web.references import Linker, Reference
from corpus.library import shipped_library
from corpus.model import Document, Level, Metadata
from corpus.parsing import parse

OWN = "/van-ban/999-2099-nd-cp"
DECREE = "/van-ban/137-2024-nd-cp"
CODE = "/van-ban/bo-luat-tha-dieu"
KITES = """\
Điều 1. Phạm vi
Nghị định này quy định về thả diều.
Điều 2. Giờ thả diều
1. Từ 7 giờ đến 19 giờ.
2. Người trông coi công viên:
a) Nhắc nhở;
b) Thu giữ diều.
Điều 3. Dây diều
1. Cấm dây kim loại.
2. Dài tối đa 100 mét.
QUY CHẾ
Thả diều ban đêm
(Ban hành kèm theo Nghị định số 999/2099/NĐ-CP)
Điều 1. Đèn
1. Diều phải có đèn.
Điều 2. Màu đèn
Đèn màu đỏ.
"""
CITING = (
    *("điểm a", "điểm này", "khoản 2", "khoản này", "Điều 3", "Điều này", "Điều 99", "và", ","),
    *("Nghị định này", "Nghị định 137/2024/NĐ-CP", "của Luật Mưa", "Bộ luật Thả diều", "\n", "x"),
)


def linker() -> tuple[Linker, Document]:
    facts = Metadata(number="999/2099/NĐ-CP", kind="Nghị định")
    document = parse(KITES, facts)
    code = parse("Điều 2. Hiệu lực\n1. Ngay.\n2. Mãi mãi.\n", Metadata(number="Bộ luật Thả diều"))
    return Linker(document, shipped_library([document, code])), document


LINKER, DOCUMENT = linker()


def references(text: str, *path: str) -> list[Reference]:
    ids = path or ("dieu-2", "dieu-2.khoan-2", "dieu-2.khoan-2.diem-b")
    return LINKER.references(text, [DOCUMENT.by_id[one] for one in ids])


def links(text: str, *path: str) -> dict[str, str]:
    return {text[one.start : one.end]: one.url for one in references(text, *path)}


@pytest.mark.parametrize(
    ("text", "linked"),
    [
        ("theo khoản 1 Điều 3.", {"khoản 1 Điều 3": f"{OWN}#dieu-3.khoan-1"}),
        ("KHOẢN 1 ĐIỀU 3", {"KHOẢN 1 ĐIỀU 3": f"{OWN}#dieu-3.khoan-1"}),
        (
            "khoản 1 Điều 3 của Nghị định này",
            {"khoản 1 Điều 3 của Nghị định này": f"{OWN}#dieu-3.khoan-1"},
        ),
        ("khoản 1 Điều này", {"khoản 1 Điều này": f"{OWN}#dieu-2.khoan-1"}),
        ("điểm a khoản này", {"điểm a khoản này": f"{OWN}#dieu-2.khoan-2.diem-a"}),
        ("Điều này", {"Điều này": f"{OWN}#dieu-2"}),
        (
            "khoản 2 Điều 6 của Nghị định số 137/2024/NĐ-CP",
            {"khoản 2 Điều 6 của Nghị định số 137/2024/NĐ-CP": f"{DECREE}#dieu-6.khoan-2"},
        ),
        ("theo Nghị định 137/2024/NĐ-CP", {"Nghị định 137/2024/NĐ-CP": DECREE}),
        (
            "khoản 2 Điều 2 Bộ luật Thả diều",
            {"khoản 2 Điều 2 Bộ luật Thả diều": f"{CODE}#dieu-2.khoan-2"},
        ),
    ],
)
def test_named_provisions_are_links(text: str, linked: dict[str, str]) -> None:
    assert links(text) == linked


@pytest.mark.parametrize(
    ("text", "linked"),
    [
        ("khoản 9 Điều 3", {"khoản 9 Điều 3": f"{OWN}#dieu-3"}),
        ("điểm a khoản 1 Điều 3", {"điểm a khoản 1 Điều 3": f"{OWN}#dieu-3.khoan-1"}),
    ],
)
def test_an_absent_place_leads_to_the_smallest_one_that_would_hold_it(
    text: str, linked: dict[str, str]
) -> None:
    assert links(text) == linked


@pytest.mark.parametrize(
    ("text", "linked"),
    [
        (
            "khoản 1, khoản 2 Điều 3",
            {"khoản 1": f"{OWN}#dieu-3.khoan-1", "khoản 2 Điều 3": f"{OWN}#dieu-3.khoan-2"},
        ),
        (
            "khoản 2 Điều 3 và khoản 1 Điều này",
            {
                "khoản 2 Điều 3": f"{OWN}#dieu-3.khoan-2",
                "khoản 1 Điều này": f"{OWN}#dieu-2.khoan-1",
            },
        ),
        (
            "Điều 6 và Điều 7 Nghị định 137/2024/NĐ-CP",
            {"Điều 6": f"{DECREE}#dieu-6", "Điều 7 Nghị định 137/2024/NĐ-CP": f"{DECREE}#dieu-7"},
        ),
        (
            "Điều 1 của Nghị định này và Điều 6 Nghị định 137/2024/NĐ-CP",
            {
                "Điều 1 của Nghị định này": f"{OWN}#dieu-1",
                "Điều 6 Nghị định 137/2024/NĐ-CP": f"{DECREE}#dieu-6",
            },
        ),
        (
            "Điều 1, Điều 3 của Nghị định này",
            {"Điều 1": f"{OWN}#dieu-1", "Điều 3 của Nghị định này": f"{OWN}#dieu-3"},
        ),
    ],
)
def test_the_last_of_a_row_speaks_for_all(text: str, linked: dict[str, str]) -> None:
    assert links(text) == linked


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Không nói đến đâu cả.",
        "khoản 2",
        "Điều 5",
        "Điều 3a",
        "Điều 30",
        "điểm b khoản này",
        "Nghị định này",
        "Nghị định 999/2099/NĐ-CP",
        "Nghị định 998/2099/NĐ-CP",
        "Điều 3 Nghị định 998/2099/NĐ-CP",
        "khoản 1 Điều 3 của Luật Mưa",
        "Điều 3, Luật Mưa",
        "khoản 1, khoản 2 Điều 3 của Luật Mưa",
        "ngày 3/2099",
    ],
)
def test_what_names_nothing_loaded_is_no_link(text: str) -> None:
    assert links(text) == {}


def test_references_come_in_reading_order() -> None:
    text = "khoản 1, khoản 2 Điều 3. Xem Điều 6 và Điều 7 Nghị định 137/2024/NĐ-CP"
    found = [one.start for one in references(text)]
    assert len(found) == 4
    assert found == sorted(found)


def test_what_is_quoted_speaks_of_its_own_document() -> None:
    quoted = replace(DOCUMENT.by_id["dieu-3.khoan-1"], level=Level.QUOTED)
    text = (
        "Theo khoản 1 Điều 2, Điều này, Điều 1 của Nghị định này và Điều 6 Nghị định 137/2024/NĐ-CP"
    )
    found = LINKER.references(text, [DOCUMENT.by_id["dieu-3"], quoted])
    assert [text[one.start : one.end] for one in found] == ["Điều 6 Nghị định 137/2024/NĐ-CP"]
    own = "theo khoản 1 Điều 2 Nghị định 999/2099/NĐ-CP"
    assert len(LINKER.references(own, [DOCUMENT.by_id["dieu-3"], quoted])) == 1


def test_an_annexed_regulation_means_its_own_articles() -> None:
    home = next(one for one in DOCUMENT.by_id if one.endswith(".dieu-1.khoan-1"))
    prefix = home.removesuffix("dieu-1.khoan-1")
    path = [prefix.removesuffix("."), f"{prefix}dieu-1", home]
    assert links("theo Điều 2", *path) == {"Điều 2": f"{OWN}#{prefix}dieu-2"}
    assert links("theo Điều 3", *path) == {"Điều 3": f"{OWN}#dieu-3"}


@settings(deadline=None)
@given(st.lists(st.sampled_from(CITING), max_size=12))
def test_links_never_overlap_and_lead_to_what_is_there(words: list[str]) -> None:
    text = " ".join(words)
    found = references(text)
    assert all(one.end <= other.start for one, other in pairwise(found))
    for one in found:
        assert 0 <= one.start < one.end <= len(text)
        assert (one.document_id, one.provision_id) != (DOCUMENT.id, "dieu-2.khoan-2.diem-b")
        if one.document_id == DOCUMENT.id:
            assert one.provision_id in DOCUMENT.by_id
