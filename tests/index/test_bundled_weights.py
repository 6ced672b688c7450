"""Reading the 4-bit weights file; numbers computed by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.bundled_weights import decode_blocks, find_weights_file, read_weights
from index.errors import EncoderError


def test_block_is_decoded_as_documented() -> None:
    scale = np.array([0.5], "<f2").view(np.uint8)
    packed = np.zeros(16, np.uint8)
    packed[0] = 0xF9  # low nibble 9: weight 0; high nibble 15: weight 16
    values = decode_blocks(np.concatenate([scale, packed])[None, :])
    assert values.shape == (1, 32)
    assert values[0, 0] == (9 - 8) * 0.5
    assert values[0, 16] == (15 - 8) * 0.5
    assert values[0, 1] == (0 - 8) * 0.5


def test_installed_file_has_the_known_shape() -> None:
    weights = read_weights(find_weights_file())
    shape = weights.shape
    assert (shape.hidden, shape.layers, shape.heads, shape.inner) == (384, 12, 12, 1536)
    assert len(weights.pieces) == len(weights.scores) == 250_002
    assert weights.pieces[:4] == ("<s>", "<pad>", "</s>", "<unk>")


def test_rows_are_those_of_the_whole_matrix() -> None:
    weights = read_weights(find_weights_file())
    whole = weights.tensor("l0.q.w").reshape(384, 384)
    assert np.array_equal(weights.rows("l0.q.w", np.array([383, 0])), whole[[383, 0]])


def test_other_file_is_refused_with_both_checksums(tmp_path: Path) -> None:
    file = tmp_path / "weights.bin"
    file.write_bytes(b"something else")
    with pytest.raises(EncoderError, match=r"has sha256 [0-9a-f]{64}, expected 1571fc98"):
        read_weights(file)


def test_unreadable_file_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="cannot be read"):
        read_weights(tmp_path)
