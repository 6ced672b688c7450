"""What a message in a conversation wants.

"Cảm ơn nhé" wants nothing, "khoản mấy đó" wants the last answer again, "rồi ai duyệt" asks
something further. What people type is learned from examples of the three kinds.
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from chatbot.data_files import numbered_lines
from index.leaning import Leaning, one_against_the_rest
from index.types import Encoder, FloatArray

SURE = 0.4  # leaning, of about 1 for a message like the examples, 0 for one like none
_DATA = Path(__file__).parent / "data"


class Wish(StrEnum):
    """What a message wants; the values name the files of examples."""

    NOTHING = "said-in-passing"
    AGAIN = "asked-again"
    FURTHER = "asked-further"

    def examples(self) -> list[str]:
        """Return messages that want this.

        Raises:
            UnavailableError: The file of examples cannot be read.
        """
        return [line for _, line in numbered_lines(_DATA / f"{self}.txt")]


def example_messages() -> list[str]:
    """Return the examples of all kinds: how people write in a conversation.

    Raises:
        UnavailableError: A file of examples cannot be read.
    """
    return [line for wish in Wish for line in wish.examples()]


def wish_of(message: str, vector: FloatArray, encoder: Encoder) -> Wish:
    """Return what a message wants.

    Args:
        message: As understood.
        vector: float32[dimension]: it encoded.
        encoder: Encoded it; see `learned`.

    Raises:
        UnavailableError: The examples or the model cannot be read.
    """
    leaning = {wish: kind.of(message, vector) for wish, kind in learned(encoder).items()}
    likeliest = max(leaning, key=leaning.__getitem__)
    return likeliest if leaning[likeliest] > SURE else Wish.FURTHER


@lru_cache(maxsize=1)
def learned(encoder: Encoder) -> dict[Wish, Leaning]:
    """Learn each kind against the two others: seconds at the first call.

    Raises:
        UnavailableError: The examples or the model cannot be read.
    """
    return one_against_the_rest({wish: wish.examples() for wish in Wish}, encoder)
