"""Places named by where they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.relative_places import (
    InnerPart,
    holder_of,
    inner_item,
    inner_part,
    parts_of,
    with_labels,
)
from corpus.library import SHIPPED, Library
from corpus.model import Document, Level, Metadata
from corpus.parsing import parse
from tests.chatbot.conftest import FICTITIOUS

CLAUSE, POINT = "dieu-2.khoan-2", "dieu-2.khoan-2.diem-b"
KITES = parse(FICTITIOUS, Metadata(number="999/2099/NĐ-CP"))


@pytest.fixture(scope="module")
def shipped(decree: Library) -> Document:
    """The shipped decree."""
    return decree.documents[SHIPPED]


@pytest.mark.parametrize(
    ("question", "place", "written"),
    [
        ("khoản trước nói gì", CLAUSE, "khoản 1 nói gì"),
        ("KHOẢN TRƯỚC", CLAUSE, "khoản 1"),
        ("khoản trước", POINT, "khoản 1"),  # the clause around the point
        ("khoản trước đó quy định gì", CLAUSE, "khoản 1 quy định gì"),
        ("khoản ngay trên khoản này", CLAUSE, "khoản 1"),
        ("khoản liền trước nó", CLAUSE, "khoản 1"),
        ("khoản tiếp nữa", "dieu-2.khoan-1", "khoản 2"),
        ("khoản ngay dưới thì sao", "dieu-2.khoan-1", "khoản 2 thì sao"),
        ("điều kế tiếp", "dieu-2.khoan-2.diem-a", "điều 3"),
        ("cái trước đó", POINT, "điểm a"),
        ("cái trước đó", CLAUSE + ".diem-a", "cái trước đó"),
        ("phần sau", "dieu-2.khoan-1", "khoản 2"),
        ("ý tiếp theo", "dieu-2.khoan-1", "khoản 2"),
        ("khoản trên nói gì", CLAUSE, "khoản 1 nói gì"),
    ],
)
def test_a_neighbour_is_written_with_its_label(question: str, place: str, written: str) -> None:
    assert with_labels(question, KITES, place) == written


@pytest.mark.parametrize(
    ("question", "place", "written"),
    [
        ("tiếp", "dieu-2.khoan-1", "khoản 2"),
        ("tiếp luôn", CLAUSE + ".diem-a", "điểm b"),
        ("Tiếp đi ạ", "dieu-2", "điều 3"),
        ("tiếp theo là gì", "dieu-2.khoan-1", "khoản 2"),
        ("tiếp tục", "dieu-2.khoan-1", "khoản 2"),
        ("trước nữa", CLAUSE, "khoản 1"),
        ("còn trước đó?", POINT, "điểm a"),
    ],
)
def test_onward_and_backward_go_by_the_level_shown(question: str, place: str, written: str) -> None:
    assert with_labels(question, KITES, place) == written


@pytest.mark.parametrize(
    ("question", "place", "written"),
    [
        ("còn b?", CLAUSE, "điểm b"),
        ("còn b?", CLAUSE + ".diem-a", "điểm b"),
        ("còn B?", CLAUSE, "điểm b"),
        ("b", CLAUSE, "điểm b"),
        ("ý b nhé", CLAUSE, "điểm b"),
        ("còn 1?", POINT, "khoản 1"),
        ("còn 4?", "dieu-2.khoan-1", "khoản 4"),  # there is none, which is to be said
        ("còn h?", CLAUSE, "điểm h"),
        ("thế còn 2 thì sao", "dieu-2.khoan-1", "khoản 2"),
    ],
)
def test_a_bare_label_is_a_point_or_a_clause(question: str, place: str, written: str) -> None:
    assert with_labels(question, KITES, place) == written


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("a ơi", CLAUSE),  # anh
        ("e ơi", CLAUSE),  # em
        ("2 tháng", CLAUSE),
        ("còn 2 tháng", CLAUSE),
        ("h?", CLAUSE),  # no such point, and nothing says that one is meant
        ("4", CLAUSE),
        ("còn b?", "dieu-2.khoan-1"),  # no points
        ("còn 2?", "dieu-1"),  # no clauses
        ("tiếp nhận hồ sơ", "dieu-2.khoan-1"),
        ("điểm tiếp nhận ở đâu", CLAUSE + ".diem-a"),
        ("điều trước tiên", "dieu-2"),
        ("khoản sau đây", "dieu-2.khoan-1"),
        ("khoản trên cấm thả diều không", CLAUSE),
        ("trước nữa thì phải báo công viên", CLAUSE),
        ("thả diều mấy giờ", CLAUSE),
        ("", CLAUSE),
    ],
)
def test_other_words_stay(question: str, place: str) -> None:
    assert with_labels(question, KITES, place) == question


def test_one_of_the_parts_shown_is_no_step_from_their_clause() -> None:
    assert with_labels("ý tiếp theo", KITES, CLAUSE) == "ý tiếp theo"


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("khoản tiếp theo", CLAUSE),  # Điều 3 has its own
        ("khoản trước", "dieu-3.khoan-1"),
        ("điểm sau", POINT),
        ("tiếp", POINT),
        ("điều trước", "dieu-1"),
        ("điều tiếp theo", "dieu-9"),
        ("trước nữa", "dieu-1"),
        ("điểm sau", "dieu-2.khoan-1"),  # no points to count from
    ],
)
def test_the_end_of_a_row_stays(question: str, place: str) -> None:
    assert with_labels(question, KITES, place) == question


@pytest.mark.parametrize("place", ["", "dieu-77", "dieu-77.khoan-1"])
def test_from_no_place_nothing_is_near(place: str) -> None:
    for question in ("tiếp", "khoản trước", "còn b?"):
        assert with_labels(question, KITES, place) == question


@pytest.mark.parametrize(
    ("place", "following"),
    [
        ("dieu-6.khoan-2", "khoản 3"),  # past what the source leaves out in khoản 2
        ("dieu-6.khoan-3.diem-d", "điểm đ"),
        ("dieu-6.khoan-3.diem-e", "điểm g"),
        ("dieu-6", "điều 7"),
    ],
)
def test_rows_go_in_the_order_of_the_text(shipped: Document, place: str, following: str) -> None:
    assert with_labels("tiếp", shipped, place) == following


def test_a_step_on_and_a_step_back_lead_home(shipped: Document) -> None:
    left_out = {"dieu-7": "điều 8", "dieu-7.khoan-1": "khoản 2"}  # by the source, behind these
    steps = 0
    for here in shipped.walk():
        onward = with_labels("tiếp", shipped, here.id)
        if here.id in left_out:
            assert onward == left_out[here.id]
            continue
        if onward == "tiếp":
            continue
        steps += 1
        noun, label = onward.split()
        row = [
            node
            for node in shipped.walk()
            if node.level is here.level and node.id.rpartition(".")[0] == here.id.rpartition(".")[0]
        ]
        there = next(node for node in row if node.label == label)
        assert with_labels("trước nữa", shipped, there.id) == f"{noun} {here.label}"
    assert steps == 11  # điều 1, khoản 3, điểm 1 and 6


_WORDS = st.sampled_from("khoản điểm điều ý thả diều công viên đó này 2 b thì sao".split())


@given(st.lists(_WORDS, min_size=2, max_size=8), st.sampled_from(list(KITES.by_id)))
def test_without_words_for_a_step_nothing_is_written(words: list[str], place: str) -> None:
    question = " ".join(["diều", *words])
    assert with_labels(question, KITES, place) == question


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("khoản cuối", InnerPart(0, 10, Level.CLAUSE, 0)),
        ("khoản cuối cùng nói gì", InnerPart(0, 15, Level.CLAUSE, 0)),
        ("điểm đầu tiên", InnerPart(0, 13, Level.POINT, 1)),
        ("xem Điểm Chót của khoản 2", InnerPart(4, 13, Level.POINT, 0)),
        ("hai khoản đầu", InnerPart(0, 13, Level.CLAUSE, 1, 2)),
        ("3 điểm cuối khoản 3", InnerPart(0, 11, Level.POINT, 0, 3)),
    ],
)
def test_a_part_is_named_by_its_end_of_the_row(text: str, part: InnerPart) -> None:
    assert inner_part(text) == part


@pytest.mark.parametrize("text", ["khoản đầu tư", "điểm cuối năm", "khoản 2", "điều cuối", ""])
def test_words_that_name_no_part(text: str) -> None:
    assert inner_part(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("gạch đầu dòng thứ hai khoản 1", 2),
        ("dấu gạch 2", 2),
        ("ý thứ tư", 4),
        ("ý số 3", 3),
        ("gạch đầu tiên", 1),
        ("ý cuối khoản 1", 0),
        ("gạch đầu dòng cuối cùng", 0),
    ],
)
def test_a_dash_line_is_named_by_its_number(text: str, number: int) -> None:
    found = inner_item(text)
    assert found is not None
    assert (found.level, found.number, found.count) == (Level.ITEM, number, 1)


def test_the_words_of_a_dash_line_are_told_from_the_others() -> None:
    text = "xem ý cuối khoản 1"
    found = inner_item(text)
    assert found is not None
    assert text[found.start : found.end] == "ý cuối"


@pytest.mark.parametrize("text", ["ý kiến đầu", "ý đầu mối", "gạch đầu dòng nói gì", "ý 2024", ""])
def test_words_that_name_no_dash_line(text: str) -> None:
    assert inner_item(text) is None


def meant(text: str, document: Document, place: str) -> list[str]:
    inner = inner_part(text) or inner_item(text)
    assert inner is not None
    return [part.id for part in parts_of(document, document.by_id[place], inner)]


@pytest.mark.parametrize(
    ("text", "place", "labels"),
    [
        ("khoản cuối", "dieu-2", ["khoan-2"]),
        ("khoản đầu", "dieu-2", ["khoan-1"]),
        ("hai khoản đầu", "dieu-3", ["khoan-1", "khoan-2"]),
        ("hai khoản cuối", "dieu-2", ["khoan-1", "khoan-2"]),
        ("ba khoản đầu", "dieu-2", []),
        ("bốn khoản cuối", "dieu-2", []),
        ("điểm cuối", CLAUSE, ["diem-b"]),
        ("điểm đầu", "dieu-2", []),  # its points are its clauses'
        ("khoản đầu", "dieu-1", []),
        ("khoản cuối", "dieu-3", []),  # the source leaves out what follows khoản 2
    ],
)
def test_parts_are_counted_in_their_row(text: str, place: str, labels: list[str]) -> None:
    assert meant(text, KITES, place) == [f"{place}.{label}" for label in labels]


@pytest.mark.parametrize(
    ("text", "place", "labels"),
    [
        ("hai điểm cuối", "dieu-6.khoan-3", ["diem-e", "diem-g"]),
        ("điểm cuối", "dieu-6.khoan-2", []),  # the source leaves out what follows điểm b
        ("hai điểm đầu", "dieu-6.khoan-2", ["diem-a", "diem-b"]),
        ("khoản cuối", "dieu-6", ["khoan-4"]),
        ("khoản cuối", "dieu-7", []),
        ("gạch đầu dòng thứ hai", "dieu-7.khoan-1", ["gach-2"]),
        ("ý cuối", "dieu-7.khoan-1", ["gach-3"]),
        ("ý đầu tiên", "dieu-7.khoan-1", ["gach-1"]),
        ("ý thứ tư", "dieu-7.khoan-1", []),
    ],
)
def test_parts_of_the_shipped_decree(
    shipped: Document, text: str, place: str, labels: list[str]
) -> None:
    assert meant(text, shipped, place) == [f"{place}.{label}" for label in labels]


@pytest.mark.parametrize(
    ("place", "level", "holder"),
    [
        (POINT, Level.POINT, CLAUSE),
        (POINT, Level.CLAUSE, "dieu-2"),
        (CLAUSE, Level.POINT, CLAUSE),
        ("dieu-2", Level.CLAUSE, "dieu-2"),
        ("dieu-2.khoan-9", Level.CLAUSE, "dieu-2"),
        ("dieu-2", Level.POINT, None),
        ("dieu-1", Level.CLAUSE, None),
        ("dieu-77.khoan-1", Level.CLAUSE, None),
        ("", Level.CLAUSE, None),
    ],
)
def test_the_nearest_with_such_parts_holds_them(
    place: str, level: Level, holder: str | None
) -> None:
    found = holder_of(KITES, place, level)
    assert (found.id if found else None) == holder


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("khoản trước nữa", "khoản 1"), ("khoản trước khoản này", "khoản 1"), ("khoản sau", None)],
)
def test_a_step_may_be_told_from_the_place_itself(
    typed: str, meant: str | None, kites: Document
) -> None:
    assert with_labels(typed, kites, "dieu-2.khoan-2") == (meant or typed)


def test_a_step_leads_to_what_the_source_leaves_out(kites: Document) -> None:
    assert with_labels("điều tiếp theo", kites, "dieu-3") == "điều 4"


@pytest.mark.parametrize("typed", ["ba khoản đầu", "ba khoản cuối"])
def test_more_than_the_row_has_are_none(typed: str, kites: Document) -> None:
    part = inner_part(typed)
    assert part is not None
    assert parts_of(kites, kites.by_id["dieu-2"], part) == []


@pytest.mark.parametrize(
    "typed",
    [
        "có được tiếp tục không?",
        "còn k?",
        "thời điểm trước",
        "tài khoản sau thì sao",
        "nếu không đồng ý sau đó",
    ],
)
def test_what_only_looks_like_a_step_stays(typed: str, kites: Document) -> None:
    assert with_labels(typed, kites, "dieu-2.khoan-1") == typed


@pytest.mark.parametrize("typed", ["thời điểm cuối cùng", "địa điểm đầu tiên"])
def test_a_noun_inside_another_word_names_no_part(typed: str) -> None:
    assert inner_part(typed) is None


def test_a_step_back_leads_to_what_the_source_leaves_out(kites: Document) -> None:
    assert with_labels("điều trước nói gì", kites, "dieu-9") == "điều 8 nói gì"
