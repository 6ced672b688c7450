"""Ranking loss over rows of three questions, one passage and one sibling passage.

The in-batch softmax of MultipleNegativesRankingLoss, with three questions sharing a passage.
Every passage gets its gradient: with negatives that do not (a memory of earlier batches, or
encoded without gradient) all questions ran away from all passages, and accuracy fell to .06.
"""

from __future__ import annotations

from collections.abc import Iterable
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
        questions = self.embed(features[:_QUESTIONS])
        passages = self.embed(features[_QUESTIONS:])
        targets = torch.arange(len(passages) // 2).repeat(_QUESTIONS)
        return nn.functional.cross_entropy(questions @ passages.T / self.temperature, targets)

    def embed(self, columns: list[dict[str, Tensor]]) -> Tensor:
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
            vectors.append(self.model(features)["sentence_embedding"])
            place = end
        return nn.functional.normalize(torch.cat(vectors)[torch.argsort(order)], dim=-1)

    def get_config_dict(self) -> dict[str, Any]:
        """Return the settings, for the trainer's model card."""
        return {"temperature": self.temperature}


def transformer_of(model: SentenceTransformer) -> nn.Module:
    """Return the Hugging Face model inside."""
    return model.get_submodule("0.model")


def freeze_lower(model: SentenceTransformer, count: int) -> None:
    """Keep the embeddings and the lowest `count` layers of a BERT-like encoder as they are."""
    inner = transformer_of(model)
    layers = list(inner.get_submodule("encoder.layer").children())
    for part in (inner.get_submodule("embeddings"), *layers[:count]):
        part.requires_grad_(False)
