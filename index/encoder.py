"""Text to unit vectors, through sentence-transformers.

The only module of the serving path that imports sentence_transformers and torch, and only when
a model is loaded. Text comes in as NFC; NFKC is the tokenizer's business.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from index.bundled import (
    MANIFEST,
    prepare_bundled_encoder,
    read_identity,
    tuned_available,
)
from index.bundled_data import PROMPTS
from index.errors import EncoderError
from index.types import FloatArray

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BUNDLED: Final = "bundled"
BUNDLED_PLAIN: Final = "bundled-plain"
_BATCH = 32


class SentenceEncoder:
    """A sentence-transformers model that fulfils `index.types.Encoder`."""

    def __init__(self, model: SentenceTransformer, identity: str) -> None:
        """Wrap a loaded model.

        Args:
            model: Must have its prompts set, where it needs any.
            identity: Name and revision; see `index.types.Encoder`.
        """
        self.model = model
        self._identity = identity
        self._dimension = int(model.get_embedding_dimension() or 0)

    @classmethod
    def load(
        cls, model: str | Path, *, threads: int = 0, revision: str | None = None
    ) -> SentenceEncoder:
        """Load a model by path or name.

        Args:
            model: Folder of a model, or a name on a model hub. A folder never causes a
                connection.
            threads: CPU threads to use, for the whole process; 0 leaves it to torch.
            revision: Of a model on a hub: branch, tag or commit.

        Raises:
            EncoderError: There is no such model, or it cannot be loaded.
        """
        folder = Path(model)
        local = folder.is_dir()
        if not local and (folder.is_absolute() or str(model).startswith((".", "~"))):
            raise EncoderError(f"encoder {str(model)!r}: there is no such folder")
        import torch
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging as transformers_logging

        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # not typed
        if threads:
            torch.set_num_threads(threads)
        try:
            loaded = SentenceTransformer(
                str(model),
                device="cpu",
                revision=revision,
                local_files_only=local,
                model_kwargs={"dtype": torch.float32},
            )
        except (OSError, ValueError, RuntimeError, KeyError, ImportError) as error:
            raise EncoderError(
                f"encoder {str(model)!r} cannot be loaded: {error}; give a folder of a "
                f"sentence-transformers model, a name on a reachable hub, or {BUNDLED!r}"
            ) from error
        loaded.prompts.update(choose_prompts(str(model), loaded.prompts))
        return cls(loaded, _identify(str(model), folder if local else None, revision))

    @property
    def identity(self) -> str:
        """Name and revision, as written into the manifest of an index."""
        return self._identity

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._dimension

    def encode_queries(self, texts: Sequence[str]) -> FloatArray:
        """Return float32[n, dimension], each row of length 1."""
        return self._encode(self.model.encode_query, texts)

    def encode_passages(self, texts: Sequence[str]) -> FloatArray:
        """Return float32[n, dimension], each row of length 1."""
        return self._encode(self.model.encode_document, texts)

    def _encode(self, encode: Callable[..., object], texts: Sequence[str]) -> FloatArray:
        if not texts:
            return np.zeros((0, self._dimension), np.float32)
        vectors = encode(
            list(texts),
            batch_size=_BATCH,
            normalize_embeddings=True,
            convert_to_numpy=True,
            show_progress_bar=False,
        )
        return np.ascontiguousarray(vectors, dtype=np.float32)


def open_encoder(
    setting: str,
    cache_dir: Path,
    *,
    threads: int = 0,
    progress: Callable[[str], None] = lambda message: None,
) -> SentenceEncoder:
    """Load the encoder that the setting names.

    Args:
        setting: "bundled" (with our training, where it is part of the checkout),
            "bundled-plain" (as published), or a model's name or path.
        cache_dir: Where the bundled encoder is kept once converted.
        threads: CPU threads; 0 leaves it to torch.
        progress: Told what is being done, when the first start converts the encoder.

    Raises:
        EncoderError: The model cannot be prepared or loaded.
    """
    if setting not in (BUNDLED, BUNDLED_PLAIN):
        return SentenceEncoder.load(setting, threads=threads)
    tuned = setting == BUNDLED and tuned_available()
    folder = prepare_bundled_encoder(cache_dir, tuned=tuned, progress=progress)
    return SentenceEncoder.load(folder, threads=threads)


def encoder_identity(
    setting: str,
    cache_dir: Path,
    *,
    progress: Callable[[str], None] = lambda message: None,
) -> str | None:
    """Return the identity of a bundled encoder without loading it; `None` for other models.

    Raises:
        EncoderError: The model cannot be prepared.
    """
    if setting not in (BUNDLED, BUNDLED_PLAIN):
        return None
    tuned = setting == BUNDLED and tuned_available()
    return read_identity(prepare_bundled_encoder(cache_dir, tuned=tuned, progress=progress))


def choose_prompts(name: str, configured: Mapping[str, str | None]) -> dict[str, str]:
    """Return the prompts to encode with, under the names sentence-transformers looks for.

    Args:
        name: Of the model. Published e5 models were trained with prompts but do not carry them.
        configured: The model's own; they win. A model that has "passage" and not "document"
            would otherwise encode its passages without any.
    """
    if not any(configured.values()) and "e5" in Path(name).name.lower().split("-"):
        return dict(PROMPTS)
    document = configured.get("document") or configured.get("passage") or ""
    given = {key: prompt for key, prompt in configured.items() if prompt is not None}
    return {"query": "", **given, "document": document}


def _identify(name: str, folder: Path | None, revision: str | None) -> str:
    if folder is None:
        return f"{name}@{revision or 'main'}"
    if (folder / MANIFEST).is_file():
        return read_identity(folder)
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        if file.suffix in (".safetensors", ".bin", ".json", ".model"):
            digest.update(file.relative_to(folder).as_posix().encode())
            with file.open("rb") as stream:
                digest.update(hashlib.file_digest(stream, "sha256").digest())
    return f"{folder.resolve().name}@{digest.hexdigest()[:12]}"
