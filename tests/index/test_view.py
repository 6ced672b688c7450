"""Rows and their owners."""

from __future__ import annotations

import numpy as np

from index.view import BATCH, Rows, View
from tests.toys import ToyEncoder

CROWD = [f"rồng xanh {number}" for number in range(50)]
TEXTS = [*CROWD, "rồng", "kỳ lân", "phượng hoàng"]
OWNERS = [0] * 50 + [2, 4, 4]


def build(encoder: ToyEncoder) -> View:
    return View.build(Rows(OWNERS, TEXTS), encoder.encode_passages, encoder.dimension)


def test_many_rows_of_one_clause_do_not_hide_the_others() -> None:
    encoder = ToyEncoder()
    vector = encoder.encode_queries(["rồng xanh"])[0]
    view = build(encoder)
    assert set(view.nearest(vector, 2, None)) >= {0, 2}
    assert view.nearest(vector, 3, None).tolist() == [0, 2, 4]
    assert view.nearest(vector, 3, np.array([2, 3, 4])).tolist() == [2, 4]


def test_a_clause_has_the_cosine_of_its_best_row() -> None:
    encoder = ToyEncoder()
    vector = encoder.encode_queries(["kỳ lân"])[0]
    rows = encoder.encode_passages(TEXTS) @ vector
    found = build(encoder).cosines(vector, np.array([0, 1, 4]), -2.0)
    np.testing.assert_allclose(found, [rows[:50].max(), -2.0, rows[51:].max()], atol=1e-5)
    assert found[2] > 0.99


def test_no_rows() -> None:
    encoder = ToyEncoder()
    vector = encoder.encode_queries(["rồng"])[0]
    empty = View.build(Rows([], []), encoder.encode_passages, encoder.dimension)
    assert empty.nearest(vector, 5, None).tolist() == []
    assert empty.cosines(vector, np.array([0, 1]), -2.0).tolist() == [-2.0, -2.0]
    assert empty.vectors_by_digest() == {}


def test_vectors_stand_in_the_rows_of_their_texts() -> None:
    # Texts are embedded longest first, in batches; each vector must find back to its row.
    texts = ["x " * (number % 7) + str(number) for number in range(BATCH + 5)]
    encoder = ToyEncoder()
    view = View.build(Rows(range(len(texts)), texts), encoder.encode_passages, encoder.dimension)
    stored = view.vectors.vectors(np.arange(len(texts)))
    np.testing.assert_allclose(stored, encoder.encode_passages(texts), atol=1e-6)
