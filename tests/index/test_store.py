"""The saved index: what is read back, what is refused, and what a cut-off save leaves."""

from __future__ import annotations

import dataclasses
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.model import Clause
from index.errors import StoredIndexError
from index.search import ClauseIndex
from index.store import (
    load_index,
    load_vectors,
    read_manifest,
    save_index,
    stored_index_problem,
)
from index.translation import load_translations
from tests.index.test_search import CLAUSES, FIRST, clause
from tests.toys import ToyEncoder

LIBRARY = "library-1"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "data" / "index"
    save_index(ClauseIndex.build(CLAUSES, ToyEncoder()), folder, LIBRARY)
    return folder


def load(
    folder: Path,
    *,
    encoder: ToyEncoder | None = None,
    library: str = LIBRARY,
    clauses: tuple[Clause, ...] = CLAUSES,
) -> ClauseIndex:
    return load_index(
        folder, encoder=encoder or ToyEncoder(), library_hash=library, clauses=clauses
    )


def generations(folder: Path) -> list[Path]:
    return sorted(folder.glob("generation-*"))


def test_loaded_index_answers_the_same_without_embedding(folder: Path) -> None:
    encoder = ToyEncoder()
    loaded = load(folder, encoder=encoder)
    assert encoder.passages_encoded == encoder.queries_encoded == 0
    built = ClauseIndex.build(CLAUSES, ToyEncoder())
    for question in ("nuôi rồng", "thú cưng biết bay", "zzz"):
        assert loaded.search(question) == built.search(question)


def test_loaded_index_can_be_built_upon(folder: Path) -> None:
    encoder = ToyEncoder()
    more = [*CLAUSES, clause(FIRST, 9, "Rồng có vảy")]
    ClauseIndex.build(more, encoder, previous=load(folder))
    assert (encoder.passages_encoded, encoder.queries_encoded) == (1, 0)


def test_an_empty_library_can_be_saved(tmp_path: Path) -> None:
    save_index(ClauseIndex.build([], ToyEncoder()), tmp_path, LIBRARY)
    assert load(tmp_path, clauses=()).search("rồng") == []


def test_manifest_describes_the_index(folder: Path) -> None:
    manifest = read_manifest(folder)
    assert (manifest.encoder, manifest.dimension, manifest.library) == ("toy@1", 64, LIBRARY)
    assert (manifest.clauses, manifest.rows) == (
        4,
        {"passages": 4, "questions": 2, "unanswered": 0},
    )
    stored = {path.name for path in generations(folder)[0].iterdir()}
    assert stored == {"manifest.json", *manifest.files}


@pytest.mark.parametrize(
    ("encoder", "library", "expected"),
    [
        ("toy@1", LIBRARY, None),
        ("toy@2", LIBRARY, r"encoder 'toy@1', expected 'toy@2'.*python app\.py index"),
        ("toy@1", "library-2", r"library 'library-1', expected 'library-2'.*python app\.py index"),
    ],
)
def test_problem_of_a_stored_index(
    folder: Path, encoder: str, library: str, expected: str | None
) -> None:
    problem = stored_index_problem(folder, encoder_identity=encoder, library_hash=library)
    if expected is None:
        assert problem is None
        load(folder, encoder=ToyEncoder(identity=encoder), library=library)
    else:
        assert problem is not None
        with pytest.raises(StoredIndexError, match=expected) as caught:
            load(folder, encoder=ToyEncoder(identity=encoder), library=library)
        assert str(caught.value) == problem


