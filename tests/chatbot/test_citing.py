"""Dashed-off citations written out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.citing import written_out


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("k2d6", "k2 d6"),
        ("Đ6K2 nói gì", "Đ6 K2 nói gì"),
        ("điều 6.2", "điều 6 khoản 2"),
        ("dieu 6.2 noi gi", "dieu 6 khoản 2 noi gi"),
        ("điều sáu khoản hai", "điều 6 khoản 2"),
        ("khoản mười hai điều hai mươi tư", "khoản 12 điều 24"),
        ("khoan bon dieu sau noi ve gi", "khoản 4 điều 6 noi ve gi"),
        ("điều bẩy khoản mốt", "điều 7 khoản 1"),
        ("khoản hai điều hai mươi mốt", "khoản 2 điều 21"),
        ("khoản hai điều sau đây", "khoản 2 điều sau đây"),
        ("khoản mười điều mười lăm", "khoản 10 điều 15"),
        ("nd137 điều 7", "nd 137 điều 7"),
        ("diem dd khoan 3", "điểm đ khoan 3"),
        ("các điều sau đây", "các điều sau đây"),
        ("khoản năm 2024", "khoản năm 2024"),
        ("điều hai bên thỏa thuận", "điều hai bên thỏa thuận"),
        ("đ6.k3.c quy định sao", "đ6 khoản 3 điểm c quy định sao"),
        ("điều 6. khoản 3.đ", "điều 6 khoản 3 điểm đ"),
        ("k3.a, k4.", "k3 điểm a, k4."),
        ("theo điều 6.2.1", "theo điều 6.2.1"),
        ("theo điều 6. 3 năm", "theo điều 6. 3 năm"),
        ("giá 6.2 triệu", "giá 6.2 triệu"),
        ("", ""),
    ],
)
def test_only_citations_are_written_out(typed: str, written: str) -> None:
    assert written_out(typed) == written


@given(st.text(alphabet=st.characters(exclude_categories=("N", "Cs")), max_size=60))
def test_text_without_citations_comes_back_as_it_is(text: str) -> None:
    if not any(marker in text.lower() for marker in ("điều", "khoản", "điểm", "diem")):
        assert written_out(text) == text
