"""Command line of the training: `python -m index.training train --data ../shared/data`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from index.bundled import prepare_bundled_encoder
from index.training.examples import FURTHER_QUESTIONS, LATER_QUESTIONS, OWN_QUESTIONS

_SETTINGS: tuple[tuple[str, Callable[[str], Any], str], ...] = (  # their defaults: TrainOptions
    ("epochs", int, "times every clause is shown"),
    ("rows", int, "clauses in a batch"),
    ("rate", float, "peak learning rate"),
    ("noise", float, "share of questions typed carelessly"),
    ("frozen", int, "lower layers that stay"),
    ("typing", float, "weight of the typing loss; 0 leaves it out"),
    ("temperature", float, "divides the cosines"),
    ("weak", float, "share of rows made of a heading and its clause's own words"),
    ("seed", int, "of the order and the noise; models of several are averaged by pack"),
    ("max_steps", int, "steps after which to stop"),
    ("check_every", int, "steps between measures of development accuracy"),
)

_ADAPT_SETTINGS: tuple[tuple[str, Callable[[str], Any], str], ...] = (
    ("steps", int, "batches shown"),
    ("rows", int, "texts in a batch"),
    ("rank", int, "of the change to each matrix"),
    ("rate", float, "peak learning rate"),
    ("passes", int, "over the questions of --asked"),
    ("noise", float, "share of these typed carelessly"),
    ("max_tokens", int, "at which passages are cut"),
    ("passages", int, "whose ranking is to be kept"),
    ("asked", Path, "file of questions to learn in turn with the typing; sets the steps"),
    ("check_every", int, "steps between measures of development accuracy"),
    ("seed", int, "of the texts and the noise"),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one of the commands and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m index.training", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, text in (
        ("train", "train the bundled encoder; goes on where it was interrupted"),
        ("measure", "print accuracy on development laws"),
        ("adapt", "teach the trained encoder careless typing by low-rank changes"),
        ("vocabulary", "write the lists of kept and added pieces anew"),
        ("widen", "give a model the added pieces, before it is trained"),
        ("pack", "write the committed file from a trained model"),
        ("translate", "learn the table of translations and write the committed file"),
        ("pack-adapted", "write the committed file of the low-rank changes"),
    ):
        command = commands.add_parser(name, help=text)
        command.add_argument("--data", type=Path, default=Path("../shared/data"))
        command.add_argument("--own", type=Path, default=OWN_QUESTIONS)
        command.add_argument("--cache", type=Path, default=Path("var/cache"))
        command.add_argument("--threads", type=int, default=2)
    train = commands.choices["train"]
    train.add_argument("--out", type=Path, default=Path("var/training"))
    train.add_argument("--base", type=Path, help="model folder to start from; plain if not given")
    for name, kind, text in _SETTINGS:
        flag = f"--{name.replace('_', '-')}"
        train.add_argument(flag, type=kind, help=text, default=argparse.SUPPRESS)
    adapt = commands.choices["adapt"]
    adapt.add_argument("--out", type=Path, default=Path("var/training/adapted"))
    for name, kind, text in _ADAPT_SETTINGS:
        flag = f"--{name.replace('_', '-')}"
        adapt.add_argument(flag, type=kind, help=text, default=argparse.SUPPRESS)
    adapt.add_argument("--further", action="store_true", help="start from the committed changes")
    adapt.add_argument(
        "--both",
        action="store_true",
        help="what was trained so far and the published encoder are teachers",
    )
    commands.choices["measure"].add_argument(
        "--model", type=Path, help="folder; plain if not given"
    )
    commands.choices["measure"].add_argument("--alqac", action="store_true")
    pack = commands.choices["pack"]
    pack.add_argument("--model", type=Path, nargs="+", required=True, help="averaged if several")
    commands.choices["pack-adapted"].add_argument("--model", type=Path, required=True)
    commands.choices["pack-adapted"].add_argument("--steps", type=int, default=31)
    pack.add_argument("--share", type=float, default=1.0, help="of the training to keep, 0…1")
    pack.add_argument("--steps", type=int, default=11, help="of the largest difference in a row")
    widen = commands.choices["widen"]
    widen.add_argument("--model", type=Path, help="folder; plain if not given")
    widen.add_argument("--out", type=Path, required=True, help="folder of the widened model")
    options = parser.parse_args(arguments)
    return {
        "train": _train,
        "measure": _measure,
        "adapt": _adapt,
        "vocabulary": _vocabulary,
        "widen": _widen,
        "pack": _pack,
        "pack-adapted": _pack_adapted,
        "translate": _translate,
    }[options.command](options)


def _plain(options: argparse.Namespace) -> Path:
    return prepare_bundled_encoder(options.cache, tuned=False, progress=_say)


def _train(options: argparse.Namespace) -> int:
    from index.training.train import TrainOptions, train

    given = vars(options)
    folder = train(
        TrainOptions(
            data=options.data,
            own=options.own if options.own.is_file() else None,
            base=options.base or _plain(options),
            out=options.out,
            threads=options.threads,
            **{name: given[name] for name, _, _ in _SETTINGS if name in given},
        )
    )
    _say(f"trained model: {folder}")
    return 0


def _adapt(options: argparse.Namespace) -> int:
    from index.training.adapt import AdaptOptions, adapt

    given = vars(options)
    base = prepare_bundled_encoder(options.cache, adapted=False, progress=_say)
    teachers: tuple[Path, ...] = (base,)
    if options.both:  # not before: the committed changes may belong to another base
        trained = prepare_bundled_encoder(options.cache, share=1.0, progress=_say)
        teachers = (trained, _plain(options))
    folder = adapt(
        AdaptOptions(
            data=options.data,
            own=options.own if options.own.is_file() else None,
            base=base,
            teachers=teachers,
            out=options.out,
            threads=options.threads,
            further=options.further,
            **{name: given[name] for name, _, _ in _ADAPT_SETTINGS if name in given},
        )
    )
    _say(f"adapted model: {folder}")
    return 0


def _measure(options: argparse.Namespace) -> int:
    from index.encoder import SentenceEncoder
    from index.training.examples import read_law_clauses, read_shared
    from index.training.measure import development_set, measure, measure_alqac

    encoder = SentenceEncoder.load(options.model or _plain(options), threads=options.threads)
    dev = development_set(read_shared(options.data), read_law_clauses(options.data))
    result = {"encoder": {"identity": encoder.identity}, **measure(encoder, dev)}
    if options.alqac:
        result["alqac"] = measure_alqac(encoder, options.data)
    _say(json.dumps(result, ensure_ascii=False, indent=1))
    return 0


def _vocabulary(options: argparse.Namespace) -> int:
    from index.bundled_data import KEPT_PIECES, UNMARKED_PIECES
    from index.training.vocabulary import write_kept_pieces, write_unmarked_pieces

    own = options.own if options.own.is_file() else None
    kept = write_kept_pieces(options.data, own, KEPT_PIECES)
    added = write_unmarked_pieces(options.data, own, UNMARKED_PIECES)
    _say(f"{kept} pieces kept in {KEPT_PIECES}, {added} added in {UNMARKED_PIECES}")
    return 0


def _widen(options: argparse.Namespace) -> int:
    from index.bundled_data import read_unmarked_pieces
    from index.training.vocabulary import count_unmarked, read_texts
    from index.training.widen import widen_model

    own = options.own if options.own.is_file() else None
    counts = count_unmarked(read_texts(options.data, own))
    widen_model(options.model or _plain(options), options.out, read_unmarked_pieces(), counts)
    _say(f"widened model: {options.out}")
    return 0


def _pack(options: argparse.Namespace) -> int:
    from index.training.pack import pack_models

    _say(pack_models(options.model, share=options.share, steps=options.steps))
    return 0


def _pack_adapted(options: argparse.Namespace) -> int:
    from index.training.pack import pack_adapted

    _say(pack_adapted(options.model, steps=options.steps))
    return 0


def _translate(options: argparse.Namespace) -> int:
    from index.bundled_data import write_trained
    from index.training.translate import learn_translations, read_examples
    from index.translation import TRANSLATIONS

    own = [options.own] if options.own.is_file() else []
    asked, background = read_examples(options.data, [*own, LATER_QUESTIONS, FURTHER_QUESTIONS])
    table = learn_translations(asked, background)
    write_trained(TRANSLATIONS, table.pack())
    _say(f"{len(table.lifts)} translations of {len(table.asked)} terms in {TRANSLATIONS}")
    return 0


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
