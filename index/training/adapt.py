"""Teach the shipped encoder carelessly typed text, through low-rank changes to its weights.

The encoder as shipped is the teacher: it reads a text written properly, and its pupil, which
reads the same text typed without marks or with slips, must come to the same vector and rank the
same passages first. The pupil differs by a low-rank product per matrix (Hu et al. 2021, "LoRA")
and by the rows of the pieces that stand for unmarked syllables, so what it learns is small to
ship and what it knew stays.

Where new questions are given, they are learned in turn with that, by the ranking loss of
`index.training.train`; a second teacher then keeps what the training had lost.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from datasets import Dataset, DatasetDict
from numpy.typing import NDArray
from peft import LoraConfig
from sentence_transformers import SentenceTransformer, SentenceTransformerTrainer
from torch import Tensor, nn

from index.bundled_data import PROMPTS, read_unmarked_pieces
from index.training.examples import (
    AskedClause,
    LawClause,
    is_development,
    read_law_clauses,
    read_own,
)
from index.training.loss import ClauseRankingLoss, embed, transformer_of
from index.training.measure import development_set
from index.training.noise import half_marks, slips, strip_marks
from index.training.pack import committed_factors
from index.training.plan import PlanOptions, dress, make_plan
from index.training.train import (
    CHECK_POOL,
    PROMPTS_OF,
    RANKING_TEMPERATURE,
    Journal,
    check,
    keep_vectors,
    load_model,
    read_asked,
    training_arguments,
)
from index.tuned import ROWS, UP
from index.types import FloatArray

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
    base: Path  # what the pupil starts from
    teachers: tuple[Path, ...]  # the vectors are drawn to those of the first, the rankings to all
    out: Path  # checkpoints, log and the trained model
    further: bool = False  # start from the committed changes instead of none
    asked: Path | None = None  # questions to learn in turn with the typing; as `own`
    passes: int = 3  # over the questions of `asked`
    noise: float = 0.35  # share of these typed carelessly
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
    """Draws each text, however it is typed, to the teachers' vector and ranking of the proper one.

    Cosine distance as in Reimers and Gurevych 2020, "Making Monolingual Sentence Embeddings
    Multilingual using Knowledge Distillation", section 3, and the Kullback-Leibler divergence of
    the softmax over a bank of passages, which weighs a difference by what it does to the ranking.
    """

    def __init__(
        self, model: SentenceTransformer, passages: Sequence[Tensor], *, temperature: float
    ) -> None:
        """Set up the loss.

        Args:
            model: The pupil.
            passages: For each teacher its vectors of the bank, float32[n, d], of length 1.
            temperature: Divides the cosines.
        """
        super().__init__()
        self.model = model
        self._passages = passages
        self.temperature = temperature

    def forward(self, sentence_features: Iterable[dict[str, Tensor]], labels: Tensor) -> Tensor:
        """Return the mean loss.

        Args:
            sentence_features: Columns of the same texts, each typed another way.
            labels: float32[n, teachers * d], the teachers' vectors of the texts written properly.
        """
        features = list(sentence_features)
        wanted = labels.float().chunk(len(self._passages), dim=-1)
        vectors = embed(self.model, features).float()
        with torch.autocast("cpu", enabled=False):
            cosines = [w @ bank.T for w, bank in zip(wanted, self._passages, strict=True)]
            ranking = self._ranking(torch.stack(cosines).mean(dim=0)).repeat(len(features), 1)
            apart = nn.functional.kl_div(
                self._ranking(vectors @ self._passages[0].T),
                ranking,
                reduction="batchmean",
                log_target=True,
            )
        same = (vectors * wanted[0].repeat(len(features), 1)).sum(dim=-1)
        return apart + 10 * (1 - same).mean()

    def get_config_dict(self) -> dict[str, Any]:
        """Return the settings, for the trainer's model card."""
        return {"temperature": self.temperature}

    def _ranking(self, cosines: Tensor) -> Tensor:
        return nn.functional.log_softmax(cosines / self.temperature, dim=-1)


