"""What a source leaves out, and which provisions that may be."""

from __future__ import annotations

import pytest

from corpus.gaps import gap_for, gaps
from corpus.model import Citation, Document, Gap, Metadata
from corpus.parsing import parse

FACTS = Metadata(number="999/2099/NĐ-CP", kind="Nghị định")
WHOLE = "Điều 1. Phạm vi\n1. Một.\n2. Hai.\nĐiều 2. Hiệu lực\nLời.\n"
CUT = """\
Điều 2. Giờ thả diều
1. Gồm:
a) Sáng;
...
đ) Tối;
g) Đêm.
2. Hai.
...

...
Điều 5. Dây diều
Lời.
Điều 6. Hiệu lực
1. Một.
"""


def parsed(text: str) -> Document:
    return parse(text, FACTS)


def test_a_whole_document_has_no_gap() -> None:
    document = parsed(WHOLE)
    assert gaps(document) == ()
    for citation in (Citation("3"), Citation("1", "3"), Citation("1", "1", "a"), Citation("0")):
        assert gap_for(document, citation) is None


def test_gaps_name_their_neighbours_in_reading_order() -> None:
    document = parsed(CUT)
    found = gaps(document)
    assert [(gap.parent, gap.before, gap.after) for gap in found] == [
        ("dieu-2.khoan-1", "dieu-2.khoan-1.diem-a", "dieu-2.khoan-1.diem-dd"),
        ("dieu-2.khoan-2", "", ""),
        ("", "dieu-2", "dieu-5"),
    ]
    assert [document.text[gap.start : gap.end].strip() for gap in found] == ["..."] * 3


def test_a_gap_at_the_start_or_the_end_has_one_neighbour() -> None:
    first, last = gaps(parsed("...\n\nĐiều 5. A\nLời.\n\n...\n"))
    assert (first.before, first.after) == ("", "dieu-5")
    assert (last.before, last.after) == ("dieu-5", "")


def test_a_gap_that_ends_a_provision_may_hold_what_follows_it() -> None:
    document = parsed(
        "Điều 2. A\n1. Một.\n2. Hai.\n...\nĐiều 5. B\n1. Gồm:\na) Sáng;\n...\nc) Trưa.\n2. Hai.\n"
    )
    at_end, in_points = gaps(document)
    assert at_end.parent == "dieu-2.khoan-2"
    for citation in (Citation("3"), Citation("4", "1"), Citation("2", "3")):
        assert gap_for(document, citation) == at_end
    assert gap_for(document, Citation("5", "1", "b")) == in_points
    for citation in (Citation("6"), Citation("5", "3"), Citation("5", "1", "d"), Citation("1")):
        assert gap_for(document, citation) is None


IN_POINTS, BEHIND_CLAUSES, IN_ARTICLES = gaps(parsed(CUT))


@pytest.mark.parametrize(
    ("citation", "gap"),
    [
        (Citation("2", "1", "b"), IN_POINTS),
        (Citation("2", "1", "d"), IN_POINTS),
        (Citation("2", "1", "e"), None),  # between đ and g, which stand together
        (Citation("2", "1", "đ"), None),  # present
        (Citation("2", "1", "a"), None),
        (Citation("2", "3"), BEHIND_CLAUSES),
        (Citation("3"), IN_ARTICLES),
        (Citation("4", "2", "a"), IN_ARTICLES),
        (Citation("5"), None),
        (Citation("5a"), None),  # between two that stand together
        (Citation("5", "1"), None),
        (Citation("7"), None),  # behind the last one, where nothing is left out
        (Citation("6", "2"), None),
        (Citation("1"), None),
        (Citation(clause="3"), None),
        (Citation(), None),
    ],
)
def test_where_a_cited_provision_would_lie(citation: Citation, gap: Gap | None) -> None:
    assert gap_for(parsed(CUT), citation) == gap


ANNEXED = "\nQUY CHẾ\n(Ban hành kèm theo Quyết định)\n"


def test_a_gap_of_the_body_holds_no_article_of_an_annexed_regulation() -> None:
    whole = "Điều 1. D\nLời.\nĐiều 2. E\nLời.\nĐiều 3. F\nLời.\n"
    document = parsed("Điều 1. A\nLời.\n\n...\n\nĐiều 3. C\nLời.\n" + ANNEXED + whole)
    (gap,) = gaps(document)
    assert gap_for(document, Citation("2")) == gap
    for absent in ("2", "4"):
        assert gap_for(document, Citation(absent, annex="Quy chế")) is None
    assert gap_for(document, Citation("4")) is None


@pytest.mark.parametrize("chapter", ["", "Chương I\nCHUNG\n"])
def test_a_gap_of_an_annexed_regulation_holds_no_article_of_the_body(chapter: str) -> None:
    cut = chapter + "Điều 1. D\n1. Một.\n...\n3. Ba.\n\n...\n\nĐiều 9. E\nLời.\n"
    document = parsed("Điều 1. A\nLời.\nĐiều 2. B\nLời.\n" + ANNEXED + cut)
    in_clauses, in_articles = gaps(document)
    for citation in (Citation("5"), Citation("1", "2"), Citation("2", annex="Điều lệ")):
        assert gap_for(document, citation) is None
    assert gap_for(document, Citation("2", annex="Quy chế")) == in_articles
    assert gap_for(document, Citation("1", "2", annex="Quy chế")) == in_clauses
    assert gap_for(document, Citation("10", annex="Quy chế")) is None
