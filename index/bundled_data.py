"""Committed data files of the bundled encoder: pieces of its vocabulary and the tuned weights."""

from __future__ import annotations

import hashlib
import zlib
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.errors import EncoderError

DATA: Final = Path(__file__).parent / "data"
KEPT_PIECES: Final = DATA / "kept-pieces.bin"
UNMARKED_PIECES: Final = DATA / "unmarked-pieces.txt"
TUNED: Final = DATA / "tuned-encoder.safetensors.xz"
TUNED_CHECKSUM: Final = DATA / "tuned-encoder.sha256"
PROMPTS: Final = {"query": "query: ", "document": "passage: "}  # what e5 was trained with


def read_tuned() -> bytes:
    """Return the committed file of our training, checked.

    Raises:
        EncoderError: The file does not match its checksum, or one of the two is missing.
    """
    try:
        packed = TUNED.read_bytes()
        expected = TUNED_CHECKSUM.read_text(encoding="ascii").split()[0]
    except (OSError, IndexError, UnicodeDecodeError) as error:
        raise EncoderError(
            f"the tuned weights cannot be read: {error}; restore from git"
        ) from error
    found = hashlib.sha256(packed).hexdigest()
    if found != expected:
        raise EncoderError(
            f"{TUNED} has sha256 {found}, expected {expected}; restore it from git, or set "
            "`encoder` to 'bundled-plain'"
        )
    return packed


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


def read_unmarked_pieces() -> list[str]:
    """Return the pieces our training adds: syllables as typed without marks ("▁duoc").

    The published vocabulary cuts them into fragments that mean nothing together.

    Raises:
        EncoderError: The file cannot be read.
    """
    try:
        return UNMARKED_PIECES.read_text(encoding="utf-8").split()
    except (OSError, UnicodeDecodeError) as error:
        raise EncoderError(
            f"{UNMARKED_PIECES} cannot be read: {error}; restore from git"
        ) from error
