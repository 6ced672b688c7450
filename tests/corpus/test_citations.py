from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.citations import (
    POINT_LETTERS,
    find_citations,
    find_documents,
    parse_citation,
    print_citation,
)
from corpus.errors import CitationError
from corpus.model import Citation

NUMBERS = st.integers(1, 300).map(str)
CITATIONS = st.builds(
    Citation,
    article=NUMBERS,
    clause=NUMBERS | st.none(),
    point=st.sampled_from(POINT_LETTERS) | st.none(),
    document=st.sampled_from(["999/2099/NĐ-CP", "1/2099/QH15"]) | st.none(),
).map(
    lambda c: Citation(
        c.article,
        c.clause,
        c.point,
        document=c.document,
        kind={"999/2099/NĐ-CP": "Nghị định", "1/2099/QH15": "Luật"}.get(c.document or ""),
    )
)


@given(CITATIONS)
def test_printed_citation_is_read_back(citation: Citation) -> None:
    assert parse_citation(print_citation(citation)) == citation


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("khoản 2 Điều 6", ["khoản 2 Điều 6"]),
        ("Điều 6 khoản 2", ["khoản 2 Điều 6"]),  # the other order
        ("điểm đ k3 Đ6", ["điểm đ khoản 3 Điều 6"]),  # abbreviated
        ("d6 k2", ["khoản 2 Điều 6"]),  # abbreviated and unmarked
        ("diem b khoan 2 dieu 6", ["điểm b khoản 2 Điều 6"]),  # unmarked
        ("điểm a, b khoản 2 Điều 6", ["điểm a khoản 2 Điều 6", "điểm b khoản 2 Điều 6"]),
        ("khoản 1 đến 3 Điều 6", ["khoản 1 Điều 6", "khoản 2 Điều 6", "khoản 3 Điều 6"]),
        ("điểm a đến điểm c khoản 3", ["điểm a khoản 3", "điểm b khoản 3", "điểm c khoản 3"]),
        ("khoản 1 của cả điều 6 lẫn điều 7", ["khoản 1 Điều 6", "khoản 1 Điều 7"]),
        ("điểm b khoản 2 và khoản 4 điều 6", ["điểm b khoản 2", "khoản 4 Điều 6"]),
        ("khoản 1, điểm a khoản 2 Điều 6", ["khoản 1", "điểm a khoản 2 Điều 6"]),
        ("khoản 2, điểm a, Điều 6", ["điểm a khoản 2 Điều 6"]),
        ("đối chiếu khoản 2 với 3 bên", ["khoản 2"]),
        ("mở tài khoản 2 mức", []),
        ("mo tai khoan 2 muc", []),
        ("mở tài khoản 1 điều 3", ["Điều 3"]),
        ("theo quy định tại khoản 2 Điều 6 thì", ["khoản 2 Điều 6"]),
        ("Tại khoản 1, 2 Điều 6 và tại khoản 3", ["khoản 1 Điều 6", "khoản 2 Điều 6", "khoản 3"]),
        ("quy dinh tai khoan 2 dieu 6", ["khoản 2 Điều 6"]),
        ("khoản 2 dieu 6 nd 137/2024/nd-cp", ["khoản 2 Điều 6 Nghị định 137/2024/NĐ-CP"]),
        ("Điều 6a của Luật 20/2023/QH15", ["Điều 6a Luật 20/2023/QH15"]),
        ("điểm d (dờ chứ không phải đờ) khoản 3 điều 6", ["điểm d khoản 3 Điều 6"]),
        ("D6 - K4", ["khoản 4 Điều 6"]),
        ("khoản 2 (sau đây gọi là kế hoạch)", ["khoản 2"]),
        ("thế khoản 4 thì sao", ["khoản 4"]),  # a follow-up
        ("kế hoạch 5 năm, ngày 23/10/2024", []),  # numbers that cite nothing
        ("k3 năm nay", []),  # a lone abbreviation is noise
        ("điều gì", []),
    ],
)
def test_citations_as_people_write_them(text: str, printed: list[str]) -> None:
    found = [print_citation(one) for group in find_citations(text) for one in group.citations]
    assert found == printed


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Theo Bộ luật Cầu vồng năm 2099, cầu vồng là gì?", "Theo , cầu vồng là gì?"),
        ("bộ luật cầu vồng 2099 nói gì", " nói gì"),
        ("Bộ luật Cầu vồng 20999", " 20999"),
    ],
)
def test_the_year_behind_a_name_belongs_to_it(text: str, rest: str) -> None:
    (named,) = find_documents(text, ["Bộ luật Cầu vồng"])
    assert named.number == "Bộ luật Cầu vồng"
    assert text[: named.start] + text[named.end :] == rest


def test_relative_citation_names_the_level_it_leaves_open() -> None:
    (found,) = find_citations("theo khoản 1 Điều này")
    assert (found.citations, found.relative) == ((Citation(clause="1"),), ("article",))


@given(st.text(max_size=200))
def test_any_text_is_searched_and_offsets_lie_inside(text: str) -> None:
    for found in find_citations(text, weak=True):
        assert 0 <= found.start < found.end <= len(text)


@pytest.mark.parametrize("text", ["", "5 năm", "Điều 6 và Điều 7 khoản", "khoản 1, 2 Điều 6"])
def test_not_one_citation(text: str) -> None:
    with pytest.raises(CitationError):
        parse_citation(text)


def test_a_point_that_vietnamese_lists_skip_can_be_asked_for() -> None:
    (found,) = find_citations("điểm f khoản 3 Điều 6")
    assert found.citations == (Citation(article="6", clause="3", point="f"),)


def test_a_bare_number_and_the_year_behind_it_name_a_decree() -> None:
    with_year, without = find_documents("nghị định 73 năm 2019 và nghị định 137, năm 2024")
    assert (with_year.number, without.number) == ("73/2019", "137")
