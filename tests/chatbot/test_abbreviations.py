"""Abbreviations: the data files, and what a token may stand for."""

import re
from pathlib import Path

import pytest

from chatbot.abbreviations import (
    ABBREVIATIONS_FILE,
    CHAT_FILE,
    KEEP,
    KEEP_WORD,
    abbreviations,
    expansions_of,
    readings_of,
)
from chatbot.language import LanguageModel
from corpus.errors import UnavailableError


def spelled(typed: str, language: LanguageModel, *, in_capitals: bool = False) -> list[str]:
    return [one.text for one in readings_of(typed, language, in_capitals=in_capitals)]


def test_files_are_read_together_whatever_case_and_marks(tmp_path: Path) -> None:
    first, second = tmp_path / "first.tsv", tmp_path / "second.tsv"
    first.write_text("# head\nNĐ\tnghị định\n\ntt\tthông tư | thông tin\n", "utf-8")
    second.write_text("nd\tnghị định |  nội dung \nko\tkhông\n", "utf-8")
    assert abbreviations(first, second) == {
        "nd": ("nghị định", "nội dung"),
        "tt": ("thông tư", "thông tin"),
        "ko": ("không",),
    }
    assert abbreviations(second)["nd"] == ("nghị định", "nội dung")
    assert abbreviations() == {}


@pytest.mark.parametrize(
    "line",
    ["tt", "tt thông tư", "tt\t", "tt\t  ", "tt\t|", "tt\tthông tư |", "\tthông", " \tthông"],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str) -> None:
    file = tmp_path / "abbreviations.tsv"
    file.write_text(f"# head\nko\tkhông\n{line}\n", "utf-8")
    expected = f"{file}, line 3: expected letters, a tab, expansions"
    with pytest.raises(UnavailableError, match=re.escape(expected)):
        abbreviations(file)


def test_an_absent_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnavailableError, match=r"absent\.tsv cannot be read"):
        abbreviations(tmp_path / "absent.tsv")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("ubnd", ["ubnd", "Ủy ban nhân dân"]),
        ("Ubnd", ["Ubnd", "Ủy ban nhân dân"]),
        ("tnld", ["tnld", "tai nạn lao động"]),
        ("TNLĐ", ["TNLĐ", "tai nạn lao động"]),
        ("tn&mt", ["tn&mt", "tài nguyên và môi trường"]),
        ("ko", ["ko", "không"]),
        ("K", ["K", "không"]),  # one capital may begin a sentence
        ("tn", ["tn", "trách nhiệm", "thế nào"]),
        ("TN", ["TN", "trách nhiệm"]),  # chat is not written in capitals
        ("KO", []),
        ("xyz", []),
        ("nhìu", ["nhìu", "nhiêu", "nhiều"]),
        ("qá", ["qá", "quá"]),
        ("Rùi", ["Rùi", "rồi"]),
        ("kế", []),
        ("bá", []),
        ("", []),
    ],
)
def test_expansions_of_a_token(typed: str, read: list[str], language: LanguageModel) -> None:
    assert spelled(typed, language) == read


def test_in_a_line_of_capitals_chat_is_spelled_out_too(language: LanguageModel) -> None:
    assert spelled("TN", language, in_capitals=True) == ["TN", "trách nhiệm", "thế nào"]
    assert spelled("KO", language, in_capitals=True) == ["KO", "không"]


def test_a_vowel_with_its_mark_makes_a_word_of_the_letters(language: LanguageModel) -> None:
    assert spelled("bo", language) == []
    assert spelled("oke", language) == ["oke", "được"]
    assert spelled("oké", language) == []
    assert spelled("lâm", language) == spelled("lám", language) == []


@pytest.mark.parametrize(
    ("typed", "weight"), [("ubnd", KEEP), ("UBND", KEEP), ("ko", KEEP_WORD), ("Ko", KEEP_WORD)]
)
def test_letters_that_make_a_syllable_may_as_well_stay(
    typed: str, weight: float, language: LanguageModel
) -> None:
    kept = readings_of(typed, language)[0]
    assert (kept.weight, kept.changed) == (weight, False)


@pytest.mark.parametrize(
    ("word", "one"),
    [
        ("ubnd", True),
        ("ko", True),
        ("đt", True),
        ("nđ", True),
        ("NĐ", True),
        ("nd", True),
        ("tn&mt", True),
        ("qá", True),
        ("web", False),
        ("kế", False),
        ("", False),
    ],
)
def test_what_counts_as_an_abbreviation(word: str, one: bool) -> None:
    assert bool(expansions_of(word)) is one


def test_the_shipped_files_hold_no_empty_entry_and_none_twice() -> None:
    for letters, expansions in abbreviations(ABBREVIATIONS_FILE, CHAT_FILE).items():
        assert letters
        assert all(expansions)
        assert len(set(expansions)) == len(expansions)