def adapt(options: AdaptOptions) -> Path:
    """Train and return the folder of what was learned; goes on where a run was interrupted."""
    torch.set_num_threads(options.threads)
    options.out.mkdir(parents=True, exist_ok=True)
    laws = read_law_clauses(options.data)
    known = read_asked(options.data, options.own, laws)
    dev = development_set(known, laws, CHECK_POOL)
    # Nothing of a development law is trained on.
    known = [item for item in known if not is_development(item.clause.number)]
    laws = [clause for clause in laws if not is_development(clause.number)]
    model = load_model(options.base, options.max_tokens)
    add_adapter(model, options.rank)
    if options.further:
        start_from(model, committed_factors())
    rows, losses = _tasks(options, model, known, laws)
    journal = Journal(options.out / "log.jsonl", lambda: check(model, dev), options.check_every)
    journal.write({"options": {k: str(v) for k, v in asdict(options).items()}})
    trainer = SentenceTransformerTrainer(
        model=model,
        args=training_arguments(
            options.out,
            rows=options.rows,
            rate=options.rate,
            steps=sum(len(task) for task in rows.values()) // options.rows,
            save_every=options.save_every,
            seed=options.seed,
            prompts=None,
        ),
        train_dataset=rows,
        loss=losses,
        callbacks=[journal],
    )
    trainer.train(resume_from_checkpoint=any(options.out.glob("checkpoint-*")) or None)
    target = options.out / "trained"
    model.save(str(target), create_model_card=False)
    return target


def _tasks(
    options: AdaptOptions,
    model: SentenceTransformer,
    known: Sequence[AskedClause],
    laws: Sequence[LawClause],
) -> tuple[DatasetDict, dict[str, nn.Module]]:
    """Return the rows of what is taught, as many of each task, and the losses.

    Args:
        options: See `AdaptOptions`.
        model: The pupil.
        known: Clauses with questions it has learned; as `laws`, none of a development law.
        laws: All other clauses.
    """
    rows, losses = DatasetDict(), dict[str, nn.Module]()
    steps = options.steps
    asked: list[AskedClause] = []
    if options.asked is not None:
        asked = [i for i in read_own(options.asked, laws) if not is_development(i.clause.number)]
        rows["ranking"] = Dataset.from_dict(_ranking_rows(options, asked, laws))
        losses["ranking"] = ClauseRankingLoss(model, temperature=RANKING_TEMPERATURE)
        steps = len(rows["ranking"]) // options.rows
    asked = [*known, *asked]
    typed = typed_rows(asked, laws, steps * options.rows, options.seed)
    chance = random.Random(options.seed)  # noqa: S311 - reproducible choice, not a secret
    bank = [item.clause.passage for item in asked]
    bank += [clause.passage for clause in chance.sample(laws, options.passages)]
    taught = [
        _teach(*_teacher(options, place), typed["proper"], bank[: options.passages])
        for place in range(len(options.teachers))
    ]
    labels = np.concatenate([vectors for vectors, _ in taught], axis=1)
    rows["typing"] = Dataset.from_dict(
        {name: typed[name] for name in COLUMNS[1:]} | {"label": labels.tolist()}
    )
    losses["typing"] = TaughtTypingLoss(
        model, [passages for _, passages in taught], temperature=options.temperature
    )
    return rows, losses


def _ranking_rows(
    options: AdaptOptions, asked: Sequence[AskedClause], laws: Sequence[LawClause]
) -> dict[str, list[str]]:
    """Return the plan of the questions to learn, with the prompts in it."""
    passages = [item.clause.passage for item in asked]
    vectors = keep_vectors(*_teacher(options, 0), passages)
    plan = PlanOptions(
        epochs=options.passes,
        rows_per_batch=options.rows,
        noise=options.noise,
        seed=options.seed,
    )
    return {
        name: [PROMPTS_OF["ranking"][name] + text for text in column]
        for name, column in make_plan(asked, vectors, laws, plan).items()
    }


def _teacher(options: AdaptOptions, place: int) -> tuple[Path, SentenceTransformer]:
    """Return one of the teachers, and the folder where its vectors of passages are kept."""
    folder = options.out / f"teacher-{place}"
    folder.mkdir(exist_ok=True)
    return folder, load_model(options.teachers[place], options.max_tokens)


def _teach(
    folder: Path, teacher: SentenceTransformer, proper: Sequence[str], bank: Sequence[str]
) -> tuple[FloatArray, Tensor]:
    """Return the teacher's vectors of the texts, which have their prompts, and of the bank."""
    texts = list(dict.fromkeys(proper))
    vectors = teacher.encode(texts, prompt="", normalize_embeddings=True, show_progress_bar=False)
    places = {text: i for i, text in enumerate(texts)}
    passages = torch.from_numpy(keep_vectors(folder, teacher, bank))
    return vectors[[places[text] for text in proper]], passages


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
