"""What a token may stand for, and the likeliest line of readings."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatbot.language import BOUNDARY, NUMBER, LanguageModel
from chatbot.readings import Reading, like, likeliest, phrase

MODEL = LanguageModel.from_texts(
    ["kế hoạch mấy năm. kế hoạch năm năm. kẻ nam. Ủy ban nhân dân. nằm mãi"] * 500
)
READINGS = st.builds(
    Reading,
    text=st.just(""),
    syllables=st.lists(
        st.sampled_from(["kế", "kẻ", "hoạch", "năm", "nam", "ủy", "ban", "lạ"]),
        min_size=1,
        max_size=3,
    ).map(tuple),
    weight=st.integers(-3, 3).map(float),
)


def inside(*syllables: str) -> float:
    ids = MODEL.numbers(syllables)
    return float(MODEL.log_follow(ids[:-1], ids[1:]).sum())


def total(line: tuple[Reading, ...] | list[Reading]) -> float:
    syllables = [syllable for reading in line for syllable in reading.syllables]
    return inside(BOUNDARY, *syllables, BOUNDARY) + sum(reading.weight for reading in line)


@pytest.mark.parametrize(
    ("typed", "syllable", "written"),
    [
        ("ke", "kế", "kế"),
        ("Ke", "kế", "Kế"),
        ("KE", "kế", "KẾ"),
        ("K", "kế", "Kế"),  # one capital may begin a sentence
        ("Dinh", "định", "Định"),
        ("DINH", "định", "ĐỊNH"),
        ("Uy", "ủy", "Ủy"),
        ("kE", "kế", "kế"),
        ("AnH", "ánh", "Ánh"),
        ("", "kế", "kế"),
    ],
)
def test_a_syllable_takes_over_the_capitals(typed: str, syllable: str, written: str) -> None:
    assert like(typed, syllable) == written
    assert Reading.syllable(syllable, typed, -1.0) == Reading(written, (syllable,), -1.0)


@pytest.mark.parametrize(
    ("typed", "counted"), [("Hoà", "hòa"), ("25", NUMBER), ("UBND", "ubnd"), ("2a", "2a")]
)
def test_a_token_left_alone_keeps_its_form_and_is_counted_canonically(
    typed: str, counted: str
) -> None:
    assert Reading.as_typed(typed) == Reading(typed, (counted,), 0.0, changed=False)


def test_punctuation_of_a_phrase_is_written_and_not_counted() -> None:
    read = phrase("Lao động - Thương binh, 5 năm.", MODEL)
    assert read.text == "Lao động - Thương binh, 5 năm."
    assert read.syllables == ("lao", "động", "thương", "binh", NUMBER, "năm")
    assert read.changed


@pytest.mark.parametrize("text", ["không", "kế hoạch", "Ủy ban nhân dân", "chữ chưa thấy"])
def test_the_length_of_a_phrase_costs_nothing(text: str) -> None:
    read = phrase(text, MODEL, -3.0)
    assert read.weight + inside(*read.syllables) == pytest.approx(-3.0)


def test_neighbours_decide() -> None:
    model = LanguageModel.from_texts(["kế hoạch năm"] * 500 + ["kẻ nam"] * 400)

    def column(*texts: str) -> list[Reading]:
        return [Reading(text, (text,), 0.0) for text in texts]

    columns = [column("ke", "kẻ", "kế"), column("hoạch"), column("nam", "nằm", "năm")]
    assert [one.text for one in likeliest(model, columns)] == ["kế", "hoạch", "năm"]
    assert [one.text for one in likeliest(model, [columns[0], columns[2]])] == ["kẻ", "nam"]


def test_a_weight_may_outweigh_the_neighbours() -> None:
    kept = Reading.as_typed("ke", 30.0)
    columns = [[Reading("kế", ("kế",), 0.0), kept], [Reading.as_typed("hoạch")]]
    assert likeliest(MODEL, columns)[0] is kept


def test_a_line_without_tokens_or_without_choice_stays() -> None:
    assert likeliest(MODEL, []) == []
    only = [Reading.as_typed("lạ", -99.0), Reading.as_typed("hoắc")]
    assert likeliest(MODEL, [[one] for one in only]) == only


@settings(deadline=None)
@given(st.lists(st.lists(READINGS, min_size=1, max_size=3), min_size=1, max_size=4))
def test_no_other_line_is_likelier(columns: list[list[Reading]]) -> None:
    chosen = likeliest(MODEL, columns)
    assert all(one in column for one, column in zip(chosen, columns, strict=True))
    assert total(chosen) == pytest.approx(max(map(total, product(*columns))))
