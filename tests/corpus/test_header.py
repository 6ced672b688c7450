"""What a document states about itself, and what stays unknown."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.header import HEADER_CHARS, read_header
from corpus.model import Metadata

DECREE = """\
CHÍNH PHỦ
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 999/2099/NĐ-CP
Hà Nội, ngày 01 tháng 02 năm 2099

NGHỊ ĐỊNH
QUY ĐỊNH VỀ THẢ DIỀU
TRONG CÔNG VIÊN

Căn cứ Luật Công viên số 998/2098/QH99;
Điều 1. Phạm vi
"""


def test_a_decree_states_everything() -> None:
    assert read_header(DECREE, "dieu.txt") == Metadata(
        number="999/2099/NĐ-CP",
        kind="Nghị định",
        title="Nghị định quy định về thả diều trong công viên",
        issuer="Chính phủ",
        issued=date(2099, 2, 1),
    )


@pytest.mark.parametrize("text", ["", "\n", "Điều 1. Phạm vi\nLời.\n", "Xin chào."])
def test_what_is_not_stated_stays_unknown(text: str) -> None:
    assert read_header(text) == Metadata(number="")
    assert read_header(text, "văn bản") == Metadata(number="văn bản")


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Số: 999/2099/NĐ-CP", "999/2099/NĐ-CP"),
        ("Số 999 / 2099 / NĐ- CP", "999/2099/NĐ-CP"),
        ("Luật số: 9/2099/QH99", "9/2099/QH99"),
        ("số:999/2099/TT-BTTTT", "999/2099/TT-BTTTT"),
        ("Số: 9/VBHN-BTC", "9/VBHN-BTC"),
        ("Bộ luật số 9/2099/QH99", "9/2099/QH99"),
        ("Nghị định số 999/2099/NĐ-CP ngày 02 tháng 3 năm 2099", "999/2099/NĐ-CP"),
        ("CHÍNH PHỦ Số 999/2099/NĐ-CP", "999/2099/NĐ-CP"),
        ("SỬA ĐỔI\nNghị định số 998/2099/NĐ-CP", "tên tệp"),  # another's, in the title
        ("Số: /2099/NĐ-CP", "tên tệp"),
        ("Số điện thoại: 999", "tên tệp"),
    ],
)
def test_numbers(line: str, number: str) -> None:
    assert read_header(f"{line}\nĐiều 1. A\n", "tên tệp").number == number


def test_numbers_and_dates_far_below_the_top_are_those_of_other_documents() -> None:
    far = "Lời.\n" * (HEADER_CHARS // 5)
    below = "Số: 999/2099/NĐ-CP\nngày 01 tháng 02 năm 2099\nNGHỊ ĐỊNH\nVỀ DIỀU\n"
    assert read_header(far + below, "x") == Metadata(number="x")


@pytest.mark.parametrize(
    "line",
    [
        "Căn cứ Luật Thả diều số 1/2099/QH15 ngày 01 tháng 02 năm 2099;",
        "CĂN CỨ LUẬT\nsố 1/2099/QH15 ngày 01 tháng 02 năm 2099;",
        "Điều 1. Phạm vi\nLuật số 1/2099/QH15 ngày 01 tháng 02 năm 2099 áp dụng.",
        "Chương I\nCHUNG\nSố: 1/2099/QH15, ngày 01 tháng 02 năm 2099",
    ],
)
def test_what_a_document_is_issued_on_does_not_number_or_date_it(line: str) -> None:
    found = read_header(f"NGHỊ ĐỊNH\nVỀ DIỀU\n{line}\nĐiều 1. A\n", "dieu")
    assert (found.number, found.issued) == ("dieu", None)
    assert (found.kind, found.title) == ("Nghị định", "Nghị định về diều")


def test_the_title_of_an_unnumbered_draft_does_not_number_it() -> None:
    draft = "Số:      /2099/NĐ-CP\nNGHỊ ĐỊNH\nSửa đổi Nghị định số 998/2098/NĐ-CP\nĐiều 1. A\n"
    assert read_header(draft, "du-thao").number == "du-thao"


@pytest.mark.parametrize(
    ("written", "issued"),
    [
        ("ngày 1 tháng 2 năm 2099", date(2099, 2, 1)),
        ("ngày 29 tháng 02 năm 2096", date(2096, 2, 29)),
        ("ngày 30 tháng 02 năm 2099", None),
        ("ngày 01 tháng 13 năm 2099", None),
        ("ngày     tháng     năm 2099", None),
    ],
)
def test_dates_are_days_of_the_calendar(written: str, issued: date | None) -> None:
    assert read_header(f"Hà Nội, {written}\n").issued == issued


@pytest.mark.parametrize(
    ("top", "kind"),
    [
        ("LUẬT\nTHẢ DIỀU\n", "Luật"),
        ("BỘ LUẬT\n", "Bộ luật"),
        ("**THÔNG TƯ LIÊN TỊCH**\nVề diều\n", "Thông tư liên tịch"),
        ("QUYẾT ĐỊNH:\n", "Quyết định"),
        ("Số: 9/2099/NQ-HĐND\n", "Nghị quyết"),  # the number tells
        ("Số: 9/2099/QH99\n", ""),  # laws and resolutions are numbered alike
        ("nghị định\n", ""),
    ],
)
def test_kinds(top: str, kind: str) -> None:
    assert read_header(top).kind == kind


@pytest.mark.parametrize(
    ("behind", "title"),
    [
        ("Về thả diều\nCăn cứ Hiến pháp;\n", "Nghị định Về thả diều"),
        ("\n\nVỀ THẢ DIỀU\n\nChính phủ ban hành\n", "Nghị định về thả diều"),
        ("Điều 1. Phạm vi\n", ""),
        ("Chương I\n", ""),
        ("CHƯƠNG TRÌNH THẢ DIỀU\nĐiều 1. A\n", "Nghị định chương trình thả diều"),
        ("", ""),
    ],
)
def test_the_title_ends_where_something_else_begins(behind: str, title: str) -> None:
    assert read_header(f"NGHỊ ĐỊNH\n{behind}").title == title


@pytest.mark.parametrize(
    ("line", "issuer"),
    [
        ("QUỐC HỘI\n", "Quốc hội"),
        ("THỦ TƯỚNG\nCHÍNH PHỦ\n", "Thủ tướng Chính phủ"),
        ("BỘ CÔNG AN\n", "Bộ công an"),
        ("BỘ THÔNG TIN\nVÀ TRUYỀN THÔNG\n---\n", "Bộ thông tin và truyền thông"),
        ("BỘ CÔNG AN\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n", "Bộ công an"),
        ("Bộ trưởng chịu trách nhiệm.\n", ""),
        ("BỘ LUẬT\nDÂN SỰ\nĐiều 1. A\n", ""),
        ("QUỐC HỘI\nBỘ LUẬT\nDÂN SỰ\nĐiều 1. A\n", "Quốc hội"),
    ],
)
def test_issuers(line: str, issuer: str) -> None:
    assert read_header(line).issuer.casefold() == issuer.casefold()


def test_a_consolidated_text_does_not_pass_for_what_it_consolidates() -> None:
    text = """\
VĂN PHÒNG QUỐC HỘI
Số: 9/VBHN-VPQH
LUẬT
THẢ DIỀU
Luật số 998/2098/QH99 ngày 01 tháng 02 năm 2098 của Quốc hội về thả diều;
Điều 1. A
"""
    found = read_header(text)
    assert (found.number, found.kind, found.title) == (
        "9/VBHN-VPQH",
        "Văn bản hợp nhất",
        "Luật thả diều",
    )


@given(st.text(max_size=200), st.text(max_size=10))
def test_any_text_has_a_header(text: str, name: str) -> None:
    found = read_header(text, name)
    assert found.number == name or found.number in "".join(text.split())
