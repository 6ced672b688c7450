"""Train the bundled encoder with sentence-transformers' trainer."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from datasets import Dataset, DatasetDict
from sentence_transformers import (
    DefaultBatchSampler,
    SentenceTransformer,
    SentenceTransformerTrainer,
    SentenceTransformerTrainingArguments,
)
from sentence_transformers.sentence_transformer.training_args import MultiDatasetBatchSamplers
from torch.utils.data import SequentialSampler
from transformers import TrainerCallback, TrainerControl, TrainerState, TrainingArguments

from index.bundled_data import PROMPTS
from index.encoder import SentenceEncoder
from index.training.examples import (
    AskedClause,
    LawClause,
    is_development,
    read_law_clauses,
    read_own,
    read_shared,
)
from index.training.loss import ClauseRankingLoss, TypingLoss, freeze_lower, transformer_of
from index.training.measure import DevelopmentSet, development_set, measure
from index.training.plan import (
    COLUMNS,
    TYPED_COLUMNS,
    PlanOptions,
    clean_texts,
    make_plan,
    typed_rows,
)
from index.types import FloatArray

CHECK_POOL: Final = 1000  # passages of the quick check during training
RANKING_TEMPERATURE: Final = 0.03
PROMPTS_OF: Final = {
    "ranking": dict.fromkeys(COLUMNS[:3], PROMPTS["query"])
    | dict.fromkeys(COLUMNS[3:], PROMPTS["document"]),
    "typing": dict.fromkeys(TYPED_COLUMNS, PROMPTS["query"]),
}


@dataclass(frozen=True, slots=True)
class TrainOptions:
    """What `python -m index.training train` was told."""

    data: Path
    own: Path | None
    base: Path  # folder of the model to start from
    out: Path  # checkpoints, log and the trained model
    epochs: int = 6
    rows: int = 32  # clauses in a batch; each brings three questions
    rate: float = 6e-5
    temperature: float = RANKING_TEMPERATURE
    max_tokens: int = 128
    frozen: int = 4  # lower layers, and the embeddings, that stay as they are
    noise: float = 0.35
    weak: float = 0.1
    typing: float = 10.0  # weight of the typing loss; 0 leaves it out
    threads: int = 2
    check_every: int = 200  # steps between measures of development accuracy
    save_every: int = 25  # steps between checkpoints; `check_every` is a multiple
    max_steps: int = -1
    seed: int = 137


def _in_order(
    dataset: Dataset,
    batch_size: int,
    drop_last: bool,
    valid_label_columns: list[str] | None = None,
    generator: torch.Generator | None = None,
    seed: int = 0,
) -> DefaultBatchSampler:
    """Return batches in the order of the plan."""
    return DefaultBatchSampler(
        SequentialSampler(dataset), batch_size, drop_last, valid_label_columns, generator, seed
    )


class Journal(TrainerCallback):
    """Writes loss and development accuracy, one JSON line each, and measures at each save."""

    def __init__(self, file: Path, check: Callable[[], dict[str, Any]], every: int) -> None:
        self._file = file
        self._check = check
        self._every = every
        self._start = time.monotonic()

    def write(self, record: dict[str, Any]) -> None:
        """Append one line."""
        record = {"seconds": round(time.monotonic() - self._start), **record}
        with self._file.open("a", encoding="utf-8") as log:
            log.write(json.dumps(record, ensure_ascii=False) + "\n")

    def on_log(
        self,
        args: TrainingArguments,
        state: TrainerState,
        control: TrainerControl,
        logs: dict[str, float] | None = None,
        **_: object,
    ) -> None:
        """Keep what the trainer says."""
        self.write({"step": state.global_step, **(logs or {})})

    def on_save(
        self,
        args: TrainingArguments,
        state: TrainerState,
        control: TrainerControl,
        **_: object,
    ) -> None:
        """Measure the checkpoint, now and then."""
        if state.global_step % self._every and state.global_step < state.max_steps:
            return
        self.write({"step": state.global_step, "development": self._check()})


def train(options: TrainOptions) -> Path:
    """Train and return the folder of the trained model; goes on where a run was interrupted."""
    torch.set_num_threads(options.threads)
    options.out.mkdir(parents=True, exist_ok=True)
    laws = read_law_clauses(options.data)
    asked = read_asked(options.data, options.own, laws)
    dev = development_set(asked, laws, CHECK_POOL)
    # Nothing of a development law is trained on.
    asked = [item for item in asked if not is_development(item.clause.number)]
    laws = [clause for clause in laws if not is_development(clause.number)]
    rows = {"ranking": _ranking_rows(options, asked, laws)}
    if options.typing:
        rows["typing"] = _typing_rows(options, asked, laws, len(rows["ranking"]))
    model = load_model(options.base, options.max_tokens)
    if options.frozen:
        freeze_lower(model, options.frozen)
    model.train()
    journal = Journal(options.out / "log.jsonl", lambda: check(model, dev), options.check_every)
    journal.write(
        {"options": {k: str(v) for k, v in asdict(options).items()}, "rows": len(rows["ranking"])}
    )
    losses = {
        "ranking": ClauseRankingLoss(model, temperature=options.temperature),
        "typing": TypingLoss(model, weight=options.typing),
    }
    trainer = SentenceTransformerTrainer(
        model=model,
        args=training_arguments(
            options.out,
            rows=options.rows,
            rate=options.rate,
            steps=options.max_steps,
            save_every=options.save_every,
            seed=options.seed,
            prompts=PROMPTS_OF,
            weight_decay=0.01,
        ),
        train_dataset=DatasetDict(rows),
        loss={name: losses[name] for name in rows},
        callbacks=[journal],
    )
    trainer.train(resume_from_checkpoint=any(options.out.glob("checkpoint-*")) or None)
    target = options.out / "trained"
    model.save(str(target), create_model_card=False)
    return target


def read_asked(data: Path, own: Path | None, laws: Sequence[LawClause]) -> list[AskedClause]:
    """Return all clauses with questions, of development laws too."""
    return read_shared(data) + (read_own(own, laws) if own is not None else [])


def load_model(folder: Path, max_tokens: int) -> SentenceTransformer:
    """Return a model to be trained."""
    model = SentenceTransformer(
        str(folder), device="cpu", local_files_only=True, model_kwargs={"dtype": torch.float32}
    )
    model.max_seq_length = max_tokens
    for module in transformer_of(model).modules():
        if isinstance(module, torch.nn.Dropout):
            module.p = 0.0  # noise in the questions regularises; dropout would cost time here
    return model


def _ranking_rows(
    options: TrainOptions, asked: list[AskedClause], laws: list[LawClause]
) -> Dataset:
    """Return the plan of the run."""
    base = load_model(options.base, options.max_tokens)
    vectors = keep_vectors(options.out, base, [item.clause.passage for item in asked])
    plan = PlanOptions(
        epochs=options.epochs,
        rows_per_batch=options.rows,
        noise=options.noise,
        weak=options.weak,
        seed=options.seed,
    )
    return Dataset.from_dict(make_plan(asked, vectors, laws, plan))


def _typing_rows(
    options: TrainOptions, asked: list[AskedClause], laws: list[LawClause], count: int
) -> Dataset:
    """Return texts typed carelessly, each with the base model's vector of it typed properly."""
    texts = clean_texts(asked, laws, count, options.seed)
    vectors = SentenceEncoder(load_model(options.base, options.max_tokens), "base").encode_queries(
        texts
    )
    return Dataset.from_dict({**typed_rows(texts, options.seed), "label": vectors.tolist()})


