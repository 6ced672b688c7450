"""Fitting the highlighter: what is learned from, and the measure of what is marked."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from chatbot.highlighting import FEATURES, segments
from chatbot.highlighting_fit import Example, fit, main, measure, read_examples
from chatbot.language import LanguageModel
from index.training.examples import is_development
from tests.index.training.laws import numbers

QUOTE = (
    "1. Giờ thả diều trong công viên:\n"
    "a) Được thả diều từ 7 giờ đến 19 giờ;\n"
    "b) Ngày lễ được thả diều đến 21 giờ."
)
ASKED = "được thả diều đến mấy giờ"


def write_data(
    folder: Path, answers: Sequence[str | None], *, text: str = QUOTE, laws: Sequence[str] = ()
) -> Path:
    """Write a clause of each law, with a question for each answer."""
    (folder / "questions").mkdir(parents=True)
    laws = laws or ("999/2099/QH99",)
    clauses = [{"id": law, "number": law, "text": text} for law in laws]
    asked = [
        {"clause_id": law, "question": ASKED, "answer_span": answer}
        for law in laws
        for answer in answers
    ]
    for name, rows in (("lay-clauses", clauses), ("lay-questions", asked)):
        lines = "".join(json.dumps(row) + "\n" for row in rows)
        (folder / "questions" / f"{name}.jsonl").write_text(lines, "utf-8")
    return folder


@pytest.mark.parametrize(
    ("answer", "answering"),
    [
        ("từ 7 giờ đến 19 giờ", [0, 1, 0]),
        ("đến 21 giờ", [0, 0, 1]),
        ("19 giờ;\nb) Ngày lễ", [0, 1, 1]),
        (QUOTE, [1, 1, 1]),
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_segments_that_hold_a_part_of_the_answer_answer(
    tmp_path: Path, language: LanguageModel, answer: str, answering: list[int], form: str
) -> None:
    text, span = (
        unicodedata.normalize("NFD" if form == "NFD" else "NFC", one) for one in (QUOTE, answer)
    )
    (example,) = read_examples(write_data(tmp_path, [span], text=text), language)
    assert example.answering.tolist() == answering
    assert example.share.tolist() == [one / sum(answering) for one in answering]
    assert example.lengths.tolist() == [end - start for start, end in segments(QUOTE)]
    assert example.features.shape == (3, len(FEATURES))
    assert example.law == "999/2099/QH99"


@pytest.mark.parametrize("answer", [None, "", "từ 8 giờ", "\n"])
def test_what_no_segment_answers_is_not_learned_from(
    tmp_path: Path, language: LanguageModel, answer: str | None
) -> None:
    assert read_examples(write_data(tmp_path, [answer]), language) == []


def test_a_clause_of_one_segment_leaves_nothing_to_choose(
    tmp_path: Path, language: LanguageModel
) -> None:
    data = write_data(tmp_path, ["đến 21 giờ"], text="Được thả diều đến 21 giờ.")
    assert read_examples(data, language) == []


def example(answers: int, *, told: float = 1.0, segments_: int = 4) -> Example:
    """Return an example whose first feature tells the answer; the second is the same for all."""
    features = np.zeros((segments_, 3))
    features[answers, 0] = told
    features[:, 1] = 5.0
    answering = np.zeros(segments_)
    answering[answers] = 1.0
    return Example("999/2099/QH99", features, answering, np.full(segments_, 10.0))


def test_what_tells_the_answer_gets_weight_and_what_tells_nothing_gets_none() -> None:
    found = fit([example(place) for place in (0, 1, 2, 3)] * 10)
    assert found[0] > 1
    assert found[1:] == pytest.approx([0, 0], abs=0.05)


def test_what_tells_against_the_answer_gets_weight_against_it() -> None:
    assert fit([example(place, told=-1.0) for place in (0, 1, 2, 3)] * 10)[0] < -1


def test_clauses_of_any_length_are_learned_from_together() -> None:
    mixed = [example(1, segments_=2), example(4, segments_=9)] * 10
    holds, _ = measure(mixed, fit(mixed), 0.1)
    assert holds.tolist() == [1.0] * 20


@pytest.mark.parametrize(
    ("enough", "hold", "share"),
    [(0.5, 0.0, 0.5), (0.7, 0.0, 0.5), (0.8, 1.0, 0.8), (0.95, 1.0, 1.0), (1.0, 1.0, 1.0)],
)
def test_marking_goes_on_until_it_is_likely_enough(
    enough: float, hold: float, share: float
) -> None:
    # Chances 2, 8 and 1 in 11; the first and the second answer.
    features = np.log(np.array([[2.0], [8.0], [1.0]]))
    one = Example("999/2099/QH99", features, np.array([1.0, 1.0, 0.0]), np.array([3.0, 5.0, 2.0]))
    holds, shares = measure([one, one], np.ones(1), enough)
    assert holds.tolist() == [hold, hold]
    assert shares == pytest.approx([share, share])


def test_the_coefficients_written_come_from_laws_outside_the_development_split(
    tmp_path: Path, language: LanguageModel, capsys: pytest.CaptureFixture[str]
) -> None:
    laws = numbers(True, 5) + numbers(False, 5)
    data = write_data(tmp_path / "data", ["từ 7 giờ đến 19 giờ", "đến 21 giờ"], laws=laws)
    out = tmp_path / "highlighting.json"
    main([str(data), "--out", str(out)])
    printed = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in printed] == [
        f"enough {enough}" for enough in (0.5, 0.6, 0.7, 0.8)
    ]
    assert all(line.endswith("n 20") for line in printed)
    kept = [one for one in read_examples(data, language) if not is_development(one.law)]
    assert len(kept) == 10
    assert json.loads(out.read_text("utf-8")) == {
        name: pytest.approx(value, abs=1e-4)
        for name, value in zip(FEATURES, fit(kept), strict=True)
    }
