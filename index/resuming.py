"""Embedding that goes on where it was cut short.

What an encoder returned is written to a file as it comes; when the same texts are embedded
again after a crash, their vectors are taken from there. The file is removed once the vectors
are in a saved index.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from index.types import Encoder, FloatArray

_CHECK_BYTES, _DIGEST_BYTES = 4, 16


class ResumingEncoder:
    """An encoder with a memory on the disk; one process at a time may use a file."""

    def __init__(self, encoder: Encoder, folder: Path) -> None:
        """Take what an earlier run left.

        Args:
            encoder: Does the work.
            folder: Where the file is kept; created when something is first written.
        """
        self._encoder = encoder
        name = hashlib.sha256(encoder.identity.encode("utf-8")).hexdigest()[:16]
        self._path = folder / f"{name}.vectors"
        self._known: dict[bytes, FloatArray] = {}
        self._sound = 0  # bytes of the file that are whole records
        self.encoded = 0  # texts the encoder was given
        self._read()

    @property
    def identity(self) -> str:
        """Name and revision of the encoder."""
        return self._encoder.identity

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._encoder.dimension

    def encode_queries(self, texts: Sequence[str]) -> FloatArray:
        """Return float32[n, dimension], each row of length 1."""
        return self._encode("query", self._encoder.encode_queries, texts)

    def encode_passages(self, texts: Sequence[str]) -> FloatArray:
        """Return float32[n, dimension], each row of length 1."""
        return self._encode("passage", self._encoder.encode_passages, texts)

    def forget(self) -> None:
        """Remove the file: its vectors are saved elsewhere."""
        self._path.unlink(missing_ok=True)
        self._known, self._sound = {}, 0

    def _encode(
        self, kind: str, encode: Callable[[Sequence[str]], FloatArray], texts: Sequence[str]
    ) -> FloatArray:
        digests = [_digest(kind, text) for text in texts]
        missing = [row for row, digest in enumerate(digests) if digest not in self._known]
        if missing:
            made = encode([texts[row] for row in missing]).astype(np.float32)
            self.encoded += len(missing)
            self._append([digests[row] for row in missing], made)
        vectors = [self._known[digest] for digest in digests]
        return np.stack(vectors) if vectors else np.zeros((0, self.dimension), np.float32)

    def _append(self, digests: Sequence[bytes], vectors: FloatArray) -> None:
        records = []
        for digest, vector in zip(digests, vectors, strict=True):
            self._known[digest] = vector
            body = digest + vector.astype("<f4").tobytes()
            records.append(zlib.crc32(body).to_bytes(_CHECK_BYTES, "little") + body)
        content = b"".join(records)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("r+b" if self._path.exists() else "w+b") as stream:
                stream.truncate(self._sound)  # what a crash left half written
                stream.seek(0, os.SEEK_END)
                stream.write(content)
            self._sound += len(content)
        except OSError:
            return  # a help for the next run only: this one has the vectors

    def _read(self) -> None:
        """Read whole records up to the first that a crash damaged."""
        try:
            content = self._path.read_bytes()
        except OSError:
            return
        size = _CHECK_BYTES + _DIGEST_BYTES + 4 * self.dimension
        for start in range(0, len(content) - size + 1, size):
            record = content[start : start + size]
            check, body = record[:_CHECK_BYTES], record[_CHECK_BYTES:]
            if int.from_bytes(check, "little") != zlib.crc32(body):
                return
            vector = np.frombuffer(body, "<f4", offset=_DIGEST_BYTES).astype(np.float32)
            self._known[body[:_DIGEST_BYTES]] = vector
            self._sound = start + size


def _digest(kind: str, text: str) -> bytes:
    return hashlib.sha256(f"{kind}\0{text}".encode()).digest()[:_DIGEST_BYTES]
