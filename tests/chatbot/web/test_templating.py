"""Templates, addresses and how values are printed into pages."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError
from starlette.requests import Request

from chatbot.messages import ENGLISH, VIETNAMESE
from chatbot.web.assets import Assets
from chatbot.web.templating import (
    Templates,
    base_of,
    chat_address,
    day,
    source_link,
    switch_address,
    unbroken,
)
from tests.chatbot.web.site import ATTACK

NUMBER = "999/2099/NĐ-CP"


def request(path: str, query: str = "", root: str = "") -> Request:
    return Request(
        {
            "type": "http",
            "method": "GET",
            "scheme": "http",
            "server": ("luat.example.vn", 80),
            "path": path,
            "query_string": query.encode(),
            "root_path": root,
            "headers": [],
        }
    )


@pytest.fixture(scope="module")
def templates() -> Templates:
    return Templates(Assets().path)


@pytest.mark.parametrize(
    ("language", "base", "home", "library"),
    [
        ("vi", "", 'href="/"', 'href="/van-ban"'),
        ("en", "", 'href="/en/"', 'href="/van-ban?lang=en"'),
        ("en", "/hoi-luat", 'href="/hoi-luat/en/"', 'href="/hoi-luat/van-ban?lang=en"'),
    ],
)
def test_pages_link_within_their_language_and_prefix(
    templates: Templates, language: str, base: str, home: str, library: str
) -> None:
    values = {"heading": "Lỗi", "message": "Hỏng", "framed": False}
    html = templates.render("problem.html", language, base, values)
    assert home in html
    assert library in html


def test_values_are_escaped(templates: Templates) -> None:
    values = {"heading": ATTACK, "message": ATTACK, "framed": False}
    html = templates.render("problem.html", "vi", "", values)
    assert ATTACK not in html
    assert "<img" not in html
    assert html.count("&lt;script&gt;window.attacked = true&lt;/script&gt;") == 3


def test_a_value_nobody_gave_is_an_error(templates: Templates) -> None:
    with pytest.raises(UndefinedError, match="heading"):
        templates.render("problem.html", "vi", "", {"message": "", "framed": False})


def test_a_page_answers_in_the_language_asked_for(templates: Templates) -> None:
    values = {"heading": "Lỗi", "message": "Hỏng"}
    answer = templates.page(request("/a", "lang=en", "/hoi-luat"), "problem.html", values, 404)
    html = bytes(answer.body).decode()
    assert answer.status_code == 404
    assert '<html lang="en">' in html
    assert 'href="/hoi-luat/en/"' in html
    other = templates.page(request("/a", "lang=fr"), "problem.html", values)
    assert '<html lang="vi">' in bytes(other.body).decode()


def test_chats_live_below_their_language() -> None:
    assert (chat_address("vi"), chat_address("en")) == ("/", "/en/")


@pytest.mark.parametrize(
    ("root", "base"), [("", ""), ("/", ""), ("/hoi-luat", "/hoi-luat"), ("/a/b/", "/a/b")]
)
def test_the_base_ends_without_a_slash(root: str, base: str) -> None:
    assert base_of(request("/x", root=root)) == base


@pytest.mark.parametrize(
    ("query", "english", "vietnamese"),
    [
        ("", "/van-ban?lang=en", "/van-ban"),
        ("lang=en", "/van-ban?lang=en", "/van-ban"),
        ("q=di%E1%BB%81u", "/van-ban?q=di%E1%BB%81u&lang=en", "/van-ban?q=di%E1%BB%81u"),
        ("lang=en&khung=1", "/van-ban?khung=1&lang=en", "/van-ban?khung=1"),
    ],
)
def test_the_other_language_keeps_the_rest_of_the_address(
    query: str, english: str, vietnamese: str
) -> None:
    assert switch_address(request("/van-ban", query), VIETNAMESE) == english
    assert switch_address(request("/van-ban", query), ENGLISH) == vietnamese


@pytest.mark.parametrize(
    ("suffix", "highlights", "address"),
    [
        ("", (), "/van-ban/a#dieu-1"),
        ("?lang=en", (), "/van-ban/a?lang=en#dieu-1"),
        ("", ((12, 40), (60, 72)), "/van-ban/a?danh-dau=12-40.60-72#dieu-1"),
        ("?lang=en", ((0, 3),), "/van-ban/a?lang=en&danh-dau=0-3#dieu-1"),
    ],
)
def test_links_to_the_source_carry_language_and_marks(
    suffix: str, highlights: tuple[tuple[int, int], ...], address: str
) -> None:
    assert source_link("/van-ban/a#dieu-1", suffix, highlights) == address


def test_a_link_to_a_whole_document_has_no_fragment() -> None:
    assert source_link("/van-ban/a", "") == "/van-ban/a"
    assert source_link("/van-ban/a", "?lang=en") == "/van-ban/a?lang=en"


@pytest.mark.parametrize(
    ("text", "number", "html"),
    [
        (
            f"Điều 1 Nghị định {NUMBER}",
            NUMBER,
            f'Điều 1 Nghị định <span class="unbroken">{NUMBER}</span>',
        ),
        ("1 và 1", "1", '1 và <span class="unbroken">1</span>'),
        (NUMBER, NUMBER, f'<span class="unbroken">{NUMBER}</span>'),
        ("Bộ luật Thả diều", NUMBER, "Bộ luật Thả diều"),
        ("Bộ luật Thả diều", "", "Bộ luật Thả diều"),
        ("a <b> c", "<b>", 'a <span class="unbroken">&lt;b&gt;</span> c'),
        ("<i> & 1 & <i>", "1", '&lt;i&gt; &amp; <span class="unbroken">1</span> &amp; &lt;i&gt;'),
        ("", "", ""),
    ],
)
def test_a_number_is_kept_on_one_line(text: str, number: str, html: str) -> None:
    assert unbroken(text, number) == html


class Reader(HTMLParser):
    """Collects the text of markup and the names of its elements."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.text = ""
        self.elements: list[str] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.elements.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


@given(st.text(alphabet="<>&\"'ab1{}%/- ", max_size=20), st.text(alphabet="<&1/{}", max_size=4))
def test_a_number_on_one_line_reads_as_before(text: str, number: str) -> None:
    read = Reader(str(unbroken(text, number)))
    assert read.text == text
    assert read.elements == (["span"] if number and number in text else [])


@pytest.mark.parametrize(
    ("value", "printed"),
    [(date(2024, 10, 23), "23/10/2024"), (date(2099, 1, 2), "02/01/2099")],
)
def test_days_are_printed_as_readers_write_them(value: date, printed: str) -> None:
    assert day(value) == printed
