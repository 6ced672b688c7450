"""The committed files of the bundled encoder: sound as shipped, refused when damaged."""

from __future__ import annotations

import hashlib
import zlib
from pathlib import Path

import numpy as np
import pytest

from index import bundled_data
from index.bundled_data import (
    ADAPTER,
    KEPT_PIECES,
    TUNED,
    pack_kept_pieces,
    read_checksums,
    read_trained,
    read_unmarked_pieces,
    unpack_kept_pieces,
    write_trained,
)
from index.errors import EncoderError

PUBLISHED = 250_002  # pieces of the published vocabulary


@pytest.mark.parametrize("file", [TUNED, ADAPTER], ids=lambda file: file.name)
def test_what_is_shipped_matches_its_checksum(file: Path) -> None:
    assert read_trained(file) == file.read_bytes()


def test_the_kept_pieces_are_rising_ids_of_published_ones_with_the_special_ones() -> None:
    kept = unpack_kept_pieces(KEPT_PIECES.read_bytes())
    assert (np.diff(kept) > 0).all()
    assert kept[:4].tolist() == [0, 1, 2, 3]
    assert kept[-1] < PUBLISHED
    assert kept.dtype == np.int64


def test_kept_pieces_are_stored_as_their_gaps() -> None:
    packed = pack_kept_pieces(np.array([0, 3, 4, 250_001], dtype=np.int64))
    assert np.frombuffer(zlib.decompress(packed), "<u4").tolist() == [0, 3, 1, 249_997]


@pytest.mark.parametrize("packed", [b"", b"x", zlib.compress(b"abc"), zlib.compress(b"abcd")[:-2]])
def test_broken_kept_pieces_name_their_file(packed: bytes) -> None:
    with pytest.raises(EncoderError, match=rf"{KEPT_PIECES.name} is broken .*restore it from git"):
        unpack_kept_pieces(packed)


def test_the_added_pieces_are_syllables_without_marks_each_once() -> None:
    pieces = read_unmarked_pieces()
    assert "▁duoc" in pieces
    assert pieces == sorted(set(pieces))
    bare = [piece.removeprefix("▁") for piece in pieces]
    assert [piece for piece in pieces if not piece.startswith("▁")] == []
    assert [one for one in bare if not (one.isascii() and one.isalpha())] == []


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_added_pieces_that_cannot_be_read_are_said_plainly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None
) -> None:
    file = tmp_path / "unmarked-pieces.txt"
    if content is not None:
        file.write_bytes(content)
    monkeypatch.setattr(bundled_data, "UNMARKED_PIECES", file)
    with pytest.raises(EncoderError, match=r"unmarked-pieces\.txt cannot be read: .*from git"):
        read_unmarked_pieces()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with checksums of its own."""
    monkeypatch.setattr(bundled_data, "CHECKSUMS", tmp_path / "SHA256SUMS")
    return tmp_path


def test_checksums_stand_as_sha256sum_writes_them(folder: Path) -> None:
    write_trained(folder / "b.xz", b"second")
    write_trained(folder / "a.xz", b"first")
    digests = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
               for name in ("a.xz", "b.xz")}  # fmt: skip
    lines = (folder / "SHA256SUMS").read_text("ascii").splitlines()
    assert lines == [f"{digests['a.xz']}  a.xz", f"{digests['b.xz']}  b.xz"]
    assert read_checksums() == digests


def test_what_is_written_again_has_its_new_checksum(folder: Path) -> None:
    for content in (b"before", b"after"):
        write_trained(folder / "a.xz", content)
        assert read_trained(folder / "a.xz") == content
    assert len(read_checksums()) == 1


def test_a_file_that_differs_is_named_with_a_way_out(folder: Path) -> None:
    write_trained(folder / "a.xz", b"weights")
    (folder / "a.xz").write_bytes(b"")
    with pytest.raises(EncoderError, match=r"a\.xz has sha256 e3b0c442\w+, .*'bundled-plain'"):
        read_trained(folder / "a.xz")


def test_a_file_that_is_gone_is_to_be_restored(folder: Path) -> None:
    write_trained(folder / "a.xz", b"weights")
    (folder / "a.xz").unlink()
    with pytest.raises(EncoderError, match=r"FileNotFoundError.*restore from git"):
        read_trained(folder / "a.xz")
