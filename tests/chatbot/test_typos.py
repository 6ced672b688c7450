"""Slips of the finger."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatbot.language import LanguageModel
from chatbot.typos import MARK_SLIP, MARKS_ONLY, ONE_EDIT, edits, readings_of
from corpus.tones import canonical

SMALL = LanguageModel.from_texts(["kế hoạch"])


def test_edits_by_hand() -> None:
    once = edits("ke")
    assert {"k", "e", "ek", "kê"} - once == {"kê"}  # dropped, dropped, swapped; no marks
    assert {"ka", "he", "khe", "ken", "ake"} <= once  # replaced, added
    assert not {"ke", "", "khen", "an"} & once


@given(st.text("aehk", min_size=1, max_size=5), st.data())
def test_an_edit_leads_back(word: str, data: st.DataObject) -> None:
    edited = data.draw(st.sampled_from(sorted(edits(word))))
    assert edited != word
    assert abs(len(edited) - len(word)) <= 1
    assert word in edits(edited)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hoạhc", "hoạch"),  # swapped
        ("nghiêmg", "nghiêng"),  # replaced
        ("quyyen", "quyền"),  # doubled
        ("trươc", "trước"),  # tone forgotten
        ("Hoạhc", "Hoạch"),
        ("HOẠHC", "HOẠCH"),
    ],
)
def test_what_was_meant_is_among_the_readings(
    typed: str, meant: str, language: LanguageModel
) -> None:
    kept, *others = readings_of(typed, language)
    assert (kept.text, kept.changed) == (typed, False)
    assert meant in [reading.text for reading in others]


@pytest.mark.parametrize(
    ("typed", "weight"),
    [
        ("hoach", MARKS_ONLY),
        ("hoách", MARKS_ONLY + MARK_SLIP),
        ("hoăch", MARKS_ONLY + MARK_SLIP),
        ("hoahc", ONE_EDIT),
        ("hoạhc", ONE_EDIT),
        ("hoạc", ONE_EDIT),
        ("hoáhc", ONE_EDIT + MARK_SLIP),
        ("hoắhc", ONE_EDIT + 2 * MARK_SLIP),
    ],
)
def test_every_slip_costs(typed: str, weight: float) -> None:
    costs = {reading.text: reading.weight for reading in readings_of(typed, SMALL)[1:]}
    assert costs == {"hoạch": weight}


@pytest.mark.parametrize("typed", ["", "q", "hoạchhoạch", "hchoa"])
def test_what_is_too_short_too_long_or_too_far_stays(typed: str) -> None:
    (kept,) = readings_of(typed, SMALL)
    assert (kept.text, kept.changed) == (typed, False)


def test_only_words_of_a_length_that_slips_have_are_mended() -> None:
    model = LanguageModel.from_texts(["ở nghiêng"])
    assert [one.text for one in readings_of("nghiêngg", model)] == ["nghiêngg", "nghiêng"]
    assert [one.text for one in readings_of("nghiênggg", model)] == ["nghiênggg"]
    assert [one.text for one in readings_of("o", model)] == ["o"]


def test_a_slip_is_mended_to_a_foreign_word_but_to_no_abbreviation() -> None:
    model = LanguageModel.from_texts(["facebook us đk"])
    assert [one.text for one in readings_of("facebok", model)] == ["facebok", "facebook"]
    assert [one.text for one in readings_of("uh", model)] == ["uh"]
    assert [one.text for one in readings_of("ok", model)] == ["ok"]


@pytest.mark.parametrize("typed", ["ok", "uh", "hả", "ôk"])
def test_a_slip_is_mended_to_no_single_letter(typed: str) -> None:
    model = LanguageModel.from_texts(["ở ô u ư à y"])
    assert [one.text for one in readings_of(typed, model)] == [typed]


@pytest.mark.parametrize("typed", ["ok", "uh"])
def test_what_people_agree_with_is_mended_to_syllables_only(
    typed: str, language: LanguageModel
) -> None:
    kept, *others = readings_of(typed, language)
    assert kept.text == typed
    assert [one.text for one in others if len(one.text) < 2] == []


def test_the_more_vietnamese_a_token_is_the_likelier_it_was_meant() -> None:
    word, valid, foreign = (readings_of(typed, SMALL)[0] for typed in ("mồng", "kễ", "wifi"))
    assert word.weight > valid.weight > foreign.weight


_LANGUAGE: list[LanguageModel] = []


@pytest.fixture(autouse=True)
def _keep_language(language: LanguageModel) -> None:
    _LANGUAGE[:] = [language]


@settings(deadline=None)
@given(st.text("aăâcđehikmnoôơtuưyáạ", max_size=9))
def test_corrections_are_known_syllables_and_each_is_offered_once(typed: str) -> None:
    kept, *others = readings_of(typed, _LANGUAGE[0])
    assert kept.text == typed
    assert all(_LANGUAGE[0].knows(reading.text, least=0) for reading in others)
    texts = [canonical(typed), *(reading.text for reading in others)]
    assert len(set(texts)) == len(texts)
    assert all(reading.weight <= MARKS_ONLY for reading in others)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("fải", "phải"), ("fai", "phải"), ("zậy", "vậy"), ("wy", "quy"), ("ji", "gì")],
)
def test_a_letter_of_chats_stands_for_a_consonant(typed: str, meant: str) -> None:
    model = LanguageModel.from_texts(["phải vậy quy gì"])
    assert meant in [one.text for one in readings_of(typed, model)]


@pytest.mark.parametrize("typed", ["fax", "zalo", "wifi", "file"])
def test_a_foreign_word_is_no_chat_spelling(typed: str) -> None:
    model = LanguageModel.from_texts(["phải vậy quy gì"])
    assert [one.text for one in readings_of(typed, model)] == [typed]
