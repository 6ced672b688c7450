"""Teach the shipped encoder carelessly typed text, through low-rank changes to its weights.

The encoder as shipped is the teacher: it reads a text written properly, and its pupil, which
reads the same text typed without marks or with slips, must come to the same vector and rank the
same passages first. The pupil differs by a low-rank product per matrix (Hu et al. 2021, "LoRA")
and by the rows of the pieces that stand for unmarked syllables, so what it learns is small to
ship and what it knew stays.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from datasets import Dataset
from numpy.typing import NDArray
from peft import LoraConfig
from sentence_transformers import SentenceTransformer, SentenceTransformerTrainer
from torch import Tensor, nn

from index.bundled_data import PROMPTS, read_unmarked_pieces
from index.training.examples import AskedClause, LawClause, is_development, read_law_clauses
from index.training.loss import embed, transformer_of
from index.training.measure import development_set
from index.training.noise import half_marks, slips, strip_marks
from index.training.pack import committed_factors
from index.training.plan import dress
from index.training.train import (
    CHECK_POOL,
    Journal,
    check,
    keep_vectors,
    load_model,
    read_asked,
    training_arguments,
)
from index.tuned import ROWS, UP

ADAPTED: Final = (
    "query",
    "key",
    "value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)
COLUMNS: Final = ("proper", "unmarked", "careless")
_GROUP = 8  # texts of one law that stand together


@dataclass(frozen=True, slots=True)
class AdaptOptions:
    """What `python -m index.training adapt` was told."""

    data: Path
    own: Path | None
    base: Path  # the teacher, and what the pupil starts from
    out: Path  # checkpoints, log and the trained model
    further: bool = False  # start from the committed changes instead of none
    steps: int = 800
    rows: int = 64  # texts in a batch
    rank: int = 32
    rate: float = 1e-3
    temperature: float = 0.04
    passages: int = 6000  # of training laws, whose ranking is to be kept
    max_tokens: int = 128
    threads: int = 2
    check_every: int = 200
    save_every: int = 100
    seed: int = 137


class TaughtTypingLoss(nn.Module):
    """Draws each careless text to the teacher's vector and ranking of the proper one.

    Cosine distance as in Reimers and Gurevych 2020, "Making Monolingual Sentence Embeddings
    Multilingual using Knowledge Distillation", section 3, and the Kullback-Leibler divergence of
    the softmax over a bank of passages, which weighs a difference by what it does to the ranking.
    """

    def __init__(
        self,
        model: SentenceTransformer,
        teacher: SentenceTransformer,
        passages: Tensor,
        *,
        temperature: float,
    ) -> None:
        """Set up the loss; `passages` is float32[n, d], the teacher's, of length 1."""
        super().__init__()
        self.model = model
        self._teacher = [teacher]  # in a list, so that it is no part of what is trained and saved
        self._passages = passages
        self.temperature = temperature

    def forward(self, sentence_features: Iterable[dict[str, Tensor]], labels: object) -> Tensor:
        """Return the mean loss; the columns are the proper text and its careless forms."""
        proper, *careless = sentence_features
        with torch.no_grad():
            wanted = embed(self._teacher[0], [proper]).float().repeat(len(careless), 1)
            ranking = self._ranking(wanted)
        vectors = embed(self.model, careless).float()
        apart = nn.functional.kl_div(
            self._ranking(vectors), ranking, reduction="batchmean", log_target=True
        )
        return apart + 10 * (1 - (vectors * wanted).sum(dim=-1)).mean()

    def get_config_dict(self) -> dict[str, Any]:
        """Return the settings, for the trainer's model card."""
        return {"temperature": self.temperature}

    def _ranking(self, vectors: Tensor) -> Tensor:
        with torch.autocast("cpu", enabled=False):
            return nn.functional.log_softmax(vectors @ self._passages.T / self.temperature, dim=-1)


