"""Committed data files of the bundled encoder: pieces of its vocabulary and the tuned weights.

Their checksums stand with that of the table of `index.translation`.
"""

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
ADAPTER: Final = DATA / "typing-adapter.safetensors.xz"
CHECKSUMS: Final = DATA / "SHA256SUMS"  # of what training made, in the form of sha256sum
PROMPTS: Final = {"query": "query: ", "document": "passage: "}  # what e5 was trained with


def read_trained(file: Path) -> bytes:
    """Return `TUNED` or `ADAPTER`, checked.

    Raises:
        EncoderError: The file does not match its checksum, or one of the two is missing.
    """
    try:
        packed = file.read_bytes()
        expected = read_checksums()[file.name]
    except (OSError, ValueError, KeyError) as error:
        raise EncoderError(
            f"the tuned weights cannot be read: {error!r}; restore from git"
        ) from error
    found = hashlib.sha256(packed).hexdigest()
    if found != expected:
        raise EncoderError(
            f"{file} has sha256 {found}, expected {expected}; restore it from git, or set "
            "`encoder` to 'bundled-plain'"
        )
    return packed


def write_trained(file: Path, packed: bytes) -> None:
    """Write what a training made and its checksum."""
    file.write_bytes(packed)
    sums = read_checksums() if CHECKSUMS.is_file() else {}
    sums[file.name] = hashlib.sha256(packed).hexdigest()
    CHECKSUMS.write_text("".join(f"{sums[name]}  {name}\n" for name in sorted(sums)), "ascii")


def read_checksums() -> dict[str, str]:
    """Return the checksums by the names of their files.

    Raises:
        OSError: The file cannot be read.
        ValueError: It is not of the expected form.
    """
    lines = CHECKSUMS.read_text("ascii").splitlines()
    return {name: digest for digest, name in (line.split() for line in lines)}


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
