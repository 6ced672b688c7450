"""Answers as the chat shows them."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatbot.answers import Alternative, Answer, AnswerStatus, Quotation
from chatbot.messages import ENGLISH, VIETNAMESE, Messages
from chatbot.web.assets import Assets
from chatbot.web.cards import Cards, provision_of, telling
from chatbot.web.templating import Templates
from tests.chatbot.web.site import ATTACK, FICTION_ID, Scripted, quoted, real_chatbot
from tests.chatbot.web.site import library as site_library

TEMPLATES = Templates(Assets().path)
LIBRARY = site_library()
ASKER = Scripted(real_chatbot(LIBRARY))
QUOTED = Quotation(
    citation="khoản 2 Điều 4 Nghị định 999/2099/NĐ-CP",
    document="999/2099/NĐ-CP",
    document_id=FICTION_ID,
    article="4",
    clause="2",
    point=None,
    heading="Hiệu lực",
    quote="2. Nghị định này có hiệu lực:\na) Ở đồng bằng;\nb) Ở vùng núi.",
    highlights=((3, 12),),
    complete=True,
    url=f"/van-ban/{FICTION_ID}#dieu-4.khoan-2",
)
ANSWERED = Answer(AnswerStatus.ANSWERED, "Bao giờ có hiệu lực?", answer=QUOTED)
MISSED = Answer(AnswerStatus.NOT_FOUND, "Mưa à?", message="Không có quy định về mưa.")
FAILED = Answer(AnswerStatus.UNAVAILABLE, "Mưa à?")


def cards(words: Messages = VIETNAMESE, *, feedback: bool = False) -> Cards:
    return Cards(TEMPLATES, ASKER, words, feedback=feedback)


def message(answer: Answer, words: Messages = VIETNAMESE, base: str = "") -> dict[str, Any]:
    return cards(words).message(answer, base)


def quotation_shown(html: str) -> str:
    found = re.search(r"<blockquote[^>]*>(.*?)</blockquote>", html, re.DOTALL)
    assert found
    return unescape(re.sub(r"<[^>]*>", "", found[1]))


def test_an_answer_says_where_it_stands_and_what_to_remember() -> None:
    told = message(ANSWERED)
    assert told["status"] == "answered"
    assert told["announcement"] == (
        "Đã có câu trả lời. Căn cứ khoản 2 Điều 4 Nghị định 999/2099/NĐ-CP."
    )
    assert told["answer"] == {"citation": QUOTED.citation, "url": QUOTED.url}
    assert told["turn"] == {
        "question": "Bao giờ có hiệu lực?",
        "document_id": FICTION_ID,
        "provision": "dieu-4.khoan-2",
    }


def test_the_card_quotes_word_for_word_with_the_answering_words_marked() -> None:
    html = message(ANSWERED)["html"]
    assert quotation_shown(html) == QUOTED.quote
    assert re.findall("<mark>(.*?)</mark>", html) == ["Nghị định"]
    assert 'data-provision="dieu-4.khoan-2"' in html
    address = f'href="/van-ban/{FICTION_ID}?danh-dau=3-12#dieu-4.khoan-2"'
    assert address in html


def test_what_leads_to_the_quoted_provision_stands_above_it() -> None:
    def leading(provision: str) -> list[str]:
        place = replace(QUOTED, url=f"/van-ban/{FICTION_ID}#{provision}")
        html = message(replace(ANSWERED, answer=place))["html"]
        return [unescape(one) for one in re.findall('class="lead-in" lang="vi">(.*?)<', html)]

    assert leading("dieu-2.khoan-1") == [
        "Trong Nghị định này, các từ ngữ dưới đây được hiểu như sau:"
    ]
    assert leading("dieu-3.khoan-1.diem-a") == ["1. Người ngắm cầu vồng phải:"]
    assert leading("dieu-4") == leading("dieu-3.khoan-2") == []


def test_a_mark_on_everything_is_left_out() -> None:
    whole = replace(QUOTED, highlights=((0, len(QUOTED.quote)),))
    html = message(replace(ANSWERED, answer=whole))["html"]
    assert "<mark>" not in html
    assert "danh-dau" not in html


def test_links_stay_below_the_prefix_of_the_server() -> None:
    told = message(ANSWERED, base="/hoi-luat")
    assert told["answer"]["url"] == f"/hoi-luat/van-ban/{FICTION_ID}#dieu-4.khoan-2"
    assert re.findall('(?:href|cite|permalink)="(?!/hoi-luat/)', told["html"]) == []


def test_an_english_card_keeps_the_law_vietnamese() -> None:
    told = message(ANSWERED, ENGLISH)
    assert QUOTED.citation in told["announcement"]
    assert quotation_shown(told["html"]) == QUOTED.quote
    assert f'href="/van-ban/{FICTION_ID}?lang=en&amp;danh-dau=3-12#dieu-4.khoan-2"' in told["html"]


def test_nothing_found_is_told_with_its_message() -> None:
    told = message(MISSED)
    assert told["status"] == "not_found"
    assert told["answer"] is None
    assert told["turn"] == {"question": "Mưa à?", "document_id": None, "provision": None}
    assert told["announcement"] == (
        "Chưa có câu trả lời. Không tìm thấy quy định trả lời câu hỏi này."
    )
    assert "Không có quy định về mưa." in told["html"]


def test_nothing_found_has_english_words_of_its_own() -> None:
    html = message(MISSED, ENGLISH)["html"]
    assert ENGLISH.not_found in unescape(html)
    assert "Không có quy định" not in html


@pytest.mark.parametrize("words", [VIETNAMESE, ENGLISH])
def test_thanks_are_no_failed_question(words: Messages) -> None:
    thanks = Answer(
        AnswerStatus.NOT_FOUND,
        "cảm ơn nhé",
        message=VIETNAMESE.said_in_passing,
        asks_nothing=True,
    )
    shown = cards(words).message(thanks, "")
    assert words.said_in_passing in unescape(shown["html"])
    assert words.not_found_title not in unescape(shown["html"])
    assert shown["announcement"] == words.said_in_passing


@pytest.mark.parametrize("words", [VIETNAMESE, ENGLISH])
def test_what_the_page_says_itself_is_shown(words: Messages) -> None:
    html = cards(words).message(MISSED, "", said=words.question_empty)["html"]
    assert words.question_empty in unescape(html)
    assert words.not_found not in unescape(html)
    assert MISSED.message not in unescape(html)


@pytest.mark.parametrize("words", [VIETNAMESE, ENGLISH])
def test_a_failure_is_never_told_as_nothing_found(words: Messages) -> None:
    told = message(FAILED, words)
    assert (told["status"], told["announcement"]) == ("unavailable", words.unavailable_title)
    assert words.unavailable in unescape(told["html"])
    assert words.not_found_title not in unescape(told["html"])
    assert 'data-ask="Mưa à?"' in told["html"]


@pytest.mark.parametrize("words", [VIETNAMESE, ENGLISH])
def test_the_reason_of_a_failure_is_shown_where_there_is_one(words: Messages) -> None:
    html = unescape(message(replace(FAILED, message=words.loading), words)["html"])
    assert words.loading in html
    assert words.unavailable not in html


def test_another_reading_may_be_refused_unless_it_was() -> None:
    answer = replace(ANSWERED, understood_as="Nghị định có hiệu lực từ ngày nào?")
    offered = cards().message(answer, "")["html"]
    assert "Nghị định có hiệu lực từ ngày nào?" in offered
    assert "data-as-typed" in offered
    assert "data-as-typed" not in cards().message(answer, "", as_typed=True)["html"]


def test_an_incomplete_provision_is_told() -> None:
    missing = "Còn thiếu trong nguồn"
    assert missing not in message(ANSWERED)["html"]
    incomplete = replace(ANSWERED, answer=replace(QUOTED, complete=False))
    assert missing in message(incomplete)["html"]


def test_a_quotation_stands_though_its_document_is_gone() -> None:
    gone = replace(QUOTED, document_id="998-2099-nd-cp")
    html = message(replace(ANSWERED, answer=gone))["html"]
    assert quotation_shown(html) == QUOTED.quote
    assert "có hiệu lực từ" in message(ANSWERED)["html"]
    assert "có hiệu lực từ" not in html


def test_other_provisions_and_questions_are_offered() -> None:
    other = Alternative("khoản 1 Điều 4", "1. Khác hẳn.", f"/van-ban/{FICTION_ID}#dieu-4.khoan-1")
    html = message(replace(ANSWERED, alternatives=(other,), suggestions=("Còn vùng biển?",)))[
        "html"
    ]
    assert "Có thể bạn muốn xem (1)" in html
    assert f'href="/van-ban/{FICTION_ID}#dieu-4.khoan-1">khoản 1 Điều 4</a>' in html
    assert 'data-ask="Còn vùng biển?"' in html
    plain = message(ANSWERED)["html"]
    assert "alternatives" not in plain
    assert "data-ask" not in plain


@pytest.mark.parametrize("answer", [ANSWERED, MISSED])
def test_feedback_is_asked_for_only_where_it_is_wanted(answer: Answer) -> None:
    assert "data-helpful" not in cards().message(answer, "")["html"]
    assert f'data-question="{answer.question}"' in cards(feedback=True).message(answer, "")["html"]


def test_hostile_words_are_text() -> None:
    answer = replace(quoted(LIBRARY, FICTION_ID, "dieu-3.khoan-1"), question=f'"{ATTACK}')
    for one in (answer, replace(MISSED, message=ATTACK), replace(FAILED, question=f'"{ATTACK}')):
        html = message(one)["html"]
        assert "window.attacked" in html
        assert "<script" not in html
        assert "<img" not in html
        assert '=""' not in html


@settings(deadline=None)
@given(st.text(alphabet="<>&'\"ab1.) -\n", max_size=40), st.tuples(*[st.integers(0, 40)] * 2))
def test_any_quotation_is_shown_to_the_character(quote: str, mark: tuple[int, int]) -> None:
    answer = replace(ANSWERED, answer=replace(QUOTED, quote=quote, highlights=(mark,)))
    assert quotation_shown(message(answer)["html"]) == quote


@pytest.mark.parametrize(
    ("quote", "highlights", "kept"),
    [
        ("một hai ba", ((0, 3),), True),
        ("một hai ba", ((0, 10),), False),
        ("một hai ba\n", ((0, 10),), False),
        ("một hai ba", ((0, 4), (4, 10)), False),
        ("một hai ba", (), True),
    ],
)
def test_marks_that_tell_nothing_are_dropped(
    quote: str, highlights: tuple[tuple[int, int], ...], kept: bool
) -> None:
    found = telling(replace(QUOTED, quote=quote, highlights=highlights))
    assert found == (highlights if kept else ())


def test_the_provision_of_a_permalink() -> None:
    assert provision_of(QUOTED) == "dieu-4.khoan-2"
    assert provision_of(replace(QUOTED, url=f"/van-ban/{FICTION_ID}")) == ""
