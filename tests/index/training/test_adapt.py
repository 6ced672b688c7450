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
from index.training.examples import is_development, read_law_clauses, read_shared
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
        teachers=(tiny,),
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


def test_new_questions_are_learned_in_turn_with_two_teachers(tiny: Path, tmp_path: Path) -> None:
    data = write_shared(tmp_path / "data", laws=8)
    asked = tmp_path / "later.jsonl"
    clauses = read_law_clauses(data)
    asked.write_text(
        "".join(
            json.dumps(
                {
                    "number": clause.number,
                    "article": clause.article,
                    "clause": clause.clause,
                    "digest": clause.digest,
                    "style": "everyday",
                    "question": f"câu hỏi {i} về {clause.heading}",
                }
            )
            + "\n"
            for clause in clauses
            for i in range(3)
        )
    )
    options = AdaptOptions(
        data=data,
        own=None,
        base=tiny,
        teachers=(tiny, tiny),
        out=tmp_path / "run",
        asked=asked,
        passes=2,
        rows=4,
        rank=4,
        passages=9,
        threads=1,
        check_every=10,
        save_every=10,
    )
    trained = adapt(options)
    logged = [json.loads(line) for line in (tmp_path / "run/log.jsonl").read_text().splitlines()]
    trainable = [c for c in clauses if not is_development(c.number)]
    assert logged[-1]["step"] == 2 * (2 * len(trainable) // 4)  # ranking and typing in turn
    assert read_factors(trained, load_file(tiny / WEIGHTS))


def test_the_loss_is_nothing_for_the_teacher_itself(tiny: Path) -> None:
    model = SentenceTransformer(str(tiny), device="cpu").eval()
    passages = torch.tensor(model.encode(["một", "hai", "ba"], normalize_embeddings=True))
    loss = TaughtTypingLoss(model, [passages, passages], temperature=0.1)
    texts, others = ["thứ nhất", "x"], ["khác hẳn", "x"]
    vectors = torch.tensor(model.encode(texts, normalize_embeddings=True)).repeat(1, 2)
    same, other = (model.preprocess(pair) for pair in (texts, others))
    assert loss([same, same], vectors).item() == pytest.approx(0, abs=1e-4)
    assert loss([same, other], vectors).item() > 0.01
    assert len(list(loss.parameters())) == len(list(model.parameters()))  # the teacher has none


def test_the_second_teacher_has_half_a_say_in_the_ranking(tiny: Path) -> None:
    model = SentenceTransformer(str(tiny), device="cpu").eval()
    passages = torch.tensor(model.encode(["một", "hai", "ba"], normalize_embeddings=True))
    loss = TaughtTypingLoss(model, [passages, -passages], temperature=0.1)
    vectors = torch.tensor(model.encode(["thứ nhất"], normalize_embeddings=True))
    features = [model.preprocess(["thứ nhất"])]
    agreed = torch.full((1, 3), 1 / 3).log()  # the two teachers contradict each other
    ranked = torch.log_softmax(vectors @ passages.T / 0.1, dim=-1)
    wanted = (agreed.exp() * (agreed - ranked)).sum().item()
    assert loss(features, vectors.repeat(1, 2)).item() == pytest.approx(wanted, abs=1e-3)


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
