"""Whether a question that cites a place wants to read it, or asks something of it.

"Cho xin nguyên văn khoản 2" is answered by the place whatever it says; "khoản 2 phạt bao nhiêu
tiền" is not. What people write around a cited place is learned from examples of both kinds.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from chatbot.data_files import numbered_lines
from index.leaning import Leaning
from index.types import Encoder, FloatArray

_DATA = Path(__file__).parent / "data"
EXAMPLE_FILES = (_DATA / "cited-for-text.txt", _DATA / "cited-for-answer.txt")


def wants_text(rest: str, vector: FloatArray, encoder: Encoder) -> bool:
    """Return whether the text of the cited place is all that is wanted.

    Args:
        rest: The question without its citations.
        vector: float32[dimension]: it encoded.
        encoder: Encoded it; see `learned`.

    Raises:
        UnavailableError: The examples or the model cannot be read.
    """
    return learned(encoder).of(rest, vector) > 0


@lru_cache(maxsize=1)
def learned(encoder: Encoder) -> Leaning:
    """Learn from the examples: seconds at the first call.

    Raises:
        UnavailableError: The examples or the model cannot be read.
    """
    for_text, for_answer = ([line for _, line in numbered_lines(file)] for file in EXAMPLE_FILES)
    return Leaning.fit(for_text, for_answer, encoder.encode_queries([*for_text, *for_answer]))
