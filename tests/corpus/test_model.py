"""Documents, provisions and what they are called."""

from __future__ import annotations

import pytest

from corpus.model import Document, Level, Metadata, Provision

TEXT = "Điều 1. A\n1. Một.\n2. Hai.\n"
ARTICLE = Provision(
    Level.ARTICLE,
    "1",
    "A",
    "dieu-1",
    0,
    len(TEXT),
    (
        Provision(Level.CLAUSE, "1", "", "dieu-1.khoan-1", 10, 18),
        Provision(Level.CLAUSE, "2", "", "dieu-1.khoan-2", 18, len(TEXT)),
    ),
)
DOCUMENT = Document("999-2099-nd-cp", Metadata("999/2099/NĐ-CP"), TEXT, (ARTICLE,))


def test_a_node_ends_where_its_first_child_begins() -> None:
    first, second = ARTICLE.children
    assert [DOCUMENT.own_text(node) for node in (ARTICLE, first, second)] == [
        "Điều 1. A\n",
        "1. Một.\n",
        "2. Hai.\n",
    ]
    assert (ARTICLE.own_end, second.own_end) == (first.start, second.end)
    assert DOCUMENT.full_text(ARTICLE) == TEXT


def test_provisions_are_walked_in_reading_order_and_found_by_id() -> None:
    assert [node.id for node in DOCUMENT.walk()] == ["dieu-1", "dieu-1.khoan-1", "dieu-1.khoan-2"]
    assert list(ARTICLE.walk()) == list(DOCUMENT.walk()) == list(DOCUMENT.by_id.values())
    assert Document("x", Metadata("x"), "", ()).by_id == {}


def test_documents_are_equal_by_what_they_hold() -> None:
    assert Document("999-2099-nd-cp", Metadata("999/2099/NĐ-CP"), TEXT, (ARTICLE,)) == DOCUMENT
    assert Document("999-2099-nd-cp", Metadata("998/2099/NĐ-CP"), TEXT, (ARTICLE,)) != DOCUMENT


@pytest.mark.parametrize(
    ("number", "kind", "name"),
    [
        ("999/2099/NĐ-CP", "Nghị định", "Nghị định 999/2099/NĐ-CP"),
        ("999/2099/NĐ-CP", "", "999/2099/NĐ-CP"),
        ("Bộ luật Diều", "Bộ luật", "Bộ luật Diều"),
        ("BỘ LUẬT DIỀU", "Bộ luật", "BỘ LUẬT DIỀU"),
        ("9/VBHN-BTC", "Văn bản hợp nhất", "Văn bản hợp nhất 9/VBHN-BTC"),
    ],
)
def test_a_document_is_called_by_kind_and_number_without_repeating_the_kind(
    number: str, kind: str, name: str
) -> None:
    assert Metadata(number, kind).name == name
