"""The saved index: describes itself, is switched over in one step, and is checked when read.

Layout of the folder:

    current               one line: name of a generation and the checksum of its manifest
    lock                  held while saving
    generation-…/         manifest.json and the files it lists with their checksums, among
                          them what the caller enclosed

A new generation is written completely before `current` is replaced, so whenever a save is
cut short the old index still answers. The generation before the current one is kept for a
process that is just reading it; older ones and cut-off ones go at the next save.

What is enclosed (the list of the documents) becomes current in the same step as the index, so
the two can never be of different times.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from filelock import FileLock
from numpy.typing import NDArray

from corpus.model import Clause
from index.errors import StoredIndexError
from index.lexical import LexicalIndex
from index.search import ClauseIndex
from index.translation import TranslatedIndex, load_translations
from index.types import Encoder
from index.vectors import VectorIndex
from index.view import VIEWS, Rows, View, text_digest

FORMAT = 5  # raise when files, rows or terms are made differently
POINTER = "current"
MANIFEST = "manifest.json"
PREFIX = "generation-"
REBUILD = "rebuild it with: python app.py index"
LEXICAL = "lexical"
TRANSLATED = "translated"
LOCK_SECONDS = 60.0  # writing takes about a second


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a saved index says about itself."""

    format: int
    encoder: str  # identity
    translations: str  # identity of the table
    dimension: int
    library: str  # hash of the documents it was made from
    clauses: int
    rows: dict[str, int]  # by view
    files: dict[str, str]  # name → sha256
    created: str  # UTC, ISO 8601


