"""Metrics against values worked out by hand."""

from __future__ import annotations

import math

import pytest

from index.metrics import (
    Interval,
    Outcome,
    accuracy_at_1,
    distinct,
    interval,
    ndcg_at,
    paired_difference,
    recall_at,
    reciprocal_rank_at,
    report,
)

RANKED = ("a", "b", "c", "d")


@pytest.mark.parametrize(
    ("relevant", "accuracy", "recall_2", "reciprocal_3", "ndcg_3"),
    [
        ({"a"}, 1, 1, 1, 1),
        ({"b"}, 0, 1, 1 / 2, 1 / math.log2(3)),
        ({"c"}, 0, 0, 1 / 3, 1 / 2),
        ({"d"}, 0, 0, 0, 0),  # fourth: beyond the first three
        ({"x"}, 0, 0, 0, 0),
        ({"a", "c"}, 1, 1 / 2, 1, (1 + 1 / 2) / (1 + 1 / math.log2(3))),
        # five relevant names, three places: the perfect ranking fills the three
        (
            {"b", "v", "w", "x", "y"},
            0,
            1 / 5,
            1 / 2,
            (1 / math.log2(3)) / (1 + 1 / math.log2(3) + 0.5),
        ),
    ],
)
def test_ranking_metrics(
    relevant: set[str], accuracy: float, recall_2: float, reciprocal_3: float, ndcg_3: float
) -> None:
    assert accuracy_at_1(RANKED, relevant) == accuracy
    assert recall_at(2, RANKED, relevant) == pytest.approx(recall_2)
    assert reciprocal_rank_at(3, RANKED, relevant) == pytest.approx(reciprocal_3)
    assert ndcg_at(3, RANKED, relevant) == pytest.approx(ndcg_3)


def test_an_empty_ranking_scores_nothing() -> None:
    for value in (
        accuracy_at_1((), {"a"}),
        recall_at(10, (), {"a"}),
        reciprocal_rank_at(10, (), {"a"}),
        ndcg_at(10, (), {"a"}),
    ):
        assert value == 0


def test_distinct_keeps_first_occurrences() -> None:
    assert distinct(["b", "a", "b", "c", "a"]) == ("b", "a", "c")


def outcome(ranked: str, relevant: str, answered: bool) -> Outcome:
    return Outcome(tuple(ranked), frozenset(relevant), answered)


def test_report() -> None:
    figures = report(
        [
            outcome("abc", "a", True),  # right
            outcome("abc", "b", True),  # second
            outcome("abc", "c", False),  # third, and refused
            outcome("xyabc", "c", True),  # fifth
            outcome("abc", "", True),  # must not be answered, was
            outcome("abc", "", False),
            outcome("abc", "", False),
        ]
    )
    discounted = (1 + 1 / math.log2(3) + 1 / 2 + 1 / math.log2(6)) / 4
    expected = {
        "accuracy@1": (1 / 4, 4),
        "recall@5": (1, 4),
        "recall@10": (1, 4),
        "mrr@10": ((1 + 1 / 2 + 1 / 3 + 1 / 5) / 4, 4),
        "ndcg@10": (discounted, 4),
        "answered": (4 / 7, 7),
        "wrongly_answered": (1 / 3, 3),
        "wrongly_refused": (1 / 4, 4),
    }
    assert figures.keys() == expected.keys()
    for name, (mean, n) in expected.items():
        assert figures[name].mean == pytest.approx(mean), name
        assert figures[name].n == n, name


def test_a_rate_over_no_question_is_unknown() -> None:
    figures = report([outcome("a", "a", True)])
    assert math.isnan(figures["wrongly_answered"].mean)
    assert figures["wrongly_answered"].n == 0
    assert figures["accuracy@1"].mean == 1


def test_interval_covers_what_the_binomial_does() -> None:
    # 30 of 100: standard error sqrt(.3 * .7 / 100) = .0458, so about .3 ± .09
    found = interval([1.0] * 30 + [0.0] * 70)
    assert found.mean == pytest.approx(0.3)
    assert found.low == pytest.approx(0.3 - 1.96 * 0.0458, abs=0.015)
    assert found.high == pytest.approx(0.3 + 1.96 * 0.0458, abs=0.015)


def test_interval_is_seeded_and_certain_where_nothing_varies() -> None:
    values = [place**0.5 for place in range(40)]
    assert interval(values, seed=3) == interval(values, seed=3)
    assert interval(values, seed=3) != interval(values, seed=4)
    assert interval([1.0, 1.0]) == Interval(1.0, 1.0, 1.0, 2)


def test_paired_difference_sees_what_separate_intervals_hide() -> None:
    before = [0.0, 1.0] * 50
    after = [*before]
    after[0:20:2] = [1.0] * 10  # ten questions of a hundred get right, none gets wrong
    found = paired_difference(before, after)
    assert found.mean == pytest.approx(0.1)
    assert found.low > 0.03
    assert interval(after).low < interval(before).high
    assert paired_difference(before, before) == Interval(0.0, 0.0, 0.0, 100)


def test_paired_difference_needs_pairs() -> None:
    with pytest.raises(ValueError, match="zip"):
        paired_difference([1.0], [1.0, 0.0])
