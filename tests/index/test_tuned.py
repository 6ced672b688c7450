"""The compact file of the training: what goes in comes out, and nothing else is accepted."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index import bundled_data
from index.bundled_data import TUNED, read_trained, write_trained
from index.errors import EncoderError
from index.tuned import apply_adapter, apply_tuned, between, fingerprint, pack_adapter, pack_tuned

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
    monkeypatch.setattr(bundled_data, "CHECKSUMS", tmp_path / "SHA256SUMS")
    write_trained(tmp_path / "other.xz", b"other")
    file = tmp_path / TUNED.name
    write_trained(file, b"weights")
    return file


def test_committed_file_is_read_when_it_matches(committed: Path) -> None:
    assert read_trained(committed) == b"weights"
    assert read_trained(committed.parent / "other.xz") == b"other"


def test_committed_file_that_differs_is_refused(committed: Path) -> None:
    committed.write_bytes(b"weight5")
    with pytest.raises(EncoderError, match=r"expected [0-9a-f]{64}"):
        read_trained(committed)


@pytest.mark.parametrize("sums", [None, "", "no checksum"])
def test_committed_file_without_checksum_is_refused(committed: Path, sums: str | None) -> None:
    file = committed.parent / "SHA256SUMS"
    file.unlink() if sums is None else file.write_text(sums)
    with pytest.raises(EncoderError, match="restore from git"):
        read_trained(committed)


FACTORS = {
    "matrix.up": np.array([[1.0], [0.0], [-0.5]], np.float32),
    "matrix.down": np.array([[0.25, 0.5, 0.0, 1.0]], np.float32),
    "other.rows": np.array([[2.0, 4.0]], np.float32),
}


def test_low_rank_changes_are_added_and_rows_to_the_last_ones() -> None:
    plain = PLAIN | {"other": np.ones((3, 2), np.float32)}
    back = apply_adapter(pack_adapter(plain, FACTORS, steps=4), plain)
    change = FACTORS["matrix.up"] @ FACTORS["matrix.down"]
    assert np.allclose(back["matrix"], PLAIN["matrix"] + change)
    assert np.allclose(back["other"], [[1, 1], [1, 1], [3, 5]])
    assert np.array_equal(back["row"], PLAIN["row"])


def test_low_rank_changes_of_other_weights_are_refused() -> None:
    packed = pack_adapter(PLAIN, FACTORS)
    with pytest.raises(EncoderError, match="do not belong"):
        apply_adapter(packed, PLAIN | {"row": np.zeros(2, np.float32)})


def test_a_share_of_the_training_lies_on_the_way_to_it() -> None:
    plain = {**PLAIN, "words": np.array([[1.0, 2.0], [0.0, 0.0]], np.float32)}
    trained = {name: value + np.float32(4) for name, value in plain.items()}
    weights = between(plain, trained, 0.25)
    for name, before in PLAIN.items():
        assert np.allclose(weights[name], before + 1)
    assert np.allclose(weights["words"], [[2.0, 3.0], [4.0, 4.0]])  # the added row stays whole
    assert plain["words"][1].tolist() == [0.0, 0.0]
