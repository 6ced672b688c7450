"""What people write around a cited place, told apart by the real encoder."""

from __future__ import annotations

import pytest

from chatbot.assembly import Assembly
from chatbot.wanting import wants_text

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    "rest",
    [
        "chị kế toán nhờ tôi tìm, gửi giúp tôi nguyên văn nhé",
        "của Bộ Y tế ban hành năm 2031 ghi những gì",
        "em soạn đề thi nên cần chép đúng lời",
    ],
)
def test_who_wants_to_read_gets_the_text(parts: Assembly, rest: str) -> None:
    assert wants_text(rest, parts.encoder.encode_queries([rest])[0], parts.encoder)


@pytest.mark.parametrize(
    "rest",
    [
        "nuôi chim yến trong nội thành bị phạt mấy triệu",
        "trưởng thôn có được giữ con dấu không",
        "trễ hẹn thì được bồi thường bao nhiêu phần trăm",
    ],
)
def test_who_asks_something_does_not(parts: Assembly, rest: str) -> None:
    assert not wants_text(rest, parts.encoder.encode_queries([rest])[0], parts.encoder)
