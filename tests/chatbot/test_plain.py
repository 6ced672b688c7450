"""Answers as plain text."""

from dataclasses import replace

from chatbot.answers import Alternative, Answer, AnswerStatus, Quotation
from chatbot.plain import as_plain_text

QUOTED = Quotation(
    citation="khoản 2 Điều 3 Nghị định 999/2099/NĐ-CP",
    document="999/2099/NĐ-CP",
    document_id="999-2099-nd-cp",
    article="3",
    clause="2",
    point=None,
    heading="Dây diều",
    quote="2. Dây diều:\na) Dài tối đa 100 mét;",
    highlights=((3, 7),),
    complete=True,
    url="/van-ban/999-2099-nd-cp#dieu-3.khoan-2",
)
ANSWERED = Answer(AnswerStatus.ANSWERED, "dây dài mấy mét", answer=QUOTED)
OTHERS = (
    Alternative("khoản 1 Điều 3 Nghị định 999/2099/NĐ-CP", "1. Cấm dây kim loại.", "/a"),
    Alternative("Điều 9 Nghị định 999/2099/NĐ-CP", "Hiệu lực", "/b"),
)


def test_a_quotation_keeps_its_lines_between_citation_and_link() -> None:
    assert as_plain_text(ANSWERED).splitlines() == [
        "Căn cứ khoản 2 Điều 3 Nghị định 999/2099/NĐ-CP",
        "Dây diều",
        "",
        "2. Dây diều:",
        "a) Dài tối đa 100 mét;",
        "",
        "/van-ban/999-2099-nd-cp#dieu-3.khoan-2",
    ]


def test_an_article_without_heading_leaves_no_empty_line_for_it() -> None:
    answer = replace(ANSWERED, answer=replace(QUOTED, heading=""))
    assert as_plain_text(answer).splitlines()[1:3] == ["", "2. Dây diều:"]


def test_text_missing_in_the_source_is_said_before_the_link() -> None:
    answer = replace(ANSWERED, answer=replace(QUOTED, complete=False))
    *_, said, link = as_plain_text(answer).splitlines()
    assert said.startswith("(còn thiếu trong nguồn) ")
    assert said.endswith("đối chiếu với văn bản chính thức.")
    assert link == QUOTED.url
    assert "còn thiếu" not in as_plain_text(ANSWERED)


def test_how_it_was_read_comes_first_and_alternatives_last() -> None:
    answer = replace(ANSWERED, understood_as="dây dài mấy mét", alternatives=OTHERS)
    lines = as_plain_text(answer).splitlines()
    assert lines[0] == "Hiểu câu hỏi là: dây dài mấy mét"
    assert lines[-3:] == [
        "Có thể bạn muốn xem (2)",
        "- khoản 1 Điều 3 Nghị định 999/2099/NĐ-CP",
        "- Điều 9 Nghị định 999/2099/NĐ-CP",
    ]


def test_without_an_answer_the_message_stands_in_its_place() -> None:
    refused = Answer(AnswerStatus.NOT_FOUND, "gì", message="Không có khoản 9.")
    assert as_plain_text(refused) == "Không có khoản 9."
    helped = replace(refused, alternatives=OTHERS[:1])
    assert as_plain_text(helped).splitlines()[1:] == [
        "Có thể bạn muốn xem (1)",
        "- khoản 1 Điều 3 Nghị định 999/2099/NĐ-CP",
    ]
