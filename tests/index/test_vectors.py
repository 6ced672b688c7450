"""FAISS must agree with brute force, filter, give vectors back, and fail in our own words."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import StoredIndexError
from index.types import FloatArray
from index.vectors import VectorIndex
from tests.toys import BruteForce


def unit_vectors(count: int, dimension: int, seed: int) -> FloatArray:
    vectors = np.random.default_rng(seed).standard_normal((count, dimension)).astype(np.float32)
    unit: FloatArray = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


@settings(max_examples=30, deadline=None)
@given(
    count=st.integers(1, 300),
    dimension=st.integers(2, 96),
    k=st.integers(1, 310),
    seed=st.integers(0, 1000),
    filtered=st.booleans(),
)
def test_agrees_with_brute_force(
    count: int, dimension: int, k: int, seed: int, filtered: bool
) -> None:
    vectors, queries = unit_vectors(count, dimension, seed), unit_vectors(3, dimension, seed + 1)
    allowed = np.arange(0, count, 3) if filtered else None
    scores, rows = VectorIndex.build(vectors).search(queries, k, allowed=allowed)
    expected, _ = BruteForce(vectors).search(queries, k, allowed=allowed)
    assert scores.shape == rows.shape == expected.shape
    np.testing.assert_allclose(scores, expected, atol=1e-5)
    # The rows are the ones that have these scores (their order may differ among near-ties).
    own = np.einsum("qd,qkd->qk", queries, vectors[rows])
    np.testing.assert_allclose(own, scores, atol=1e-5)
    if allowed is not None:
        assert set(rows.ravel()) <= set(allowed)


def test_above_the_limit_half_precision_finds_the_same_rows() -> None:
    vectors, queries = unit_vectors(500, 32, 1), unit_vectors(20, 32, 2)
    half = VectorIndex.build(vectors, flat_limit=100)
    scores, rows = half.search(queries, 10)
    expected, expected_rows = BruteForce(vectors).search(queries, 10)
    np.testing.assert_allclose(scores, expected, atol=2e-3)
    shared = [len(set(a) & set(b)) for a, b in zip(rows, expected_rows, strict=True)]
    assert np.mean(shared) >= 9.9
    some = np.array([3, 4, 499])
    found = half.search(queries, 10, allowed=some)[1]
    assert {frozenset(row) for row in found.tolist()} == {frozenset({3, 4, 499})}


def test_half_precision_is_smaller(tmp_path: Path) -> None:
    vectors = unit_vectors(400, 64, 3)
    VectorIndex.build(vectors).save(tmp_path / "flat")
    VectorIndex.build(vectors, flat_limit=399).save(tmp_path / "half")
    VectorIndex.build(vectors, flat_limit=400).save(tmp_path / "at-limit")
    assert (tmp_path / "flat").stat().st_size == (tmp_path / "at-limit").stat().st_size
    assert (tmp_path / "half").stat().st_size < 0.6 * (tmp_path / "flat").stat().st_size


@pytest.mark.parametrize("flat_limit", [1000, 10])
def test_saved_and_loaded_gives_the_same(tmp_path: Path, flat_limit: int) -> None:
    vectors, queries = unit_vectors(50, 16, 4), unit_vectors(5, 16, 5)
    index = VectorIndex.build(vectors, flat_limit=flat_limit)
    index.save(tmp_path / "index.faiss")
    loaded = VectorIndex.load(tmp_path / "index.faiss")
    assert (loaded.size, loaded.dimension) == (50, 16)
    for before, after in zip(index.search(queries, 7), loaded.search(queries, 7), strict=True):
        np.testing.assert_array_equal(before, after)


def test_gives_vectors_back() -> None:
    vectors = unit_vectors(10, 8, 6)
    index = VectorIndex.build(vectors)
    np.testing.assert_array_equal(index.vectors(np.array([7, 2])), vectors[[7, 2]])
    assert index.vectors(np.zeros(0, np.int64)).shape == (0, 8)


def test_empty_index_and_empty_choice_find_nothing() -> None:
    queries = unit_vectors(2, 8, 7)
    empty = VectorIndex.build(np.zeros((0, 8), np.float32))
    assert empty.search(queries, 5)[1].shape == (2, 0)
    none_allowed = np.zeros(0, np.int64)
    index = VectorIndex.build(unit_vectors(4, 8, 8))
    assert index.search(queries, 5, allowed=none_allowed)[1].shape == (2, 0)


def test_another_dimension_is_refused_with_both_numbers() -> None:
    index = VectorIndex.build(unit_vectors(4, 8, 9))
    with pytest.raises(StoredIndexError, match=r"12 dimensions.* has 8.*app\.py index"):
        index.search(unit_vectors(1, 12, 10), 3)


@pytest.mark.parametrize(
    "vectors",
    [np.full((2, 3), np.nan), np.array([[1.0, np.inf]]), np.zeros(3)],
    ids=["nan", "infinity", "one-dimensional"],
)
def test_broken_vectors_are_refused(vectors: FloatArray) -> None:
    with pytest.raises(ValueError, match=r"NaN or infinity|expected \[rows, dimension\]"):
        VectorIndex.build(vectors.astype(np.float32))


def test_a_file_that_is_no_index_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "index.faiss"
    path.write_bytes(b"not an index at all")
    with pytest.raises(StoredIndexError, match="not a FAISS index"):
        VectorIndex.load(path)
