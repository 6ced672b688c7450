"""Which of two kinds a question leans to: those a document answers, or those it leaves open.

"Kế hoạch lập mấy năm một lần?" and "Kế hoạch dài mấy trang?" are near each other, and one has
an answer. The nearest example alone cannot tell; all examples of both kinds together can. Kernel
ridge regression on their vectors (Saunders, Gammerman and Vovk 1998, "Ridge Regression Learning
Algorithm in Dual Variables"), so that a question far from every example leans to neither.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from index.types import FloatArray

WIDTH: Final = 0.5  # 1 - cosine at which an example counts e times less
RIDGE: Final = 0.1
MOST: Final = 4000  # examples learned from; the time grows with the cube, to about a second


@dataclass(frozen=True, slots=True)
class Leaning:
    """What the example questions of one document teach."""

    vectors: FloatArray  # float32[examples, dimension], of length 1
    weights: FloatArray  # float32[examples]

    @classmethod
    def fit(cls, answered: FloatArray, unanswered: FloatArray) -> Leaning:
        """Learn from encoded questions of both kinds, float32[n, dimension] each."""
        vectors = np.concatenate([answered, unanswered])
        sides = np.repeat([1.0, -1.0], [len(answered), len(unanswered)])
        if len(vectors) > MOST:
            kept = np.linspace(0, len(vectors) - 1, MOST).astype(np.int64)
            vectors, sides = vectors[kept], sides[kept]
        kernel = _kernel(vectors @ vectors.T).astype(np.float64)
        weights = np.linalg.solve(kernel + RIDGE * np.eye(len(vectors)), sides)
        return cls(vectors, weights.astype(np.float32))

    def of(self, vector: FloatArray) -> float:
        """Return about 1 for a question like those answered, -1 like the others, 0 for neither.

        Args:
            vector: float32[dimension]: the encoded question.
        """
        return float(_kernel(self.vectors @ vector) @ self.weights)


def _kernel(cosines: FloatArray) -> FloatArray:
    kernel: FloatArray = np.exp((cosines - 1) / WIDTH)
    return kernel
