"""Give a model the pieces of syllables typed without marks, before it is trained on them.

A new piece starts as the mean of the syllables it may stand for, each weighed by how often it
is written: "duoc" as much "được" and little "dược". What is meant in a question is for the
layers above to learn.
"""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file
from tokenizers import Tokenizer

from index.bundled import WEIGHTS, WORD_EMBEDDINGS
from index.tokenizer import ADDED_SCORE, build_tokenizer


def widen_model(
    base: Path, target: Path, added: Sequence[str], counts: Mapping[str, Counter[str]]
) -> None:
    """Write the model of `base` with the added pieces as the folder `target`.

    Args:
        base: A prepared or trained model over the kept pieces.
        target: Replaced if there.
        added: Pieces as `choose_unmarked_pieces` gives them.
        counts: As `count_unmarked` gives them, over the texts the pieces were chosen from.
    """
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(base, target)
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tensors = load_file(base / WEIGHTS)
    words = tensors[WORD_EMBEDDINGS].astype(np.float32)
    rows = [_mean_row(counts[piece.removeprefix("▁")], tokenizer, words) for piece in added]
    tensors[WORD_EMBEDDINGS] = np.concatenate([words, np.stack(rows)])
    save_file(tensors, target / WEIGHTS, metadata={"format": "pt"})
    vocabulary = json.loads((base / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    pieces = [piece for piece, _ in vocabulary] + list(added)
    scores = [score for _, score in vocabulary] + [ADDED_SCORE] * len(added)
    build_tokenizer(pieces, scores).save(str(target / "tokenizer.json"))
    config = json.loads((base / "config.json").read_text(encoding="utf-8"))
    config["vocab_size"] = len(pieces)
    (target / "config.json").write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")


def _mean_row(
    written: Counter[str], tokenizer: Tokenizer, words: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return float32[hidden]."""
    syllables = list(written)
    means = [
        words[tokenizer.encode(syllable, add_special_tokens=False).ids].mean(axis=0)
        for syllable in syllables
    ]
    return np.asarray(
        np.average(means, axis=0, weights=[written[s] for s in syllables]), dtype=np.float32
    )
