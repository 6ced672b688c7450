"""From a document to the units that are searched and quoted."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.citations import print_citation
from corpus.clauses import (
    LONG_CLAUSE_CHARS,
    LONG_LEAD_IN_CHARS,
    article_of,
    citation_of,
    clauses_of,
    is_complete,
    lead_ins,
    quote_bounds,
)
from corpus.model import Clause, Document, Level, Metadata
from corpus.parsing import parse

FACTS = Metadata(number="999/2099/NĐ-CP", kind="Nghị định", title="Nghị định về thả diều")


def parsed(text: str) -> Document:
    return parse(text, FACTS)


def quotes(text: str) -> dict[str, str]:
    return {clause.provision_id: clause.quote for clause in clauses_of(parsed(text))}


def only(text: str) -> Clause:
    (clause,) = clauses_of(parsed(text))
    return clause


def test_units_are_the_clauses_the_articles_without_any_and_what_leads_to_clauses() -> None:
    assert quotes(
        "Chương I\nCHUNG\nĐiều 1. Phạm vi\nVề thả diều.\nĐiều 2. Giờ\nNhư sau:\n"
        "1. Sáng.\n2. Tối:\na) Xuân;\nb) Hạ.\n"
    ) == {
        "dieu-1": "Về thả diều.",
        "dieu-2": "Như sau:",
        "dieu-2.khoan-1": "1. Sáng.",
        "dieu-2.khoan-2": "2. Tối:\na) Xuân;\nb) Hạ.",
    }


def test_a_clause_carries_its_place_and_its_context() -> None:
    text = "Điều 2. Giờ thả diều\n1. Từ 7 giờ.\n"
    clause = only(text)
    assert clause.key == ("999-2099-nd-cp", "dieu-2.khoan-1")
    assert print_citation(clause.citation) == "khoản 1 Điều 2 Nghị định 999/2099/NĐ-CP"
    assert text[clause.start : clause.end] == clause.quote == "1. Từ 7 giờ."
    assert (clause.heading, clause.complete, clause.questions) == ("Giờ thả diều", True, ())
    assert clause.passage == "Nghị định về thả diều\nGiờ thả diều\n1. Từ 7 giờ."


def test_a_heading_is_quoted_only_where_there_is_nothing_else() -> None:
    assert only("Điều 1. Phạm vi điều chỉnh\nVề diều.").quote == "Về diều."
    assert only("Điều 1.\nVề diều,\nvề dây.").quote == "Điều 1.\nVề diều,\nvề dây."
    assert only("Điều 1. Nghị định này có hiệu lực ngay.").quote == (
        "Điều 1. Nghị định này có hiệu lực ngay."
    )


def long_clause(points: str) -> str:
    return f"Điều 1. Phạm vi\n1. Gồm các trường hợp:\n{points}2. Hai.\n"


def test_a_long_clause_is_parted_into_points_that_know_its_lead_in() -> None:
    points = "".join(f"{letter}) {'thả diều ' * 80};\n" for letter in "abc")
    assert len(points) > LONG_CLAUSE_CHARS
    document = parsed(long_clause(points))
    leading, *parted, last = clauses_of(document)
    assert (leading.provision_id, leading.quote) == (
        "dieu-1.khoan-1",
        "1. Gồm các trường hợp:",
    )
    assert [clause.provision_id for clause in parted] == [
        f"dieu-1.khoan-1.diem-{letter}" for letter in "abc"
    ]
    assert all("Gồm các trường hợp:" in clause.passage for clause in parted)
    assert not any("Gồm" in clause.quote for clause in parted)
    assert last.quote == "2. Hai."


@pytest.mark.parametrize("points", ["a) Sáng;\nb) Tối.\n", "Lời dài. " * 300 + "\n"])
def test_a_short_clause_or_one_without_points_stays_whole(points: str) -> None:
    assert list(quotes(long_clause(points))) == ["dieu-1.khoan-1", "dieu-1.khoan-2"]


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("Điều 1. Giờ thả diều\n", None),
        ("Điều 1.\n", None),
        ("Điều 1. Giờ thả diều gồm:\n", None),
        ("Điều 1. Giờ thả diều\n\n  Chỉ thả một lần, vào:\n", "Chỉ thả một lần, vào:"),
        ("Điều 1. Giờ  thả diều\nGiờ thả diều là:\n", "Giờ thả diều là:"),
        ("ĐIỀU 1: Giờ thả diều\nLà:\n", "Là:"),
        ("Điều 1. Chỉ thả một lần. Gồm;\n", "Chỉ thả một lần. Gồm;"),
        ("Điều 1. Chỉ thả một lần.\nVào:\n", "Chỉ thả một lần.\nVào:"),
    ],
)
def test_what_an_article_says_before_its_clauses_is_a_unit_of_its_own(
    head: str, said: str | None
) -> None:
    text = f"{head}1. Sáng.\n2. Tối.\n"
    assert quotes(text).get("dieu-1") == said
    (clause,) = (one for one in clauses_of(parsed(text)) if one.provision_id == "dieu-1.khoan-1")
    assert (said or "") in clause.passage
    assert clause.quote == "1. Sáng."


def test_of_a_long_lead_in_the_end_is_context() -> None:
    text = f"Điều 1. Giờ\nMở đầu. {'Lời dài. ' * 200}Thả vào:\n1. Sáng.\n"
    leading, clause = clauses_of(parsed(text))
    assert leading.quote.startswith("Mở đầu.")
    assert clause.passage.endswith("Lời dài. Thả vào:\n1. Sáng.")
    assert "Mở đầu" not in clause.passage
    assert len(clause.passage) < LONG_LEAD_IN_CHARS + 60


def test_a_provision_knows_what_leads_to_it() -> None:
    document = parsed(
        "Điều 1. A\nMở đầu.\nGồm:\n1. Một, trong đó:\na) Là:\na1) Tiết;\n2. Hai.\n"
        "Điều 2. B\n1. Ba.\n"
    )

    def leading(place: str) -> list[str]:
        return [document.text[a:b] for a, b in lead_ins(document, document.by_id[place])]

    assert leading("dieu-1.khoan-1.diem-a.tiet-a1") == [
        "Mở đầu.\nGồm:",
        "1. Một, trong đó:",
        "a) Là:",
    ]
    assert leading("dieu-1.khoan-2") == ["Mở đầu.\nGồm:"]
    assert leading("dieu-1") == leading("dieu-2.khoan-1") == []


@given(
    st.lists(
        st.sampled_from(
            [
                "Điều {n}. Giờ thả",
                "Điều {n}.",
                "Chương II",
                "Chỉ một lần, vào:",
                "{n}. Sáng.",
                "{n}.",
                "a) Xuân;",
                "đ) " + "hạ " * 700,
                "- Gạch.",
                "...",
                "PHỤ LỤC I",
                "“Điều 3. Lời khác”",
                "",
            ]
        ),
        max_size=14,
    )
)
def test_every_word_of_an_article_but_its_head_is_in_one_unit(lines: list[str]) -> None:
    body = [line.format(n=n) for n, line in enumerate(lines, 2)]
    document = parsed("\n".join(["Điều 1. A", *body]))
    times = [0] * len(document.text)
    for clause in clauses_of(document):
        assert document.text[clause.start : clause.end] == clause.quote
        for at in range(clause.start, clause.end):
            times[at] += 1
    assert max(times, default=0) <= 1
    for node in document.walk():
        if node.level is Level.ARTICLE:
            said = re.finditer("Chỉ một lần|Sáng|Xuân|hạ|Gạch", document.full_text(node))
            assert all(times[node.start + word.start()] for word in said)


def test_an_appendix_is_a_unit_unless_it_has_articles() -> None:
    found = quotes("Điều 1. A\nLời.\nPHỤ LỤC I\nMẪU ĐƠN\nKính gửi: Công viên\n")
    assert "Kính gửi" in found["phu-luc-1"]
    annexed = quotes(
        "Điều 1. A\nLời.\nQUY CHẾ\nBan hành kèm theo Quyết định này\nĐiều 1. B\nDây.\n"
    )
    assert annexed == {"dieu-1": "Lời.", "quy-che.dieu-1": "Dây."}


@pytest.mark.parametrize(
    ("text", "place", "quoted"),
    [
        ("Điều 1. A\n1. Một.\n\n  \n2. Hai.", "dieu-1.khoan-1", "1. Một."),
        ("Điều 1. A\n  1. Một.", "dieu-1.khoan-1", "1. Một."),
        ("Điều 1. A\n1.\nMột.", "dieu-1.khoan-1", "Một."),
        ("Điều 1. A\n1. Gồm:\na)\nMột.", "dieu-1.khoan-1.diem-a", "Một."),
        ("Điều 1. A\n1. Gồm:\na) Một.\n...\n2. Hai.", "dieu-1.khoan-1", "1. Gồm:\na) Một."),
        (
            "Điều 1. A\n1. Gồm:\na) Một.\n...\nc) Ba.",
            "dieu-1.khoan-1",
            "1. Gồm:\na) Một.\n...\nc) Ba.",
        ),
    ],
)
def test_blanks_lone_labels_and_gaps_at_the_end_are_not_quoted(
    text: str, place: str, quoted: str
) -> None:
    document = parsed(text)
    start, end = quote_bounds(document, document.by_id[place])
    assert document.text[start:end] == quoted


def test_only_what_leaves_nothing_out_is_complete() -> None:
    document = parsed("Điều 1. A\n1. Gồm:\na) Một.\n...\n2. Hai.\n")
    complete = {node.id for node in document.walk() if is_complete(node)}
    assert complete == {"dieu-1.khoan-1.diem-a", "dieu-1.khoan-2"}


DOCUMENT = parsed(
    "CHÍNH PHỦ\nChương I\nCHUNG\nĐiều 1. A\n1. Gồm:\nđ) không theo thứ tự;\na) Một;\na1) Tiết.\n"
    "QUY CHẾ\nBan hành kèm theo Quyết định này\nĐiều 1. B\n1. Dây.\nPHỤ LỤC II\nMẪU\nĐơn\n"
)


@pytest.mark.parametrize(
    ("place", "cited", "article"),
    [
        ("mo-dau", "Nghị định 999/2099/NĐ-CP", None),
        ("dieu-1", "Điều 1 Nghị định 999/2099/NĐ-CP", "dieu-1"),
        ("dieu-1.khoan-1.diem-a", "điểm a khoản 1 Điều 1 Nghị định 999/2099/NĐ-CP", "dieu-1"),
        (
            "dieu-1.khoan-1.diem-a.tiet-a1",
            "điểm a khoản 1 Điều 1 Nghị định 999/2099/NĐ-CP",
            "dieu-1",
        ),
        (
            "quy-che.dieu-1.khoan-1",
            "khoản 1 Điều 1 Quy chế ban hành kèm theo Nghị định 999/2099/NĐ-CP",
            "quy-che.dieu-1",
        ),
        ("phu-luc-2", "Phụ lục II Nghị định 999/2099/NĐ-CP", None),
    ],
)
def test_a_provision_is_cited_by_what_holds_it(place: str, cited: str, article: str | None) -> None:
    node = DOCUMENT.by_id[place]
    assert print_citation(citation_of(DOCUMENT, node)) == cited
    held = article_of(DOCUMENT, node)
    assert (held.id if held else None) == article


def test_a_document_without_kind_or_title_adds_none() -> None:
    clause = clauses_of(parse("Điều 1. A\n1. Một.\n", Metadata(number="Bộ luật Diều")))[0]
    assert clause.passage == "A\n1. Một."
    assert print_citation(clause.citation) == "khoản 1 Điều 1 Bộ luật Diều"
