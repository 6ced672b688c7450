"""Choose which pieces of the 250,002 the bundled encoder keeps, and which our training adds.

Kept is what Vietnamese legal text and questions use, as written and as typed without marks or
in raw Telex, plus every single Latin character and the pieces of the prompts. Added are the
syllables that lose their marks and with them their piece: "được" is one, "duoc" was three.
"""

from __future__ import annotations

import gzip
import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path

import numpy as np

from index.bundled_data import KEPT_PIECES, PROMPTS, pack_kept_pieces, unpack_kept_pieces
from index.bundled_weights import find_weights_file, read_weights
from index.tokenizer import MASK, SPECIALS, build_tokenizer
from index.training.noise import strip_marks, telex

# (how text is altered, how often a word must occur in that form to bring its pieces in)
_VIEWS: tuple[tuple[Callable[[str], str], int], ...] = (
    (str, 1),
    (strip_marks, 1),
    (telex, 5),
    (str.lower, 1),
    (str.upper, 10),
)
_RARE_SYLLABLE = 25  # occurrences below which an unmarked syllable gets no piece of its own
_LONGEST_SYLLABLE = 7  # letters: "nghieng"
_SYLLABLE = re.compile(r"[^\W\d_]+")
_NUMBERS = tuple(str(n) for n in range(2100)) + tuple(f"{n:02d}" for n in range(100))


def count_words(texts: Iterable[str]) -> Counter[str]:
    """Count words as the tokenizer cuts them: NFKC, at white space."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(unicodedata.normalize("NFKC", text).split())
    return counts


def read_texts(data: Path, own: Path | None = None) -> Iterator[str]:
    """Yield the texts of the shared data folder and of our own questions."""
    with gzip.open(data / "legal-articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            yield " ".join([record["title"] or "", record["heading"] or "", *record["paragraphs"]])
    for file in filter(None, (data / "questions/lay-questions.jsonl", own)):
        for line in file.read_text(encoding="utf-8").splitlines():
            # Questions are few and are what the encoder is for: they weigh as much as the law.
            yield " ".join([json.loads(line)["question"]] * 3)


def choose_pieces(texts: Iterable[str]) -> list[int]:
    """Return the ids of the pieces to keep, in rising order."""
    weights = read_weights(find_weights_file())
    tokenizer = build_tokenizer(weights.pieces, weights.scores.tolist())
    counts = count_words(texts)
    words = set(_NUMBERS)
    for alter, least in _VIEWS:
        altered: Counter[str] = Counter()
        for word, count in counts.items():
            altered[alter(word)] += count
        words |= {word for word, count in altered.items() if count >= least}
    words |= {word for prompt in PROMPTS.values() for word in prompt.split()}
    kept = {i for coded in tokenizer.encode_batch(sorted(words)) for i in coded.ids}
    kept |= {i for i, piece in enumerate(weights.pieces) if _keep_always(piece)}
    return sorted(kept)


def _keep_always(piece: str) -> bool:
    if piece in SPECIALS or piece == MASK:
        return True
    letter = piece.removeprefix("▁")
    if len(letter) > 1:
        return False
    if not letter or not letter.isalpha():
        return bool(re.fullmatch(r"[ -~–—…“”‘’•°§№€£×÷≤≥±²³½µ′″]?", letter))
    return "LATIN" in unicodedata.name(letter, "")


def write_kept_pieces(data: Path, own: Path | None, target: Path) -> int:
    """Write the list of kept pieces and return how many there are."""
    kept = choose_pieces(read_texts(data, own))
    target.write_bytes(pack_kept_pieces(np.array(kept, dtype=np.int64)))
    return len(kept)


def count_unmarked(texts: Iterable[str]) -> dict[str, Counter[str]]:
    """Count, for each syllable without marks, the syllables as written that lose them to it.

    Capitals are kept: {"duoc": {"được": 127342, "dược": 5100}, "Duoc": …}.
    """
    written: Counter[str] = Counter()
    for text in texts:
        written.update(_SYLLABLE.findall(unicodedata.normalize("NFC", text)))
    unmarked: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for syllable, count in written.items():
        for form in {syllable, syllable.lower()}:
            unmarked[strip_marks(form)][form] += count
    return unmarked


def choose_unmarked_pieces(counts: Mapping[str, Counter[str]], kept: Collection[str]) -> list[str]:
    """Return the pieces to add to the kept ones, in the order of the alphabet."""
    frequent = sorted(
        bare
        for bare, written in counts.items()
        if bare.isascii()
        and len(bare) <= _LONGEST_SYLLABLE
        and bare in (bare.lower(), bare.capitalize())
        and sum(written.values()) >= _RARE_SYLLABLE
    )
    return [f"▁{bare}" for bare in frequent if f"▁{bare}" not in kept]


def write_unmarked_pieces(data: Path, own: Path | None, target: Path) -> int:
    """Write the list of added pieces and return how many there are."""
    published = read_weights(find_weights_file()).pieces
    kept = {published[i] for i in unpack_kept_pieces(KEPT_PIECES.read_bytes())}
    pieces = choose_unmarked_pieces(count_unmarked(read_texts(data, own)), kept)
    target.write_text("\n".join(pieces) + "\n", encoding="utf-8")
    return len(pieces)
