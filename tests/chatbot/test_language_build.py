"""The language statistics are counted from law and from questions that judge nothing."""

from __future__ import annotations

import gzip
import json
import unicodedata
from pathlib import Path

import numpy as np
import pytest

from chatbot.language import BOUNDARY, NUMBER, SPECIAL, UNKNOWN, LanguageModel, load_statistics
from chatbot.language_build import (
    LEAST_OTHER,
    LEAST_VALID,
    QUESTION_WEIGHT,
    UNKNOWN_COUNT,
    build,
    legal_texts,
    main,
    pruned,
    question_texts,
    said_around,
)
from tests.index.training.laws import numbers, write_shared


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a data folder: six laws for training, six for development, three questions each."""
    return write_shared(tmp_path / "data")


def further(folder: Path, *questions: str) -> Path:
    file = folder / "further.jsonl"
    file.write_text("".join(json.dumps({"question": one}) + "\n" for one in questions), "utf-8")
    return file


def test_an_article_is_its_heading_and_paragraphs(tmp_path: Path) -> None:
    articles = [
        {"heading": "Thả diều", "paragraphs": ["1. Được thả.", "2. Cấm thả."]},
        {"heading": None, "paragraphs": ["Hết."]},
        {"heading": "Trống", "paragraphs": []},
    ]
    with gzip.open(tmp_path / "legal-articles.jsonl.gz", "wt", encoding="utf-8") as stream:
        stream.writelines(json.dumps(article) + "\n" for article in articles)
    assert list(legal_texts(tmp_path)) == [
        "Thả diều\n1. Được thả.\n2. Cấm thả.",
        "\nHết.",
        "Trống",
    ]


def test_questions_about_development_laws_are_left_out(data: Path, tmp_path: Path) -> None:
    questions = list(question_texts(data, [further(tmp_path, "giá vé bao nhiêu")]))
    assert len(questions) == 6 * 3 + 1
    assert questions[-1] == "giá vé bao nhiêu"
    for number in numbers(True, 6):
        assert not any(number in question for question in questions)
    for number in numbers(False, 6):
        assert sum(number in question for question in questions) == 3


def test_a_question_counts_as_many_sentences_of_law(data: Path, tmp_path: Path) -> None:
    model = build(data, [further(tmp_path, "giá vé"), further(tmp_path, "giá vé")])
    assert model.count("gì") == 18 * QUESTION_WEIGHT  # once in each question, never in a law
    assert model.count("giá") == 2 * QUESTION_WEIGHT
    assert model.count("cấu") == 12  # once in each article, in its heading
    assert model.pair_count("giá", "vé") == 2 * QUESTION_WEIGHT
    assert model.pair_count("vé", "giá") == 0


def test_foreign_words_must_be_seen_oftener_than_vietnamese_ones() -> None:
    def words(valid: float, other: float) -> tuple[str, ...]:
        texts = ["kế"] * int(valid) + ["xyz"] * int(other)
        return pruned(LanguageModel.from_texts(texts)).words

    assert words(LEAST_VALID, LEAST_OTHER) == (*SPECIAL, "xyz", "kế")  # the most frequent first
    assert words(LEAST_VALID - 1, LEAST_OTHER - 1) == SPECIAL
    assert words(LEAST_VALID, LEAST_OTHER - 1) == (*SPECIAL, "kế")


def test_counts_of_what_stays_are_as_they_were() -> None:
    whole = LanguageModel.from_texts(
        ["kế hoạch 5 năm. hoạch"] * 4 + ["xyz kế hoạch", "kế xyz"] * 3 + ["năm kế"] * 2
    )
    small = pruned(whole)
    assert set(small.words) == {*SPECIAL, "kế", "hoạch", "năm"}
    for first in (BOUNDARY, NUMBER, "kế", "hoạch", "năm"):
        assert small.count(first) == whole.count(first)
        for second in (BOUNDARY, NUMBER, "kế", "hoạch", "năm"):
            assert small.pair_count(first, second) == whole.pair_count(first, second)
        assert small.pair_count(first, UNKNOWN) == small.pair_count(UNKNOWN, first) == 0
    assert small.pair_count("kế", "hoạch") == 7
    assert (np.diff(small.pairs) > 0).all()
    assert len(small.pairs) < len(whole.pairs)


def test_no_reading_hides_in_the_rare_syllables() -> None:
    model = pruned(LanguageModel.from_texts(["kế hoạch"] * 9 + ["xyz"]))
    assert model.singles[0] == UNKNOWN_COUNT
    assert model.numbers(["xyz"]).tolist() == [0]


def test_pruning_again_changes_nothing() -> None:
    once = pruned(LanguageModel.from_texts(["kế hoạch năm"] * 5 + ["năm xyz"]))
    twice = pruned(once)
    assert twice.words == once.words
    assert np.array_equal(twice.singles, once.singles)
    assert np.array_equal(twice.pairs, once.pairs)
    assert np.array_equal(twice.pair_counts, once.pair_counts)


def test_nothing_at_all_is_no_error() -> None:
    assert pruned(LanguageModel.from_texts([])).words == SPECIAL


def test_the_command_writes_what_the_chatbot_reads(data: Path, tmp_path: Path) -> None:
    decomposed = unicodedata.normalize("NFD", "giá vé")
    file = further(tmp_path, decomposed)
    main([str(data), str(file), "--out", str(tmp_path / "language.npz")])
    written = load_statistics(tmp_path / "language.npz")
    built = build(data, [file], said_around())
    assert written.words == built.words
    assert {"giá", "vé", "chào"} <= set(written.words)
    assert np.array_equal(written.pairs, built.pairs)
