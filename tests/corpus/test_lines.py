"""What a line seems to begin, by its look alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.lines import ANNEX_TITLE, SIGNATURE, opening
from corpus.model import Level


@pytest.mark.parametrize(
    ("line", "level", "label", "rest"),
    [
        ("Điều 6. Kho số viễn thông", Level.ARTICLE, "6", "Kho số viễn thông"),
        ("Điều 6: Kho số", Level.ARTICLE, "6", "Kho số"),
        ("ĐIỀU 6.", Level.ARTICLE, "6", ""),
        ("Điều 6", Level.ARTICLE, "6", ""),
        ("Ðiều 6a. Tên", Level.ARTICLE, "6a", "Tên"),  # eth
        ("Điều 12đ. Tên", Level.ARTICLE, "12đ", "Tên"),
        ("2. Hai", Level.CLAUSE, "2", "Hai"),
        ("2) Hai", Level.CLAUSE, "2", "Hai"),
        ("2a.Hai", Level.CLAUSE, "2a", "Hai"),
        ("2.", Level.CLAUSE, "2", ""),
        ("đ) Đơn", Level.POINT, "đ", "Đơn"),
        ("a. Một", Level.POINT, "a", "Một"),
        ("a.1) Tiết", Level.SUBPOINT, "a.1", "Tiết"),
        ("đ2. Tiết", Level.SUBPOINT, "đ2", "Tiết"),
        ("- Gạch", Level.ITEM, "", "Gạch"),
        ("– Gạch", Level.ITEM, "", "Gạch"),
        ("+ Cộng", Level.ITEM, "", "Cộng"),
        ("| Số | Tên |", Level.TABLE, "", ""),
        ("Chương II", Level.CHAPTER, "II", ""),
        ("CHƯƠNG 2: QUY ĐỊNH", Level.CHAPTER, "2", "QUY ĐỊNH"),
        ("Chương II QUY ĐỊNH CHUNG", Level.CHAPTER, "II", "QUY ĐỊNH CHUNG"),
        ("Phần thứ nhất", Level.PART, "thứ nhất", ""),
        ("PHẦN I. CHUNG", Level.PART, "I", "CHUNG"),
        ("Mục 1. ĐĂNG KÝ", Level.SECTION, "1", "ĐĂNG KÝ"),
        ("TIỂU MỤC 3", Level.SUBSECTION, "3", ""),
        ("PHỤ LỤC", Level.APPENDIX, "", ""),
        ("Phụ lục IV", Level.APPENDIX, "IV", ""),
        ("Phụ lục 1A: Mẫu", Level.APPENDIX, "1A", "Mẫu"),
        ("...", Level.GAP, "", ""),
        ("[…]", Level.GAP, "", ""),
        ("( .... )", Level.GAP, "", ""),
    ],
)
def test_openings(line: str, level: Level, label: str, rest: str) -> None:
    found = opening(line)
    assert found is not None
    assert (found.level, found.label, found.rest) == (level, label, rest)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Nghị định này quy định về thả diều.",
        "Điều 6 của Luật này",
        "Điều kiện cấp phép",
        "điều 6. Tên",  # in the middle of a sentence
        "Điều 12345. Tên",
        "1.500 đồng",
        "2.1. Hai",
        "2099. Hai",
        "12 tháng",
        "a.b",
        "w",
        "f1",
        "-gạch",
        "-",
        "..",
        "Mục 1 này",
        "CHƯƠNG CÔNG NGHỆ",
        "Chương Vi phạm",
        "MỤC LỤC",
        "PHẦN CHUNG",
        "Phụ lục kèm theo",
        "| không đóng",
    ],
)
def test_plain_text_begins_nothing(line: str) -> None:
    assert opening(line) is None


def test_a_decomposed_or_unmarked_marker_is_no_marker() -> None:
    assert opening("Dieu 6. Ten") is None
    assert opening("Chuong II") is None


@given(st.text(st.sampled_from("ĐiềuChươngMụcPhầnIVX 0123abđ.):|-…“"), max_size=30))
def test_the_rest_is_the_end_of_the_line_behind_the_label(text: str) -> None:
    line = text.strip()
    found = opening(line)
    if found is not None and found.level not in (Level.GAP, Level.TABLE):
        assert line.endswith(found.rest)
        assert found.label in line.removesuffix(found.rest)


@pytest.mark.parametrize(
    ("line", "signs"),
    [
        ("Nơi nhận:", True),
        ("| Nơi nhận: | TM. CHÍNH PHỦ |", True),
        ("TM. CHÍNH PHỦ", True),
        ("KT. BỘ TRƯỞNG", True),
        ("CHỦ TỊCH QUỐC HỘI", True),
        ("Nơi nhận", True),
        ("*Nơi nhận:* - Như trên;", True),
        ("| **Nơi nhận** | KT. BỘ TRƯỞNG |", True),
        ("Chủ tịch Ủy ban nhân dân", False),
        ("Nơi nhận hồ sơ là Ủy ban nhân dân xã.", False),
        ("Nơi nhận hồ sơ: Ủy ban nhân dân xã.", False),
        ("| Nơi nhận hồ sơ | Thời hạn |", False),
    ],
)
def test_where_signatures_begin(line: str, signs: bool) -> None:
    assert (SIGNATURE.match(line) is not None) is signs


@pytest.mark.parametrize(
    ("line", "titles"),
    [("QUY CHẾ", True), ("ĐIỀU LỆ", True), ("Quy chế", False), ("QUY CHẾ LÀM VIỆC", False)],
)
def test_titles_of_annexed_regulations_stand_alone_in_capitals(line: str, titles: bool) -> None:
    assert (ANNEX_TITLE.fullmatch(line) is not None) is titles
