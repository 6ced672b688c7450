"""Vietnamese syllables as spelling: their marks, and which letters can make one.

A syllable is handled in lower case and NFC; its tone is that of `corpus.tones`.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

from chatbot.data_files import numbered_lines
from corpus import text
from corpus.tones import HEAVY, LEVEL, RISING, canonical, split_tone

ATTESTED_FILE = Path(__file__).parent / "data" / "syllables.txt"

_ONSETS_TEXT = "ngh ch gh gi kh ng nh ph qu th tr b c d đ g h k l m n p r s t v x"  # longest first
_ONSETS = tuple(_ONSETS_TEXT.split())
_RIMES_TEXT = """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet
    oi om on ong op ot ooc oong ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uân uâng uât uây uc uê uêch uênh ui um un ung uơ up ut uôc uôi uôm uôn uông uôt
    uy uya uych uyên uyêt uynh uyp uyt uyu ư ưa ưc ưi ưm ưn ưng ưt ưu
    ươc ươi ươm ươn ương ươp ươt ươu y yêm yên yêng yêt yêu
    """
_RIMES = frozenset(_RIMES_TEXT.split())
_AFTER_QU_TEXT = """
    a ac ach ai an ang anh ao at au ay ăc ăm ăn ăng ăp ăt ân âng ât ây e en eo et ê êch ên ênh êt
    i it o ơ ôc y ych yên yêt ynh yt yu
    """
_AFTER_QU = frozenset(_AFTER_QU_TEXT.split())
_STOPPED = ("c", "ch", "p", "t")  # rimes ending so carry only the rising or the heavy tone


@lru_cache(maxsize=65536)
def fold(syllable: str) -> str:
    """Return `corpus.text.fold` of a syllable, remembered: reading a line folds a lot."""
    return text.fold(syllable)


def is_marked(syllable: str) -> bool:
    """Tell whether the syllable carries any Vietnamese mark."""
    return fold(syllable) != syllable.lower()


@lru_cache(maxsize=65536)
def is_valid(syllable: str) -> bool:
    """Tell whether Vietnamese spelling allows the syllable (whether or not it is a word)."""
    letters, tone = split_tone(syllable.lower())
    if letters == "gi":
        return True
    for onset in (*_ONSETS, ""):
        rime = letters.removeprefix(onset)
        if not letters.startswith(onset):
            continue
        allowed = _AFTER_QU if onset == "qu" else _RIMES
        if rime in allowed and (tone in (RISING, HEAVY) or not rime.endswith(_STOPPED)):
            return True
    return False


@cache
def attested() -> frozenset[str]:
    """Return the canonical syllables that Vietnamese words have, everyday and regional ones too.

    Raises:
        UnavailableError: The list cannot be read.
    """
    return read_syllables(ATTESTED_FILE)


def read_syllables(file: Path) -> frozenset[str]:
    """Return the canonical syllables that a data file lists.

    Raises:
        UnavailableError: The file cannot be read.
    """
    lines = numbered_lines(file)
    return frozenset(canonical(syllable) for _, line in lines for syllable in line.split())


def agrees(typed: str, full: str) -> bool:
    """Tell whether `full` is `typed` with marks added and none changed or taken away.

    Both are lower case; a letter typed with its mark keeps it, and so does a typed tone.
    """
    typed_letters, typed_tone = split_tone(typed)
    letters, tone = split_tone(full)
    if len(letters) != len(typed_letters) or typed_tone not in (LEVEL, tone):
        return False
    return all(
        have == want or have == fold(want)
        for have, want in zip(typed_letters, letters, strict=True)
    )
