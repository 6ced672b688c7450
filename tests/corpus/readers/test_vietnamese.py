"""How Vietnamese a text looks, by spelling alone."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.syllables import attested
from corpus.library import shipped_library
from corpus.readers.vietnamese import is_syllable, share


def test_every_syllable_the_project_knows_is_spelled_as_one() -> None:
    known = attested()
    assert len(known) > 3000
    assert [syllable for syllable in known if not is_syllable(syllable)] == []


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("word", ["ĐIỀU", "Nghiêng", "gì", "giếng", "quýt", "quốc", "yểng", "ở"])
def test_case_and_unicode_form_do_not_matter(word: str, form: str) -> None:
    assert is_syllable(unicodedata.normalize("NFD" if form == "NFD" else "NFC", word))


@pytest.mark.parametrize(
    "word",
    [
        "",
        "ng",
        "b",
        "café́",  # two tones on a letter
        "nhạ̀",
        "thế́",
        "über",
        "naïve",
        "façade",
        "fax",
        "wifi",
        "điềuu",
        "nghịđịnh",
        "§iÒu",
        "Ã¡",
        "6",
        "đ.",
    ],
)
def test_other_words_are_not_spelled_as_a_syllable(word: str) -> None:
    assert not is_syllable(word)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Điều này quy định về thả diều", 1.0),
        ("Nghị định 999/2099/NĐ-CP", 2 / 3),  # "NĐ" is no syllable
        ("“Điều” – “khoản”: 50 °…", 1.0),
        ("Điều über", 0.5),
        ("naïve façade", 0.0),
        ("Ã¡ §iÒu", 0.0),
        ("plain words only, 6.2", 0.0),
        ("§ 6 — …", 0.0),  # signs alone are no words
        ("", 0.0),
    ],
)
def test_the_share_counts_words_with_a_letter_outside_ascii(text: str, wanted: float) -> None:
    assert share(text) == pytest.approx(wanted)
    assert share(unicodedata.normalize("NFD", text)) == pytest.approx(wanted)


def test_the_shipped_decree_looks_vietnamese_and_misread_it_does_not() -> None:
    (document,) = shipped_library().documents.values()
    assert share(document.text) > 0.99
    for encoding in ("latin-1", "cp1252", "cp1258", "mac-roman"):
        assert share(document.text.encode().decode(encoding, "replace")) < 0.2


@given(st.text(max_size=80))
def test_a_share_is_a_share(text: str) -> None:
    assert 0 <= share(text) <= 1
    assert text.isascii() <= (share(text) == 0)
