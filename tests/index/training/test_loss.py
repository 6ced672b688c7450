"""Vectors of several columns at once, and what of a model is left as it is."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from sentence_transformers import SentenceTransformer

from index.training.loss import (
    ClauseRankingLoss,
    TypingLoss,
    embed,
    freeze_lower,
    transformer_of,
)

COLUMNS = [["thả diều", "giờ"], ["được thả diều từ bảy giờ sáng", "dây"], ["a", "b, c và d"]]


@pytest.fixture
def model(tiny: Path) -> SentenceTransformer:
    return SentenceTransformer(str(tiny), device="cpu").eval()


def test_vectors_are_unit_rows_one_column_after_the_other(model: SentenceTransformer) -> None:
    with torch.no_grad():
        vectors = embed(model, [model.preprocess(column) for column in COLUMNS])
    alone = torch.tensor(model.encode([text for column in COLUMNS for text in column]))
    assert vectors.shape == (6, 32)
    assert torch.allclose(vectors.norm(dim=1), torch.ones(6), atol=1e-5)
    assert torch.allclose(vectors, alone, atol=1e-5)


def test_texts_of_like_length_share_a_chunk_and_long_ones_do_not(
    model: SentenceTransformer,
) -> None:
    texts = [f"{'thả diều ' * (index % 20)}{index}" for index in range(40)]
    shapes: list[tuple[int, ...]] = []
    model.register_forward_pre_hook(lambda _, given: shapes.append(given[0]["input_ids"].shape))
    with torch.no_grad():
        vectors = embed(model, [model.preprocess(texts[:20]), model.preprocess(texts[20:])])
    tokens = sum(rows * longest for rows, longest in shapes)
    assert sum(rows for rows, _ in shapes) == len(texts)
    assert all(rows == 1 or rows * longest <= 2048 for rows, longest in shapes)
    assert tokens < len(texts) * max(longest for _, longest in shapes)  # padding all to it
    shapes.clear()
    assert torch.allclose(vectors, torch.tensor(model.encode(texts)), atol=1e-5)


def test_every_text_gets_its_gradient(model: SentenceTransformer) -> None:
    features = [model.preprocess(column) for column in COLUMNS]
    passages = [model.preprocess(["p", "m"]), model.preprocess(["x", "q"])]  # letters of their own
    words = transformer_of(model).get_submodule("embeddings.word_embeddings").weight
    ClauseRankingLoss(model, temperature=0.5)([*features, *passages], None).backward()
    assert isinstance(words.grad, torch.Tensor)
    for column in (*features, *passages):
        for row, mask in zip(column["input_ids"], column["attention_mask"], strict=True):
            assert (words.grad[row[mask.bool()]].abs().sum(dim=1) > 0).all()


@pytest.mark.parametrize(("count", "still"), [(0, []), (1, [0]), (2, [0, 1])])
def test_the_lowest_layers_stay_with_the_embeddings(
    model: SentenceTransformer, count: int, still: list[int]
) -> None:
    freeze_lower(model, count)
    inner = transformer_of(model)
    layers = list(inner.get_submodule("encoder.layer").children())
    for place, layer in enumerate(layers):
        assert {one.requires_grad for one in layer.parameters()} == {place not in still}
    embeddings = {one.requires_grad for one in inner.get_submodule("embeddings").parameters()}
    assert embeddings == {not count}


def test_settings_are_told_to_the_model_card(model: SentenceTransformer) -> None:
    assert ClauseRankingLoss(model, temperature=0.03).get_config_dict() == {"temperature": 0.03}
    assert TypingLoss(model, weight=10.0).get_config_dict() == {"weight": 10.0}
