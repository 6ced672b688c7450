"""Which syllables can tell what a question is about."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.subjects import function_words, subject_syllables
from corpus.tones import canonical


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Kế hoạch được xây dựng mấy năm?", ["kế", "hoạch", "xây", "dựng", "năm"]),
        ("thả diều, thả DIỀU ở đâu", ["thả", "diều", "thả", "diều"]),
        ("khoản 2 Điều 6 quy định gì?", []),
        ("hoà giải, Uỷ ban", ["hòa", "giải", "ủy", "ban"]),
        ("UBND mạng 5G", ["ubnd", "mạng", "5g"]),
        ("ke hoach", ["ke", "hoach"]),
        ("2024", []),
        ("?! …", []),
        ("", []),
    ],
)
def test_subjects_of_questions(text: str, subject: list[str]) -> None:
    assert subject_syllables(text) == subject
    assert subject_syllables(unicodedata.normalize("NFD", text)) == subject


def test_function_words_are_listed_as_they_are_looked_up() -> None:
    assert {"gì", "bao", "nhiêu", "điều", "khoản"} <= function_words()
    assert [word for word in function_words() if canonical(word) != word] == []
    assert [word for word in function_words() if subject_syllables(word)] == []


@given(st.text(max_size=40))
def test_what_is_left_carries_a_subject(text: str) -> None:
    left = subject_syllables(text)
    assert not any(word in function_words() or word.isdigit() for word in left)
