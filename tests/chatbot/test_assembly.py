"""The parts of one system: built once, switched in one step, and described for operators."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from chatbot.assembly import Assembly
from chatbot.background import load_background
from chatbot.loading import Loading
from chatbot.settings import Settings
from corpus.errors import LibraryError, UnavailableError
from corpus.library import Library, shipped_library
from index.errors import EncoderError, StoredIndexError
from tests.test_loading import ID, assembly, written
from tests.toys import ToyEncoder

SHIPPED = "137-2024-nd-cp"


def telling(folder: Path, encoder: ToyEncoder | None = None) -> tuple[Assembly, list[str]]:
    """Return an assembly and what it says about itself."""
    told: list[str] = []
    settings = Settings(data_dir=folder, cache_dir=folder / "cache")
    return Assembly(settings, told.append, encoder or ToyEncoder()), told


def test_nothing_is_touched_before_it_is_needed(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data", cache_dir=tmp_path, encoder="./khong-co")
    parts = Assembly(settings)
    assert set(parts.library.documents) == {SHIPPED}
    assert parts.generation == ""
    assert parts.chatbot.ask("khoản 2 Điều 6").answer is not None
    assert list(tmp_path.iterdir()) == []


def test_a_model_that_is_not_there_is_named(tmp_path: Path) -> None:
    parts = Assembly(Settings(data_dir=tmp_path, cache_dir=tmp_path, encoder="./khong-co"))
    with pytest.raises(EncoderError, match=r"'\./khong-co'"):
        _ = parts.encoder


def test_without_an_index_only_look_ups_are_served(tmp_path: Path) -> None:
    parts = assembly(tmp_path)
    with pytest.raises(StoredIndexError, match="there is no index in"):
        parts.check_index()
    with pytest.raises(StoredIndexError, match="there is no index in"):
        _ = parts.index
    with pytest.raises(StoredIndexError, match="there is no index in"):
        parts.open_current()


def test_the_index_is_built_once_and_anew_only_when_forced(tmp_path: Path) -> None:
    parts, told = telling(tmp_path)
    assert parts.update_index()
    assert told == [f"Indexing {len(parts.library.clauses)} clauses ..."]
    parts.check_index()
    first = parts.generation
    encoder = ToyEncoder()
    again, told = telling(tmp_path, encoder)
    assert not again.update_index()
    assert (again.generation, told, encoder.passages_encoded) == (first, [], 0)
    assert again.update_index(force=True)
    assert again.generation not in (first, "")
    assert encoder.passages_encoded == len(again.library.clauses)


def test_an_index_of_another_model_is_refused_and_built_anew(tmp_path: Path) -> None:
    assembly(tmp_path).update_index()
    other = assembly(tmp_path, ToyEncoder(identity="toy@2"))
    with pytest.raises(StoredIndexError, match=r"encoder 'toy@1', expected 'toy@2'"):
        other.check_index()
    assert other.update_index()
    other.check_index()


def test_an_index_of_another_library_is_refused(tmp_path: Path) -> None:
    parts = assembly(tmp_path)
    parts.update_index()
    parts.library = Library(documents={}, clauses=(), content_hash="khac")
    with pytest.raises(StoredIndexError, match=r"library '\w+', expected 'khac'"):
        parts.check_index()


def test_a_change_is_seen_by_what_is_asked_for_afterwards(tmp_path: Path) -> None:
    parts = assembly(tmp_path)
    parts.update_index()
    before, library, chatbot = parts.generation, parts.library, parts.chatbot
    assert ID not in library.documents
    Loading(parts).load([written(tmp_path)])
    assert parts.generation != before
    assert ID in parts.library.documents
    assert ID in {clause.document_id for clause in parts.index.clauses}
    assert parts.chatbot is not chatbot
    assert parts.chatbot is parts.chatbot
    assert ID not in library.documents  # who holds the old one keeps it whole


def test_another_process_s_change_is_seen_by_what_is_read_afresh(tmp_path: Path) -> None:
    parts = assembly(tmp_path)
    parts.update_index()
    assert set(parts.library.documents) == {SHIPPED}
    Loading(assembly(tmp_path)).load([written(tmp_path)])
    assert set(parts.library.documents) == {SHIPPED}
    assert set(parts.fresh_library().documents) == {SHIPPED, ID}
    library, index = parts.open_current()
    assert set(library.documents) == {SHIPPED, ID}
    assert {clause.document_id for clause in index.clauses} == {SHIPPED, ID}


def test_a_failed_embedding_leaves_all_as_it_was(tmp_path: Path) -> None:
    class Failing(ToyEncoder):
        def encode_passages(self, texts: object) -> object:  # type: ignore[override]
            raise EncoderError("no memory")

    assembly(tmp_path).update_index()
    parts = assembly(tmp_path, Failing())
    before = parts.generation
    with pytest.raises(EncoderError, match="no memory"):
        Loading(parts).load([written(tmp_path)])
    assert parts.generation == before
    assert set(parts.fresh_library().documents) == {SHIPPED}
    Loading(assembly(tmp_path)).load([written(tmp_path)])  # nobody is locked out


def test_progress_counts_up_to_all_rows(tmp_path: Path) -> None:
    parts, seen = assembly(tmp_path), list[tuple[int, int]]()
    with parts.changing():
        embedded = parts.switch(
            parts.listing(), progress=lambda done, total: seen.append((done, total))
        )
    clauses = parts.library.clauses
    asked = sum(len(clause.questions) + len(clause.unanswered) for clause in clauses)
    assert embedded == len(clauses) + asked
    assert seen == sorted(seen)
    assert seen[-1] == (embedded, embedded)
    assert not list((tmp_path / "cache" / "embedding").iterdir())  # it is in the index now


def test_only_one_at_a_time_changes_the_library(tmp_path: Path) -> None:
    with (
        assembly(tmp_path).changing(),
        pytest.raises(UnavailableError, match="wait until it has ended"),
        assembly(tmp_path).changing(),
    ):
        pytest.fail("two at once")
    with pytest.raises(KeyError), assembly(tmp_path).changing():
        raise KeyError
    with assembly(tmp_path).changing():
        pass  # whoever failed has let go


def test_a_data_folder_that_cannot_be_written_names_its_setting(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("", "utf-8")
    with (
        pytest.raises(UnavailableError, match=r"taken cannot be written: .*setting data_dir"),
        assembly(tmp_path / "taken").changing(),
    ):
        pytest.fail("nothing can be changed there")


def test_another_library_s_index_is_kept_in_the_cache(tmp_path: Path) -> None:
    parts, told = telling(tmp_path)
    parts.update_index()
    shipped = shipped_library()
    other = replace(shipped, clauses=shipped.clauses[:2], content_hash="khac")
    generation = parts.generation
    told.clear()
    assert len(parts.index_of(other).clauses) == 2
    assert told == ["Indexing 2 clauses ..."]
    encoder = ToyEncoder()
    again, told = telling(tmp_path, encoder)
    kept = again.index_of(other)
    assert (told, encoder.passages_encoded) == ([], 0)
    assert [clause.key for clause in kept.clauses] == [clause.key for clause in other.clauses]
    assert (again.generation, len(again.index.clauses)) == (generation, len(shipped.clauses))


def test_what_the_doctor_says(tmp_path: Path) -> None:
    parts = assembly(tmp_path)
    with pytest.raises(StoredIndexError, match="there is no index in"):
        parts.describe_index()
    parts.update_index()
    clauses = parts.library.clauses
    rows = sum(1 + len(clause.questions) + len(clause.unanswered) for clause in clauses)
    assert parts.describe_library() == f"1 documents, {len(clauses)} clauses"
    assert parts.describe_encoder() == "toy@1, 64 dimensions"
    assert parts.describe_index().startswith(f"{len(clauses)} clauses, {rows} rows, built 2")


def test_a_decision_fitted_for_another_model_is_said(tmp_path: Path) -> None:
    fitted = load_background().encoder
    ours = assembly(tmp_path, ToyEncoder(identity=fitted))
    assert ours.describe_decision() == f"fitted for {fitted}"
    assert "not for this model" in assembly(tmp_path).describe_decision()


def test_a_list_of_documents_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "library.json").write_text("{", "utf-8")
    with pytest.raises(LibraryError, match="list of documents cannot be read"):
        _ = assembly(tmp_path).library
