"""Which words of a quotation answer the question, as offsets.

A quotation falls into segments (sentences, points, items of a list). Each gets a chance of
holding the answer from a small model over named features: words shared with the question,
and whether the kind of question meets the kind of words that answer it ("bao lâu" and a
number of days). Where example questions of the provision are near the question, the words
said to answer those count as well. The likeliest segments are marked until together they are
likely enough. The coefficients are made by `chatbot.highlighting_fit`.
"""

from __future__ import annotations

import itertools
import json
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from chatbot.language import LanguageModel
from corpus.errors import UnavailableError
from corpus.text import syllables
from index.terms import words_of

COEFFICIENTS_FILE = Path(__file__).parent / "data" / "highlighting.json"
ENOUGH = 0.7  # chance that the marked segments hold the answer, at which marking stops
FAMILIAR = 0.5  # cosine of an example question that tells as much as the model
SURER = 0.1  # further, at which the odds that it is right are e to 1
NEARER = 0.05  # further, at which one example counts e times as much as another
SHORTEST = 3  # syllables; a shorter piece ("a)", "1.") belongs to what follows
SHARED_BY_ALL = 8.0  # idf up to which a syllable says nothing

Span = tuple[int, int]
Floats = NDArray[np.float64]

_CUT = re.compile(r"[;:](?=\s)|\.(?=\s)|\n")

# What is asked for, and the words that may give it. Each pair of the two is a feature.
_ASKED = {
    "amount": r"bao nhiêu|mấy|bao lâu|tối đa|tối thiểu|mức|phần trăm",
    "time": r"khi nào|bao giờ|lúc nào|ngày nào|thời (?:hạn|điểm)|bao lâu|hiệu lực"
    r"|(?:muộn|chậm) nhất",
    "who": r"(?<!\w)ai(?!\w)|(?:cơ quan|bên|người|đơn vị|bộ|cấp|sở|tổ chức|chỗ) nào|đâu",
    "whether": r"(?:có|được|phải|bị).*(?:không|chưa)|(?:đúng|được|hay) không",
    "meaning": r"là gì|nghĩa là|hiểu (?:là|thế)|gọi là|thế nào là",
    "list": r"gồm|những|(?:cần|phải) gì|giấy tờ|các (?:loại|bước)",
    "manner": r"thế nào|ra sao|làm sao|cách nào|kiểu gì",
    "reason": r"vì sao|tại sao|lý do|mục đích|để làm gì",
    "source": r"(?:luật|văn bản|thông tư|nghị định|điều|khoản) nào|theo .* nào|căn cứ",
}
_GIVEN = {
    "amount": r"\d|%|(?<!\w)(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười"
    r"|tối (?:đa|thiểu)|mức)(?!\w)",
    "time": r"(?<!\w)(?:ngày|tháng|năm|giờ|kể từ|trước|sau|thời hạn|chậm nhất"
    r"|khi|định kỳ|hằng)(?!\w)",
    "who": r"Bộ |[ỦU][ỷy] ban|Chính phủ|Thủ tướng|[Cc]ơ quan|Sở |Cục |Hội đồng|[Nn]gười|tổ chức"
    r"|Chủ tịch|Giám đốc|trưởng|Tòa án|doanh nghiệp|đơn vị|Ban ",
    "whether": r"(?<!\w)(?:phải|được|cấm|có quyền|có trách nhiệm|nghiêm|cho phép)(?!\w)",
    "exception": r"(?<!\w)(?:không|trừ)(?!\w)",
    "meaning": r"(?<!\w)(?:là|bao gồm|gồm)(?!\w)",
    "condition": r"(?<!\w)(?:trường hợp|nếu|khi)(?!\w)",
    "source": r"Luật|Nghị định|Thông tư|Quyết định|Điều \d|khoản \d|theo quy định",
    "reason": r"(?<!\w)(?:nhằm|để|do|vì)(?!\w)",
}
_ASKED_PATTERNS = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _ASKED.items()}
_GIVEN_PATTERNS = {name: re.compile(pattern) for name, pattern in _GIVEN.items()}
_SHAPE = (
    "shared", "shared_pairs", "new", "length",
    "shared_of_best", "first", "last", "shared_before", "shared_behind",
    "pairs_of_best", "one_of", "length_share", "shared_up_to", "shared_from", "place",
)  # fmt: skip
FEATURES = (
    *_SHAPE,
    *_GIVEN,
    *(f"{asked}:{given}" for asked in _ASKED for given in _GIVEN),
)


def segments(quote: str) -> list[Span]:
    """Return the sentences, points and items of a quotation, without white space around."""
    bounds, start = [], 0
    for cut in _CUT.finditer(quote):
        if len(syllables(quote[start : cut.end()])) >= SHORTEST:
            bounds.append((start, cut.end()))
            start = cut.end()
    if syllables(quote[start:]):
        bounds.append((start, len(quote)))
    return [_trimmed(quote, *bound) for bound in bounds]


@dataclass(frozen=True, slots=True)
class Likeness:
    """An example question of the provision quoted, and how near the question is to it."""

    cosine: float
    words: str  # of the quotation, that answer the example; "" where that is not said


def asked_kinds(question: str) -> set[str]:
    """Return what kinds of answer a question asks for, by its question words; see `_ASKED`."""
    return {name for name, pattern in _ASKED_PATTERNS.items() if pattern.search(question)}


