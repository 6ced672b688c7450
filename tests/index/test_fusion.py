"""The weighted sum of the legs, and the order it gives."""

from __future__ import annotations

import numpy as np
import pytest

from index.fusion import WEIGHTS, Weights, best, fuse, ranking
from index.types import FloatArray


def floats(*values: float) -> FloatArray:
    return np.array(values, dtype=np.float32)


def test_fused_scores() -> None:
    # Worked out by hand: .4 of the first, .8 of the second, .5 of the third, .1 of the last.
    weights = Weights(dense=0.4, asked=0.8, lexical=0.5, translated=0.1)
    fused = fuse(
        floats(0.9, 0.8, -0.5), floats(0, 0.1, 1), floats(0, 1, 0.5), floats(1, 0, 0.5), weights
    )
    np.testing.assert_allclose(fused, (0.46, 0.9, 0.9), atol=1e-6)


def test_no_score_is_above_1() -> None:
    assert WEIGHTS.dense <= WEIGHTS.asked  # so a lead weighs what the passage lacks, or more
    assert WEIGHTS.asked + WEIGHTS.lexical + WEIGHTS.translated == pytest.approx(1)


def test_lists_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="do not pair up"):
        fuse(floats(1), floats(1), floats(1), floats(1, 2))


def test_ties_go_to_the_cosine_then_to_the_order_given() -> None:
    fused = floats(0.5, 0.7, 0.5, 0.5)
    dense = floats(0.8, 0.1, 0.9, 0.8)
    assert ranking(fused, dense).tolist() == [1, 2, 0, 3]


@pytest.mark.parametrize(
    ("count", "expected"),
    [(0, []), (1, [1]), (2, [1, 0]), (3, [1, 0, 2]), (9, [1, 0, 2, 3])],
)
def test_best_keeps_the_order_given_among_ties(count: int, expected: list[int]) -> None:
    assert best(floats(2, 5, 2, 1), count).tolist() == expected
