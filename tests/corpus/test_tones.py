"""Where a syllable carries its tone."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.tones import TONES, canonical, place_tone, split_tone

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


@given(LETTERS, st.sampled_from(TONES))
def test_a_placed_tone_is_read_back(letters: str, tone: str) -> None:
    assert split_tone(place_tone(letters, tone)) == (letters, tone)


@given(st.text(max_size=12))
def test_a_canonical_syllable_stays(text: str) -> None:
    once = canonical(text)
    assert canonical(once) == once