def highlight(
    question: str, quote: str, model: LanguageModel, alike: Sequence[Likeness] = ()
) -> tuple[Span, ...]:
    """Return the parts of the quotation that answer, rising, without overlaps.

    Args:
        question: As understood.
        quote: What is shown.
        model: Tells rare words from common ones.
        alike: The example questions of what is quoted.
    """
    spans = segments(quote)
    if len(spans) < 2:
        return ((0, len(quote)),) if quote else ()
    chances = _chances(features(question, quote, spans, model) @ _coefficients())
    if alike:
        told, share = _told(quote, spans, alike)
        chances = (1 - share) * chances + share * told
    chosen: list[int] = []
    for place in np.argsort(-chances, kind="stable"):
        chosen.append(int(place))
        if chances[chosen].sum() >= ENOUGH:
            break
    chosen = _announced(quote, spans, sorted(chosen))
    return _joined(quote, [spans[place] for place in _without_holes(quote, spans, chosen)])


def _announced(quote: str, spans: Sequence[Span], chosen: Sequence[int]) -> list[int]:
    """Add all that follows where nothing is chosen but what announces it ("các yêu cầu sau:")."""
    if all(quote[: spans[place][1]].endswith(":") for place in chosen):
        return list(range(chosen[0], len(spans)))
    return list(chosen)


def _without_holes(quote: str, spans: Sequence[Span], chosen: Sequence[int]) -> list[int]:
    """Add what lies between two chosen parts of one sentence with a list.

    Who is shown the first and the third of "gồm: a; b; c" takes the list for shorter than it is.
    """
    filled = list(chosen[:1])
    for before, place in itertools.pairwise(chosen):
        between = range(before, place)
        listed = (
            quote[spans[at][1] - 1 : spans[at + 1][0]].rstrip(" ") in (";", ":") for at in between
        )
        filled += [*(between[1:] if all(listed) else ()), place]
    return filled


def features(question: str, quote: str, spans: Sequence[Span], model: LanguageModel) -> Floats:
    """Return the features of each segment, float64[segments, len(FEATURES)]."""
    asked = words_of(question)
    weight = dict(zip(asked, _informative(asked, model), strict=True))
    total = sum(weight.values()) or 1.0
    pairs = set(itertools.pairwise(asked))
    texts = [quote[start:end] for start, end in spans]
    words = [words_of(text) for text in texts]
    shared = np.array([sum(weight.get(w, 0.0) for w in set(own)) for own in words]) / total
    shared_pairs = np.array([len(pairs & set(itertools.pairwise(own))) for own in words]) / max(
        len(pairs), 1
    )
    new = np.array(
        [_informative([w for w in set(own) if w not in weight], model).sum() for own in words]
    )
    length = np.array([len(own) for own in words], dtype=np.float64)
    count = len(spans)
    edge = np.zeros(1)
    given = np.array(
        [[bool(p.search(text)) for p in _GIVEN_PATTERNS.values()] for text in texts], np.float64
    )
    kinds = np.array([bool(p.search(question)) for p in _ASKED_PATTERNS.values()], np.float64)
    first, last = np.zeros(count), np.zeros(count)
    first[0] = last[-1] = 1.0
    shape = np.stack(
        [
            shared,
            shared_pairs,
            new / 10,
            length / 20,
            shared / (shared.max() or 1.0),
            first,
            last,
            np.concatenate([edge, shared[:-1]]),
            np.concatenate([shared[1:], edge]),
            shared_pairs / (shared_pairs.max() or 1.0),
            np.full(count, 1 / count),
            length / length.sum(),
            np.cumsum(shared) - shared,
            shared.sum() - np.cumsum(shared),
            np.arange(count) / count,
        ],
        axis=1,
    )
    meeting = (kinds[np.newaxis, :, np.newaxis] * given[:, np.newaxis, :]).reshape(count, -1)
    return np.concatenate([shape, given, meeting], axis=1)


def _told(quote: str, spans: Sequence[Span], alike: Sequence[Likeness]) -> tuple[Floats, float]:
    """Return where the answers to the example questions are, and how much that counts, 0…1."""
    cosines = np.array([one.cosine for one in alike])
    weights = np.exp((cosines - cosines.max()) / NEARER)
    weight_of: defaultdict[str, float] = defaultdict(float)  # many examples name the same words
    for one, weight in zip(alike, weights.tolist(), strict=True):
        weight_of[one.words] += weight
    told = np.zeros(len(spans))
    for words, weight in weight_of.items():
        start = quote.find(words) if words else -1
        inside = np.array([start < b and a < start + len(words) for a, b in spans], np.float64)
        if start >= 0 and inside.any():
            told += weight * inside / inside.sum()
    familiar = 1 / (1 + np.exp((FAMILIAR - cosines.max()) / SURER))
    return told / (told.sum() or 1.0), float(familiar * told.sum() / weights.sum())


def _informative(words: Sequence[str], model: LanguageModel) -> Floats:
    """Return how much each syllable tells, 0 or more."""
    return model.telling(words, common=SHARED_BY_ALL / 2)


def _chances(scores: Floats) -> Floats:
    raised = np.exp(scores - scores.max())
    return np.asarray(raised / raised.sum(), dtype=np.float64)


def _joined(quote: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Join neighbours that only white space parts."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and not quote[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)


def _trimmed(quote: str, start: int, end: int) -> Span:
    text = quote[start:end]
    return start + len(text) - len(text.lstrip()), start + len(text.rstrip())


@cache
def _coefficients() -> Floats:
    """Read the coefficients, in the order of `FEATURES`.

    Raises:
        UnavailableError: The file is missing or of another make.
    """
    try:
        stored = json.loads(COEFFICIENTS_FILE.read_text(encoding="utf-8"))
        return np.array([stored[name] for name in FEATURES], dtype=np.float64)
    except (OSError, ValueError, KeyError) as error:
        raise UnavailableError(
            f"{COEFFICIENTS_FILE} cannot be used: {error!r}; "
            "make it with: python -m chatbot.highlighting_fit DATA_DIR"
        ) from error
