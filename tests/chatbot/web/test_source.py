"""The library page, the source pages and what they tell machines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from chatbot.answers import Answer
from chatbot.web.assets import Assets
from chatbot.web.problems import install_problem_handlers
from chatbot.web.source import KEPT_BODIES, Bodies, linked_data, source_router
from chatbot.web.templating import Templates
from corpus.library import Library, shipped_library
from corpus.model import Document, Metadata, Status
from corpus.parsing import parse
from tests.chatbot.web.site import ATTACK, FICTION_ID, fiction, library

TEMPLATES = Templates(Assets().path)
PAGE = {"accept": "text/html"}


@dataclass
class Silent:
    """Has documents to show and is asked nothing."""

    library: Library

    def ask(self, *_: object, **__: object) -> Answer:
        raise AssertionError("source pages ask nothing")


def site(shelf: Library) -> TestClient:
    app = FastAPI()
    install_problem_handlers(app, TEMPLATES)
    app.include_router(source_router(Silent(shelf), TEMPLATES))
    return TestClient(app)


@pytest.fixture(scope="module")
def pages() -> Iterator[TestClient]:
    with site(library()) as client:
        yield client


def tiny(number: int) -> Document:
    return parse("Điều 1. A\nMột.\n", Metadata(number=f"{number}/2099/NĐ-CP"))


# --- the library ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {FICTION_ID, "137-2024-nd-cp"}),
        ("cầu vồng", {FICTION_ID}),
        ("CAU VONG", {FICTION_ID}),
        ("ngắm 999", {FICTION_ID}),
        ("ca\u0302\u0300u", {FICTION_ID}),
        ("137/2024", {"137-2024-nd-cp"}),
        ("137-2024-nd-cp", {"137-2024-nd-cp"}),
        ("nghị định", {FICTION_ID, "137-2024-nd-cp"}),
        ("cầu lông", set()),
    ],
)
def test_documents_are_found_by_number_and_title(
    pages: TestClient, query: str, found: set[str]
) -> None:
    html = pages.get("/van-ban", params={"q": query}).text
    assert set(re.findall(r'href="/van-ban/([\w-]+)"', html)) == found


def test_a_search_without_a_match_says_so(pages: TestClient) -> None:
    assert "Không có văn bản nào khớp với từ tìm kiếm." in pages.get("/van-ban?q=xyz").text


def test_an_empty_library_says_so_and_offers_no_search() -> None:
    with site(Library({}, (), "")) as client:
        html = client.get("/van-ban").text
    assert "Chưa nạp văn bản nào." in html
    assert 'type="search"' not in html


def test_what_was_searched_is_shown_as_text(pages: TestClient) -> None:
    html = pages.get("/van-ban", params={"q": f'"{ATTACK}'}).text
    assert ATTACK not in html
    assert 'value="&#34;&lt;script&gt;' in html


# --- a document -----------------------------------------------------------------------------


def test_every_provision_has_its_anchor(pages: TestClient) -> None:
    html = pages.get(f"/van-ban/{FICTION_ID}").text
    for provision in fiction().walk():
        assert f'id="{provision.id}"' in html


def test_a_hostile_document_is_text(pages: TestClient) -> None:
    html = pages.get(f"/van-ban/{FICTION_ID}").text
    assert "window.attacked" in html
    assert "<script>window" not in html
    assert "<img" not in html


def test_an_absent_document_is_named_on_a_page(pages: TestClient) -> None:
    answer = pages.get("/van-ban/998-2099-nd-cp", headers=PAGE)
    assert answer.status_code == 404
    assert "Không có văn bản “998-2099-nd-cp” trong danh sách đã nạp." in answer.text


def test_a_framed_page_has_no_header_and_is_not_indexed(pages: TestClient) -> None:
    plain = pages.get(f"/van-ban/{FICTION_ID}").text
    framed = pages.get(f"/van-ban/{FICTION_ID}?khung=1").text
    assert ('<header class="top"' in plain, "noindex" in plain) == (True, False)
    assert ('<header class="top"' in framed, "noindex" in framed) == (False, True)


def test_the_canonical_address_is_without_choices(pages: TestClient) -> None:
    html = pages.get(f"/van-ban/{FICTION_ID}?lang=en&khung=1").text
    assert f'<link rel="canonical" href="http://testserver/van-ban/{FICTION_ID}">' in html


def test_the_page_carries_its_facts_for_machines(pages: TestClient) -> None:
    html = pages.get(f"/van-ban/{FICTION_ID}").text
    (table,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    address = f"http://testserver/van-ban/{FICTION_ID}"
    assert json.loads(table) == linked_data(fiction(), address)


# --- linked data ------------------------------------------------------------------------------


def test_facts_are_told_as_legislation() -> None:
    table = linked_data(fiction(), "https://luat.example.vn/van-ban/a")
    assert table["@type"] == "Legislation"
    assert table["@id"] == table["url"] == "https://luat.example.vn/van-ban/a"
    assert table["legislationIdentifier"] == "999/2099/NĐ-CP"
    assert table["legislationType"] == "Nghị định"
    assert table["legislationDate"] == "2099-01-02"
    assert table["temporalCoverage"] == "2099-03-04/.."
    assert table["legislationPassedBy"] == {"@type": "Organization", "name": "Chính phủ"}
    assert table["legislationLegalForce"] == "https://schema.org/NotInForce"


def test_unknown_facts_are_left_out() -> None:
    table = linked_data(tiny(999), "https://luat.example.vn/van-ban/a")
    assert table["name"] == "999/2099/NĐ-CP"
    assert None not in table.values()
    assert "" not in table.values()
    assert not {"legislationDate", "legislationPassedBy", "legislationLegalForce"} & set(table)


@pytest.mark.parametrize(
    ("status", "force"),
    [
        (Status.IN_FORCE, "InForce"),
        (Status.PARTLY_IN_FORCE, "PartiallyInForce"),
        (Status.NOT_YET, "NotInForce"),
        (Status.EXPIRED, "NotInForce"),
    ],
)
def test_validity_in_the_words_of_schema_org(status: Status, force: str) -> None:
    document = tiny(999)
    document = replace(document, metadata=replace(document.metadata, status=status))
    assert linked_data(document, "")["legislationLegalForce"] == f"https://schema.org/{force}"


# --- what is kept -----------------------------------------------------------------------------


def test_a_rendered_document_is_kept_by_language_and_prefix() -> None:
    bodies = Bodies(Silent(library()), TEMPLATES)
    document = fiction()
    view, body = bodies.get(document, "vi", "")
    assert bodies.get(document, "vi", "")[0] is view
    assert bodies.get(document, "en", "")[0] is not view
    assert 'href="/van-ban/137-2024-nd-cp"' in body
    assert 'href="/hoi-luat/van-ban/137-2024-nd-cp"' in bodies.get(document, "vi", "/hoi-luat")[1]


def test_links_follow_what_is_loaded() -> None:
    citing = parse("Điều 1. A\nTheo Nghị định 998/2099/NĐ-CP.\n", Metadata(number="999/2099/NĐ-CP"))
    asker = Silent(shipped_library([citing]))
    bodies = Bodies(asker, TEMPLATES)
    assert "998-2099-nd-cp" not in bodies.get(citing, "vi", "")[1]
    asker.library = shipped_library([citing, tiny(998)])
    assert 'href="/van-ban/998-2099-nd-cp"' in bodies.get(citing, "vi", "")[1]


def test_the_document_read_longest_ago_is_forgotten_first() -> None:
    documents = [tiny(number) for number in range(9000, 9001 + KEPT_BODIES)]
    bodies = Bodies(Silent(shipped_library(documents)), TEMPLATES)
    views = [bodies.get(document, "vi", "")[0] for document in documents[:-1]]
    assert bodies.get(documents[0], "vi", "")[0] is views[0]
    bodies.get(documents[-1], "vi", "")
    assert bodies.get(documents[0], "vi", "")[0] is views[0]
    assert bodies.get(documents[1], "vi", "")[0] is not views[1]
