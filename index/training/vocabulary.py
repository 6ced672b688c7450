"""Choose which pieces of the 250,002 the bundled encoder keeps.

Kept is what Vietnamese legal text and questions use, as written and as typed without marks or
in raw Telex, plus every single Latin character and the pieces of the prompts.
"""

from __future__ import annotations

import gzip
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import numpy as np

from index.bundled_data import PROMPTS, pack_kept_pieces
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
