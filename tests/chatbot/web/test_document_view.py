"""Documents as their pages show them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatbot.web.document_view import DocumentView, Node, Piece, view_document
from corpus.errors import ParseError
from corpus.library import Library, shipped_library
from corpus.model import Document, Level, Metadata, Provision
from corpus.parsing import parse

FULL = """\
Căn cứ Luật Tổ chức;
Phần thứ nhất
QUY ĐỊNH CHUNG
Chương I
PHẠM VI
Mục 1
CHUNG
Điều 1.
Giải thích từ ngữ
1. Diều là đồ chơi bay.
2.
Dây diều là dây giữ diều.
Điều 3. Bảng giá
| Loại | Giá |
|---|---|
| diều | 5 đồng |
Điều 4. Nghĩa vụ
1. Giữ diều theo Điều 3, báo theo khoản 2 Điều 6 Nghị định 137/2024/NĐ-CP.

2. Không giữ dây diều của người khác, không thả diều.
PHỤ LỤC I
MẪU ĐƠN
Kính gửi:
"""
LINES = (
    *("Chương I", "CHUNG", "Điều 1. Giải thích từ ngữ", "Điều 2.", "Điều 4. Diều", "Điều 9"),
    *("1. Diều là đồ chơi.", "2.", "a) Diều theo Điều 1;", "đ) khoản 1 Điều này", "- dây", "..."),
    *("“Điều 5. Diều", "Diều giấy.”", "| a | b |", "PHỤ LỤC", "", "   ", "Nơi nhận:", "diều <b>"),
)


def law(text: str, articles: int | None = None) -> Document:
    facts = Metadata(number="999/2099/NĐ-CP", kind="Nghị định", article_count=articles)
    return parse(text, facts)


def viewed(document: Document) -> DocumentView:
    return view_document(document, shipped_library([document]))


def by_id(view: DocumentView) -> dict[str, Node]:
    return {node.id: node for top in view.nodes for node in top.walk()}


def links(node: Node) -> list[Piece]:
    return [piece for line in (*node.title, *node.lines) for piece in line.pieces if piece.url]


def shown_text(view: DocumentView) -> str:
    lines = [line for node in by_id(view).values() for line in (*node.title, *node.lines)]
    return "".join(piece.text for line in lines for piece in line.pieces)


@pytest.fixture(scope="module")
def full() -> dict[str, Node]:
    return by_id(viewed(law(FULL)))


def test_the_text_is_shown_to_the_character(decree: Library, kites: Document) -> None:
    for document in (law(FULL), kites, *decree.documents.values()):
        assert shown_text(viewed(document)) == document.text


@settings(deadline=None)
@given(st.lists(st.sampled_from(LINES), min_size=1, max_size=14))
def test_any_text_is_shown_to_the_character(lines: list[str]) -> None:
    try:
        document = law("\n".join(lines) + "\n")
    except ParseError:
        return
    view = viewed(document)
    assert shown_text(view) == document.text
    assert [*by_id(view)] == [node.id for node in document.walk()]


def test_headings_nest_as_the_document_does(full: dict[str, Node]) -> None:
    tags = [(node.heading_tag, node.name) for node in full.values() if node.heading_tag]
    assert tags == [
        ("h2", "Phần thứ nhất QUY ĐỊNH CHUNG"),
        ("h3", "Chương I PHẠM VI"),
        ("h4", "Mục 1 CHUNG"),
        ("h5", "Điều 1. Giải thích từ ngữ"),
        ("h5", "Điều 3. Bảng giá"),
        ("h5", "Điều 4. Nghĩa vụ"),
        ("h2", "PHỤ LỤC I MẪU ĐƠN"),
    ]


def test_no_heading_is_deeper_than_html_has() -> None:
    levels = [Level.APPENDIX, Level.PART, Level.CHAPTER, Level.SECTION, Level.SUBSECTION]
    text = "Một dòng.\n" * (len(levels) + 1)
    node = Provision(Level.ARTICLE, "1", "", "dieu-1", len(levels) * 10, len(text))
    for place, level in reversed([*enumerate(levels)]):
        node = Provision(level, "1", "", level.value, place * 10, len(text), (node,))
    view = viewed(Document("a", Metadata(number="999/2099/NĐ-CP"), text, (node,)))
    tags = [node.heading_tag for node in by_id(view).values()]
    assert tags == ["h2", "h3", "h4", "h5", "h6", "h6"]


def test_a_heading_below_its_label_is_title_and_not_text(full: dict[str, Node]) -> None:
    article = full["dieu-1"]
    assert [line.pieces[0].text for line in article.title] == ["Điều 1.\n", "Giải thích từ ngữ\n"]
    assert article.lines == ()


def test_places_name_what_people_cite(full: dict[str, Node]) -> None:
    assert full["dieu-4"].place == "Điều 4"
    assert full["dieu-4.khoan-2"].place == "khoản 2 Điều 4"
    assert full["phu-luc-1"].place == "Phụ lục I"
    assert full["mo-dau"].place == ""
    assert next(node.place for node in full.values() if node.level == "chapter") == ""


def test_a_bare_label_is_told_apart(decree: Library) -> None:
    nodes = by_id(viewed(decree.document("137-2024-nd-cp")))
    assert nodes["dieu-7.khoan-1"].label_alone
    assert not nodes["dieu-6.khoan-1"].label_alone
    assert not nodes["dieu-7"].label_alone, "headings are no bare labels"


def test_lines_tell_what_they_begin_with(full: dict[str, Node]) -> None:
    assert [line.kind for line in full["dieu-4.khoan-1"].lines] == ["clause", "blank"]
    assert [line.kind for line in full["mo-dau"].lines] == ["text"]


def test_a_table_has_cells_and_no_ruler(full: dict[str, Node]) -> None:
    assert full["dieu-3.bang-1"].rows == (("Loại", "Giá"), ("diều", "5 đồng"))
    assert full["dieu-4"].rows == ()


def test_references_stay_on_the_page_where_they_can(full: dict[str, Node]) -> None:
    found = [piece for piece in links(full["dieu-4.khoan-1"]) if not piece.term]
    assert found == [
        Piece("Điều 3", "#dieu-3"),
        Piece("khoản 2 Điều 6 Nghị định 137/2024/NĐ-CP", "/van-ban/137-2024-nd-cp#dieu-6.khoan-2"),
    ]


def test_defined_terms_lead_to_their_definition_once_an_article(full: dict[str, Node]) -> None:
    terms = [
        (node.id, piece.text, piece.url)
        for node in full.values()
        for piece in links(node)
        if piece.term and node.id.startswith("dieu-4")
    ]
    assert terms == [
        ("dieu-4.khoan-1", "diều", "#dieu-1.khoan-1"),
        ("dieu-4.khoan-2", "dây diều", "#dieu-1.khoan-2"),
    ]


@pytest.mark.parametrize(
    ("article", "linked"),
    [
        ("Điều 3. Diều\n1. Diều bay, diều rơi.", ["Diều"]),
        ("Điều 3.\nDiều\n1. Diều bay.", ["Diều"]),
        ("Điều 3. Diều\n1. Theo Điều 2 Luật Diều.\n2. Mua diều.", ["Điều 2 Luật Diều", "diều"]),
        ("Điều 3. Dây\n1. Dây\ndiều và dây diều.", ["dây diều"]),
    ],
)
def test_the_first_use_of_a_term_that_can_be_shown_is_linked(
    article: str, linked: list[str]
) -> None:
    explained = "Điều 1. Giải thích từ ngữ\n1. Diều là đồ chơi.\n2. Dây diều là dây.\n"
    document = law(f"{explained}{article}\n")
    kites = parse("Điều 2. Dây\nBằng vải.\n", Metadata(number="Luật Diều"))
    nodes = by_id(view_document(document, shipped_library([document, kites])))
    found = [piece.text for one in nodes if "dieu-3" in one for piece in links(nodes[one])]
    assert found == linked


def test_headings_carry_no_links() -> None:
    text = "Điều 1. Giải thích từ ngữ\n1. Diều là đồ chơi.\nĐiều 2. Diều theo Điều 1\nNgay.\n"
    nodes = by_id(viewed(law(text)))
    assert links(nodes["dieu-2"]) == []
    assert nodes["dieu-2"].name == "Điều 2. Diều theo Điều 1"
    below = by_id(viewed(law(text.replace("Điều 2. ", "Điều 2.\n"))))
    assert links(below["dieu-2"]) == []


def test_quoted_text_uses_no_term_of_the_document_that_quotes_it() -> None:
    text = (
        "Điều 1. Giải thích từ ngữ\n1. Diều là đồ chơi.\n"
        "Điều 2. Sửa đổi Nghị định 998/2099/NĐ-CP\nSửa đổi như sau:\n“Điều 7. Dây\nThả diều.”\n"
    )
    nodes = by_id(viewed(law(text)))
    (quoted,) = [node for node in nodes.values() if node.level == "quoted"]
    assert [piece for piece in links(quoted) if piece.term] == []


def test_quoted_text_cites_nothing_of_the_document_that_quotes_it() -> None:
    text = (
        "Điều 1. Sửa đổi, bổ sung Nghị định 998/2099/NĐ-CP\nSửa đổi, bổ sung như sau:\n"
        "“Điều 7. Dây\n1. Theo khoản 1 Điều 2 và khoản 1 Điều này.”\n"
        "Điều 2. Hiệu lực\n1. Ngay.\n"
    )
    nodes = by_id(viewed(law(text)))
    assert [links(node) for node in nodes.values() if node.level == "quoted"] == [[]]


def test_articles_know_their_neighbours(kites: Document) -> None:
    around = {
        name: (before and before.id, behind and behind.id)
        for name, (before, behind) in viewed(kites).neighbours.items()
    }
    assert around == {
        "dieu-1": (None, "dieu-2"),
        "dieu-2": ("dieu-1", "dieu-3"),
        "dieu-3": ("dieu-2", "dieu-9"),
        "dieu-9": ("dieu-3", None),
    }


def test_a_single_article_has_no_neighbours() -> None:
    view = viewed(law("Điều 1. Hiệu lực\nNgay.\n"))
    assert view.neighbours == {"dieu-1": (None, None)}
    assert view.articles == 1


@pytest.mark.parametrize(("total", "partial"), [(None, False), (2, False), (9, True)])
def test_a_copy_is_partial_where_articles_are_known_to_lack(
    total: int | None, partial: bool
) -> None:
    assert viewed(law("Điều 1. A\nMột.\nĐiều 2. B\nHai.\n", total)).partial is partial


def test_gaps_between_articles_name_the_articles_left_out(decree: Library) -> None:
    view = viewed(decree.document("137-2024-nd-cp"))
    gaps = [node.missing for node in by_id(view).values() if node.level == "gap"]
    total = view.document.metadata.article_count
    assert gaps == [("1", "5"), None, ("8", str(total))]


def test_a_gap_inside_an_article_names_no_article(kites: Document) -> None:
    gaps = [node.missing for node in by_id(viewed(kites)).values() if node.level == "gap"]
    assert gaps == [None]


def test_a_gap_between_articles_that_follow_each_other_names_nothing() -> None:
    nodes = by_id(viewed(law("Điều 1. A\nMột.\n\n...\nĐiều 2. B\nHai.\n")))
    assert [node.missing for node in nodes.values() if node.level == "gap"] == [None]


def test_a_gap_at_the_end_names_nothing_where_the_total_is_unknown() -> None:
    nodes = by_id(viewed(law("...\nĐiều 2. A\nMột.\n\n...\n")))
    gaps = [node.missing for node in nodes.values() if node.level == "gap"]
    assert gaps[0] == ("1", "1")
    assert gaps[1:] == [None]
