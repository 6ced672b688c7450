"""Counts of syllables, by hand."""

from math import exp, isclose
from pathlib import Path

import numpy as np
import pytest

from chatbot.language import (
    BOUNDARY,
    FLOOR,
    NUMBER,
    PRIOR,
    SPECIAL,
    LanguageModel,
    load_statistics,
    save_statistics,
    tokens,
)
from chatbot.language_build import pruned
from index.training.examples import is_development


def test_text_becomes_syllables_numbers_and_boundaries() -> None:
    assert tokens("Hoà bình; 25 năm.\n\nHết") == [
        BOUNDARY, "hòa", "bình", BOUNDARY, NUMBER, "năm", BOUNDARY, "hết", BOUNDARY,
    ]  # fmt: skip


def test_counts_and_probabilities_by_hand() -> None:
    model = LanguageModel.from_texts(["đi chợ. đi chơi"])
    # <s> đi chợ <s> đi chơi <s>: three boundaries, đi twice, the others once.
    assert model.singles[model.ids["đi"]] == 2
    assert model.singles[model.ids[BOUNDARY]] == 3
    total = 7 + FLOOR * len(model.words)
    frequency = (1 + FLOOR) / total
    assert isclose(model.frequency(model.numbers(["chợ"]))[0], frequency)
    follows = (1 + PRIOR * frequency) / (2 + PRIOR)
    after = model.log_follow(model.numbers(["đi"]), model.numbers(["chợ"]))
    assert isclose(exp(after[0]), follows)


def test_probabilities_of_all_followers_add_up_to_one() -> None:
    model = LanguageModel.from_texts(["một hai ba. hai ba bốn"])
    everything = np.arange(len(model.words))
    for word in model.words:
        total = np.exp(model.log_follow(model.numbers([word]), everything)).sum()
        # Every sighting but the very last boundary of the stream has a follower.
        assert total == pytest.approx(1, abs=0.01)


def test_own_texts_are_weighted_and_the_model_stays() -> None:
    model = LanguageModel.from_texts(["một hai"])
    more = model.with_texts(["hai ba"], weight=3)
    assert more.singles[more.ids["hai"]] == 4
    assert more.singles[more.ids["ba"]] == 3
    assert "ba" not in model.ids
    assert model.with_texts([]) is model


def test_readings_are_ordered_by_frequency() -> None:
    model = LanguageModel.from_texts(["kế kế kế kẻ kẻ ke"])
    assert model.readings["ke"] == ("kế", "kẻ", "ke")
    assert "ke" in model.usually_marked


def test_statistics_are_kept_to_a_sixteenth_of_a_doubling(tmp_path: Path) -> None:
    model = LanguageModel.from_texts(["một hai ba"] * 11 + ["ba một"])
    save_statistics(model, tmp_path / "language.npz")
    again = load_statistics(tmp_path / "language.npz")
    assert again.words == model.words
    assert np.array_equal(again.pairs, model.pairs)
    assert np.abs(np.log2(again.pair_counts / model.pair_counts)).max() <= 1 / 16


def test_rare_syllables_and_their_pairs_are_dropped() -> None:
    model = LanguageModel.from_texts(["kế hoạch"] * 3 + ["kế xyz"])
    small = pruned(model)
    assert small.words[: len(SPECIAL)] == SPECIAL
    assert "xyz" not in small.ids
    assert small.log_follow(small.numbers(["kế"]), small.numbers(["hoạch"]))[0] > -4


def test_the_development_split_is_an_eighth() -> None:
    held = sum(is_development(f"{number}/2024/NĐ-CP") for number in range(4000))
    assert 400 < held < 600


def test_the_shipped_statistics_are_small_and_know_everyday_words(language: LanguageModel) -> None:
    from chatbot.language import STATISTICS_FILE

    assert STATISTICS_FILE.stat().st_size < 3_000_000
    for word in ("mình", "sếp", "nghị", "định"):
        assert language.knows(word)
