"""Marks that were not typed: "ke hoach may nam" is read as "kế hoạch mấy năm".

Readings are only offered here; `chatbot.readings.likeliest` chooses among them. Text that
carries its marks is left alone: below `GATE` of the syllables that should carry marks the
line counts as typed without, above it a syllable is only completed on overwhelming evidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from chatbot.language import LanguageModel
from chatbot.readings import Reading
from chatbot.syllables import agrees, fold, is_marked
from corpus.tones import LEVEL, canonical, split_tone

GATE = 0.65
COMPLETED = -8.5  # a mark added where marks were typed: the evidence must be overwhelming
TONE_ADDED = -5.0  # "quy đinh": letters marked, tone forgotten, in a line that lacks marks
MISREAD_UNKNOWN = -2.0  # as typed, though the syllable was never seen
SEEN = 2.0  # sightings from which on a syllable counts as known


@dataclass(frozen=True, slots=True)
class Typing:
    """How a line was typed."""

    marked: int  # syllables with marks
    missing: int  # syllables without, where text with marks would usually have them

    @property
    def share(self) -> float:
        """Share of marks that were typed, 0…1; 1 where none was needed."""
        needed = self.marked + self.missing
        return self.marked / needed if needed else 1.0

    @property
    def lacks_marks(self) -> bool:
        """Whether marks are to be restored."""
        return self.share < GATE

    @property
    def loss(self) -> float:
        """Estimated chance that a mark was not typed, 0…1 exclusive."""
        return (self.missing + 1) / (self.marked + self.missing + 2)


def typing_of(words: Sequence[str], model: LanguageModel) -> Typing:
    """Count the marks of a line.

    Args:
        words: Its tokens, lower case; numbers and abbreviations do no harm.
        model: Knows which syllables are usually written with marks.
    """
    marked = sum(is_marked(word) for word in words)
    missing = sum(not is_marked(word) and word in model.usually_marked for word in words)
    return Typing(marked, missing)


def readings_of(typed: str, model: LanguageModel, typing: Typing) -> tuple[Reading, ...]:
    """Return the token as typed and with marks added; a typed mark is never changed.

    Empty where the model does not know the token, save one without marks that may stand for
    something it knows; `chatbot.typos` mends the others ("đươc").
    """
    word = typed.lower()
    bare = fold(word)
    itself = canonical(word)
    options = model.readings.get(bare, ())
    known = model.knows(itself, SEEN)
    unmarked = bare == word
    if not options or (not unmarked and not known):
        return (Reading.as_typed(typed),) if known else ()
    if not typing.lacks_marks and not (unmarked and bare in model.usually_marked):
        return (Reading.as_typed(typed),)
    weight = _weight_of_completion(typing, unmarked=unmarked)
    toneless = split_tone(word)[1] == LEVEL
    others = [
        Reading.syllable(option, typed, weight)
        for option in options
        if toneless and option != itself and agrees(word, option)
    ]
    return (Reading.as_typed(typed, 0.0 if known else MISREAD_UNKNOWN), *others)


def _weight_of_completion(typing: Typing, *, unmarked: bool) -> float:
    if not typing.lacks_marks:
        return COMPLETED
    return log(typing.loss) if unmarked else TONE_ADDED
