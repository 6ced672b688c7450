"""A two-layer encoder with random weights, to train on."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules.transformer import Transformer
from sentence_transformers.sentence_transformer.modules import Normalize, Pooling
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

from index.bundled_data import PROMPTS
from index.tokenizer import build_tokenizer

ADDED = "▁duoc"  # one of the pieces that our training adds


def _tiny_tokenizer() -> Tokenizer:
    letters = "▁abcdeghiklmnopqrstuvxyàáảãạăâđèéêềếệìíòóôồốộơờớợùúưừứựý0123456789/.:?,"
    pieces = ["<s>", "<pad>", "</s>", "<unk>", *dict.fromkeys(letters), "<mask>", ADDED]
    return build_tokenizer(pieces, [0.0, 0.0, 0.0, 0.0, *([-3.0] * (len(pieces) - 6)), 0.0, -1.0])


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a two-layer encoder with random weights."""
    torch.manual_seed(137)
    folder = tmp_path_factory.mktemp("tiny")
    tokenizer = _tiny_tokenizer()
    config = BertConfig(
        vocab_size=tokenizer.get_vocab_size(),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=64,
        max_position_embeddings=160,
        pad_token_id=1,
    )
    BertModel(config).save_pretrained(folder / "bert")
    PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]  # transformers is partly typed
        tokenizer_object=tokenizer,
        bos_token="<s>",
        eos_token="</s>",
        pad_token="<pad>",
        unk_token="<unk>",
        model_max_length=160,
    ).save_pretrained(folder / "bert")
    body = Transformer(str(folder / "bert"))
    model = SentenceTransformer(
        modules=[body, Pooling(32, "mean"), Normalize()], device="cpu", prompts=PROMPTS
    )
    model.save(str(folder / "model"), create_model_card=False)
    return folder / "model"
