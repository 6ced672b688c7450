"""Teaching careless typing through low-rank changes, on a tiny model."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.numpy import load_file, save_file

pytest.importorskip("peft", reason="training needs the test tools")

from sentence_transformers import SentenceTransformer

from index.bundled import WEIGHTS
from index.bundled_data import PROMPTS
from index.training.adapt import (
    AdaptOptions,
    TaughtTypingLoss,
    adapt,
    add_adapter,
    start_from,
    typed_rows,
)
from index.training.examples import read_law_clauses, read_shared
from index.training.noise import strip_marks
from index.training.pack import read_factors
from index.training.train import load_model
from index.tuned import apply_adapter, pack_adapter
from tests.index.training.laws import write_shared

TEXT = ["query: luat noi gi ve viec duoc lam?"]


def test_it_goes_on_where_it_stopped_and_is_its_base_with_the_factors(
    tiny: Path, tmp_path: Path
) -> None:
    options = AdaptOptions(
        data=write_shared(tmp_path / "data", laws=8),
        own=None,
        base=tiny,
        out=tmp_path / "run",
        steps=4,
        rows=8,
        rank=4,
        rate=2e-2,
        passages=9,
        threads=1,
        check_every=4,
        save_every=4,
    )
    adapt(options)
    trained = adapt(replace(options, steps=8))
    records = [json.loads(line) for line in (tmp_path / "run/log.jsonl").read_text().splitlines()]
    assert [r["step"] for r in records if "development" in r] == [4, 8]

    base = load_file(tiny / WEIGHTS)
    factors = read_factors(trained, base)
    assert {name.rpartition(".")[2] for name in factors} == {"up", "down", "rows"}
    merged = apply_adapter(pack_adapter(base, factors, steps=127), base)
    assert set(merged) == set(base)
    before = SentenceTransformer(str(tiny), device="cpu").encode(TEXT)
    adapted = SentenceTransformer(str(trained), device="cpu").encode(TEXT)
    save_file(merged, tiny / WEIGHTS, metadata={"format": "pt"})
    try:
        after = SentenceTransformer(str(tiny), device="cpu").encode(TEXT)
    finally:
        save_file(base, tiny / WEIGHTS, metadata={"format": "pt"})
    assert not np.allclose(before, after, atol=1e-2)
    assert np.allclose(adapted, after, atol=1e-2)  # whole steps, each of a 127th

    further = load_model(tiny, 128)
    add_adapter(further, 4)
    start_from(further, factors)
    assert np.allclose(further.eval().encode(TEXT), adapted, atol=1e-5)


def test_the_loss_is_nothing_for_the_teacher_itself(tiny: Path) -> None:
    model = SentenceTransformer(str(tiny), device="cpu").eval()
    passages = torch.tensor(model.encode(["một", "hai", "ba"], normalize_embeddings=True))
    loss = TaughtTypingLoss(model, model, passages, temperature=0.1)
    same, other = (model.preprocess([text, "x"]) for text in ("thứ nhất", "khác hẳn"))
    assert loss([same, same], None).item() == pytest.approx(0, abs=1e-4)
    assert loss([same, other], None).item() > 0.01
    assert len(list(loss.parameters())) == len(list(model.parameters()))  # the teacher has none


def test_rows_are_questions_and_laws_typed_carelessly(tmp_path: Path) -> None:
    data = write_shared(tmp_path / "data")
    rows = typed_rows(read_shared(data), read_law_clauses(data), 160, seed=3)
    again = typed_rows(read_shared(data), read_law_clauses(data), 80, seed=3)
    assert {len(column) for column in rows.values()} == {160}
    assert all(rows[name][:80] == column for name, column in again.items())
    passages = [text for text in rows["proper"] if text.startswith(PROMPTS["document"])]
    assert 0 < len(passages) < 20
    for proper, unmarked in zip(rows["proper"], rows["unmarked"], strict=True):
        assert unmarked == (proper if proper in passages else strip_marks(proper))
