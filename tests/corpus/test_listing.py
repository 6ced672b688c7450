"""The list of the loaded documents, and the facts it keeps."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import InputError, LibraryError
from corpus.listing import FORMAT, Entry, Listing, metadata_from
from corpus.model import Metadata, Status
from corpus.serialising import metadata_to_json

DAY = date(2099, 3, 1)
DECREE = Entry(Metadata("999/2099/NĐ-CP", "Nghị định", status=Status.IN_FORCE), "a" * 64)
CHANGED = replace(DECREE, text_sha256="b" * 64)
LAW = Entry(Metadata("9/2099/QH15", "Luật"), "c" * 64)
DATES = st.dates() | st.none()
TEXTS = st.text(st.characters(codec="utf-8"), max_size=20)
FACTS = st.builds(
    Metadata,
    number=TEXTS.map(lambda text: f"9/{text}"),
    kind=TEXTS,
    title=TEXTS,
    issuer=TEXTS,
    issued=DATES,
    effective=DATES,
    status=st.sampled_from(Status) | st.none(),
    amended_by=st.lists(TEXTS, max_size=2).map(tuple),
    article_count=st.integers(0, 999) | st.none(),
    source_name=TEXTS,
    source_sha256=TEXTS,
    notes=st.lists(TEXTS, max_size=2).map(tuple),
    ocr=st.booleans(),
)
ENTRIES = st.lists(st.builds(Entry, FACTS, TEXTS), max_size=3).map(tuple)


def test_a_current_text_has_the_id_of_its_document_and_an_earlier_one_its_own() -> None:
    assert DECREE.id == DECREE.document_id == "999-2099-nd-cp"
    earlier = replace(DECREE, replaced=DAY)
    assert (earlier.id, earlier.document_id) == ("999-2099-nd-cp@aaaaaaaa", "999-2099-nd-cp")


def test_entries_stand_by_rising_id_and_a_later_one_of_an_id_replaces_it() -> None:
    listing = Listing().with_entries([DECREE, LAW])
    assert [entry.id for entry in listing.entries] == ["9-2099-qh15", "999-2099-nd-cp"]
    assert set(listing.with_entries([CHANGED]).entries) == {LAW, CHANGED}
    assert listing.with_entries([CHANGED]).earlier == ()
    assert listing.with_entries([]) == listing


def test_a_replaced_text_is_kept_where_wanted_without_its_status() -> None:
    listing = Listing().with_entries([DECREE]).with_entries([CHANGED], keep=[DECREE.id], day=DAY)
    assert listing.entries == (CHANGED,)
    (kept,) = listing.earlier
    assert (kept.text_sha256, kept.replaced, kept.metadata.status) == (
        DECREE.text_sha256,
        DAY,
        None,
    )
    assert kept.metadata.number == DECREE.metadata.number


def test_the_same_text_loaded_again_leaves_no_earlier_one() -> None:
    listing = Listing().with_entries([DECREE])
    assert listing.with_entries([DECREE], keep=[DECREE.id], day=DAY).earlier == ()


def test_an_earlier_text_that_comes_back_is_the_current_one_again() -> None:
    first = Listing().with_entries([DECREE])
    second = first.with_entries([CHANGED], keep=[DECREE.id], day=DAY)
    third = second.with_entries([DECREE], keep=[DECREE.id], day=date(2099, 4, 1))
    assert third.entries == (DECREE,)
    assert [one.text_sha256 for one in third.earlier] == [CHANGED.text_sha256]


def test_the_latest_replaced_text_comes_first() -> None:
    listing = Listing()
    for number, letter in enumerate("abc", 1):
        entry = replace(DECREE, text_sha256=letter * 64)
        listing = listing.with_entries([entry], keep=[DECREE.id], day=date(2099, 1, number))
    assert [(one.text_sha256[0], one.replaced) for one in listing.earlier] == [
        ("b", date(2099, 1, 3)),
        ("a", date(2099, 1, 2)),
    ]
    version = listing.earlier[0].id
    assert [one.text_sha256[0] for one in listing.without_earlier(version).earlier] == ["a"]


def test_without_a_document_everything_of_it_is_gone_and_the_rest_stays() -> None:
    full = (
        Listing()
        .with_entries([DECREE, LAW])
        .with_entries([CHANGED], keep=[DECREE.id], day=DAY)
        .with_questions(DECREE.id, "q1")
        .with_questions(LAW.id, "q2")
    )
    left = full.without(DECREE.id)
    assert left == Listing(entries=(LAW,), questions={LAW.id: "q2"})
    assert full.entries != left.entries  # lists never change
    assert full.without("absent") == full


def test_a_shipped_document_stays_away_until_it_is_loaded() -> None:
    listing = Listing().without(DECREE.id, shipped=True)
    assert listing.removed == {DECREE.id}
    assert listing.with_entries([LAW]).removed == {DECREE.id}
    assert listing.with_entries([DECREE]).removed == frozenset()


@pytest.mark.parametrize("nothing", [None, ""])
def test_questions_are_set_and_taken_away(nothing: str | None) -> None:
    listing = Listing().with_questions(DECREE.id, "q1").with_questions(DECREE.id, "q2")
    assert listing.questions == {DECREE.id: "q2"}
    assert listing.with_questions(DECREE.id, nothing).questions == {}


@given(
    ENTRIES,
    st.frozensets(TEXTS, max_size=2),
    st.dictionaries(TEXTS, TEXTS, max_size=2),
    st.lists(st.builds(Entry, FACTS, TEXTS, st.dates()), max_size=2).map(tuple),
)
def test_a_written_list_is_read_back(
    entries: tuple[Entry, ...],
    removed: frozenset[str],
    questions: dict[str, str],
    earlier: tuple[Entry, ...],
) -> None:
    listing = Listing(entries, removed, questions, earlier)
    assert Listing.from_bytes(listing.to_bytes()) == listing


def test_a_list_of_an_older_make_has_no_questions_and_no_earlier_texts() -> None:
    value = {"format": FORMAT, "documents": [], "removed": []}
    assert Listing.from_bytes(json.dumps(value).encode()) == Listing()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "cannot be read"),
        (b"{", "cannot be read"),
        (b"\xff", "cannot be read"),
        (b"[]", "cannot be read"),
        (b"{}", "cannot be read: KeyError"),
        (b'{"format": 0}', "has format 0, expected 1; it was written by another version"),
        (b'{"format": 1, "documents": [{}], "removed": []}', "cannot be read"),
        (b'{"format": 1, "documents": [{"text_sha256": "a", "number": "--"}]}', "no letter or"),
        (b'{"format": 1, "documents": [{"text_sha256": "a", "number": "9", "x": 1}]}', "x"),
        (
            b'{"format": 1, "documents": [{"text_sha256": "a", "number": "9", "status": "moi"}]}',
            "moi",
        ),
    ],
)
def test_a_broken_list_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(LibraryError, match=words):
        Listing.from_bytes(content)


@given(FACTS)
def test_facts_are_read_back_from_json(facts: Metadata) -> None:
    assert metadata_from(json.loads(json.dumps(metadata_to_json(facts)))) == facts


def test_facts_of_toml_hold_real_dates() -> None:
    facts = {"number": "999/2099/NĐ-CP", "issued": DAY, "status": "còn hiệu lực"}
    found = metadata_from(facts)
    assert (found.issued, found.status, found.notes) == (DAY, Status.IN_FORCE, ())


@pytest.mark.parametrize(
    ("facts", "error", "words"),
    [
        ({"number": "-"}, InputError, "no letter or digit"),
        ({"number": "9", "issued": "hôm qua"}, ValueError, "hôm qua"),
        ({"number": "9", "status": "mới"}, ValueError, "mới"),
        ({"title": "Luật Diều"}, KeyError, "number"),
        ({"number": "9", "colour": "đỏ"}, TypeError, "colour"),
    ],
)
def test_wrong_facts_are_named(facts: dict[str, Any], error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        metadata_from(facts)
