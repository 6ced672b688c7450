"""Words people use for words of the law, against a table worked out by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UnavailableError
from index import translation
from index.lexical import LexicalIndex
from index.terms import terms_of
from index.translation import (
    TRANSLATIONS,
    USUAL,
    TranslatedIndex,
    Translations,
    load_translations,
)
from index.types import FloatArray

# "sổ" is nine times as likely where a clause has "giấy", and never otherwise; "phạt" is as
# likely as otherwise in any clause.
TABLE = Translations(
    asked={"phạt": 0, "sổ": 1},
    said={"giấy": 0, "giấy tờ": 1},
    starts=np.array([0, 3, 4], dtype=np.int64),
    targets=np.array([0, 1, 2, 0], dtype=np.int32),
    lifts=np.array([1, 1, 1, 9], dtype=np.float32),
)
PASSAGES = ["giấy", "giấy tờ nhà", "nhà rồng"]
ROWS = np.arange(len(PASSAGES), dtype=np.int64)
INDEX = TranslatedIndex.build(PASSAGES, TABLE)
WORDS = LexicalIndex.build(PASSAGES)
QUESTIONS = st.lists(
    st.sampled_from(["sổ", "phạt", "rồng", "nhà", "giấy", "xe", "đỏ"]), max_size=6
).map(" ".join)


def test_a_word_speaks_for_another() -> None:
    # Mean lift over the terms of a row, with the one that any row has: 9/2, 9/3, 0.
    np.testing.assert_allclose(INDEX.scores("sổ", ROWS, WORDS), [4.5 / 7.5, 3 / 6, 0], atol=1e-6)


def test_what_any_clause_brings_about_tells_nothing() -> None:
    np.testing.assert_allclose(INDEX.scores("phạt", ROWS, WORDS), [USUAL] * 3, atol=1e-6)


def test_a_word_the_table_does_not_know_speaks_for_itself() -> None:
    assert INDEX.scores("rồng", ROWS, WORDS).tolist() == [0, 0, 1]
    # Of "sổ", "rồng" and the unknown pair, which no row has and which counts for nothing.
    np.testing.assert_allclose(INDEX.scores("sổ rồng", ROWS, WORDS), [0.3, 0.25, 0.5], atol=1e-6)


@pytest.mark.parametrize("question", ["", "?", "xe", "xe ô tô"])
def test_a_question_of_unknown_words_explains_nothing(question: str) -> None:
    assert INDEX.scores(question, ROWS, WORDS).tolist() == [0, 0, 0]


@given(QUESTIONS)
def test_scores_are_shares_and_do_not_depend_on_the_other_rows_asked_for(question: str) -> None:
    together = INDEX.scores(question, ROWS, WORDS)
    assert together.dtype == np.float32
    assert ((together >= 0) & (together <= 1)).all()
    apart = [INDEX.scores(question, ROWS[row : row + 1], WORDS)[0] for row in ROWS]
    np.testing.assert_allclose(together, apart, atol=1e-6)
    backwards = INDEX.scores(question, ROWS[::-1], WORDS)
    np.testing.assert_allclose(backwards, together[::-1], atol=1e-6)


def test_no_rows_have_no_scores() -> None:
    nothing = TranslatedIndex.build([], TABLE)
    assert nothing.scores("sổ", ROWS[:0], LexicalIndex.build([])).tolist() == []


def test_is_stored_as_arrays() -> None:
    again = TranslatedIndex.from_arrays(INDEX.arrays(), TABLE)
    assert again.scores("sổ", ROWS, WORDS).tolist() == INDEX.scores("sổ", ROWS, WORDS).tolist()


def table_of(lifts: FloatArray) -> Translations:
    count = len(lifts)
    return Translations(
        asked={"sổ": 0},
        said={f"t{number}": number for number in range(count)},
        starts=np.array([0, count], dtype=np.int64),
        targets=np.arange(count, dtype=np.int32),
        lifts=lifts,
    )


def test_the_packed_table_keeps_the_lifts_within_three_per_cent() -> None:
    table = table_of(np.geomspace(0.061, 20_000, 300).astype(np.float32))
    again = Translations.unpack(table.pack())
    assert (again.asked, again.said) == (table.asked, table.said)
    assert again.starts.tolist() == [0, 300]
    assert again.targets.tolist() == list(range(300))
    np.testing.assert_allclose(again.lifts, table.lifts, rtol=0.03)


def test_lifts_out_of_reach_are_packed_as_the_nearest() -> None:
    lowest, highest = Translations.unpack(table_of(np.array([1e-4, 1e6], np.float32)).pack()).lifts
    assert lowest == pytest.approx(np.exp(-2.8), rel=1e-3)
    assert highest == pytest.approx(np.exp(9.95), rel=1e-3)


def test_more_targets_than_can_be_numbered_are_not_packed() -> None:
    assert table_of(np.ones(65_535, np.float32)).width == 65_536
    with pytest.raises(ValueError, match="65537 targets do not fit"):
        table_of(np.ones(65_536, np.float32)).pack()


def test_long_questions_are_scored_in_parts() -> None:
    many = "sổ " + " ".join(f"phạt phạt{number}" for number in range(3))
    terms = {term: number for number, term in enumerate(dict.fromkeys(terms_of(many)))}
    table = Translations(
        asked=terms,
        said={"giấy": 0},
        starts=np.arange(len(terms) + 1, dtype=np.int64),
        targets=np.zeros(len(terms), dtype=np.int32),
        lifts=np.linspace(1, 9, len(terms), dtype=np.float32),
    )
    index = TranslatedIndex.build(["giấy", "nhà"], table)
    rows = np.arange(2)
    whole = index.scores(many, rows, WORDS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(translation, "_BLOCK", 2)
        np.testing.assert_allclose(index.scores(many, rows, WORDS), whole, rtol=1e-6)


def test_an_identity_is_that_of_the_content() -> None:
    packed = TABLE.pack()
    assert packed == TABLE.pack()
    assert Translations.unpack(packed).identity == Translations.unpack(packed).identity != ""


def flipped(place: int) -> bytes:
    content = bytearray(TABLE.pack())
    content[place] ^= 0xFF
    return bytes(content)


@pytest.mark.parametrize(
    "content", [b"", b"no table", TABLE.pack()[:-40], *(flipped(at) for at in (60, 200))]
)
def test_a_damaged_table_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whoever finds it out says what is wrong
        Translations.unpack(content)


@pytest.mark.parametrize("content", [b"no table", TABLE.pack()])
def test_a_file_that_is_not_the_one_that_shipped_is_refused(
    content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / TRANSLATIONS.name
    file.write_bytes(content)
    monkeypatch.setattr(translation, "TRANSLATIONS", file)
    load_translations.cache_clear()
    with pytest.raises(UnavailableError, match="install the package again"):
        load_translations()
    load_translations.cache_clear()


def test_the_table_that_ships_knows_what_people_say() -> None:
    table = load_translations()
    questions = {
        "thu hồi giấy phép kinh doanh": "bị rút giấy thì sao",
        "xử phạt vi phạm hành chính": "ăn phạt mấy triệu",
        "đăng ký kết hôn": "cưới nhau thì lên đâu",
        "thanh toán tiền lương cho người lao động": "sếp chậm trả công",
    }
    rows = np.arange(len(questions))
    index = TranslatedIndex.build(list(questions), table)
    words = LexicalIndex.build(list(questions))
    for number, question in enumerate(questions.values()):
        assert index.scores(question, rows, words).argmax() == number, question
