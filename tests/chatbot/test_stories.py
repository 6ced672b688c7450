"""Questions wrapped in a story: the part that asks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.stories import asking_part
from corpus.text import syllables

SENTENCES = st.sampled_from(
    [
        "Em mới vào làm ở sở.",
        "Quán tôi mất 10.000.000 đồng;",
        "Vậy ai bồi thường?",
        "Kế hoạch ứng dụng công nghệ thông tin do ai phê duyệt",
        "Sếp bảo chờ!",
        "...",
    ]
)


@pytest.mark.parametrize(
    ("story", "asked"),
    [
        (
            "Em mới vào làm ở sở. Kế hoạch ứng dụng công nghệ do ai phê duyệt?",
            "Kế hoạch ứng dụng công nghệ do ai phê duyệt?",
        ),
        (
            "Tôi nộp hồ sơ qua mạng bị trả lại. Vậy có đúng không?",
            "Tôi nộp hồ sơ qua mạng bị trả lại. Vậy có đúng không?",
        ),
        (
            "Tôi làm mất 10.000.000 đồng của quán. Mất từ 10.000.000 đồng thì bị phạt thế nào?",
            "Mất từ 10.000.000 đồng thì bị phạt thế nào?",
        ),
        ("Thả diều ở đâu?", "Thả diều ở đâu?"),
        ("Tôi ở quê. Nhà tôi có ao.", "Tôi ở quê. Nhà tôi có ao."),
        ("", ""),
        ("???", "???"),
        (" Thả diều ở đâu? ", " Thả diều ở đâu? "),
        (
            "Tôi ở quê, nhà gần công viên; khi nào thì công viên trả lại diều cho tôi",
            "khi nào thì công viên trả lại diều cho tôi",
        ),
        ("Diều bị thu. ... Có đúng không?", "Diều bị thu. Có đúng không?"),
        (
            "Diều của con bị thu. Cho em hỏi khi nào người ta trả lại diều. Em cảm ơn.",
            "Cho em hỏi khi nào người ta trả lại diều.",
        ),
        (
            "Diều của con bị thu\nKhi nào thì công viên trả lại diều\nEm cảm ơn",
            "Khi nào thì công viên trả lại diều",
        ),
        (
            "Tôi ở quê. Diều bị thu; bao giờ được trả? Cảm ơn.",
            "Diều bị thu; bao giờ được trả?",
        ),
        (  # seven words stand alone, six lean on what is before them
            "Tôi ở quê. Tôi có phải nộp lại diều không?",
            "Tôi có phải nộp lại diều không?",
        ),
        (
            "Tôi ở quê. Có phải nộp lại diều không?",
            "Tôi ở quê. Có phải nộp lại diều không?",
        ),
        ("Ai thu diều? Tôi ở quê, nhà gần công viên.", "Ai thu diều?"),
        (
            "Công viên thu diều của những ai? Tôi ở quê. Diều bị thu được trả lại khi nào?",
            "Công viên thu diều của những ai? Diều bị thu được trả lại khi nào?",
        ),
    ],
)
def test_the_part_that_asks_is_kept(story: str, asked: str) -> None:
    assert asking_part(story) == asked


@given(st.lists(SENTENCES, max_size=6), st.sampled_from([" ", "\n", "\n\n"]))
def test_what_asks_is_kept_and_nothing_added(sentences: list[str], between: str) -> None:
    story = between.join(sentences)
    asked = asking_part(story)
    for sentence in sentences:
        if sentence.endswith("?"):
            assert sentence in asked
    left = iter(syllables(story))
    assert all(word in left for word in syllables(asked))
    assert bool(syllables(asked)) == bool(syllables(story))


@given(st.text(alphabet=st.characters(exclude_characters=".?!;\n\r"), max_size=60))
def test_a_single_sentence_comes_back_whole(text: str) -> None:
    assert asking_part(text) == text
