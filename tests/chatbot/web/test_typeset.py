"""Quotations as lines and marked words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.web.typeset import Segment, line_kind, typeset

QUOTE = """\
Người thả diều:
1. Phải giữ khoảng cách:
a) Với người:
- Trẻ em 20 mét;
- Người lớn 10 mét;
b) Với cây 5 mét.
...
2. Không dùng dây kim loại.
"""
LAW_LIKE = st.text(alphabet="aăđ1. )-…\n\r\u2028", max_size=60)
HIGHLIGHTS = st.lists(st.tuples(st.integers(-5, 70), st.integers(-5, 70)), max_size=5)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("1. Cơ quan nhà nước", "clause"),
        ("12a. Cơ quan nhà nước\n", "clause"),
        ("  2. Thụt vào", "clause"),
        ("a) Các bộ", "point"),
        ("đ) Địa phương\n", "point"),
        ("- Tiếp nhận", "item"),
        ("– Tiếp nhận", "item"),
        ("+ Trả lời", "item"),
        ("• Trả lời", "item"),
        ("...\n", "gap"),
        ("…", "gap"),
        ("[…]", "gap"),
        ("[...]\n", "gap"),
        ("1.5 triệu đồng", "text"),
        ("2024 là năm nhuận", "text"),
        ("a)liền nhau", "text"),
        ("-5 độ", "text"),
        ("Điều 6. Chuyển đổi", "text"),
        ("Còn nữa ...", "text"),
        ("", "text"),
    ],
)
def test_what_a_line_begins_with(line: str, kind: str) -> None:
    assert line_kind(line) == kind


def test_lines_stand_under_the_numbered_lines_above_them() -> None:
    assert [(line.kind, line.depth) for line in typeset(QUOTE)] == [
        ("text", 0),
        ("clause", 0),
        ("point", 1),
        ("item", 2),
        ("item", 2),
        ("point", 1),
        ("gap", 2),
        ("clause", 0),
    ]


def test_points_quoted_without_their_clause_stand_at_the_edge() -> None:
    assert [line.depth for line in typeset("a) Một;\nb) Hai;\n- ba.")] == [0, 0, 1]


def test_a_mark_across_lines_is_cut_at_the_line_end() -> None:
    first, second = typeset("một hai\nba bốn", [(4, 10)])
    assert first.segments == (Segment("một ", False), Segment("hai\n", True))
    assert second.segments == (Segment("ba", True), Segment(" bốn", False))


@pytest.mark.parametrize(
    ("highlights", "marked"),
    [
        ([], []),
        ([(0, 3)], ["một"]),
        ([(4, 7), (0, 3)], ["một", "hai"]),
        ([(0, 5), (3, 7)], ["một hai"]),
        ([(0, 4), (4, 7)], ["một hai"]),
        ([(4, 700)], ["hai"]),
        ([(-9, 3)], ["một"]),
        ([(3, 3), (6, 2), (50, 60)], []),
    ],
)
def test_highlights_are_sorted_joined_and_cut_off(
    highlights: list[tuple[int, int]], marked: list[str]
) -> None:
    (line,) = typeset("một hai", highlights)
    assert [segment.text for segment in line.segments if segment.marked] == marked


def test_an_empty_quotation_has_no_lines() -> None:
    assert typeset("", [(0, 5)]) == ()


@given(LAW_LIKE | st.text(max_size=60), HIGHLIGHTS)
def test_no_character_is_changed_and_the_right_ones_are_marked(
    quote: str, highlights: list[tuple[int, int]]
) -> None:
    segments = [segment for line in typeset(quote, highlights) for segment in line.segments]
    assert "".join(segment.text for segment in segments) == quote
    marked = [segment.marked for segment in segments for _ in segment.text]
    wanted = [any(start <= at < end for start, end in highlights) for at in range(len(quote))]
    assert marked == wanted
    assert all(segment.text for segment in segments)
