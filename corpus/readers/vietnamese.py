"""How Vietnamese a text looks, by the spelling of its words alone.

A syllable is onset, vowels and coda, with at most one tone. Text read in the wrong encoding
breaks that in nearly every word, so the share of well-spelled marked words tells readings apart.
"""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W\d_]+")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?"
    r"(?:oa|oă|oe|oo|ua|uâ|uă|uê|uô|uơ|uy|uya|uyê|ia|iê|yê|ưa|ươ|"
    r"ai|ao|au|ay|âu|ây|eo|êu|iu|oi|ôi|ơi|ui|ưi|ưu|oai|oao|oay|oeo|uây|uôi|uya|uyu|iêu|yêu|ươi|ươu|"
    r"[aăâeêioôơuưy])"
    r"(?:ch|ng|nh|[cmnpt])?"
)
SAMPLE = 200_000  # characters that are enough to tell


def is_syllable(word: str) -> bool:
    """Whether `word` is spelled as a Vietnamese syllable may be."""
    decomposed = unicodedata.normalize("NFD", word.lower())
    bare, tones = _TONES.subn("", decomposed)
    return tones <= 1 and _SYLLABLE.fullmatch(unicodedata.normalize("NFC", bare)) is not None


def share(text: str) -> float:
    """Return which share of the words with a letter outside ASCII are Vietnamese; 0 to 1.

    0.0 where there is no such word. Whole words are judged, so that a wrong reading, which
    scatters foreign letters and signs, does not score by its plain words.
    """
    good = marked = 0
    for token in unicodedata.normalize("NFC", text[:SAMPLE]).split():
        if token.isascii():
            continue
        words = _WORD.findall(token)
        stray = any(ord(char) > 127 and not char.isalpha() and char not in _SIGNS for char in token)
        if not words and not stray:
            continue
        marked += 1
        good += not stray and all(is_syllable(word) for word in words)
    return good / marked if marked else 0.0


_SIGNS = frozenset("“”‘’«»–—…•·§°±²³×÷≤≥\u00a0\u2011€−→")
