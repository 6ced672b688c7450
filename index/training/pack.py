"""Write the committed files of the tuned encoder from trained models."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file

from index.bundled import WEIGHTS, WORD_EMBEDDINGS, untrained_tensors
from index.bundled_data import ADAPTER, TUNED, read_trained, write_trained
from index.tuned import DOWN, ROWS, UP, Tensors, apply_tuned, pack_adapter, pack_tuned, unpack

ADAPTER_WEIGHTS = "adapter_model.safetensors"  # as peft calls it
_PREFIX = "base_model.model."
_ROLES = {".lora_A.weight": DOWN, ".lora_B.weight": UP}
_ROWS_SUFFIX = ".token_adapter.trainable_tokens_delta"


def pack_models(trained: list[Path], *, share: float = 1.0, steps: int = 11) -> str:
    """Write the difference of the trained model to the plain one; return a line on it.

    Args:
        trained: Folders of trained models; their weights are averaged.
        share: How much of the training to keep, 0…1; less keeps more of the plain encoder.
        steps: See `index.tuned.pack_tuned`; fewer make a smaller file.
    """
    plain = untrained_tensors()
    models = [load_file(folder / WEIGHTS) for folder in trained]
    mixed: Tensors = {
        name: before + share * (np.mean([model[name] for model in models], axis=0) - before)
        for name, before in plain.items()
    }
    return _write(TUNED, pack_tuned(plain, mixed, steps=steps))


def pack_adapted(trained: Path, *, steps: int = 31) -> str:
    """Write what `index.training.adapt` learned; return a line on it.

    Args:
        trained: Folder with the adapter; its base must be the encoder of the committed `TUNED`.
        steps: See `index.tuned.pack_adapter`.
    """
    tuned = apply_tuned(read_trained(TUNED), untrained_tensors())
    return _write(ADAPTER, pack_adapter(tuned, read_factors(trained, tuned), steps=steps))


def committed_factors() -> dict[str, NDArray[np.float32]]:
    """Return what the committed `ADAPTER` adds, under the names of `index.tuned.pack_adapter`."""
    return unpack(read_trained(ADAPTER), apply_tuned(read_trained(TUNED), untrained_tensors()))


def read_factors(trained: Path, base: Tensors) -> dict[str, NDArray[np.float32]]:
    """Return what an adapter adds to its base, under the names of `index.tuned.pack_adapter`."""
    factors = {}
    for saved, value in load_file(trained / ADAPTER_WEIGHTS).items():
        name = saved.removeprefix(_PREFIX)
        if name.endswith(_ROWS_SUFFIX):  # the rows themselves, in spite of the name
            factors[f"{WORD_EMBEDDINGS}.{ROWS}"] = value - base[WORD_EMBEDDINGS][-len(value) :]
        for suffix, role in _ROLES.items():
            if name.endswith(suffix):
                factors[f"{name.removesuffix(suffix)}.weight.{role}"] = value
    return factors


def _write(file: Path, packed: bytes) -> str:
    write_trained(file, packed)
    return f"{file}: {len(packed) / 1e6:.1f} MB"
