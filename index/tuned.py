"""Our training as compact files: what was added to each weight, in a few bits.

The training moved the weights little, so the differences need far fewer bits than the weights.
A difference is stored per matrix row as whole steps (int8) of a row's own width (float32); a
later training stores the low-rank factors of its difference the same way. Each is a compressed
safetensors file whose metadata names the weights it belongs to.
"""

from __future__ import annotations

import hashlib
import lzma
from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load, save

from index.errors import EncoderError

Tensors = Mapping[str, NDArray[np.float32]]
UP: Final = "up"
DOWN: Final = "down"
ROWS: Final = "rows"
_WIDTH = ".width"  # suffix of the tensor that holds the rows' step widths
_NEGLIGIBLE = 1e-5  # a row that moved less was only touched by weight decay
_RESTORE = "restore index/data/ from git, or set `encoder` to 'bundled-plain'"


def pack_tuned(plain: Tensors, trained: Tensors, *, steps: int = 11) -> bytes:
    """Return the difference of two models as a file's content.

    Args:
        plain: The weights that `apply_tuned` will be given.
        trained: The same names and shapes after training.
        steps: Steps from 0 to a row's largest difference, at most 127.

    Raises:
        ValueError: The two models do not have the same tensors.
    """
    if {k: v.shape for k, v in plain.items()} != {k: v.shape for k, v in trained.items()}:
        raise ValueError("plain and trained weights differ in names or shapes")
    moved = {name: trained[name].astype(np.float32) - before for name, before in plain.items()}
    return _pack(moved, plain, steps)


def apply_tuned(packed: bytes, plain: Tensors) -> dict[str, NDArray[np.float32]]:
    """Return the weights with the training added.

    Raises:
        EncoderError: The content is broken, or belongs to other weights.
    """
    moved = unpack(packed, plain)
    return {name: before + moved[name] for name, before in plain.items()}


def pack_adapter(tuned: Tensors, factors: Tensors, *, steps: int = 31) -> bytes:
    """Return low-rank changes of a model as a file's content.

    Args:
        tuned: The weights that `apply_adapter` will be given.
        factors: For a matrix [m, n] its factors NAME.up [m, r] and NAME.down [r, n], whose
            product is added; NAME.rows [k, n] is added to the last k rows.
        steps: As in `pack_tuned`.
    """
    return _pack(factors, tuned, steps)


def apply_adapter(packed: bytes, tuned: Tensors) -> dict[str, NDArray[np.float32]]:
    """Return the weights with the low-rank changes added.

    Raises:
        EncoderError: The content is broken, or belongs to other weights.
    """
    factors = unpack(packed, tuned)
    adapted = dict(tuned)
    for name, factor in factors.items():
        matrix, _, role = name.rpartition(".")
        if role == UP:
            # In double precision, so that every processor gets the same rounded weights.
            product = factor.astype(np.float64) @ factors[f"{matrix}.{DOWN}"].astype(np.float64)
            adapted[matrix] = adapted[matrix] + product.astype(np.float32)
        elif role == ROWS:
            adapted[matrix] = adapted[matrix] + np.pad(
                factor, ((len(adapted[matrix]) - len(factor), 0), (0, 0))
            )
    return adapted


def between(plain: Tensors, trained: Tensors, share: float) -> dict[str, NDArray[np.float32]]:
    """Return weights on the line from the published to the trained ones.

    They lose less of what the published ones knew: Wortsman et al. 2022, "Robust fine-tuning of
    zero-shot models" (WiSE-FT). Rows that are zero in `plain` are none of it, and stay as trained.

    Args:
        plain: The published weights.
        trained: The same names and shapes after training.
        share: Of the training, 0…1.
    """
    step = np.float32(share)
    weights = {name: before + step * (trained[name] - before) for name, before in plain.items()}
    for name, before in plain.items():
        added = ~before.any(axis=-1)
        weights[name][added] = trained[name][added]
    return weights


def _pack(tensors: Tensors, base: Tensors, steps: int) -> bytes:
    """Return tensors as whole steps of each row's width, with the fingerprint of their base."""
    content: dict[str, NDArray[np.generic]] = {}
    for name, values in tensors.items():
        rows = values.reshape(len(values) if values.ndim > 1 else 1, -1)
        widest = np.abs(rows).max(axis=1, keepdims=True)
        width = (widest / steps).astype(np.float32)
        moved = widest > _NEGLIGIBLE
        counted = np.where(moved, np.rint(rows / np.where(moved, width, 1)), 0)
        content[name] = counted.astype(np.int8).reshape(values.shape)
        content[name + _WIDTH] = np.where(moved, width, 0).astype(np.float32).reshape(-1)
    return lzma.compress(save(content, metadata={"base": fingerprint(base)}), preset=6)


def unpack(packed: bytes, base: Tensors) -> dict[str, NDArray[np.float32]]:
    """Return the tensors that a file holds.

    Raises:
        EncoderError: The content is broken, or belongs to other weights than `base`.
    """
    try:
        raw = lzma.decompress(packed)
        content = load(raw)
    except (lzma.LZMAError, SafetensorError) as error:
        raise EncoderError(f"the tuned weights are broken ({error}); {_RESTORE}") from error
    expected = fingerprint(base)
    # The reader for numpy does not hand out metadata; it stands in the file's JSON header.
    if f'"base":"{expected}"'.encode() not in raw[: 8 + int.from_bytes(raw[:8], "little")]:
        raise EncoderError(f"the tuned weights do not belong to the weights {expected}; {_RESTORE}")
    return {
        name: (
            steps.reshape(len(content[name + _WIDTH]), -1).astype(np.float32)
            * content[name + _WIDTH][:, None]
        ).reshape(steps.shape)
        for name, steps in content.items()
        if not name.endswith(_WIDTH)
    }


def fingerprint(tensors: Tensors) -> str:
    """Return 16 hex digits that change with any weight."""
    digest = hashlib.sha256()
    for name in sorted(tensors):
        digest.update(name.encode())
        digest.update(np.ascontiguousarray(tensors[name]).tobytes())
    return digest.hexdigest()[:16]
