"""What a site may choose, at the edges; tests/chatbot/web/test_embedding.py has the rest."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.web.embed_options import (
    MAX_EXPIRY_MIN,
    MAX_GREETING,
    MAX_QUESTION,
    MAX_QUESTIONS,
    SESSIONS,
    THEMES,
    EmbedOptions,
    read_options,
)

NAMES = ("theme", "accent", "greeting", "questions", "document", "session")


def test_without_choices_and_with_empty_ones_all_stays_as_it_is() -> None:
    empty = dict.fromkeys((*NAMES, "expires"), "")
    assert read_options({}, ()) == read_options(empty, {""}) == EmbedOptions()


def test_parameters_of_others_are_passed_over() -> None:
    assert (
        read_options({"host": "https://a.vn", "lang": "en", "THEME": "dark"}, ()) == EmbedOptions()
    )


@pytest.mark.parametrize("minutes", [1, 60, MAX_EXPIRY_MIN])
def test_minutes_within_the_limits_are_taken(minutes: int) -> None:
    options = read_options({"expires": str(minutes)}, ())
    assert (options.expiry_min, options.refused) == (minutes, ())


@pytest.mark.parametrize(
    "minutes",
    ["-1", "+5", "1.5", " 5", "5\n", "٦٠", "²", str(MAX_EXPIRY_MIN + 1), "00000000599999"],
)
def test_other_minutes_are_not(minutes: str) -> None:
    options = read_options({"expires": minutes}, ())
    assert options.expiry_min == EmbedOptions().expiry_min
    assert options.refused == (f"expires={minutes!r}: expected minutes, 1 to {MAX_EXPIRY_MIN}",)


def test_minutes_of_endless_digits_are_left_out() -> None:
    options = read_options({"expires": "000000001" + "9" * 5000}, ())
    assert options == EmbedOptions(refused=options.refused)
    assert len(options.refused) == 1


def test_a_greeting_is_one_line_and_its_blanks_do_not_count() -> None:
    long = "ă" * MAX_GREETING
    assert read_options({"greeting": f" \n{long}\t"}, ()).greeting == long
    assert read_options({"greeting": "Chào\n  bạn"}, ()).greeting == "Chào bạn"


@pytest.mark.parametrize(
    ("given_", "taken"),
    [
        ([], ()),
        (["Một?"], ("Một?",)),
        ([" Một \n hai? ", "Một hai?"], ("Một hai?",)),
        (["Hai?", "Một?", "Hai?"], ("Hai?", "Một?")),
        ([f" {'ă' * MAX_QUESTION} "], ("ă" * MAX_QUESTION,)),
        ([str(n) for n in range(MAX_QUESTIONS)], tuple(map(str, range(MAX_QUESTIONS)))),
    ],
)
def test_questions_are_tidied_and_keep_their_order(
    given_: list[str], taken: tuple[str, ...]
) -> None:
    assert read_options({"questions": json.dumps(given_)}, ()).questions == taken


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\x7f", "\ud800"])
def test_what_is_no_text_is_left_out(sign: str) -> None:
    query = {"greeting": f"Chào{sign}", "questions": json.dumps(["Một?", f"Hai{sign}?"])}
    options = read_options(query, ())
    assert options == EmbedOptions(refused=options.refused)
    assert [one.partition("=")[0] for one in options.refused] == ["greeting", "questions"]


@pytest.mark.parametrize("wrong", ['"Một?"', "null", "[null]", '[""]', '[" "]', '[["Một?"]]', "["])
def test_other_questions_keep_the_examples(wrong: str) -> None:
    options = read_options({"questions": wrong}, ())
    assert options.questions is None
    assert len(options.refused) == 1


def test_every_value_left_out_is_named_with_what_was_expected() -> None:
    query = {"theme": "Dark", "session": "TAB", "accent": "đỏ", "document": "b", "expires": "x"}
    refused = read_options(query, {"a"}).refused
    assert refused[0] == "theme='Dark': expected auto, light, dark"
    assert [one.partition("=")[0] for one in refused] == [*query]


def test_a_long_value_is_named_by_its_beginning() -> None:
    (refused,) = read_options({"theme": "x" * 5000}, ()).refused
    assert "x" * 40 in refused
    assert len(refused) < 150


@given(st.dictionaries(st.sampled_from(NAMES), st.text(max_size=40)))
def test_whatever_a_site_writes_the_choices_are_usable(query: dict[str, str]) -> None:
    options = read_options(query, {"a"})
    assert options.theme in THEMES
    assert options.session in SESSIONS
    assert options.document_id in (None, "a")
    assert len(options.greeting) <= MAX_GREETING
    assert {one.partition("=")[0] for one in options.refused} <= {*query}