def adapt(options: AdaptOptions) -> Path:
    """Train and return the folder of what was learned; goes on where a run was interrupted."""
    torch.set_num_threads(options.threads)
    options.out.mkdir(parents=True, exist_ok=True)
    laws = read_law_clauses(options.data)
    asked = read_asked(options.data, options.own, laws)
    dev = development_set(asked, laws, CHECK_POOL)
    # Nothing of a development law is trained on.
    asked = [item for item in asked if not is_development(item.clause.number)]
    laws = [clause for clause in laws if not is_development(clause.number)]
    rows = typed_rows(asked, laws, options.steps * options.rows, options.seed)
    bank = [item.clause.passage for item in asked]
    chance = random.Random(options.seed)  # noqa: S311 - reproducible choice, not a secret
    bank += [clause.passage for clause in chance.sample(laws, options.passages)]
    teacher = load_model(options.base, options.max_tokens)
    vectors = keep_vectors(options.out, teacher, bank[: options.passages])
    model = load_model(options.base, options.max_tokens)
    add_adapter(model, options.rank)
    if options.further:
        start_from(model, committed_factors())
    journal = Journal(options.out / "log.jsonl", lambda: check(model, dev), options.check_every)
    journal.write({"options": {k: str(v) for k, v in asdict(options).items()}})
    trainer = SentenceTransformerTrainer(
        model=model,
        args=training_arguments(
            options.out,
            rows=options.rows,
            rate=options.rate,
            steps=options.steps,
            save_every=options.save_every,
            seed=options.seed,
            prompts=None,
        ),
        train_dataset=Dataset.from_dict(rows),
        loss=TaughtTypingLoss(
            model, teacher, torch.from_numpy(vectors), temperature=options.temperature
        ),
        callbacks=[journal],
    )
    trainer.train(resume_from_checkpoint=any(options.out.glob("checkpoint-*")) or None)
    target = options.out / "trained"
    model.save(str(target), create_model_card=False)
    return target


def typed_rows(
    asked: Sequence[AskedClause], laws: Sequence[LawClause], count: int, seed: int
) -> dict[str, list[str]]:
    """Return texts written properly and as typed carelessly, with their prompts, as columns.

    Half are questions, the others pieces of the laws; texts of one law stand together, so that
    they are told apart. One in 32 is a whole passage, which must stay what it was.
    """
    chance = random.Random(seed)  # noqa: S311 - reproducible choice, not a secret
    by_law: dict[str, list[str]] = {}
    for item in asked:
        by_law.setdefault(item.clause.number, []).extend(q.text for q in item.questions)
    clauses: dict[str, list[LawClause]] = {}
    for clause in laws:
        clauses.setdefault(clause.number, []).append(clause)
    numbers = [list(by_law), list(clauses)]
    weights = [[len(v) for v in by_law.values()], [len(v) for v in clauses.values()]]
    rows: list[tuple[str, str, str]] = []
    while len(rows) < count:
        kind = len(rows) // _GROUP % 2
        number = chance.choices(numbers[kind], weights[kind])[0]
        for _ in range(_GROUP):
            if kind == 1 and chance.random() < 1 / 16:
                passage = PROMPTS["document"] + dress(chance.choice(clauses[number]), chance)
                rows.append((passage, passage, passage))
                continue
            text = chance.choice(by_law[number]) if kind == 0 else _piece(clauses[number], chance)
            text = text.lower() if chance.random() < 0.4 else text
            query = PROMPTS["query"]
            rows.append((query + text, query + strip_marks(text), query + _careless(text, chance)))
    return {name: [row[i] for row in rows[:count]] for i, name in enumerate(COLUMNS)}


def _piece(clauses: Sequence[LawClause], chance: random.Random) -> str:
    clause = chance.choice(clauses)
    if clause.heading and chance.random() < 0.3:
        return clause.heading
    words = clause.text.split()
    start = chance.randrange(max(1, len(words) - 8))
    return " ".join(words[start : start + chance.randint(4, 25)])


def _careless(text: str, chance: random.Random) -> str:
    draw = chance.random()
    if draw < 0.3:
        return text
    if draw < 0.45:
        return strip_marks(slips(text, chance))
    if draw < 0.6:
        return slips(text, chance)
    return half_marks(text, chance, chance.choice((0.3, 0.5, 0.8)))


def add_adapter(model: SentenceTransformer, rank: int) -> None:
    """Add low-rank changes, nothing at first, and train nothing else."""
    known = model.tokenizer.get_vocab()
    added = [known[piece] for piece in read_unmarked_pieces() if piece in known]
    model.add_adapter(
        LoraConfig(
            r=rank,
            lora_alpha=rank,
            target_modules=list(ADAPTED),
            trainable_token_indices={"word_embeddings": added} if added else None,
        )
    )


def start_from(model: SentenceTransformer, factors: Mapping[str, NDArray[np.float32]]) -> None:
    """Set the adapter's weights; the names are those of `index.tuned.pack_adapter`."""
    weights = dict(transformer_of(model).named_parameters())
    for name, factor in factors.items():
        matrix, _, role = name.rpartition(".")
        module = matrix.removesuffix(".weight")
        if role == ROWS:
            weight = weights[f"{module}.token_adapter.trainable_tokens_delta.default"]
            whole = weights[f"{module}.token_adapter.base_layer.weight"][-len(factor) :]
        else:
            weight = weights[f"{module}.lora_{'B' if role == UP else 'A'}.default.weight"]
            whole = torch.zeros_like(weight)
        with torch.no_grad():
            weight.copy_(whole + torch.from_numpy(factor))
