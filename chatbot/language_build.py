"""Makes the language statistics: `python -m chatbot.language_build DATA_DIR [QUESTIONS…]`.

DATA_DIR holds `legal-articles.jsonl.gz` and `questions/`; further question files (jsonl with
`question`) may follow: those of `index/training/`. What people say around a question is counted
as well. Only counts are kept. Questions about laws of the development split are left out, so that
the split can judge the result.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from chatbot.data_files import numbered_lines
from chatbot.language import SPECIAL, STATISTICS_FILE, LanguageModel, save_statistics
from chatbot.syllables import is_valid
from index.training.examples import is_development, read_lines

SAID_AROUND_FILE = Path(__file__).parent / "data" / "said-around.txt"
AROUND_WEIGHT = 400.0  # no line stands there twice: each is for the many times it is typed
QUESTION_WEIGHT = 15.0  # questions are few; one counts like this many legal sentences
LEAST_VALID = 3.0  # sightings that let in a syllable of Vietnamese spelling
LEAST_OTHER = 30.0  # sightings that let in anything else: foreign words, abbreviations
UNKNOWN_COUNT = 300.0  # what all rare syllables together count, so that no reading hides in them


def legal_texts(data: Path) -> Iterator[str]:
    """Yield heading and paragraphs of each article."""
    for article in read_lines(data / "legal-articles.jsonl.gz"):
        yield "\n".join([article["heading"] or "", *article["paragraphs"]])


def question_texts(data: Path, further: Sequence[Path]) -> Iterator[str]:
    """Yield everyday questions about laws outside the development split."""
    clauses = read_lines(data / "questions" / "lay-clauses.jsonl")
    numbers = {row["id"]: row["number"] for row in clauses}
    for row in read_lines(data / "questions" / "lay-questions.jsonl"):
        if not is_development(numbers[row["clause_id"]]):
            yield row["question"]
    for file in further:
        yield from (row["question"] for row in read_lines(file))


def build(data: Path, further: Sequence[Path], around: Iterable[str] = ()) -> LanguageModel:
    """Count everything and drop what is too rare to trust.

    Args:
        data: See above.
        further: Question files.
        around: What people say around a question.
    """
    model = LanguageModel.from_texts(legal_texts(data))
    model = model.with_texts(question_texts(data, further), weight=QUESTION_WEIGHT)
    return pruned(model.with_texts(around, weight=AROUND_WEIGHT))


def said_around() -> list[str]:
    """Return what people say around a question, as committed."""
    return [line for _, line in numbered_lines(SAID_AROUND_FILE)]


def pruned(model: LanguageModel) -> LanguageModel:
    """Return the model without rare syllables and their pairs."""
    kept = [
        number
        for number, word in enumerate(model.words)
        if number >= len(SPECIAL)
        and model.singles[number] >= (LEAST_VALID if is_valid(word) else LEAST_OTHER)
    ]
    kept.sort(key=lambda number: -model.singles[number])
    order = [*range(len(SPECIAL)), *kept]
    renumber = np.zeros(len(model.words), dtype=np.int64)
    renumber[order] = np.arange(len(order))
    first, second = np.divmod(model.pairs, model.PAIR_BASE)
    lasting = (renumber[first] > 0) & (renumber[second] > 0)
    pairs = renumber[first[lasting]] * model.PAIR_BASE + renumber[second[lasting]]
    rising = np.argsort(pairs)
    singles = model.singles[order]
    singles[0] = UNKNOWN_COUNT
    return LanguageModel(
        tuple(model.words[number] for number in order),
        singles,
        pairs[rising],
        model.pair_counts[lasting][rising],
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Build the file that `chatbot.language` reads."""
    parser = argparse.ArgumentParser(prog="python -m chatbot.language_build", description=__doc__)
    parser.add_argument("data", type=Path, help="folder with legal-articles.jsonl.gz, questions/")
    parser.add_argument("questions", type=Path, nargs="*", help="further question files")
    parser.add_argument("--out", type=Path, default=STATISTICS_FILE)
    options = parser.parse_args(arguments)
    model = build(options.data, options.questions, said_around())
    save_statistics(model, options.out)


if __name__ == "__main__":
    main()
