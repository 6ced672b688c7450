"""Ranking loss over rows of three questions, one passage and one sibling passage.

The in-batch softmax of MultipleNegativesRankingLoss, with three questions sharing a passage,
and with the passages of the last batches as further negatives (cross-batch memory).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import Any

import torch
from sentence_transformers import SentenceTransformer
from torch import Tensor, nn

_QUESTIONS = 3
_CHUNK_TOKENS = 2048


class ClauseRankingLoss(nn.Module):
    """Cross-entropy of each question over all passages at hand."""

    def __init__(
        self,
        model: SentenceTransformer,
        *,
        temperature: float = 0.02,
        memory: int = 12,
        frozen_for_passages: int = 6,
    ) -> None:
        """Set up the loss.

        Args:
            model: The encoder that is trained.
            temperature: Divides the cosines.
            memory: Batches whose passages are kept as negatives.
            frozen_for_passages: Lower layers that passages do not train (questions do, since
                it is their wording and typing that is new). Saves a fourth of the time.
        """
        super().__init__()
        self.model = model
        self.temperature = temperature
        self.memory: deque[Tensor] = deque(maxlen=memory)
        self._detach = False
        if frozen_for_passages:
            layers_of(model)[frozen_for_passages - 1].register_forward_hook(self._gate)

    def _gate(self, module: nn.Module, inputs: object, output: Tensor) -> Tensor | None:
        """Cut the gradient of passages below this layer."""
        return output.detach() if self._detach else None

    def forward(self, sentence_features: Iterable[dict[str, Tensor]], labels: object) -> Tensor:
        """Return the mean loss of the batch's questions."""
        features = list(sentence_features)
        questions = self.embed(features[:_QUESTIONS])
        passages = self.embed(features[_QUESTIONS : _QUESTIONS + 1], as_passage=True)
        with torch.no_grad():  # they move the questions; encoding them is a third of the cost
            negatives = self.embed(features[_QUESTIONS + 1 :])
        known = torch.cat([passages, negatives, *self.memory])
        scores = questions @ known.T / self.temperature
        targets = torch.arange(len(passages)).repeat(_QUESTIONS)
        self.memory.append(torch.cat([passages.detach(), negatives]))
        return nn.functional.cross_entropy(scores, targets)

    def embed(self, columns: list[dict[str, Tensor]], *, as_passage: bool = False) -> Tensor:
        """Return unit vectors of all columns' texts, one column after the other.

        Texts of like length are encoded together: padding all to the longest would double
        the work. With `as_passage`, the lower layers get no gradient.
        """
        self._detach = as_passage
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
        return {"temperature": self.temperature, "memory": self.memory.maxlen}


def transformer_of(model: SentenceTransformer) -> nn.Module:
    """Return the Hugging Face model inside."""
    return model.get_submodule("0.model")


def layers_of(model: SentenceTransformer) -> list[nn.Module]:
    """Return the layers of a BERT-like encoder, lowest first."""
    return list(transformer_of(model).get_submodule("encoder.layer").children())
