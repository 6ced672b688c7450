"""Foreign questions, and questions wrapped in a story."""

import pytest

from chatbot.foreign import is_foreign
from chatbot.language import LanguageModel
from chatbot.stories import asking_part


@pytest.mark.parametrize(
    ("line", "foreign"),
    [
        ("How many years is the plan made for?", True),
        ("Can an agency refuse my request?", True),
        ("quel est le plan de cinq ans", True),
        ("政府机关必须做什么", True),
        ("Кто утверждает план?", True),
        ("ke hoach may nam", False),
        ("kees hoachj maays nawm", False),
        ("ke61 hoa5ch chuye63n d9o63i so61 ma61y na8m", False),
        ("how 2 submit form b2b via e2e", True),
        ("D6K3 ND137/2024 (ca khoan)", False),
        ("ubnd duyet kh cntt", False),
        ("kế hoạch online trên website", False),
        ("wifi", False),
        ("", False),
    ],
)
def test_only_what_cannot_be_vietnamese_is_foreign(
    line: str, foreign: bool, language: LanguageModel
) -> None:
    assert is_foreign(line, language) is foreign


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
    ],
)
def test_the_part_that_asks_is_kept(story: str, asked: str) -> None:
    assert asking_part(story) == asked