def save_index(
    index: ClauseIndex,
    folder: Path,
    library_hash: str,
    enclosed: Mapping[str, bytes] | None = None,
) -> None:
    """Write the index beside the current one, then switch over in one step.

    Args:
        index: What to save.
        folder: Created when missing.
        library_hash: Identifies the documents the clauses come from.
        enclosed: Further files of the generation, by name; `read_enclosed` returns them.

    Raises:
        StoredIndexError: The folder cannot be written, the disk is full, or another save
            does not end; the index saved before still stands.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / "lock", timeout=LOCK_SECONDS):
            previous = _pointed_at(folder)
            generation = Path(tempfile.mkdtemp(prefix=PREFIX, dir=folder))
            try:
                checksum = _write_generation(index, generation, library_hash, enclosed or {})
                _switch(folder, f"{generation.name} {checksum}\n")
            except BaseException:
                shutil.rmtree(generation, ignore_errors=True)
                raise
            _clean(folder, keep={generation.name, previous})
    except OSError as error:
        raise StoredIndexError(
            f"the index cannot be saved in {folder}: {error}; the folder must be writable and "
            "have room for it (setting data_dir); an index saved before is untouched"
        ) from error


def load_index(
    folder: Path, *, encoder: Encoder, library_hash: str, clauses: Sequence[Clause]
) -> ClauseIndex:
    """Read the saved index and check all of it.

    Args:
        folder: Where `save_index` wrote.
        encoder: Only its identity and dimension are asked for here.
        library_hash: As given to `save_index`.
        clauses: Of the library, in reading order.

    Raises:
        StoredIndexError: There is no index, it is damaged, or it was made with another
            format, encoder, table or library; the message names both values and the command
            that rebuilds it.
        UnavailableError: The table of translations that ships cannot be read.
    """
    pointer = _read_pointer(folder)
    while True:
        try:
            return _load_generation(folder, pointer, encoder, library_hash, clauses)
        except (StoredIndexError, OSError, ValueError, KeyError) as error:
            # Two saves in a row may have removed what was being read; then `current` moved on.
            pointer, before = _read_pointer(folder), pointer
            if pointer != before:
                continue
            if isinstance(error, StoredIndexError):
                raise
            raise StoredIndexError(
                f"the index in {folder} cannot be read: {error}; {REBUILD}"
            ) from error


def read_manifest(folder: Path) -> Manifest:
    """Return what the saved index says about itself, without reading the rest.

    Raises:
        StoredIndexError: There is no index, its manifest is damaged, or of another format.
    """
    return _read_manifest(folder, _read_pointer(folder))


def read_enclosed(folder: Path, name: str) -> bytes | None:
    """Return a file enclosed in the current generation, whatever format the index has.

    Args:
        folder: Where `save_index` wrote.
        name: As given to `save_index`.

    Returns:
        The file; `None` where there is no readable index or it encloses none of this name.
    """
    while True:
        found = current_generation(folder)
        try:
            described = (folder / found / MANIFEST).read_bytes()
            content = (folder / found / name).read_bytes()
            sound = json.loads(described)["files"][name] == _sha256(content)
        except (OSError, ValueError, KeyError, TypeError):
            sound = False
        if sound:
            return content
        if found == current_generation(folder):  # else a save removed what was being read
            return None


def current_generation(folder: Path) -> str:
    """Return the name of the current generation, which a save changes; "" where there is none.

    Reads a file of one line: cheap enough to be asked every second.
    """
    return _pointed_at(folder)


def load_vectors(folder: Path, encoder: Encoder) -> ClauseIndex | None:
    """Return the vectors of the saved index for `ClauseIndex.build(previous=…)`.

    They serve for any library, since a row is known by the digest of its text.

    Args:
        folder: Where `save_index` wrote.
        encoder: Only its identity and dimension are asked for here.

    Returns:
        An index of all rows and no clause, fit for nothing else; `None` where there is none
        that is sound and of this encoder and format.

    Raises:
        UnavailableError: The table of translations that ships cannot be read.
    """
    try:
        pointer = _read_pointer(folder)
        manifest = _read_manifest(folder, pointer)
        _check(folder, "encoder", manifest.encoder, encoder.identity)
        generation = folder / pointer[0]
        for name, expected in manifest.files.items():
            _check(folder, f"checksum of {name}", _sha256(_read(generation / name)), expected)
        views = {name: _load_view(generation, name, manifest) for name in VIEWS}
    except (StoredIndexError, OSError, ValueError, KeyError, TypeError):
        return None  # everything is embedded anew
    return ClauseIndex(
        (),
        encoder,
        **views,
        lexical=LexicalIndex.build([]),
        translated=TranslatedIndex.build([], load_translations()),
    )


def stored_index_problem(folder: Path, *, encoder_identity: str, library_hash: str) -> str | None:
    """Return why the saved index cannot serve, or `None` when it can.

    Looks at the manifest only; `load_index` checks the files as well.

    Args:
        folder: Where `save_index` wrote.
        encoder_identity: `Encoder.identity` of the encoder in use.
        library_hash: Of the library in use.

    Raises:
        UnavailableError: The table of translations that ships cannot be read.
    """
    try:
        manifest = read_manifest(folder)
        _check(folder, "encoder", manifest.encoder, encoder_identity)
        _check(folder, "translations", manifest.translations, load_translations().identity)
        _check(folder, "library", manifest.library, library_hash)
    except StoredIndexError as error:
        return str(error)
    return None


# --- writing ----------------------------------------------------------------------------------


def _write_generation(
    index: ClauseIndex, generation: Path, library_hash: str, enclosed: Mapping[str, bytes]
) -> str:
    """Write all files of a generation; return the checksum of its manifest."""
    for name, content in enclosed.items():
        (generation / name).write_bytes(content)
    views: dict[str, View] = {name: getattr(index, name) for name in VIEWS}
    for name, view in views.items():
        view.vectors.save(generation / f"{name}.faiss")
        _save_arrays(generation / f"{name}.npz", {"owners": view.owners, "digests": view.digests})
    _save_arrays(generation / f"{LEXICAL}.npz", index.lexical.arrays())
    _save_arrays(generation / f"{TRANSLATED}.npz", index.translated.arrays())
    manifest = Manifest(
        format=FORMAT,
        encoder=index.encoder.identity,
        translations=index.translated.table.identity,
        dimension=index.passages.vectors.dimension,
        library=library_hash,
        clauses=len(index.clauses),
        rows={name: view.size for name, view in views.items()},
        files={path.name: _sha256(path.read_bytes()) for path in sorted(generation.iterdir())},
        created=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    described = json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode("utf-8")
    (generation / MANIFEST).write_bytes(described)
    for path in generation.iterdir():
        _sync(path)
    _sync(generation)
    return _sha256(described)


def _save_arrays(path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    np.savez(path, allow_pickle=False, **arrays)


def _switch(folder: Path, line: str) -> None:
    """Replace the pointer; what it points at is already on the disk."""
    aside = folder / f"{POINTER}.new"
    aside.write_text(line, encoding="utf-8")
    _sync(aside)
    aside.replace(folder / POINTER)
    _sync(folder)


def _clean(folder: Path, keep: set[str]) -> None:
    """Remove generations nobody points at. The lock keeps out another save."""
    for path in folder.glob(f"{PREFIX}*"):
        if path.name not in keep:
            shutil.rmtree(path, ignore_errors=True)


def _sync(path: Path) -> None:
    """Wait until the file or folder is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


