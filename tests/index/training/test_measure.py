"""Development measures, with ranks counted by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.training.examples import is_development, read_law_clauses, read_shared
from index.training.measure import development_set, ranks, summary
from tests.index.training.laws import write_shared


def test_ranks() -> None:
    passages = np.array([[1, 0], [0, 1], [0.6, 0.8]], np.float32)
    questions = np.array([[1, 0], [0, 1], [0, 1]], np.float32)
    assert ranks(questions, passages, [0, 2, 0]) == [0, 1, 2]


def test_summary() -> None:
    assert summary([0, 3, 5, 0]) == {"n": 4, "first": 0.5, "first5": 0.75}


def test_pool_is_of_development_laws_with_the_asked_first(tmp_path: Path) -> None:
    data = write_shared(tmp_path / "data", laws=4)
    asked, laws = read_shared(data), read_law_clauses(data)
    dev = development_set(asked, laws, size=10)
    own = [a for a in asked if is_development(a.clause.number)]
    assert len(dev.passages) == len(set(dev.passages)) == 10
    assert dev.passages[:4] == tuple(a.clause.passage for a in own)
    assert dev.right == (0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3)
    assert len(dev.questions) == len(dev.styles) == 12
    numbers = {a.clause.number for a in own}
    assert all(any(number in p for number in numbers) for p in dev.passages)


@pytest.mark.parametrize("size", [4, 7])
def test_small_pool_is_the_start_of_a_large_one(tmp_path: Path, size: int) -> None:
    data = write_shared(tmp_path / "data", laws=4)
    asked, laws = read_shared(data), read_law_clauses(data)
    large = development_set(asked, laws, size=12).passages
    assert development_set(asked, laws, size=size).passages == large[:size]
