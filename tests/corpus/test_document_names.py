"""Numbers and kinds of documents."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document_names import (
    ABBREVIATED_KINDS,
    CONSOLIDATED_NUMBER,
    FULL_NUMBER,
    KINDS,
    YEAR_NUMBER,
    canonical_number,
    kind_of_number,
)


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("999/2099/NĐ-CP", "Nghị định"),
        ("999/2099/nd-cp", "Nghị định"),
        ("9/2099/TT-BTTTT", "Thông tư"),
        ("9/2099/TTLT-BTC-BCA", "Thông tư liên tịch"),
        ("9/2099/QĐ-TTg", "Quyết định"),
        ("9/2099/NQ-HĐND", "Nghị quyết"),
        ("9/2099/CT-TTg", "Chỉ thị"),
        ("9/VBHN-BTC", "Văn bản hợp nhất"),
        ("9/vbhn-vpqh", "Văn bản hợp nhất"),
        ("9/2099/QH15", None),  # laws and resolutions alike
        ("9/2099/XY-CP", None),
        ("9/2099", None),
        ("Nghị định 9/2099/NĐ-CP", None),
        ("Luật Diều", None),
        ("-", None),
        ("", None),
    ],
)
def test_the_kind_a_number_tells(number: str, kind: str | None) -> None:
    assert kind_of_number(number) == kind


@pytest.mark.parametrize(
    ("typed", "official"),
    [
        ("999/2099/NĐ-CP", "999/2099/NĐ-CP"),
        ("999/2099/nd-cp", "999/2099/NĐ-CP"),
        ("999/2099/nđ-cp", "999/2099/NĐ-CP"),
        ("999/2099/ND-CP", "999/2099/NĐ-CP"),
        ("999 / 2099 / NĐ- CP", "999/2099/NĐ-CP"),
        ("9/2099/qd-ttg", "9/2099/QĐ-TTg"),
        ("9/2099/QD-TTg", "9/2099/QĐ-TTg"),
        ("9/2099/tt-btttt", "9/2099/TT-BTTTT"),
        ("9/2099/tt-bldtbxh", "9/2099/TT-BLĐTBXH"),
        ("9/2099/ttlt-bldtbxh-bca", "9/2099/TTLT-BLĐTBXH-BCA"),
        ("9/2099/ND - CP", "9/2099/NĐ-CP"),
        ("9/2099/ttlt-btc-bca", "9/2099/TTLT-BTC-BCA"),
        ("9/2099/nd-hdbt", "9/2099/NĐ-HĐBT"),
        ("9/2099/qh15", "9/2099/QH15"),
        ("9/2099/QĐ-TTg", "9/2099/QĐ-TTg"),
    ],
)
def test_numbers_are_written_as_officials_write_them(typed: str, official: str) -> None:
    match = FULL_NUMBER.fullmatch(typed)
    assert match is not None
    assert canonical_number(match) == official


@given(
    st.integers(1, 99999),
    st.integers(1000, 9999),
    st.lists(st.from_regex(r"[A-Za-zĐđ]{1,6}\d{0,2}", fullmatch=True), min_size=1, max_size=3),
)
def test_an_official_number_is_final(number: int, year: int, codes: list[str]) -> None:
    match = FULL_NUMBER.fullmatch(f"{number}/{year}/{'-'.join(codes)}")
    assert match is not None
    once = canonical_number(match)
    again = FULL_NUMBER.fullmatch(once)
    assert again is not None
    assert canonical_number(again) == once
    assert once.startswith(f"{number}/{year}/")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("theo Nghị định 999/2099/NĐ-CP.", "999/2099/NĐ-CP"),
        ("999/2099/NĐ-CP - Quy định", "999/2099/NĐ-CP"),
        ("số 999/2099/NĐ - CP ngày", "999/2099/NĐ - CP"),
        ("9/2099/QĐ - TTg - Về diều", "9/2099/QĐ - TTg"),
        ("9/2099/QH15 - LUAT THA DIEU", "9/2099/QH15"),
        ("9/2099/nd - dieu 6", "9/2099/nd"),
        ("999/2099/NĐ-CP-", "999/2099/NĐ-CP"),
        ("9/2099/QH15/", "9/2099/QH15"),
        ("ngày 01/02/2099", None),
        ("123456/99/NĐ-CP", None),
    ],
)
def test_a_full_number_ends_with_its_code(text: str, number: str | None) -> None:
    found = FULL_NUMBER.search(text)
    assert (found[0] if found else None) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("nghị định 999/2099 nói gì", "999/2099"),
        ("nghị định 999 / 2099", "999 / 2099"),
        ("9/2099/QH15", None),
        ("1/20991", None),
        ("01/02/99", None),
    ],
)
def test_a_number_with_a_year_alone_is_no_longer_one(text: str, number: str | None) -> None:
    found = YEAR_NUMBER.search(text)
    assert (found[0] if found else None) == number


def test_consolidated_numbers_have_no_year() -> None:
    assert CONSOLIDATED_NUMBER.fullmatch("9 / VBHN - BTC")
    assert not CONSOLIDATED_NUMBER.fullmatch("9/2099/VBHN-BTC")


def test_the_first_kind_that_fits_is_the_longest() -> None:
    for place, kind in enumerate(KINDS):
        assert not [shorter for shorter in KINDS[:place] if kind.startswith(shorter)]
    assert set(ABBREVIATED_KINDS.values()) <= set(KINDS)
