"""A stored document reads and parses when asked, and is then like any other."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from corpus.clauses import clauses_of
from corpus.errors import LibraryError, ParseError
from corpus.gaps import gaps
from corpus.lazy import StoredDocument
from corpus.model import Metadata
from corpus.parsing import parse
from corpus.serialising import document_to_json

FACTS = Metadata(number="999/2099/NĐ-CP", kind="Nghị định")
TEXT = "Điều 1. A\n1. Một.\n...\nĐiều 2. B\nLời.\n"


def counted(texts: list[str | Exception]) -> tuple[StoredDocument, Callable[[], int]]:
    """A document whose reader gives one of `texts` each time, and how many are left."""

    def read() -> str:
        text = texts.pop(0)
        if isinstance(text, Exception):
            raise text
        return text

    return StoredDocument("999-2099-nd-cp", FACTS, read), lambda: len(texts)


def test_facts_cost_no_reading_and_the_text_is_read_once() -> None:
    document, left = counted([TEXT])
    assert (document.id, document.metadata, left()) == ("999-2099-nd-cp", FACTS, 1)
    assert [document.text, document.text] == [TEXT, TEXT]
    assert [node.id for node in document.children] == ["dieu-1", "dieu-2"]
    assert document.by_id["dieu-2"].heading == "B"
    assert left() == 0


def test_everything_made_of_it_is_as_if_it_had_been_parsed() -> None:
    document, _ = counted([TEXT])
    plain = parse(TEXT, FACTS)
    assert document_to_json(document) == document_to_json(plain)
    assert clauses_of(document) == clauses_of(plain)
    assert gaps(document) == gaps(plain)
    assert document.full_text(document.by_id["dieu-1"]) == plain.full_text(plain.by_id["dieu-1"])


def test_an_earlier_text_keeps_the_id_it_was_given() -> None:
    document = StoredDocument("999-2099-nd-cp@3f2a91bc", FACTS, lambda: TEXT)
    assert {clause.document_id for clause in clauses_of(document)} == {"999-2099-nd-cp@3f2a91bc"}


def test_a_text_that_could_not_be_read_is_read_again_next_time() -> None:
    document, _ = counted([LibraryError("hỏng"), LibraryError("hỏng"), TEXT])
    with pytest.raises(LibraryError, match="hỏng"):
        _ = document.text
    with pytest.raises(LibraryError, match="hỏng"):
        _ = document.by_id
    assert document.by_id["dieu-1"].label == "1"


def test_a_text_without_articles_says_so() -> None:
    document, _ = counted(["Xin chào."])
    with pytest.raises(ParseError, match="no line begins an article"):
        _ = document.children
