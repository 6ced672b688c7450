"""Which of two kinds a question leans to: those a document answers, or those it leaves open.

"Kế hoạch lập mấy năm một lần?" and "Kế hoạch dài mấy trang?" are near each other, and one has
an answer. The nearest example alone cannot tell; all examples of both kinds together can. Kernel
ridge regression on their vectors and their wording (Saunders, Gammerman and Vovk 1998, "Ridge
Regression Learning Algorithm in Dual Variables"), so that a question far from every example
leans to neither.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, TypeVar

import numpy as np

from corpus.text import syllables
from index.types import Encoder, FloatArray

Kind = TypeVar("Kind", bound=str)

WIDTH: Final = 0.5  # 1 - cosine at which an example counts e times less
WORDING: Final = 0.3  # what the same syllables and pairs of them count, against the same meaning
RIDGE: Final = 0.2
MOST: Final = 4000  # examples learned from; the time grows with the cube, to about a second


@dataclass(frozen=True, slots=True)
class Leaning:
    """What the example questions of one document teach."""

    vectors: FloatArray  # float32[examples, dimension], of length 1
    weights: FloatArray  # float32[examples]
    terms: Any  # the vectoriser that turns a question into a sparse row of terms, of length 1
    wording: FloatArray  # float64[terms]: the examples' rows, each times its weight, in one

    @classmethod
    def fit(
        cls, answered: Sequence[str], unanswered: Sequence[str], vectors: FloatArray
    ) -> Leaning:
        """Learn from questions of both kinds, at least one in all.

        Args:
            answered: Questions the document answers.
            unanswered: Questions it leaves open.
            vectors: float32[n, dimension]: all of them encoded, in this order.
        """
        from sklearn.feature_extraction.text import TfidfVectorizer  # a second, when first needed

        texts = [*answered, *unanswered]
        sides = np.repeat([1.0, -1.0], [len(answered), len(unanswered)])
        if len(texts) > MOST:
            kept = np.linspace(0, len(texts) - 1, MOST).astype(np.int64)
            vectors, sides, texts = vectors[kept], sides[kept], [texts[place] for place in kept]
        terms = TfidfVectorizer(analyzer=_terms)
        wording = terms.fit_transform(texts)
        alike = (wording @ wording.T).toarray()
        kernel = _near(vectors @ vectors.T).astype(np.float64) + WORDING * alike
        weights = np.linalg.solve(kernel + RIDGE * np.eye(len(texts)), sides)
        return cls(vectors, weights.astype(np.float32), terms, WORDING * (wording.T @ weights))

    def of(self, question: str, vector: FloatArray) -> float:
        """Return about 1 for a question like those answered, -1 like the others, 0 for neither.

        Args:
            question: As searched.
            vector: float32[dimension]: the encoded question.
        """
        by_meaning = float(_near(self.vectors @ vector) @ self.weights)
        return by_meaning + float(self.terms.transform([question]).dot(self.wording)[0])


def one_against_the_rest(
    examples: Mapping[Kind, Sequence[str]], encoder: Encoder
) -> dict[Kind, Leaning]:
    """Learn, for each kind of questions, to tell it from all others; no question is of two."""
    texts = {kind: list(lines) for kind, lines in examples.items()}
    vectors = {kind: encoder.encode_queries(lines) for kind, lines in texts.items()}
    learned = {}
    for kind, lines in texts.items():
        others = [other for other in texts if other != kind]
        rest = [line for other in others for line in texts[other]]
        rows = np.concatenate([vectors[kind], *(vectors[other] for other in others)])
        learned[kind] = Leaning.fit(lines, rest, rows)
    return learned


def _near(cosines: FloatArray) -> FloatArray:
    near: FloatArray = np.exp((cosines - 1) / WIDTH)
    return near


def _terms(question: str) -> list[str]:
    """Return syllables and pairs of neighbours; the ends of a question count as neighbours."""
    words = ["^", *syllables(question), "$"]
    return [*words, *(f"{first} {second}" for first, second in pairwise(words))]
