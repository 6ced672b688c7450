"""Typing noise; expectations typed by hand."""

from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.training.noise import half_marks, noisy, slips, strip_marks, telex

SENTENCE = "Điều kiện để được cấp giấy phép hoạt động là gì?"


@pytest.mark.parametrize(
    ("text", "bare"),
    [("Điều đó", "Dieu do"), ("ưỡng ẹo", "uong eo"), ("abc 12/2020", "abc 12/2020"), ("", "")],
)
def test_strip_marks(text: str, bare: str) -> None:
    assert strip_marks(text) == bare


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("được", "dduwowcj"),
        ("hợp đồng", "howpj ddoongf"),
        ("tiếng Việt", "tieengs Vieetj"),
        ("Đường", "Dduwowngf"),
        ("năm 2025", "nawm 2025"),
        ("quả", "quar"),
    ],
)
def test_telex(text: str, keys: str) -> None:
    assert telex(text) == keys


def test_half_marks_loses_some_and_not_all() -> None:
    syllables = half_marks(SENTENCE * 20, random.Random(1)).split()
    whole = (SENTENCE * 20).split()
    bare = strip_marks(SENTENCE * 20).split()
    changed = sum(a != b for a, b in zip(syllables, whole, strict=True))
    possible = sum(a != b for a, b in zip(bare, whole, strict=True))
    assert 0.35 < changed / possible < 0.65


def test_slips_keep_the_number_of_words_and_touch_no_digits() -> None:
    text = "phạt 1000000 đồng theo khoản 12 " * 30
    typed = slips(text, random.Random(1), share=0.5)
    assert len(typed.split()) == len(text.split())
    assert typed.count("1000000") == 30
    assert typed != text


@given(st.text(), st.integers())
def test_noise_takes_any_text_and_is_reproducible(text: str, seed: int) -> None:
    text = unicodedata.normalize("NFC", text)
    assert noisy(text, random.Random(seed)) == noisy(text, random.Random(seed))