def keep_vectors(out: Path, base: SentenceTransformer, passages: Sequence[str]) -> FloatArray:
    """Return the base model's vectors of the passages, kept in the folder between runs."""
    file = out / "vectors.npz"
    known: dict[str, Any] = dict(np.load(file)) if file.is_file() else {}
    keys = [hashlib.sha256(passage.encode()).hexdigest() for passage in passages]
    missing = {key: text for key, text in zip(keys, passages, strict=True) if key not in known}
    if missing:
        vectors = SentenceEncoder(base, "base").encode_passages(list(missing.values()))
        known |= dict(zip(missing, vectors, strict=True))
        np.savez(file, **known)
    return np.stack([known[key] for key in keys])


def training_arguments(
    out: Path,
    *,
    rows: int,
    rate: float,
    steps: int,
    save_every: int,
    seed: int,
    prompts: dict[str, dict[str, str]] | None,
    weight_decay: float = 0.0,
) -> SentenceTransformerTrainingArguments:
    """Return how the trainer is to run; `steps` -1 shows every row once."""
    return SentenceTransformerTrainingArguments(
        output_dir=str(out),
        num_train_epochs=1,  # the plan holds all epochs
        max_steps=steps,
        per_device_train_batch_size=rows,
        learning_rate=rate,
        lr_scheduler_type="linear",
        warmup_steps=0.08,
        weight_decay=weight_decay,
        max_grad_norm=1.0,
        batch_sampler=_in_order,
        multi_dataset_batch_sampler=MultiDatasetBatchSamplers.ROUND_ROBIN,
        prompts=prompts,
        logging_steps=10,
        save_steps=save_every,
        save_total_limit=2,
        seed=seed,
        data_seed=seed,
        use_cpu=True,
        # Halves the time of a step on processors that know it; emulated, it takes 80 times as long.
        bf16=torch.cpu._is_avx512_bf16_supported(),
        report_to="none",
        disable_tqdm=True,
        dataloader_drop_last=True,
    )


def check(model: SentenceTransformer, dev: DevelopmentSet) -> dict[str, Any]:
    """Return [right first, among the first five] on the development set, for the journal."""
    model.eval()
    result = measure(SentenceEncoder(model, "in training"), dev, ("as written", "unmarked"))
    model.train()
    return {
        name: [round(values["first"], 3), round(values["first5"], 3)]
        for name, values in result.items()
    }