# --- reading ----------------------------------------------------------------------------------


def _load_generation(
    folder: Path,
    pointer: tuple[str, str],
    encoder: Encoder,
    library_hash: str,
    clauses: Sequence[Clause],
) -> ClauseIndex:
    manifest = _read_manifest(folder, pointer)
    _check(folder, "encoder", manifest.encoder, encoder.identity)
    _check(folder, "dimension", manifest.dimension, encoder.dimension)
    table = load_translations()
    _check(folder, "translations", manifest.translations, table.identity)
    _check(folder, "library", manifest.library, library_hash)
    _check(folder, "number of clauses", manifest.clauses, len(clauses))
    generation = folder / pointer[0]
    for name, expected in manifest.files.items():
        _check(folder, f"checksum of {name}", _sha256(_read(generation / name)), expected)
    views = {name: _load_view(generation, name, manifest) for name in VIEWS}
    for name, rows_of in VIEWS.items():
        _check_rows(folder, name, views[name], rows_of(clauses))
    lexical = LexicalIndex.from_arrays(_load_arrays(generation / f"{LEXICAL}.npz"))
    terms = _load_arrays(generation / f"{TRANSLATED}.npz")
    translated = TranslatedIndex.from_arrays(terms, table)
    return ClauseIndex(clauses, encoder, **views, lexical=lexical, translated=translated)


def _load_view(generation: Path, name: str, manifest: Manifest) -> View:
    """Read one view; its files have been checked."""
    vectors = VectorIndex.load(generation / f"{name}.faiss")
    expected = (manifest.rows.get(name), manifest.dimension)
    _check(generation, f"rows and dimension of {name}", (vectors.size, vectors.dimension), expected)
    arrays = _load_arrays(generation / f"{name}.npz")
    return View(arrays["owners"], arrays["digests"], vectors)


def _load_arrays(path: Path) -> dict[str, NDArray[Any]]:
    with np.load(path, allow_pickle=False) as stored:
        return dict(stored)


def _check_rows(folder: Path, name: str, view: View, rows: Rows) -> None:
    """Check that the rows were made from these texts, whatever the library's hash says."""
    _check(folder, f"rows of {name}", view.size, len(rows.texts))
    digests = b"".join(text_digest(text) for text in rows.texts)
    fits = view.digests.tobytes() == digests and np.array_equal(view.owners, list(rows.owners))
    if not fits:
        raise StoredIndexError(
            f"the index in {folder} was made from other {name} than the library has now; {REBUILD}"
        )


def _read_pointer(folder: Path) -> tuple[str, str]:
    """Return the name of the current generation and the checksum of its manifest."""
    path = folder / POINTER
    try:
        words = path.read_text(encoding="utf-8").split()
    except FileNotFoundError:
        raise StoredIndexError(f"there is no index in {folder}; {REBUILD}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise StoredIndexError(f"{path} cannot be read: {error}; {REBUILD}") from error
    if len(words) != 2 or not words[0].startswith(PREFIX) or Path(words[0]).name != words[0]:
        raise StoredIndexError(
            f"{path} holds {' '.join(words)[:80]!r}, expected a generation and a checksum; "
            f"{REBUILD}"
        )
    return words[0], words[1]


def _pointed_at(folder: Path) -> str:
    """Return the name of the current generation; "" where there is none to keep."""
    try:
        return _read_pointer(folder)[0]
    except StoredIndexError:
        return ""


def _read_manifest(folder: Path, pointer: tuple[str, str]) -> Manifest:
    generation, checksum = pointer
    content = _read(folder / generation / MANIFEST)
    _check(folder, "checksum of the manifest", _sha256(content), checksum)
    values = json.loads(content)  # it is what we wrote: the checksum says so
    _check(folder, "format", values.get("format"), FORMAT)
    return Manifest(**values)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise StoredIndexError(
            f"the index file {path} cannot be read: {error}; {REBUILD}"
        ) from error


def _check(folder: Path, what: str, found: object, expected: object) -> None:
    if found != expected:
        raise StoredIndexError(
            f"the index in {folder} has {what} {found!r}, expected {expected!r}; {REBUILD}"
        )


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
