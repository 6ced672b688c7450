"""A question is encoded once, and answered as the encoder itself would."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from index.remembering import Remembering
from index.search import ClauseIndex
from index.store import save_index
from tests.index.test_search import CLAUSES
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


def test_the_questions_of_a_saved_index_are_known(tmp_path: Path) -> None:
    questions = [text for clause in CLAUSES for text in (*clause.questions, *clause.unanswered)]
    assert questions
    index = ClauseIndex.build(CLAUSES, ToyEncoder())
    save_index(index, tmp_path, "of these clauses")
    encoder = ToyEncoder()
    vectors = Remembering(encoder, tmp_path).encode_queries([*questions, "kỳ lân"])
    assert encoder.queries_encoded == 1
    np.testing.assert_allclose(vectors[:-1], ToyEncoder().encode_queries(questions), atol=1e-6)
    assert Remembering(encoder, tmp_path / "absent").encode_queries(["x"]).shape[0] == 1
