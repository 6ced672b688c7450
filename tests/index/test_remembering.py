"""A question is encoded once, and answered as the encoder itself would."""

from __future__ import annotations

import numpy as np

from index.remembering import Remembering
from tests.toys import ToyEncoder


def test_a_question_is_encoded_once() -> None:
    encoder = ToyEncoder()
    remembering = Remembering(encoder)
    asked = ["rồng xanh", "kỳ lân", "rồng xanh"]
    first = remembering.encode_queries(asked[:1])
    before = encoder.queries_encoded
    vectors = remembering.encode_queries(asked)
    assert encoder.queries_encoded == before + 1
    np.testing.assert_array_equal(vectors[0], first[0])
    np.testing.assert_allclose(vectors, ToyEncoder().encode_queries(asked))


def test_no_question_has_no_vector() -> None:
    assert Remembering(ToyEncoder()).encode_queries([]).shape == (0, ToyEncoder().dimension)
