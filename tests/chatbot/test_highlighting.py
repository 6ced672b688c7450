"""Which words answer: segments, and the choice among them."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from chatbot.highlighting import Likeness, highlight, segments
from chatbot.language import LanguageModel
from corpus.text import syllables

QUOTE = (
    "1. Cơ quan chủ quản lập kế hoạch:\n"
    "a) Kế hoạch 5 năm được lập vào năm cuối của kỳ trước;\n"
    "b) Kế hoạch hằng năm do người đứng đầu phê duyệt trước ngày 31 tháng 12."
)
TEXT = st.text(st.sampled_from("ab đế1 .;:\n)"), max_size=120)


@given(TEXT)
def test_segments_hold_every_syllable_once(text: str) -> None:
    spans = segments(text)
    assert all(start < end for start, end in spans)
    assert all(left[1] <= right[0] for left, right in itertools.pairwise(spans))
    held = [word for start, end in spans for word in syllables(text[start:end])]
    assert held == syllables(text)


def test_a_label_stays_with_its_point() -> None:
    assert [QUOTE[start:end].split()[0] for start, end in segments(QUOTE)] == ["1.", "a)", "b)"]


def test_marks_the_point_that_answers(language: LanguageModel) -> None:
    spans = highlight("ai phê duyệt kế hoạch hằng năm", QUOTE, language)
    assert any("người đứng đầu phê duyệt" in QUOTE[start:end] for start, end in spans)
    assert sum(end - start for start, end in spans) < len(QUOTE)


def test_words_that_answer_an_example_question_like_it_are_marked(
    language: LanguageModel,
) -> None:
    words = "Kế hoạch 5 năm được lập vào năm cuối của kỳ trước"
    alike = [Likeness(0.9, words), Likeness(0.3, "Cơ quan chủ quản lập kế hoạch")]
    (span,) = highlight("sếp nào ký duyệt bản hằng năm", QUOTE, language, alike)
    assert words in QUOTE[slice(*span)]
    assert highlight("sếp nào ký", QUOTE, language, [Likeness(0.9, "")]) == highlight(
        "sếp nào ký", QUOTE, language
    )


@given(TEXT, TEXT)
def test_marks_are_rising_parts_of_the_quotation(
    language: LanguageModel, question: str, quote: str
) -> None:
    spans = highlight(question, quote, language)
    places = [place for span in spans for place in span]
    assert places == sorted(places)
    assert all(0 <= start < end <= len(quote) for start, end in spans)


def test_one_sentence_is_marked_whole_and_nothing_not_at_all(language: LanguageModel) -> None:
    assert highlight("gì", "Nghị định này có hiệu lực.", language) == ((0, 26),)
    assert highlight("gì", "", language) == ()


def test_a_list_inside_a_sentence_is_marked_without_holes(language: LanguageModel) -> None:
    quote = "Hồ sơ gồm: đơn đề nghị cấp phép; bản vẽ con diều; giấy tờ của chủ diều. Phí là 5 đồng."
    spans = highlight(
        "hồ sơ", quote, language, [Likeness(0.9, "đơn đề nghị"), Likeness(0.9, "giấy tờ của chủ")]
    )
    marked = "".join(quote[start:end] for start, end in spans)
    assert "đơn đề nghị cấp phép; bản vẽ con diều; giấy tờ của chủ diều." in marked
    assert "Phí" not in marked


def test_what_is_announced_is_marked_with_what_announces_it(language: LanguageModel) -> None:
    quote = (
        "Bản sao diều có giá trị như diều gốc khi đáp ứng các yêu cầu sau:\n1. Toàn vẹn.\n2. Bền."
    )
    assert highlight("khi nào bản sao diều có giá trị như diều gốc", quote, language) == (
        (0, len(quote)),
    )
