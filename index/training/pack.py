"""Write the committed file of the tuned encoder from a trained model."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file

from index.bundled import WEIGHTS, untrained_tensors
from index.bundled_data import TUNED, TUNED_CHECKSUM
from index.tuned import Tensors, pack_tuned


def pack_models(
    trained: list[Path], *, share: float = 1.0, steps: int = 11, target: Path = TUNED
) -> str:
    """Write the difference of the trained model to the plain one; return a line on it.

    Args:
        trained: Folders of trained models; their weights are averaged.
        share: How much of the training to keep, 0…1; less keeps more of the plain encoder.
        steps: See `index.tuned.pack_tuned`; fewer make a smaller file.
        target: Where to write; the checksum goes beside it.
    """
    plain = untrained_tensors()
    models = [load_file(folder / WEIGHTS) for folder in trained]
    mixed: Tensors = {
        name: before + share * (np.mean([model[name] for model in models], axis=0) - before)
        for name, before in plain.items()
    }
    packed = pack_tuned(plain, mixed, steps=steps)
    target.write_bytes(packed)
    digest = hashlib.sha256(packed).hexdigest()
    (target.parent / TUNED_CHECKSUM.name).write_text(f"{digest}  {target.name}\n", encoding="ascii")
    return f"{target}: {len(packed) / 1e6:.1f} MB, sha256 {digest}"
