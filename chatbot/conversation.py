"""Follow-up questions, completed from the turns before without any language model.

A follow-up points back ("việc đó", "nếu từ chối thì sao") or leaves out what it is about. It
is searched together with the question it continues. Whether it does continue is not decided
by words alone: see `chatbot.asking`, which also searches it by itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from chatbot.answers import Turn
from chatbot.subjects import subject_syllables
from corpus.citations import find_citations
from corpus.text import nfc

# "đó", "này", "ấy" … behind a noun point back; so do pronouns and openings that continue.
_POINTS_BACK = re.compile(
    r"(?<!\w)(?:việc|điều|cái|chuyện|khoản|trường hợp|vấn đề|thủ tục|quy định|kế hoạch|yêu cầu"
    r"|cơ quan|người|bên|chỗ|lúc|hồ sơ|phần|văn bản|hệ thống|loại|\w+)\s+"
    r"(?:đó|ấy|này|kia|trên|nêu trên|vừa nói|như vậy|như thế)(?!\w)"
    r"|(?<!\w)(?:họ|nó|ở đó|khi đó|lúc đó|do đó|những cái đó|tương tự)(?!\w)",
    re.IGNORECASE,
)
_CONTINUES = re.compile(
    r"^(?:còn|thế|vậy|rồi|thì|và|hay|nếu|nhưng|ngoài ra|thế còn|vậy còn|vậy thì|thế thì"
    r"|à|ừ|ok|vâng|dạ|tiếp|cụ thể|ví dụ|tại sao|vì sao|lúc nào|khi nào|ai|bao lâu|ở đâu)(?!\w)",
    re.IGNORECASE,
)
FEW = 3  # syllables with a subject; fewer can hardly stand alone


class Dependence(IntEnum):
    """How much a question leans on the one before."""

    NONE = 0
    POSSIBLE = 1  # it opens like a continuation, or says little
    CERTAIN = 2  # it points back


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question with what it may continue."""

    dependence: Dependence
    context: str  # the earlier question it would continue; "" where there is none


def follow_up(question: str, history: Sequence[Turn], headings: Mapping[str, str]) -> FollowUp:
    """Find what a question continues.

    Args:
        question: As understood.
        history: Earlier turns, oldest first.
        headings: Article heading by "document id#provision id" of the turns; stands in for
            an earlier question that was itself a citation or a follow-up.
    """
    turn = next((turn for turn in reversed(history) if turn.provision), None)
    if turn is None:
        return FollowUp(Dependence.NONE, "")
    context = ""
    for earlier in reversed(history):
        text = " ".join(nfc(earlier.question).split())
        begins = earlier is history[0] and subject_syllables(text) and not find_citations(text)
        if begins or dependence(text) is Dependence.NONE:  # the first one continues nothing
            context = text
            break
    else:
        context = headings.get(f"{turn.document_id}#{turn.provision}", "")
    if not context:
        return FollowUp(Dependence.NONE, "")
    return FollowUp(dependence(question), context)


def dependence(question: str) -> Dependence:
    """Judge by its own words how much a question leans on an earlier one."""
    said = len(set(subject_syllables(question)))
    if _POINTS_BACK.search(question) and said <= 3 * FEW:
        return Dependence.CERTAIN
    if said < FEW:
        return Dependence.CERTAIN if _CONTINUES.search(question) else Dependence.POSSIBLE
    return Dependence.POSSIBLE if _CONTINUES.search(question) else Dependence.NONE
