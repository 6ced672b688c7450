"""Words of a citation: tokens, and whether a token is a (carelessly typed) marker word."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from corpus.text import fold

_TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")
_STROKE = "\u0335"  # stands for the stroke of đ, which Unicode does not decompose


@dataclass(frozen=True, slots=True)
class Token:
    """A run of letters, a run of digits, or one other visible character."""

    start: int
    end: int
    text: str
    bare: str  # folded
    glued: bool  # nothing stands between it and the token before

    @property
    def is_number(self) -> bool:
        """Whether the token is a run of ASCII digits."""
        return self.text.isascii() and self.text.isdigit()

    @property
    def is_letter(self) -> bool:
        """Whether the token is one letter."""
        return len(self.text) == 1 and self.text.isalpha()


def tokenize(text: str) -> list[Token]:
    """Split `text` into tokens; letters and digits part even when written together."""
    tokens: list[Token] = []
    last = -1
    for match in _TOKEN.finditer(text):
        word = match.group()
        tokens.append(
            Token(match.start(), match.end(), word, _bare(word), glued=match.start() == last)
        )
        last = match.end()
    return tokens


def typed_as(token: Token, word: str) -> bool:
    """Tell whether `token` is `word`, perhaps with some or all of its marks left out.

    "dieu", "đieu" and "điêu" are read as "điều"; "khoán" is not "khoản": it has a mark
    that "khoản" has not. Where in the word a tone stands does not matter.
    """
    if token.bare != _bare(word):
        return False
    return not _marks(token.text) - _marks(word)


@lru_cache(maxsize=16384)
def _bare(word: str) -> str:
    """Fold a word; a document has few different ones, and folding is half of the reading."""
    return fold(word)


def _marks(word: str) -> Counter[str]:
    lowered = word.lower()
    decomposed = unicodedata.normalize("NFD", lowered)
    marks = Counter(char for char in decomposed if unicodedata.combining(char))
    marks[_STROKE] = lowered.count("đ")
    return marks
