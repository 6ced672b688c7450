"""Ids and permalinks: addresses that stay."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import InputError
from corpus.identifiers import (
    document_id,
    label_number,
    label_order,
    permalink,
    provision_id,
    roman_number,
    segment,
    slug,
    version_id,
)
from corpus.model import Citation, Level
from corpus.readers.numbering import shape


@given(st.integers(1, 99), st.sampled_from(["lowerRoman", "upperRoman"]))
def test_roman_numerals_below_a_hundred_are_read_in_either_case(number: int, how: str) -> None:
    assert roman_number(shape(number, how)) == number


@pytest.mark.parametrize("text", ["", "IIII", "VX", "IC", "C", "CI", "M", "1", "Xây", "VI.", " V"])
def test_what_is_no_roman_numeral_below_a_hundred_has_no_value(text: str) -> None:
    assert roman_number(text) is None


@pytest.mark.parametrize(
    ("label", "number"), [("6", 6), ("6a", 6), ("12đ", 12), ("a1", 1), ("đ", 0), ("", 0)]
)
def test_the_number_in_a_label(label: str, number: int) -> None:
    assert label_number(label) == number


def test_labels_are_sorted_as_a_text_has_them() -> None:
    labels = ["5", "6", "6a", "6d", "6đ", "6e", "7", "10"]
    assert sorted(reversed(labels), key=label_order) == labels
    assert sorted("eđda", key=label_order) == ["a", "d", "đ", "e"]


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("Bộ luật Hình sự", "bo-luat-hinh-su"),
        (unicodedata.normalize("NFD", "Bộ luật Hình sự"), "bo-luat-hinh-su"),
        ("137/2024/NĐ-CP", "137-2024-nd-cp"),
        ("  --Điều (6) -- ", "dieu-6"),
        ("…", ""),
        ("", ""),
    ],
)
def test_slugs_are_plain_letters_and_digits(text: str, joined: str) -> None:
    assert slug(text) == joined


@given(st.text(max_size=40))
def test_a_slug_of_anything_is_safe_in_an_address(text: str) -> None:
    found = slug(text)
    assert set(found) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert "--" not in found
    assert found == found.strip("-") == slug(found)


@pytest.mark.parametrize("number", ["999/2099/NĐ-CP", "999/2099/nđ-cp", " 999-2099-ND-CP"])
def test_a_document_has_one_id_however_its_number_is_typed(number: str) -> None:
    assert document_id(number) == "999-2099-nd-cp"


@pytest.mark.parametrize("number", ["", " / ", "—"])
def test_a_number_without_letter_or_digit_is_refused(number: str) -> None:
    with pytest.raises(InputError, match=f"document number '{number}' has no letter or digit"):
        document_id(number)


def test_an_earlier_text_is_told_by_the_first_eight_signs_of_its_checksum() -> None:
    checksum = "3f2a91bc" + "0" * 56
    assert version_id("999-2099-nd-cp", checksum) == "999-2099-nd-cp@3f2a91bc"


@pytest.mark.parametrize(
    ("level", "label", "step"),
    [
        (Level.ARTICLE, "6", "dieu-6"),
        (Level.ARTICLE, "6a", "dieu-6a"),
        (Level.ARTICLE, "6d", "dieu-6d"),
        (Level.ARTICLE, "6đ", "dieu-6dd"),
        (Level.CLAUSE, "1d", "khoan-1d"),
        (Level.CLAUSE, "1đ", "khoan-1dd"),
        (Level.CLAUSE, "2", "khoan-2"),
        (Level.POINT, "d", "diem-d"),
        (Level.POINT, "đ", "diem-dd"),
        (Level.POINT, "Đ", "diem-dd"),
        (Level.SUBPOINT, "đ1", "tiet-dd1"),
        (Level.SUBPOINT, "a.1", "tiet-a-1"),
        (Level.CHAPTER, "II", "chuong-2"),
        (Level.CHAPTER, "2", "chuong-2"),
        (Level.PART, "thứ nhất", "phan-thu-nhat"),
        (Level.SECTION, "IV", "muc-4"),
        (Level.SUBSECTION, "1", "tieu-muc-1"),
        (Level.APPENDIX, "I", "phu-luc-1"),
        (Level.APPENDIX, "1A", "phu-luc-1a"),
        (Level.APPENDIX, "", "phu-luc"),
        (Level.PREAMBLE, "", "mo-dau"),
        (Level.GAP, "1", "luoc-1"),
    ],
)
def test_steps_of_a_provision_id(level: Level, label: str, step: str) -> None:
    assert segment(level, label) == step


@pytest.mark.parametrize("level", list(Level))
def test_every_level_has_a_step_of_its_own(level: Level) -> None:
    others = {segment(other, "") for other in Level if other is not level}
    assert segment(level, "") not in others


@pytest.mark.parametrize(
    ("citation", "place"),
    [
        (Citation("6", "2", "b"), "dieu-6.khoan-2.diem-b"),
        (Citation("6", "2", "đ"), "dieu-6.khoan-2.diem-dd"),
        (Citation("6"), "dieu-6"),
        (Citation("6", point="a"), "dieu-6.diem-a"),
        (Citation("6đ", "1đ", "d"), "dieu-6dd.khoan-1dd.diem-d"),
        (Citation(appendix="II"), "phu-luc-2"),
        (Citation(appendix=""), "phu-luc"),
        (Citation("6", annex="Quy chế"), "quy-che.dieu-6"),
        (Citation("6", "2", document="999/2099/NĐ-CP", kind="Nghị định"), "dieu-6.khoan-2"),
        (Citation(document="999/2099/NĐ-CP"), ""),
        (Citation(), ""),
    ],
)
def test_the_id_of_the_provision_a_citation_names(citation: Citation, place: str) -> None:
    assert provision_id(citation) == place


def test_a_document_alone_has_an_address_without_a_place() -> None:
    assert permalink("999-2099-nd-cp") == "/van-ban/999-2099-nd-cp"
