"""Marks that were not typed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatbot.language import LanguageModel
from chatbot.restoring import COMPLETED, GATE, TONE_ADDED, Typing, readings_of, typing_of
from chatbot.syllables import agrees

BARE, MARKED = Typing(0, 4), Typing(4, 0)


def offered(typed: str, language: LanguageModel, typing: Typing) -> list[str]:
    return [reading.text for reading in readings_of(typed, language, typing)]


@given(st.integers(0, 50), st.integers(0, 50))
def test_the_share_decides_and_the_loss_is_a_chance(marked: int, missing: int) -> None:
    typing = Typing(marked, missing)
    assert 0 <= typing.share <= 1
    assert typing.lacks_marks == (typing.share < GATE)
    assert 0 < typing.loss < 1
    assert Typing(marked, missing + 1).loss > typing.loss > Typing(marked + 1, missing).loss


def test_a_line_that_needs_no_marks_lacks_none(language: LanguageModel) -> None:
    for words in ([], ["cho", "trong"], ["2024", "wifi"]):
        typing = typing_of(words, language)
        assert (typing.share, typing.lacks_marks) == (1.0, False)


@pytest.mark.parametrize(
    ("line", "counted"),
    [
        ("kế hoạch mấy năm", Typing(4, 0)),
        ("ke hoach may nam", Typing(0, 4)),
        ("quy đinh nhu the nao", Typing(1, 3)),
        ("khoản 2 dieu 6", Typing(1, 1)),
    ],
)
def test_marks_are_counted(line: str, counted: Typing, language: LanguageModel) -> None:
    assert typing_of(line.split(), language) == counted


def test_a_bare_line_gets_every_mark_it_may_have_lost(language: LanguageModel) -> None:
    found = offered("ke", language, BARE)
    assert found[0] == "ke"
    assert {"kế", "kể", "kê", "kẻ"} <= set(found)
    assert offered("Uy", language, BARE)[:1] == ["Uy"]
    assert "Ủy" in offered("Uy", language, BARE)
    assert "ĐỊNH" in offered("DINH", language, BARE)


def test_a_typed_mark_stays(language: LanguageModel) -> None:
    assert offered("hoạch", language, BARE) == ["hoạch"]
    assert offered("có", language, BARE) == ["có"]  # neither "cố" nor "cớ"
    found = set(offered("đinh", language, BARE))
    assert "định" in found
    assert not {"dinh", "dính"} & found


def test_a_line_with_its_marks_is_completed_only_reluctantly(language: LanguageModel) -> None:
    assert offered("cho", language, MARKED) == ["cho"]
    assert offered("đinh", language, MARKED) == ["đinh"]
    kept, *others = readings_of("nam", language, MARKED)
    assert kept.weight == 0
    assert {reading.weight for reading in others} == {COMPLETED}


def test_the_more_marks_are_missing_the_likelier_one_more_is(language: LanguageModel) -> None:
    half, bare = Typing(4, 4), Typing(0, 8)
    weights = [readings_of("hoach", language, typing)[1].weight for typing in (half, bare)]
    assert COMPLETED < weights[0] < weights[1] < 0
    tones = {reading.weight for reading in readings_of("đinh", language, bare)[1:]}
    assert tones == {TONE_ADDED}


@pytest.mark.parametrize("typed", ["xqz", "hoạhc", "wïfi", "quyêt", "đươc", ""])
def test_nothing_is_offered_for_what_nobody_knows(typed: str, language: LanguageModel) -> None:
    assert readings_of(typed, language, BARE) == ()
    assert readings_of(typed, language, MARKED) == ()


_LANGUAGE: list[LanguageModel] = []


@pytest.fixture(autouse=True)
def _keep_language(language: LanguageModel) -> None:
    _LANGUAGE[:] = [language]


@settings(deadline=None)
@given(
    st.sampled_from("ke kế đinh Nam hoach HOACH duoc uy gi toán thuê".split()),
    st.builds(Typing, st.integers(0, 9), st.integers(0, 9)),
)
def test_marks_are_only_added(typed: str, typing: Typing) -> None:
    kept, *others = readings_of(typed, _LANGUAGE[0], typing)
    assert (kept.text, kept.changed) == (typed, False)
    for reading in others:
        assert agrees(typed.lower(), reading.text.lower())
        assert reading.text.istitle() == typed.istitle()
        assert reading.weight < 0
    assert len({reading.text for reading in others} | {typed}) == len(others) + 1
