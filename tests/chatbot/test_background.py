"""The background: how near a question is to law in general."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from chatbot.assembly import Assembly
from chatbot.background import NEAREST, load_background, write_background
from corpus.errors import UnavailableError


def unit_rows(count: int, seed: int) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    rows = np.random.default_rng(seed).normal(size=(count, 24)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows


def test_level_is_the_mean_cosine_of_the_nearest(tmp_path: Path) -> None:
    sample, questions = unit_rows(60, 1), unit_rows(5, 2)
    write_background(sample, questions, "one@1", tmp_path / "background.npz")
    background = load_background(tmp_path / "background.npz")
    for question in questions:
        nearest = np.sort(sample @ question)[-NEAREST:]
        assert background.level(question, "one@1") == pytest.approx(nearest.mean(), abs=0.01)


def test_vectors_of_another_encoder_are_not_compared(tmp_path: Path) -> None:
    sample, questions = unit_rows(60, 1), unit_rows(5, 2)
    write_background(sample, questions, "one@1", tmp_path / "background.npz")
    background = load_background(tmp_path / "background.npz")
    levels = [background.level(question, "one@1") for question in questions]
    assert background.level(questions[0], "other@1") == pytest.approx(np.mean(levels), abs=0.01)


def test_a_damaged_file_is_reported(tmp_path: Path) -> None:
    file = tmp_path / "background.npz"
    file.write_bytes(b"PK nothing")
    with pytest.raises(UnavailableError, match="install the package again"):
        load_background(file)


def test_shipped_sample_is_of_the_shipped_encoder(parts: Assembly) -> None:
    background = load_background()
    assert background.encoder == parts.encoder.identity
    assert background.vectors.shape[1] == parts.encoder.dimension
