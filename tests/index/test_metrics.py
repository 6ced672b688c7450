from __future__ import annotations

import math

import pytest

from index.metrics import Outcome, ndcg_at, recall_at, reciprocal_rank_at, report

RANKED = ("a", "b", "c", "d")


def test_ranking_metrics_by_hand() -> None:
    relevant = frozenset({"b", "d"})
    assert recall_at(2, RANKED, relevant) == 0.5
    assert reciprocal_rank_at(10, RANKED, relevant) == 0.5
    gain = 1 / math.log2(3) + 1 / math.log2(5)
    perfect = 1 + 1 / math.log2(3)
    assert ndcg_at(10, RANKED, relevant) == pytest.approx(gain / perfect)


def test_report_counts_refusals_apart() -> None:
    outcomes = [
        Outcome(RANKED, frozenset({"a"}), answered=True),
        Outcome(RANKED, frozenset({"b"}), answered=False),
        Outcome(RANKED, frozenset(), answered=True),
        Outcome(RANKED, frozenset(), answered=False),
    ]
    means = {name: one.mean for name, one in report(outcomes).items()}
    assert means["accuracy@1"] == 0.5
    assert means["mrr@10"] == 0.75
    assert (means["answered"], means["wrongly_answered"], means["wrongly_refused"]) == (
        0.5,
        0.5,
        0.5,
    )
