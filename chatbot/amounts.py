"""Whether a question asks for an amount, and whether a text states one of its kind.

A clause without any length of time does not say "trong bao lâu", however near in meaning it is.
Of 1,274 questions for an amount, 9 were asked of a clause that states none as read here; of all
clauses, half to nine in ten state none, by the kind (docs/experiments.md, Amounts).
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from chatbot.stories import asking_part


class Amount(StrEnum):
    """What kind of amount is asked for."""

    SHARE = "share"
    MONEY = "money"
    TIME = "time"
    NUMBER = "number"  # of anything else, or of nothing that is said


_TIME = r"(?:năm|tháng|tuần|ngày|giờ|tiếng|phút|quý|buổi)"
_COUNTED = (
    r"(?:người|thành viên|lần|tuổi|mét|km|m2|cây số|héc ta|hecta|ha|lít|kg|cân|bậc|điểm|phần|phiếu)"
)
_HOW_MANY = r"(?<!\w)(?:bao nhiêu|mấy)\s+"
_ASKED = {
    Amount.SHARE: rf"{_HOW_MANY}(?:phần trăm|%)",
    Amount.MONEY: rf"{_HOW_MANY}(?:tiền|đồng|nghìn|ngàn|triệu|tỷ|tỉ)(?!\w)",
    # "mấy năm nay" and "mấy tuần trời" tell a story.
    Amount.TIME: r"(?<!\w)bao lâu(?!\w)"
    rf"|{_HOW_MANY}{_TIME}(?!\w)(?!\s+(?:nay|qua|rồi|trước|gần|liền|trời))",
    Amount.NUMBER: rf"(?<!\w)bao (?:nhiêu|xa)(?!\w)|{_HOW_MANY}{_COUNTED}(?!\w)",
}
# Where something else is asked as well ("… bao nhiêu thì do ai quyết"), that may be what matters.
_ASKS_ELSE = re.compile(
    r"(?<!\w)(?:ai|nào|gì|đâu|sao|hay|chưa)(?!\w)|(?<!\w)không\W*$"
    r"|(?<!\w)(?:có|được|phải)\s.*\skhông(?!\w)",
    re.IGNORECASE,
)
_NUMERAL = r"(?:hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mươi|trăm|nghìn|triệu|nửa|gấp|đôi)"
_ONE = r"(?:một|từng|mỗi|hằng|hàng)"
_STATED = {
    Amount.SHARE: r"%|(?<!\w)(?:phần trăm|lần|nửa|toàn bộ|phần)(?!\w)",
    Amount.MONEY: r"%|(?<!\w)(?:đồng|triệu|tỷ|nghìn|lương|phần trăm|lần|toàn bộ)(?!\w)"
    r"|(?<!\w)miễn|không (?:phải|thu)(?!\w)",
    Amount.TIME: rf"(?:\d|(?<!\w)(?:{_NUMERAL}|{_ONE}))\W*(?:\([^)]*\)\s*)?{_TIME}(?!\w)|\d/\d"
    r"|(?<!\w)(?:ngay|định kỳ|thường xuyên|suốt|vĩnh viễn|lần)(?!\w)",
    Amount.NUMBER: rf"\d|%|(?<!\w)(?:{_NUMERAL}|{_ONE}\s+{_COUNTED}|toàn bộ|đầy đủ)(?!\w)",
}
_ASKED_PATTERNS = {kind: re.compile(one, re.IGNORECASE) for kind, one in _ASKED.items()}
_STATED_PATTERNS = {kind: re.compile(one, re.IGNORECASE) for kind, one in _STATED.items()}
# Numbers that count nothing: labels of provisions, references to them, numbers of documents.
_LABEL = r"(?:\d+[a-zđ]?|[IVX]+)(?!\w)"
_NO_AMOUNT = re.compile(
    r"(?m:^\s*(?:\d+[a-zđ]?[.)]|[a-zđ]\)))"
    rf"|(?:khoản|điều|chương|mục|phụ lục|mẫu(?: số)?)\s+{_LABEL}"
    rf"(?:(?:\s*,\s*|\s+(?:và|hoặc|đến)\s+){_LABEL})*|\d+/\d{{4}}(?:/[\w-]+)?",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)  # the example questions of a clause are looked at again and again
def asked_amount(question: str) -> Amount | None:
    """Return the kind of amount a question asks for; `None` if it asks for anything else as well.

    Args:
        question: As understood.
    """
    asking = asking_part(question)
    if _ASKS_ELSE.search(asking):
        return None
    return next((kind for kind, one in _ASKED_PATTERNS.items() if one.search(asking)), None)


@lru_cache(maxsize=4096)
def states(text: str, amount: Amount) -> bool:
    """Return whether a text of law states an amount of a kind."""
    return _STATED_PATTERNS[amount].search(_NO_AMOUNT.sub(" ", text)) is not None
