"""The committed files come from trained models, and give them back."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from safetensors.numpy import save_file

from index import bundled_data
from index.bundled import WEIGHTS, WORD_EMBEDDINGS
from index.bundled_data import read_checksums, read_trained
from index.errors import EncoderError
from index.training import pack
from index.training.pack import (
    ADAPTER_WEIGHTS,
    committed_factors,
    pack_adapted,
    pack_models,
    read_factors,
)
from index.tuned import apply_adapter, apply_tuned

Tensors = dict[str, NDArray[np.float32]]
LAYER = "encoder.layer.0.output.dense"
PLAIN: Tensors = {
    WORD_EMBEDDINGS: np.arange(12, dtype=np.float32).reshape(4, 3),
    f"{LAYER}.weight": np.zeros((3, 3), np.float32),
    f"{LAYER}.bias": np.ones(3, np.float32),
}
UP = np.array([[1.0], [0.0], [-2.0]], np.float32)
DOWN = np.array([[0.5, 1.0, -0.25]], np.float32)
ROW = np.array([[10.0, 11.0, 13.0]], np.float32)  # the last of the words, as learned


@pytest.fixture
def committed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder that stands for the one of the committed files."""
    folder = tmp_path / "data"
    folder.mkdir()
    monkeypatch.setattr(pack, "untrained_tensors", lambda: PLAIN)
    monkeypatch.setattr(pack, "TUNED", folder / "tuned.xz")
    monkeypatch.setattr(pack, "ADAPTER", folder / "adapter.xz")
    monkeypatch.setattr(bundled_data, "CHECKSUMS", folder / "SHA256SUMS")
    return folder


def trained(folder: Path, change: float) -> Path:
    folder.mkdir()
    save_file({name: value + np.float32(change) for name, value in PLAIN.items()}, folder / WEIGHTS)
    return folder


def adapted(folder: Path) -> Path:
    folder.mkdir()
    prefix = "base_model.model."
    saved = {
        f"{prefix}{LAYER}.lora_A.weight": DOWN,
        f"{prefix}{LAYER}.lora_B.weight": UP,
        f"{prefix}embeddings.word_embeddings.token_adapter.trainable_tokens_delta": ROW,
    }
    save_file(saved, folder / ADAPTER_WEIGHTS)
    return folder


@pytest.mark.parametrize(
    ("changes", "share", "kept"),
    [([0.5], 1.0, 0.5), ([0.5], 0.5, 0.25), ([0.25, 0.75], 1.0, 0.5), ([0.5], 0.0, 0.0)],
)
def test_models_are_averaged_and_their_share_is_kept(
    committed: Path, tmp_path: Path, changes: list[float], share: float, kept: float
) -> None:
    folders = [trained(tmp_path / str(number), one) for number, one in enumerate(changes)]
    line = pack_models(folders, share=share)
    assert line == f"{committed / 'tuned.xz'}: 0.0 MB"
    back = apply_tuned(read_trained(committed / "tuned.xz"), PLAIN)
    for name, before in PLAIN.items():
        assert np.allclose(back[name], before + np.float32(kept), atol=1e-6)


def test_packing_writes_the_checksum_anew(committed: Path, tmp_path: Path) -> None:
    pack_models([trained(tmp_path / "one", 0.5)])
    before = read_checksums()
    pack_models([trained(tmp_path / "two", 0.75)])
    assert set(before) == set(read_checksums()) == {"tuned.xz"}
    assert before != read_checksums()


def test_an_adapter_s_factors_go_by_the_names_of_its_base(tmp_path: Path) -> None:
    factors = read_factors(adapted(tmp_path / "adapted"), PLAIN)
    assert set(factors) == {
        f"{LAYER}.weight.up",
        f"{LAYER}.weight.down",
        f"{WORD_EMBEDDINGS}.rows",
    }
    assert np.array_equal(factors[f"{LAYER}.weight.up"], UP)
    assert np.array_equal(factors[f"{LAYER}.weight.down"], DOWN)
    assert np.array_equal(factors[f"{WORD_EMBEDDINGS}.rows"], [[1.0, 1.0, 2.0]])


def test_an_adapter_is_packed_for_the_encoder_that_is_committed(
    committed: Path, tmp_path: Path
) -> None:
    pack_models([trained(tmp_path / "trained", 0.5)])
    pack_adapted(adapted(tmp_path / "adapted"), steps=127)
    tuned = apply_tuned(read_trained(committed / "tuned.xz"), PLAIN)
    back = apply_adapter(read_trained(committed / "adapter.xz"), tuned)
    assert np.allclose(back[f"{LAYER}.weight"], 0.5 + UP @ DOWN, atol=0.02)
    assert np.allclose(back[WORD_EMBEDDINGS][:3], PLAIN[WORD_EMBEDDINGS][:3] + 0.5)
    assert np.allclose(back[WORD_EMBEDDINGS][3:], ROW, atol=0.02)
    assert np.allclose(back[f"{LAYER}.bias"], 1.5)
    factors = committed_factors()
    assert np.allclose(factors[f"{LAYER}.weight.up"], UP, atol=0.02)
    assert np.allclose(factors[f"{LAYER}.weight.down"], DOWN, atol=0.02)


def test_an_adapter_of_another_encoder_is_refused(committed: Path, tmp_path: Path) -> None:
    pack_models([trained(tmp_path / "one", 0.5)])
    pack_adapted(adapted(tmp_path / "adapted"))
    pack_models([trained(tmp_path / "two", 0.75)])
    with pytest.raises(EncoderError, match="do not belong"):
        committed_factors()
