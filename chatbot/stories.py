"""Questions wrapped in a story: which sentences ask, for the words that answer to be found.

The clause is searched with the whole story: what happened often says what the question leaves out
(docs/experiments.md, Retrieval).
"""

from __future__ import annotations

import re

from corpus.text import syllables

_BETWEEN_SENTENCES = re.compile(r"(?<=[.?!;])\s+|\n+")  # "10.000.000 đồng" is none
_ASKING_PAIRS = (  # words that ask, in the forms the language puts them
    r"(?<!\w)(?:ai|gì|nào|đâu|sao|mấy|bao\s+(?:nhiêu|lâu|giờ)|khi\s+nào|thế\s+nào|ra\s+sao)(?!\w)",
    r"(?<!\w)(?:có|được|phải|đã|bị|cần)(?!\w).{0,120}?(?<!\w)(?:không|chưa|hay)(?!\w)",
    r"(?<!\w)(?:đúng|phải|được)\s+không(?!\w)",
    r"(?<!\w)(?:cho\s+(?:\w+\s+)?hỏi|xin\s+hỏi|muốn\s+hỏi|hỏi\s+là)(?!\w)",
)
_ASKS = re.compile("|".join(_ASKING_PAIRS), re.IGNORECASE)
FEW_WORDS = 6  # an asking sentence so short leans on the sentence before it


def asking_part(text: str) -> str:
    """Return the sentences that ask, with the sentence before where they are too short alone.

    Text in which nothing asks, or everything does, comes back whole.
    """
    sentences = [part.strip() for part in _BETWEEN_SENTENCES.split(text) if syllables(part)]
    asking = [number for number, sentence in enumerate(sentences) if _asks(sentence)]
    if not asking or len(sentences) < 2:
        return text
    kept: set[int] = set()
    for number in asking:
        kept.add(number)
        if number and len(syllables(sentences[number])) <= FEW_WORDS:
            kept.add(number - 1)
    return " ".join(sentences[number] for number in sorted(kept))


def _asks(sentence: str) -> bool:
    return sentence.endswith("?") or _ASKS.search(sentence) is not None
