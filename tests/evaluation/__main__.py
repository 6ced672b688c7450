"""Quality in one table: `make eval`, or

    python -m tests.evaluation [--own] [--floors] [--encoder NAME] [--questions N]
    python -m tests.evaluation --typing | --ablation | --latency | --quotes [N]

Without a choice: the questions written for this project and, when `../shared/data` is there,
must-refuse questions with its documents loaded, and the published encoder against ours. A
choice prints that part alone. With --floors, a figure below `floors.toml` is named and the exit
code is 4.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from corpus.library import shipped_library
from index.encoder import SentenceEncoder, open_encoder
from index.remembering import Remembering
from index.types import Encoder
from tests.evaluation import cases
from tests.evaluation.ablation import ablate
from tests.evaluation.comparing import Candidate, compare
from tests.evaluation.floors import EXIT_BELOW_FLOOR, broken_floors
from tests.evaluation.habits import typing_habits
from tests.evaluation.latency import latency
from tests.evaluation.measuring import (
    Figures,
    Result,
    ask_all,
    figures_of,
    refusal_figures,
    refuse_all,
    style_figures,
)
from tests.evaluation.own import measure_own
from tests.evaluation.quotes import check_quotations
from tests.evaluation.systems import (
    cached,
    fictitious_document,
    in_memory,
    real_documents,
    system,
)
from tests.evaluation.tables import show_failures, show_figures
from tests.evaluation.tasks import DATA

ROOT = Path(__file__).resolve().parents[2]
EXIT_UNABLE = 3
GENERATED = 10_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what was asked for; return the exit code."""
    options = _parser().parse_args(arguments)
    given = open_encoder(options.encoder, options.cache_dir, threads=1, progress=say)
    encoder = Remembering(given, ROOT / "var" / "index")
    say(f"encoder {encoder.identity}")
    chosen = (options.typing, options.ablation, options.latency, options.quotes is not None)
    broken = [] if any(chosen) else _tables(encoder, options)
    if options.typing:
        _needs_data()
        typing_habits(cached(encoder, options.cache_dir), options.questions, say)
    if options.ablation:
        ablate(encoder, say)
    if options.latency:
        _latency(given, options.cache_dir)
    if options.quotes is not None:
        broken += _quotes(encoder, options.quotes)
    for line in broken:
        say(f"BELOW THE FLOOR: {line}")
    return EXIT_BELOW_FLOOR if broken else 0


def say(line: str) -> None:
    """Print a line now, so that a long run can be followed."""
    print(line, flush=True)


def _tables(encoder: Encoder, options: argparse.Namespace) -> list[str]:
    """Print the own questions and, unless --own, the shared data; return broken floors."""
    own = measure_own(in_memory(encoder))
    show_figures("questions written for this project", own.figures, say)
    show_failures(own.failures, say)
    broken = broken_floors(own.figures, part="own") if options.floors else []
    if options.own:
        return broken
    if not DATA.is_dir():
        say("\nno ../shared/data beside the checkout: the rest is left out")
        return broken
    figures, failures = _with_documents(encoder, options.cache_dir)
    show_figures("with ../shared/data/documents loaded", figures, say)
    show_failures(failures, say)
    if options.floors:
        broken += broken_floors(figures, part="shared")
    plain = Remembering(open_encoder("bundled-plain", options.cache_dir, threads=1, progress=say))
    compare(
        Candidate("plain", plain, cached(plain, options.cache_dir)),
        Candidate("tuned", encoder, cached(encoder, options.cache_dir)),
        options.questions,
        say,
    )
    return broken


def _with_documents(encoder: Encoder, cache: Path) -> tuple[Figures, list[Result]]:
    """Ask with the real documents loaded: what they answer, and what no loaded document settles.

    Whether they settle a "close" question about the decree nobody has checked, so those are left
    out. The failures are those of the questions that were not written for these documents.
    """
    loaded = system(shipped_library(real_documents(DATA / "documents")), cached(encoder, cache))
    asked = [
        case
        for case in cases.refused_questions()
        if not case.settled_elsewhere and not case.fictitious and case.group != "close"
    ]
    results = refuse_all(loaded, asked)
    name = f"must refuse, {len(loaded.library.documents)} documents"
    figures = refusal_figures("must refuse, documents", results)
    figures |= figures_of("documents", ask_all(loaded, cases.documents_questions()))
    refused = refuse_all(loaded, cases.documents_refused())
    figures |= refusal_figures("documents, must refuse", refused)
    named = ask_all(loaded, cases.named_questions())
    figures |= figures_of("named", named) | style_figures("named", named, cases.NAMED_STYLES)
    figures |= refusal_figures("named, must refuse", refuse_all(loaded, cases.named_refused()))
    say(f"\n{name}, {len(loaded.library.clauses)} clauses")
    return figures, [result for result in results if not result.fine]


def _latency(encoder: SentenceEncoder, cache: Path) -> None:
    latency(encoder, cached(encoder, cache), say)


def _quotes(encoder: Encoder, count: int) -> list[str]:
    checked = check_quotations(
        system(shipped_library([fictitious_document()]), in_memory(encoder)), count
    )
    say(
        f"\n{checked.questions} generated questions, {checked.answered} answered, "
        f"{checked.quotations} quotations, {len(checked.wrong)} not the source's"
    )
    return list(checked.wrong)


def _needs_data() -> None:
    if not DATA.is_dir():
        say("this part needs ../shared/data beside the checkout")
        raise SystemExit(EXIT_UNABLE)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.evaluation", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--own", action="store_true", help="only the questions of this project")
    parser.add_argument("--floors", action="store_true", help="exit with 4 below floors.toml")
    parser.add_argument("--typing", action="store_true", help="ALQAC typed badly")
    parser.add_argument("--ablation", action="store_true", help="without each component in turn")
    parser.add_argument("--latency", action="store_true", help="ask over the encoder call alone")
    parser.add_argument("--quotes", type=int, nargs="?", const=GENERATED, help="quotations checked")
    parser.add_argument("--encoder", default="bundled")
    parser.add_argument(
        "--questions", type=int, default=0, help="about how many of each shared set; 0 asks all"
    )
    parser.add_argument("--cache-dir", type=Path, default=ROOT / "var" / "cache")
    return parser


if __name__ == "__main__":
    sys.exit(main())
