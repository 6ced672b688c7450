"""Weighted min-max, against numbers worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from index.fusion import best, fuse, ranking
from index.types import FloatArray


def floats(*values: float) -> FloatArray:
    return np.array(values, dtype=np.float32)


@pytest.mark.parametrize(
    ("dense", "lexical", "depth", "expected"),
    [
        # dense: .9 → 1, .8 → 0, .85 → .5; lexical: 10 → 1, 0 → 0, 4 → .4; weights .4 and .6
        ((0.9, 0.8, 0.85), (0, 10, 4), 100, (0.4, 0.6, 0.2 + 0.24)),
        # depth 2: the second best of a leg is its zero, what lies below stays there
        ((0.9, 0.8, 0.85), (0, 10, 4), 2, (0.4, 0.6, 0)),
        # no shared word: the lexical leg says nothing
        ((0.9, 0.7, 0.8), (0, 0, 0), 100, (0.4, 0, 0.2)),
        # all equally near: each gets the whole dense share
        ((0.8, 0.8), (1, 3), 100, (0.4, 1.0)),
        ((0.8,), (2,), 100, (1.0,)),
        ((0.8,), (0,), 100, (0.4,)),
        ((), (), 100, ()),
    ],
)
def test_fused_scores(
    dense: tuple[float, ...],
    lexical: tuple[float, ...],
    depth: int,
    expected: tuple[float, ...],
) -> None:
    fused = fuse(floats(*dense), floats(*lexical), lexical_weight=0.6, depth=depth)
    np.testing.assert_allclose(fused, expected, atol=1e-6)


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
