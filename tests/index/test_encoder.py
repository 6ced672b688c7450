"""The bundled encoder, converted for real (kept in the cache between runs)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.bundled import prepare_bundled_encoder
from index.encoder import SentenceEncoder, encoder_identity, open_encoder
from index.errors import EncoderError

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def encoder(cache_dir: Path) -> SentenceEncoder:
    return open_encoder("bundled", cache_dir)


def test_vectors_have_length_one_and_the_stated_shape(encoder: SentenceEncoder) -> None:
    vectors = encoder.encode_passages(["kế hoạch 5 năm", "hộp thư"])
    assert vectors.dtype == np.float32
    assert vectors.shape == (2, encoder.dimension) == (2, 384)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert encoder.encode_queries([]).shape == (0, 384)


def test_meaning_orders_passages(encoder: SentenceEncoder) -> None:
    passages = encoder.encode_passages(["Thuế thu nhập cá nhân.", "Thời hạn giải quyết khiếu nại."])
    (query,) = encoder.encode_queries(["đóng thuế lương thế nào"])
    assert passages[0] @ query > passages[1] @ query


def test_questions_and_passages_are_encoded_differently(encoder: SentenceEncoder) -> None:
    text = ["kế hoạch"]
    assert not np.allclose(encoder.encode_queries(text), encoder.encode_passages(text))


def test_identity_is_known_without_loading(encoder: SentenceEncoder, cache_dir: Path) -> None:
    assert encoder_identity("bundled", cache_dir) == encoder.identity


def test_a_broken_conversion_is_made_again(tmp_path: Path) -> None:
    folder = prepare_bundled_encoder(tmp_path)
    weights = folder / "model.safetensors"
    good = weights.read_bytes()
    weights.write_bytes(good[:-1])
    said: list[str] = []
    assert prepare_bundled_encoder(tmp_path, said.append) == folder
    assert weights.read_bytes() == good
    assert said


def test_a_model_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="there is no such folder"):
        open_encoder(str(tmp_path / "absent"), tmp_path)
