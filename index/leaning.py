"""Which of two kinds a question leans to: those a document answers, or those it leaves open.

"Kế hoạch lập mấy năm một lần?" and "Kế hoạch dài mấy trang?" are near each other, and one has
an answer. The nearest example alone cannot tell; all examples of both kinds together can. Kernel
ridge regression on their vectors and their wording (Saunders, Gammerman and Vovk 1998, "Ridge
Regression Learning Algorithm in Dual Variables"), so that a question far from every example
leans to neither.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np

from corpus.text import syllables
from index.types import FloatArray

WIDTH: Final = 0.5  # 1 - cosine at which an example counts e times less
WORDING: Final = 0.3  # what the same syllables and pairs of them count, against the same meaning
RIDGE: Final = 0.2
MOST: Final = 4000  # examples learned from; the time grows with the cube, to about a second


@dataclass(frozen=True, slots=True)
class Leaning:
    """What the example questions of one document teach."""

    vectors: FloatArray  # float32[examples, dimension], of length 1
    wording: Any  # sparse[examples, terms], rows of length 1
    terms: Any  # the vectoriser that turns a question into such a row
    weights: FloatArray  # float32[examples]

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
        kernel = _kernel(vectors @ vectors.T, alike).astype(np.float64)
        weights = np.linalg.solve(kernel + RIDGE * np.eye(len(texts)), sides)
        return cls(vectors, wording, terms, weights.astype(np.float32))

    def of(self, question: str, vector: FloatArray) -> float:
        """Return about 1 for a question like those answered, -1 like the others, 0 for neither.

        Args:
            question: As searched.
            vector: float32[dimension]: the encoded question.
        """
        alike = (self.wording @ self.terms.transform([question]).T).toarray()[:, 0]
        return float(_kernel(self.vectors @ vector, alike) @ self.weights)


def _kernel(cosines: FloatArray, alike: FloatArray) -> FloatArray:
    kernel: FloatArray = np.exp((cosines - 1) / WIDTH) + WORDING * alike
    return kernel


def _terms(question: str) -> list[str]:
    """Return syllables and pairs of neighbours; the ends of a question count as neighbours."""
    words = ["^", *syllables(question), "$"]
    return [*words, *(f"{first} {second}" for first, second in pairwise(words))]
