"""Follow-up questions, completed from the turns before without any language model.

A follow-up points back ("việc đó", "nếu từ chối thì sao") or leaves out what it is about. It
is searched together with what it continues. Whether it does continue is not decided by words
alone: see `chatbot.asking`, which also searches it by itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from chatbot.answers import Turn
from chatbot.subjects import subject_count
from corpus.citations import find_citations

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
FEW = 3  # syllables with a subject; fewer can hardly stand alone, more can


class Dependence(IntEnum):
    """How much a question leans on the one before."""

    NONE = 0
    POSSIBLE = 1  # it opens like a continuation, or says little
    CERTAIN = 2  # it points back, or opens like one and says little


@dataclass(frozen=True, slots=True)
class Topic:
    """What a further question may be about."""

    name: str  # what a reader is told
    text: str  # what is searched together with the question


def topics(
    history: Sequence[Turn], answered: Topic, read: Callable[[str], str] = str
) -> tuple[Topic, ...]:
    """Return what a further question may be about, likeliest first.

    That is the last question that stands alone and, where it got no answer, the last that did.
    Where none with an answer stands alone, what was answered last comes last.

    Args:
        history: Earlier turns, oldest first; one has an answer.
        answered: The provision that was answered last.
        read: Returns a question as understood; by default they are.
    """
    found: list[Topic] = []
    for place, turn in reversed(list(enumerate(history))):
        text = read(turn.question)
        if not _stands_alone(text, is_first=place == 0):
            continue
        if not found or turn.provision:
            found.append(Topic(text, text))
        if turn.provision:
            break
    else:
        found.append(answered)
    return tuple(dict.fromkeys(found))


def _stands_alone(text: str, *, is_first: bool) -> bool:
    leans = dependence(text)
    if leans is Dependence.NONE:
        return True
    says = subject_count(text)
    enough = says > 0 if is_first else leans is not Dependence.CERTAIN and says > FEW
    return enough and not find_citations(text)


def dependence(question: str) -> Dependence:
    """Judge by its own words how much a question leans on an earlier one."""
    says, continues = subject_count(question), _CONTINUES.search(question)
    if (says <= FEW + 1 and _POINTS_BACK.search(question)) or (says < FEW and continues):
        return Dependence.CERTAIN
    return Dependence.POSSIBLE if says < FEW or continues else Dependence.NONE
