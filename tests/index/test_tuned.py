"""The compact file of the training: what goes in comes out, and nothing else is accepted."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest

from index import bundled_data
from index.bundled_data import read_tuned
from index.errors import EncoderError
from index.tuned import apply_tuned, fingerprint, pack_tuned

PLAIN = {
    "matrix": np.arange(12, dtype=np.float32).reshape(3, 4),
    "row": np.array([1.0, 2.0], np.float32),
}


def _moved(by: float) -> dict[str, np.ndarray[tuple[int, ...], np.dtype[np.float32]]]:
    chance = np.random.default_rng(137)
    return {
        name: value + chance.uniform(-by, by, value.shape).astype(np.float32)
        for name, value in PLAIN.items()
    }


def test_difference_survives_within_half_a_step() -> None:
    trained = _moved(0.01)
    back = apply_tuned(pack_tuned(PLAIN, trained, steps=31), PLAIN)
    assert set(back) == set(PLAIN)
    for name, value in trained.items():
        assert back[name].shape == value.shape
        assert np.abs(back[name] - value).max() <= 0.01 / 31 / 2 + 1e-6


def test_more_steps_are_closer() -> None:
    trained = _moved(0.01)

    def error(steps: int) -> float:
        back = apply_tuned(pack_tuned(PLAIN, trained, steps=steps), PLAIN)
        return float(np.abs(back["matrix"] - trained["matrix"]).max())

    assert error(127) < error(7)


def test_untouched_rows_stay_exactly_as_they_were() -> None:
    trained = {name: value.copy() for name, value in PLAIN.items()}
    trained["matrix"][1] += 0.5
    back = apply_tuned(pack_tuned(PLAIN, trained), PLAIN)
    assert np.array_equal(back["matrix"][[0, 2]], PLAIN["matrix"][[0, 2]])
    assert np.allclose(back["matrix"][1], PLAIN["matrix"][1] + 0.5)


def test_other_weights_are_refused() -> None:
    packed = pack_tuned(PLAIN, _moved(0.01))
    other = PLAIN | {"row": np.array([1.0, 2.5], np.float32)}
    with pytest.raises(EncoderError, match=fingerprint(other)):
        apply_tuned(packed, other)


@pytest.mark.parametrize("share", [0.0, 0.5, 0.99])
def test_cut_file_is_refused(share: float) -> None:
    packed = pack_tuned(PLAIN, _moved(0.01))
    with pytest.raises(EncoderError, match="broken"):
        apply_tuned(packed[: int(len(packed) * share)], PLAIN)


def test_models_of_other_shape_cannot_be_packed() -> None:
    with pytest.raises(ValueError, match="differ"):
        pack_tuned(PLAIN, {"matrix": PLAIN["matrix"]})


@pytest.fixture
def committed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "tuned.xz"
    file.write_bytes(b"weights")
    checksum = tmp_path / "tuned.sha256"
    checksum.write_text(f"{hashlib.sha256(b'weights').hexdigest()}  tuned.xz\n")
    monkeypatch.setattr(bundled_data, "TUNED", file)
    monkeypatch.setattr(bundled_data, "TUNED_CHECKSUM", checksum)
    return file


def test_committed_file_is_read_when_it_matches(committed: Path) -> None:
    assert read_tuned() == b"weights"


def test_committed_file_that_differs_is_refused(committed: Path) -> None:
    committed.write_bytes(b"weight5")
    with pytest.raises(EncoderError, match=r"expected [0-9a-f]{64}"):
        read_tuned()


def test_committed_file_without_checksum_is_refused(committed: Path) -> None:
    (committed.parent / "tuned.sha256").unlink()
    with pytest.raises(EncoderError, match="restore from git"):
        read_tuned()
