"""The trainer on a tiny model: it learns, goes on where it stopped, and packs its result."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch

pytest.importorskip("datasets", reason="training needs the extra `train`")
pytest.importorskip("accelerate", reason="training needs the extra `train`")

from sentence_transformers import SentenceTransformer

from index.bundled_data import PROMPTS
from index.training.loss import ClauseRankingLoss, TypingLoss, freeze_lower, transformer_of
from index.training.train import TrainOptions, train
from tests.index.training.laws import write_shared


def _options(data: Path, base: Path, out: Path, max_steps: int = -1) -> TrainOptions:
    return TrainOptions(
        data=data,
        own=None,
        base=base,
        out=out,
        epochs=8,
        rows=4,
        rate=5e-3,
        threads=1,
        frozen=1,
        check_every=4,
        save_every=4,
        max_steps=max_steps,
    )


def _records(out: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (out / "log.jsonl").read_text().splitlines()]


def test_it_learns_and_goes_on_where_it_stopped(tiny: Path, tmp_path: Path) -> None:
    data = write_shared(tmp_path / "data", laws=8)
    out = tmp_path / "run"
    train(_options(data, tiny, out, max_steps=8))
    assert (out / "checkpoint-8").is_dir()
    trained = train(_options(data, tiny, out))
    steps = [r["step"] for r in _records(out) if "development" in r]
    assert steps == [4, 8, 12, 16, 20, 24, 28, 32]  # ranking and typing in turn
    before, after = (SentenceTransformer(str(f), device="cpu") for f in (tiny, trained))
    text = ["luật nói gì về việc này?"]
    assert not np.allclose(before.encode(text), after.encode(text), atol=1e-3)
    assert after.prompts == PROMPTS


def test_loss_of_three_questions_over_the_passages_of_the_batch(tiny: Path) -> None:
    model = SentenceTransformer(str(tiny), device="cpu").eval()
    columns = [["một", "hai"], ["ba", "bốn"], ["năm", "sáu"], ["thứ nhất", "thứ hai"], ["x", "y"]]
    features = [model.preprocess(column) for column in columns]
    vectors = [torch.tensor(model.encode(column)) for column in columns]
    loss = ClauseRankingLoss(model, temperature=0.5)
    questions, known = torch.cat(vectors[:3]), torch.cat(vectors[3:])
    targets = torch.tensor([0, 1, 0, 1, 0, 1])
    expected = torch.nn.functional.cross_entropy(questions @ known.T / 0.5, targets)
    assert loss(features, None).item() == pytest.approx(expected.item(), rel=1e-4)


def test_typing_loss_is_the_mean_distance_to_the_text_written_properly(tiny: Path) -> None:
    model = SentenceTransformer(str(tiny), device="cpu").eval()
    proper = torch.tensor(model.encode(["một hai", "ba"], normalize_embeddings=True))
    columns = [["mot hai", "ba"], ["moot hai", "ba"]]
    features = [model.preprocess(column) for column in columns]
    typed = torch.cat([torch.tensor(model.encode(c, normalize_embeddings=True)) for c in columns])
    expected = 3 * (1 - (typed * proper.repeat(2, 1)).sum(dim=1)).mean()
    loss = TypingLoss(model, weight=3.0)
    assert loss(features, proper).item() == pytest.approx(expected.item(), rel=1e-4, abs=1e-6)
    assert loss(features[1:], typed[2:]).item() == pytest.approx(0, abs=1e-5)


def test_what_is_frozen_is_not_trained(tiny: Path) -> None:
    model = SentenceTransformer(str(tiny), device="cpu").eval()
    freeze_lower(model, 1)
    loss = ClauseRankingLoss(model, temperature=0.5)
    columns = [["một", "hai"]] * 3 + [["thứ nhất", "thứ hai"], ["x", "y"]]
    loss([model.preprocess(column) for column in columns], None).backward()
    layers = transformer_of(model).get_submodule("encoder.layer").children()
    lower, upper = (next(layer.parameters()) for layer in layers)
    assert lower.grad is None
    assert upper.grad is not None
    assert upper.grad.abs().sum() > 0
