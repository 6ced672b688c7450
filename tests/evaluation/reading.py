"""How lines are read: whether every syllable is taken as it was meant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from chatbot.language import LanguageModel
from chatbot.understanding import understand
from corpus.text import nfc
from corpus.tones import canonical
from index.metrics import interval
from tests.evaluation.cases import typed_lines
from tests.evaluation.measuring import Figures


def reading_figures(model: LanguageModel, names: Collection[str]) -> Figures:
    """Return the share of syllables read as meant, by way of typing.

    Of lines typed properly, in which nothing may be changed, the share of lines as well.
    """
    syllables: defaultdict[str, list[float]] = defaultdict(list)
    untouched: list[float] = []
    for line in typed_lines():
        found = _words(understand(line.typed, model, names).text)
        meant = _words(line.meant)
        same = [a == b for a, b in zip(found, meant, strict=False)]
        right = [float(one) for one in same] if len(found) == len(meant) else [0.0] * len(meant)
        syllables[line.way] += right
        if line.way == "proper":
            untouched.append(float(all(right)))
    return {
        "reading proper: lines left alone": interval(untouched),
        **{f"reading {way}: syllables": interval(right) for way, right in syllables.items()},
    }


def _words(text: str) -> list[str]:
    bare = (word.strip("?!.,;:()\"'…“”") for word in nfc(text).split())
    return [canonical(word) for word in bare]
