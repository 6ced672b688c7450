"""Spelling of syllables: marks, tones, validity."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.data_files import numbered_lines
from chatbot.syllables import (
    ATTESTED_FILE,
    TONES,
    agrees,
    attested,
    canonical,
    fold,
    is_marked,
    is_valid,
    place_tone,
    split_tone,
)

LETTERS = st.sampled_from(
    [
        "hoa",
        "thuy",
        "khoe",
        "quy",
        "gi",
        "giăt",
        "của",
        "nghia",
        "ngươi",
        "uông",
        "tuyên",
        "thoai",
        "quyên",
        "loan",
        "ban",
        "đươc",
        "ma",
    ]
).map(lambda text: split_tone(text)[0])


@pytest.mark.parametrize(
    ("typed", "official"),
    [
        ("hoà", "hòa"),
        ("thuỷ", "thủy"),
        ("khoẻ", "khỏe"),
        ("quý", "quý"),
        ("gìn", "gìn"),
        ("GIẶT", "giặt"),
        ("Nghĩa", "nghĩa"),
        ("uỷ", "ủy"),
        ("thoại", "thoại"),
        ("quyển", "quyển"),
        ("người", "người"),
        ("chuyện", "chuyện"),
        ("mùa", "mùa"),
        ("được", "được"),
        ("internet", "internet"),
    ],
)
def test_two_spellings_of_a_tone_meet(typed: str, official: str) -> None:
    assert canonical(typed) == official
    assert canonical(unicodedata.normalize("NFD", typed)) == official


@pytest.mark.parametrize(
    ("syllable", "valid"),
    [
        ("kế", True),
        ("ke", True),
        ("hoạch", True),
        ("hoach", False),  # a rime in -ch takes only the rising or heavy tone
        ("hoách", True),
        ("kees", False),
        ("quyền", True),
        ("gì", True),
        ("giếng", True),
        ("nghiêng", True),
        ("ứ", True),
        ("web", False),
        ("data", False),
        ("đ", False),
        ("", False),
    ],
)
def test_spelling_decides_what_can_be_a_syllable(syllable: str, valid: bool) -> None:
    assert is_valid(syllable) is valid


@pytest.mark.parametrize(
    ("typed", "full", "fits"),
    [
        ("dinh", "định", True),
        ("đinh", "định", True),
        ("đinh", "dinh", False),  # a typed mark stays
        ("dông", "đồng", True),
        ("đóng", "đồng", False),  # another tone
        ("uong", "ương", True),
        ("uong", "vương", False),
        ("an", "án", True),
    ],
)
def test_marks_may_be_added_never_changed(typed: str, full: str, fits: bool) -> None:
    assert agrees(typed, full) is fits


@given(LETTERS, st.sampled_from(TONES))
def test_a_placed_tone_is_read_back(letters: str, tone: str) -> None:
    assert split_tone(place_tone(letters, tone)) == (letters, tone)


@given(st.text(max_size=12))
def test_folding_leaves_no_mark_and_is_stable(text: str) -> None:
    folded = fold(text)
    assert not any(unicodedata.combining(c) for c in unicodedata.normalize("NFD", folded))
    assert "đ" not in folded
    assert fold(folded) == folded


def test_marked_text_is_told_from_bare() -> None:
    assert is_marked("đi")
    assert is_marked("Á")
    assert not is_marked("Ban")


def test_attested_syllables_can_be_spelled_and_stand_once() -> None:
    listed = [word for _, line in numbered_lines(ATTESTED_FILE) for word in line.split()]
    assert [word for word in listed if not is_valid(word) or canonical(word) != word] == []
    assert len(listed) == len(attested()) > 3000
    assert "mồng" in attested()
    assert "kễ" not in attested()