def test_an_index_of_other_translations_is_refused_but_its_vectors_serve(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = dataclasses.replace(load_translations(), identity="another")
    monkeypatch.setattr("index.store.load_translations", lambda: other)
    problem = stored_index_problem(folder, encoder_identity="toy@1", library_hash=LIBRARY)
    assert problem is not None
    assert "expected 'another'" in problem
    with pytest.raises(StoredIndexError, match=r"translations .*python app\.py index") as caught:
        load(folder)
    assert str(caught.value) == problem
    encoder = ToyEncoder()
    previous = load_vectors(folder, encoder)
    assert previous is not None
    ClauseIndex.build(CLAUSES, encoder, previous=previous)
    assert encoder.passages_encoded == 0


def test_a_missing_index_is_a_problem(tmp_path: Path) -> None:
    problem = stored_index_problem(tmp_path, encoder_identity="toy@1", library_hash=LIBRARY)
    assert problem is not None
    assert "there is no index" in problem
    with pytest.raises(StoredIndexError, match=r"there is no index.*python app\.py index"):
        load(tmp_path)


@pytest.mark.parametrize(
    ("clauses", "expected"),
    [
        (CLAUSES[:3], "number of clauses 4, expected 3"),
        ((*CLAUSES[:3], clause(FIRST, 1, "khác")), "made from other passages"),
        (
            (*CLAUSES[:3], dataclasses.replace(CLAUSES[3], questions=("hỏi khác",))),
            "made from other questions",
        ),
        (
            (*CLAUSES[:3], dataclasses.replace(CLAUSES[3], questions=())),
            "rows of questions 2, expected 1",
        ),
        (
            (
                dataclasses.replace(CLAUSES[0], questions=CLAUSES[1].questions),
                dataclasses.replace(CLAUSES[1], questions=()),
                *CLAUSES[2:],
            ),
            "made from other questions",
        ),
    ],
)
def test_other_clauses_are_refused_whatever_the_hash(
    folder: Path, clauses: tuple[Clause, ...], expected: str
) -> None:
    with pytest.raises(StoredIndexError, match=f"{expected}.*python app.py index"):
        load(folder, clauses=clauses)


def test_another_dimension_is_refused(folder: Path) -> None:
    with pytest.raises(StoredIndexError, match="dimension 64, expected 32"):
        load(folder, encoder=ToyEncoder(dimension=32))


FILES = [
    "manifest.json", "passages.faiss", "passages.npz", "questions.faiss", "questions.npz",
    "lexical.npz",
]  # fmt: skip


def flip_a_byte(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("damage", [flip_a_byte, cut_short, Path.unlink])
def test_every_damaged_file_is_noticed(
    folder: Path, name: str, damage: Callable[[Path], None]
) -> None:
    damage(generations(folder)[0] / name)
    with pytest.raises(StoredIndexError, match=r"(checksum|cannot be read).*python app\.py index"):
        load(folder)


@pytest.mark.parametrize(
    "content", ["", "generation-x", "../../etc x", "generation-/../.. x", "\xff"]
)
def test_a_damaged_pointer_is_noticed(folder: Path, content: str) -> None:
    (folder / "current").write_bytes(content.encode("latin-1"))
    with pytest.raises(StoredIndexError, match=r"current .*python app\.py index"):
        load(folder)


def test_another_format_is_refused_with_both_numbers(folder: Path) -> None:
    import hashlib

    path = generations(folder)[0] / "manifest.json"
    values = json.loads(path.read_text("utf-8")) | {"format": 99, "novelty": True}
    path.write_text(json.dumps(values), encoding="utf-8")
    checksum = hashlib.sha256(path.read_bytes()).hexdigest()
    (folder / "current").write_text(f"{path.parent.name} {checksum}\n", encoding="utf-8")
    with pytest.raises(StoredIndexError, match=r"format 99, expected \d+.*python app\.py index"):
        load(folder)


def test_the_previous_generation_is_kept_and_older_ones_go(folder: Path) -> None:
    index = ClauseIndex.build(CLAUSES, ToyEncoder())
    (first,) = generations(folder)
    save_index(index, folder, "library-2")
    assert first in generations(folder)
    save_index(index, folder, "library-3")
    assert first not in generations(folder)
    assert len(generations(folder)) == 2
    assert read_manifest(folder).library == "library-3"


def test_leftovers_of_a_cut_off_save_go_at_the_next(folder: Path) -> None:
    leftover = folder / "generation-cut-off"
    leftover.mkdir()
    (leftover / "passages.faiss").write_bytes(b"half")
    load(folder)
    save_index(ClauseIndex.build(CLAUSES, ToyEncoder()), folder, LIBRARY)
    assert not leftover.exists()


def test_a_broken_index_can_be_replaced(folder: Path) -> None:
    (folder / "current").write_text("nonsense", encoding="utf-8")
    save_index(ClauseIndex.build(CLAUSES, ToyEncoder()), folder, LIBRARY)
    load(folder)


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(StoredIndexError, match=r"cannot be saved in .*file.*data_dir"):
        save_index(ClauseIndex.build(CLAUSES, ToyEncoder()), tmp_path / "file" / "index", LIBRARY)


# --- in a process of its own ------------------------------------------------------------------

SAVER = """
import itertools, resource, sys
from pathlib import Path
from index.search import ClauseIndex
from index.store import save_index
from tests.index.test_search import CLAUSES
from tests.toys import ToyEncoder

folder, limit = Path(sys.argv[1]), int(sys.argv[2])
index = ClauseIndex.build(CLAUSES, ToyEncoder())
if limit:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
for number in itertools.count():
    save_index(index, folder, "library-1")
    print(number, flush=True)
"""


def start_saver(folder: Path, root: Path, limit: int = 0) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", SAVER, str(folder), str(limit)],
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_full_disk_leaves_the_old_index_answering(folder: Path, repository: Path) -> None:
    before = read_manifest(folder)
    # A limit on file size fails a write half-way, as a full disk does.
    saver = start_saver(folder, repository, limit=600)
    _, errors = saver.communicate(timeout=60)
    assert saver.returncode != 0
    assert "StoredIndexError" in errors
    assert "cannot be saved" in errors
    assert read_manifest(folder) == before
    assert len(generations(folder)) == 1  # nothing half-written stays
    load(folder)


def test_killed_at_any_moment_an_index_answers(folder: Path, repository: Path) -> None:
    for delay in (0.0, 0.004, 0.015):
        saver = start_saver(folder, repository)
        assert saver.stdout is not None
        assert saver.stderr is not None
        saver.stdout.readline()  # it has saved once and is at it again
        time.sleep(delay)
        os.kill(saver.pid, signal.SIGKILL)
        saver.communicate(timeout=60)
        load(folder)
    save_index(ClauseIndex.build(CLAUSES, ToyEncoder()), folder, LIBRARY)
    assert len(generations(folder)) == 2


def test_reading_while_another_process_saves(folder: Path, repository: Path) -> None:
    saver = start_saver(folder, repository)
    try:
        assert saver.stdout is not None
        saver.stdout.readline()
        for _ in range(60):
            load(folder)
    finally:
        saver.kill()
        saver.communicate(timeout=60)
