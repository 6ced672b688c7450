"""Whether a question is in Vietnamese at all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatbot.foreign import is_foreign
from chatbot.language import LanguageModel
from corpus.library import Library
from corpus.text import fold


@pytest.mark.parametrize(
    ("line", "foreign"),
    [
        ("How many years is the plan made for?", True),
        ("Can an agency refuse my request?", True),
        ("quel est le plan de cinq ans", True),
        ("政府机关必须做什么", True),
        ("Кто утверждает план?", True),
        ("ke hoach may nam", False),
        ("kees hoachj maays nawm", False),
        ("ke61 hoa5ch chuye63n d9o63i so61 ma61y na8m", False),
        ("how 2 submit form b2b via e2e", True),
        ("D6K3 ND137/2024 (ca khoan)", False),
        ("ubnd duyet kh cntt", False),
        ("hđlđ nlđ tnlđ", False),
        ("kế hoạch online trên website", False),
        ("wifi", False),
        ("", False),
        ("HOW MANY YEARS IS THE PLAN", True),
        ("KE HOACH MAY NAM", False),
        ("Samsung Galaxy", False),  # two words may be a name
        ("deadline project report là khi nào", False),  # one word with its marks is enough
        ("kế", False),
        ("计划 kế hoạch", False),
        ("计划计划计划计划 plan", True),
        ("2024 100 5", False),
        ("?!…", False),
    ],
)
def test_only_what_cannot_be_vietnamese_is_foreign(
    line: str, foreign: bool, language: LanguageModel
) -> None:
    assert is_foreign(line, language) is foreign


def test_no_example_question_is_foreign_with_or_without_its_marks(
    decree: Library, language: LanguageModel
) -> None:
    asked = [text for one in decree.clauses for text in (*one.questions, *one.unanswered)]
    assert len(asked) > 100
    assert [text for text in asked if is_foreign(text, language)] == []
    assert [text for text in asked if is_foreign(fold(text), language)] == []


_LANGUAGE: list[LanguageModel] = []


@pytest.fixture(autouse=True)
def _keep_language(language: LanguageModel) -> None:
    _LANGUAGE[:] = [language]


@settings(deadline=None)
@given(st.text("абвгдежзиклмн 0123456789?", max_size=30))
def test_letters_of_another_script_are_foreign_and_signs_are_not(line: str) -> None:
    assert is_foreign(line, _LANGUAGE[0]) is any(map(str.isalpha, line))


@settings(deadline=None)
@given(st.lists(st.sampled_from("the plan report deadline kpi".split())))
def test_one_marked_syllable_makes_a_line_vietnamese(words: list[str]) -> None:
    assert not is_foreign(" ".join([*words, "được"]), _LANGUAGE[0])
