"""The folder of the library: what is written stays whole, and what is broken is named."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from corpus.clauses import clauses_of
from corpus.errors import LibraryError
from corpus.listing import Entry, Listing
from corpus.model import Clause, Metadata
from corpus.parsing import parse
from corpus.questions import NO_PROVISION, with_questions
from corpus.storing import Store

FACTS = Metadata(number="999/2099/NĐ-CP", kind="Nghị định", title="Nghị định về thả diều")
TEXT = "Điều 1. Phạm vi\nVề diều.\nĐiều 2. Giờ\n1. Gồm:\na) Sáng;\n...\n2. Tối.\n"
CLAUSES = clauses_of(parse(TEXT, FACTS))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "library")


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("text", [TEXT, "", "Điều\r\n", "😀"])
def test_a_text_is_kept_under_the_checksum_of_its_bytes(store: Store, text: str) -> None:
    checksum = store.add_text(text)
    assert checksum == hashlib.sha256(text.encode()).hexdigest() == store.add_text(text)
    assert store.text(checksum) == text


def test_nothing_is_made_before_something_is_written(store: Store, tmp_path: Path) -> None:
    assert store.listing() == Listing()
    assert store.clauses(Entry(FACTS, "a" * 64)) is None
    store.sweep([])
    assert files(tmp_path) == set()


def test_a_missing_text_is_named_with_what_to_do(store: Store) -> None:
    with pytest.raises(LibraryError, match=r"a{64}\.txt cannot be read: No such file .*; load the"):
        store.text("a" * 64)


def test_a_text_changed_by_hand_is_refused(store: Store, tmp_path: Path) -> None:
    checksum = store.add_text(TEXT)
    (tmp_path / "library" / "texts" / f"{checksum}.txt").write_text(TEXT + " ", "utf-8")
    with pytest.raises(LibraryError, match=f"expected {checksum[:12]}: the file was changed; load"):
        store.text(checksum)
    assert store.add_text(TEXT) == checksum
    assert store.text(checksum) == TEXT


def test_the_copy_of_the_list_is_replaced(store: Store, tmp_path: Path) -> None:
    first = Listing().with_entries([Entry(FACTS, "a" * 64)])
    store.set_listing(first)
    assert store.listing() == first
    store.set_listing(first.without("999-2099-nd-cp"))
    assert store.listing() == Listing()
    assert files(tmp_path) == {"library/library.json"}


def test_a_broken_list_is_refused(store: Store, tmp_path: Path) -> None:
    store.set_listing(Listing())
    (tmp_path / "library" / "library.json").write_text("{", "utf-8")
    with pytest.raises(LibraryError, match="the list of documents cannot be read"):
        store.listing()


@pytest.mark.parametrize(
    "clauses",
    [
        CLAUSES,
        (),
        tuple(replace(clause, passage=f"{clause.passage} (hết)") for clause in CLAUSES),
        tuple(replace(clause, citation=replace(clause.citation, annex="")) for clause in CLAUSES),
    ],
)
def test_remembered_clauses_are_those_that_were_found(
    store: Store, clauses: tuple[Clause, ...]
) -> None:
    entry = Entry(FACTS, "a" * 64)
    store.remember(entry, clauses)
    assert store.clauses(entry) == clauses


def test_questions_are_not_remembered(store: Store) -> None:
    entry = Entry(FACTS, "a" * 64)
    asked = {"dieu-1": {"diều gì": "diều"}, NO_PROVISION: {"ai": ""}}
    store.remember(entry, with_questions(CLAUSES, asked))
    assert store.clauses(entry) == CLAUSES


@pytest.mark.parametrize(
    "other",
    [
        Entry(FACTS, "b" * 64),
        Entry(replace(FACTS, title="Nghị định khác"), "a" * 64),
        Entry(replace(FACTS, kind="Luật"), "a" * 64),
        Entry(replace(FACTS, number="998/2099/NĐ-CP"), "a" * 64),
    ],
)
def test_another_text_or_other_facts_have_clauses_of_their_own(store: Store, other: Entry) -> None:
    store.remember(Entry(FACTS, "a" * 64), CLAUSES)
    assert store.clauses(other) is None


def test_a_status_changes_no_clause(store: Store) -> None:
    store.remember(Entry(FACTS, "a" * 64), CLAUSES)
    amended = replace(FACTS, amended_by=("998/2099/NĐ-CP",))
    assert store.clauses(Entry(amended, "a" * 64)) == CLAUSES


@pytest.mark.parametrize("content", ["", "[", "[1]", "[{}]", '[{"passage": "a"}]', "{}x", "null"])
def test_clauses_cut_short_are_as_if_never_written(
    store: Store, tmp_path: Path, content: str
) -> None:
    entry = Entry(FACTS, "a" * 64)
    store.remember(entry, CLAUSES)
    (file,) = (tmp_path / "library" / "clauses").iterdir()
    file.write_text(content, "utf-8")
    assert store.clauses(entry) is None


def test_sweeping_keeps_what_any_list_names(store: Store, tmp_path: Path) -> None:
    names = {name: store.add_text(name) for name in ("cũ", "nay", "hỏi", "trước", "thừa")}
    now = Entry(FACTS, names["nay"])
    earlier = Entry(FACTS, names["cũ"], date(2099, 1, 1))
    lists = [
        Listing(entries=(now,), questions={"999-2099-nd-cp": names["hỏi"]}, earlier=(earlier,)),
        Listing(entries=(Entry(FACTS, names["trước"]),)),
    ]
    for checksum in names.values():
        store.remember(Entry(FACTS, checksum), CLAUSES)
    store.set_listing(lists[0])
    (tmp_path / "library" / "texts" / "tmp1").write_text("dở dang")
    store.sweep(lists)
    kept = {f"library/texts/{names[name]}.txt" for name in ("cũ", "nay", "hỏi", "trước")}
    left = files(tmp_path)
    assert {name for name in left if "/texts/" in name} == kept
    assert "library/library.json" in left
    assert store.clauses(now) == store.clauses(earlier) == CLAUSES
    assert store.clauses(Entry(FACTS, names["thừa"])) is None


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "library").write_text("một tệp")
    store = Store(tmp_path / "library")
    for write in (lambda: store.add_text(TEXT), lambda: store.set_listing(Listing())):
        with pytest.raises(LibraryError, match=r"cannot be written: .*setting data_dir"):
            write()
    with pytest.raises(LibraryError, match="cannot be read: Not a directory"):
        store.listing()


def test_clauses_that_cannot_be_remembered_stop_nothing(tmp_path: Path) -> None:
    (tmp_path / "library").write_text("một tệp")
    store = Store(tmp_path / "library")
    entry = Entry(FACTS, "a" * 64)
    store.remember(entry, CLAUSES)
    assert store.clauses(entry) is None
