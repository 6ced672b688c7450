"""Committed data files of the bundled encoder: the pieces it keeps."""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.errors import EncoderError

DATA: Final = Path(__file__).parent / "data"
KEPT_PIECES: Final = DATA / "kept-pieces.bin"
PROMPTS: Final = {"query": "query: ", "document": "passage: "}  # what e5 was trained with


def pack_kept_pieces(ids: NDArray[np.int64]) -> bytes:
    """Return the rising ids as compressed gaps."""
    return zlib.compress(np.diff(ids, prepend=0).astype("<u4").tobytes(), 9)


def unpack_kept_pieces(packed: bytes) -> NDArray[np.int64]:
    """Return the ids that `pack_kept_pieces` was given.

    Raises:
        EncoderError: The bytes are not such a list.
    """
    try:
        gaps = np.frombuffer(zlib.decompress(packed), "<u4")
    except (zlib.error, ValueError) as error:
        raise EncoderError(f"{KEPT_PIECES} is broken ({error}); restore it from git") from error
    return np.cumsum(gaps, dtype=np.int64)
