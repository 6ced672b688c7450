"""What the source page marks is the quotation, to the character."""

from __future__ import annotations

from urllib.parse import quote as quoted_for_url

import pytest
from fastapi.testclient import TestClient

from chatbot.web.templating import source_link
from corpus.clauses import quote_bounds
from corpus.library import shipped_library
from corpus.model import Document, Level, Provision
from tests.chatbot.web.browsing import NewPage

pytestmark = pytest.mark.browser

# The marked lines and all between them; then whether a line between them is not marked.
MARKED = """() => {
  const lines = [...document.querySelectorAll("#text .line, #text .blank")];
  const isMarked = (line) => getComputedStyle(line).backgroundColor !== "rgba(0, 0, 0, 0)";
  const first = lines.findIndex(isMarked);
  const last = lines.findLastIndex(isMarked);
  const within = lines.slice(first, last + 1);
  const holes = within.filter((line) => line.matches(".line") && !isMarked(line));
  return [within.map((line) => line.textContent).join(""), holes.length];
}"""
# The text of the document inside each highlight, without what the page puts between its lines.
ANSWER = """() => [...(CSS.highlights.get("answer") ?? [])].map((range) => {
  const walker = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
  let text = "";
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const parent = node.parentElement;
    if (!range.intersectsNode(node) || parent.closest("[data-ui]")) continue;
    if (!parent.closest(".line, .blank")) continue;
    const start = node === range.startContainer ? range.startOffset : 0;
    text += node.data.slice(start, node === range.endContainer ? range.endOffset : undefined);
  }
  return text;
})"""


def cited() -> list[tuple[Document, Provision]]:
    """Return every khoản and điểm we ship, and the articles they stand in."""
    return [
        (document, provision)
        for document in shipped_library().documents.values()
        for provision in document.walk()
        if provision.level in (Level.ARTICLE, Level.CLAUSE, Level.POINT)
    ]


def test_the_marked_passage_is_the_quotation(
    new_page: NewPage, address: str, client: TestClient
) -> None:
    page = new_page()
    seen = 0
    for document, provision in cited():
        place = f"/api/v1/documents/{document.id}/provisions/{quoted_for_url(provision.id)}"
        table = client.get(place).json()
        page.goto(address + table["url"])
        text, holes = page.evaluate(MARKED)
        assert (text.strip(), holes) == (table["quote"], 0), provision.id
        seen += 1
    assert seen > 15


def test_the_marked_words_are_those_that_answer(new_page: NewPage, address: str) -> None:
    page = new_page()
    for document, provision in cited():
        start, end = quote_bounds(document, provision)
        quote = document.text[start:end]
        third = len(quote) // 3
        spans = ((0, 1), (2, third), (third, 2 * third), (len(quote) - 2, len(quote)))
        url = source_link(f"/van-ban/{document.id}#{provision.id}", "", spans)
        page.goto(address + url)
        assert page.evaluate(ANSWER) == [quote[a:b] for a, b in spans], provision.id
