"""What the encoder is taught by: ranking of passages, and one meaning however it is typed.

The ranking loss reads rows of three questions, one passage and one sibling passage.

The in-batch softmax of MultipleNegativesRankingLoss, with three questions sharing a passage.
Every passage gets its gradient: with negatives that do not (a memory of earlier batches, or
encoded without gradient) all questions ran away from all passages, and accuracy fell to .06.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import torch
from sentence_transformers import SentenceTransformer
from torch import Tensor, nn

_QUESTIONS = 3
_CHUNK_TOKENS = 2048


class ClauseRankingLoss(nn.Module):
    """Cross-entropy of each question over all passages of the batch."""

    def __init__(self, model: SentenceTransformer, *, temperature: float) -> None:
        """Set up the loss; `temperature` divides the cosines."""
        super().__init__()
        self.model = model
        self.temperature = temperature

    def forward(self, sentence_features: Iterable[dict[str, Tensor]], labels: object) -> Tensor:
        """Return the mean loss of the batch's questions."""
        features = list(sentence_features)
        questions = embed(self.model, features[:_QUESTIONS])
        passages = embed(self.model, features[_QUESTIONS:])
        targets = torch.arange(len(passages) // 2).repeat(_QUESTIONS)
        return nn.functional.cross_entropy(questions @ passages.T / self.temperature, targets)

    def get_config_dict(self) -> dict[str, Any]:
        """Return the settings, for the trainer's model card."""
        return {"temperature": self.temperature}


class TypingLoss(nn.Module):
    """Draws every way of typing a text to the vector of the text written properly.

    Knowledge distillation as for another language: Reimers and Gurevych 2020, "Making
    Monolingual Sentence Embeddings Multilingual using Knowledge Distillation", section 3.
    """

    def __init__(self, model: SentenceTransformer, *, weight: float) -> None:
        """Set up the loss; `weight` brings its gradient near that of the ranking loss."""
        super().__init__()
        self.model = model
        self.weight = weight

    def forward(self, sentence_features: Iterable[dict[str, Tensor]], labels: Tensor) -> Tensor:
        """Return the mean distance, 1 - cosine, of all columns to the labels, weighted.

        Args:
            sentence_features: Columns of the same texts, each typed another way.
            labels: float32[n, d], unit vectors of the texts written properly.
        """
        features = list(sentence_features)
        vectors = embed(self.model, features)
        targets = labels.to(vectors.dtype).repeat(len(features), 1)
        return self.weight * (1 - (vectors * targets).sum(dim=-1)).mean()

    def get_config_dict(self) -> dict[str, Any]:
        """Return the settings, for the trainer's model card."""
        return {"weight": self.weight}


def embed(model: SentenceTransformer, columns: Sequence[dict[str, Tensor]]) -> Tensor:
    """Return unit vectors of all columns' texts, one column after the other.

    Texts of like length are encoded together: padding all to the longest would double
    the work.
    """
    ids = [row for column in columns for row in column["input_ids"]]
    masks = [row for column in columns for row in column["attention_mask"]]
    lengths = torch.tensor([int(mask.sum()) for mask in masks])
    order = torch.argsort(lengths)
    vectors: list[Tensor] = []
    place = 0
    while place < len(order):
        end = place + 1
        while end < len(order) and (end + 1 - place) * lengths[order[end]] <= _CHUNK_TOKENS:
            end += 1
        longest = int(lengths[order[end - 1]])
        chunk = [int(i) for i in order[place:end]]
        features = {
            "input_ids": nn.utils.rnn.pad_sequence(
                [ids[i][: int(lengths[i])] for i in chunk], batch_first=True, padding_value=1
            ),
            "attention_mask": (torch.arange(longest)[None] < lengths[chunk][:, None]).long(),
        }
        vectors.append(model(features)["sentence_embedding"])
        place = end
    return nn.functional.normalize(torch.cat(vectors)[torch.argsort(order)], dim=-1)


def transformer_of(model: SentenceTransformer) -> nn.Module:
    """Return the Hugging Face model inside."""
    return model.get_submodule("0.model")


def freeze_lower(model: SentenceTransformer, count: int) -> None:
    """Keep the embeddings and the lowest `count` layers of a BERT-like encoder as they are.

    With 0 nothing is kept.
    """
    if not count:
        return
    inner = transformer_of(model)
    layers = list(inner.get_submodule("encoder.layer").children())
    for part in (inner.get_submodule("embeddings"), *layers[:count]):
        part.requires_grad_(False)
