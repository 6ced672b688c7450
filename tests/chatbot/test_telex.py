"""Keys typed with the input method off."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.syllables import is_valid
from chatbot.telex import bare_letters, decode
from corpus.tones import TONES, place_tone, split_tone

TELEX_LETTERS = {"ă": "aw", "â": "aa", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw", "đ": "dd"}
TELEX_TONES = dict(zip(TONES, ["", "f", "s", "r", "x", "j"], strict=True))


def typed_in_telex(syllable: str) -> str:
    letters, tone = split_tone(syllable)
    return "".join(TELEX_LETTERS.get(letter, letter) for letter in letters) + TELEX_TONES[tone]


@pytest.mark.parametrize(
    ("keys", "syllable"),
    [
        ("kees", "kế"),
        ("hoachj", "hoạch"),
        ("nuwowcs", "nước"),
        ("nuocws", "nước"),
        ("duwowjc", "dược"),
        ("dduowcj", "được"),
        ("ddieeuf", "điều"),
        ("dieeuf", "diều"),
        ("khoanr", "khoản"),
        ("Vieejt".lower(), "việt"),
        ("nuwax", "nữa"),
        ("quyeets", "quyết"),
        ("thuyr", "thủy"),
        ("tw", "tư"),
        ("ke61", "kế"),
        ("hoach5", "hoạch"),
        ("na8m", "năm"),
        ("duoc75", "dược"),
        ("d9ie62u", "điều"),
    ],
)
def test_keys_become_the_syllable(keys: str, syllable: str) -> None:
    assert decode(keys) == syllable


@pytest.mark.parametrize(
    "keys", ["kế", "ke", "web", "email", "law", "hello", "k2", "d6", "2024", ""]
)
def test_what_is_no_telex_stays(keys: str) -> None:
    assert decode(keys) is None


@given(
    st.sampled_from(
        [
            "bộ",
            "kế",
            "hoạch",
            "năm",
            "người",
            "được",
            "của",
            "điều",
            "khoản",
            "thủ",
            "tục",
            "quyền",
            "trước",
            "thuế",
        ]
    )
)
def test_typing_and_decoding_meet(syllable: str) -> None:
    assert decode(typed_in_telex(syllable)) == syllable


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz0123456789", max_size=9))
def test_a_decoded_syllable_is_spelled_like_one(keys: str) -> None:
    decoded = decode(keys)
    assert decoded is None or is_valid(decoded)


@pytest.mark.parametrize(
    ("keys", "letters"), [("nauus", "nau"), ("bafij", "bai"), ("phaiw", "phai"), ("ban", None)]
)
def test_letters_left_of_misplaced_keys(keys: str, letters: str | None) -> None:
    assert bare_letters(keys) == letters


def test_placing_uses_known_tones() -> None:
    assert place_tone("hoa", TONES[1]) == "hòa"
