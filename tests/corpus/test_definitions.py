"""Which term a provision defines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.definitions import defined_term


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("1. Diều là đồ chơi bay.", "Diều"),
        ("2. “Diều giấy” là diều làm bằng giấy.", "Diều giấy"),
        ("3a) Dây diều (sau đây gọi là dây) là dây giữ diều.", "Dây diều"),
        ("4. Người chơi\nbao gồm trẻ em và người lớn.", "Người chơi"),
        ("Bãi thả được hiểu là bãi cỏ.", "Bãi thả"),
    ],
)
def test_a_text_that_begins_by_defining_a_term(text: str, term: str) -> None:
    assert defined_term(text) == term


@pytest.mark.parametrize(
    "text",
    [
        "1. Cấm dùng dây kim loại.",
        "Điều 1. Thả diều là quyền của mọi người.",  # a heading, not a definition
        "1. Ban quản lý nhắc người chơi; người chơi là người thả diều.",
        "",
    ],
)
def test_a_text_that_defines_none(text: str) -> None:
    assert defined_term(text) == ""


@given(st.text())
def test_a_term_is_words_of_the_text(text: str) -> None:
    assert defined_term(text) in " ".join(text.split())
