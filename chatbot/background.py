"""How near a question is to law in general, against which the nearness of a clause counts.

A vague question is about equally near to many clauses; the clause that answers stands out.
What it must stand out from is a fixed sample of legal clauses, so that the measure does not
change with the documents loaded. The idea is the adaptive score normalisation of speaker
verification: the mean of the N best scores in a cohort (Matějka et al., "Analysis of Score
Normalization in Multilingual Speaker Recognition", Interspeech 2017, section 2).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from corpus.errors import UnavailableError
from index.types import FloatArray

BACKGROUND_FILE = Path(__file__).parent / "data" / "background.npz"
NEAREST = 8  # clauses of the sample whose cosines are averaged
_STEPS = 127  # of a stored vector's largest value


@dataclass(frozen=True, slots=True)
class Background:
    """Vectors of a sample of legal clauses, by one encoder."""

    encoder: str  # identity of the encoder that made the vectors
    vectors: FloatArray  # float32[clauses, dimension], unit length
    usual: float  # the level of a usual question

    def level(self, vector: FloatArray, encoder: str) -> float:
        """Return the mean cosine of a question and the sample's nearest clauses, -1…1.

        Args:
            vector: float32[dimension]: the encoded question.
            encoder: Identity of the encoder that made it. Vectors of another cannot be
                compared with the sample; the level is then that of a usual question.
        """
        if encoder != self.encoder:
            return self.usual
        cosines = self.vectors @ vector
        return float(np.partition(cosines, -NEAREST)[-NEAREST:].mean())


@cache
def load_background(file: Path = BACKGROUND_FILE) -> Background:
    """Read the sample.

    Raises:
        UnavailableError: The file cannot be read.
    """
    try:
        with np.load(file, allow_pickle=False) as stored:
            vectors = stored["vectors"].astype(np.float32)
            vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
            return Background(str(stored["encoder"]), vectors, float(stored["usual"]))
    except (OSError, ValueError, KeyError) as error:
        raise UnavailableError(
            f"{file} cannot be read: {error!r}; install the package again"
        ) from error


def write_background(vectors: FloatArray, questions: FloatArray, encoder: str, file: Path) -> None:
    """Store a sample, a byte a value.

    Args:
        vectors: float32[clauses, dimension], unit length.
        questions: float32[n, dimension]: some questions, to know the usual level.
        encoder: Identity of the encoder that made all of them.
        file: Where to.
    """
    usual = float(np.mean(np.sort(questions @ vectors.T, axis=1)[:, -NEAREST:]))
    steps = np.abs(vectors).max(axis=1, keepdims=True) / _STEPS
    np.savez_compressed(
        file,
        vectors=np.rint(vectors / steps).astype(np.int8),
        usual=np.float32(usual),
        encoder=np.str_(encoder),
    )
