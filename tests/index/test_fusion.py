"""The weighted sum of both legs, and the order it gives."""

from __future__ import annotations

import numpy as np
import pytest

from index.fusion import best, fuse, ranking
from index.types import FloatArray


def floats(*values: float) -> FloatArray:
    return np.array(values, dtype=np.float32)


def test_fused_scores() -> None:
    # Worked out by hand: .4 of the cosine and .6 of the share of the attainable score.
    fused = fuse(floats(0.9, 0.8, -0.5), floats(0, 1, 0.5), lexical_weight=0.6)
    np.testing.assert_allclose(fused, (0.36, 0.92, 0.1), atol=1e-6)


def test_lists_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="do not pair up"):
        fuse(floats(1), floats(1, 2))


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
