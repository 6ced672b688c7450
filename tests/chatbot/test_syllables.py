"""Spelling of syllables: marks, validity."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.data_files import numbered_lines
from chatbot.syllables import ATTESTED_FILE, agrees, attested, fold, is_marked, is_valid
from corpus.tones import canonical


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
