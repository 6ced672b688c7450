"""The questions themselves: enough of them, expected rightly, none a copy."""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher
from functools import cache
from itertools import combinations

import pytest

from corpus.library import shipped_library
from corpus.model import Document
from corpus.text import fold, syllables
from tests.evaluation import cases
from tests.evaluation.systems import fictitious_document

NEAR = 0.8  # share of two questions that is the same, from which one is a near copy


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    return dict(shipped_library([fictitious_document()]).documents)


def likeness(first: str, second: str) -> float:
    """Return how much of two questions is the same, whatever their marks and word order: 0…1."""
    one, two = _folded(first), _folded(second)
    shared = 2 * sum((Counter(one) & Counter(two)).values()) / max(1, len(one) + len(two))
    matcher = SequenceMatcher(None, " ".join(one), " ".join(two), autojunk=False)
    # Upper bounds first: the exact ratio of all pairs would take a minute.
    if shared >= NEAR or min(matcher.real_quick_ratio(), matcher.quick_ratio()) < NEAR:
        return shared
    return max(shared, matcher.ratio())


@cache
def _folded(text: str) -> tuple[str, ...]:
    return tuple(fold(word) for word in syllables(text))


def answerable() -> list[cases.Asked]:
    own = [*cases.shipped_questions(), *cases.fictitious_questions()]
    return [*own, *cases.unseen_questions()]


def to_be_refused() -> list[cases.Refused]:
    return [*cases.refused_questions(), *cases.unseen_refused()]


def every_question() -> list[str]:
    refused = [case.question for case in to_be_refused()]
    return [*(case.question for case in answerable()), *refused]


def test_likeness_sees_a_copy_behind_other_typing() -> None:
    assert likeness("Bộ nào hướng dẫn lập kế hoạch?", "lap ke hoach bo nao huong dan") == 1
    assert likeness("Bộ nào hướng dẫn lập kế hoạch?", "giá vàng bao nhiêu một lượng") < NEAR


def test_no_question_is_a_near_copy_of_an_example_question() -> None:
    examples = cases.example_questions()
    follow_ups = [case.question for case in cases.follow_ups()]
    copies = [
        (asked, example)
        for asked in [*every_question(), *follow_ups]
        for example in examples
        if likeness(asked, example) >= NEAR
    ]
    assert len(examples) > 100
    assert copies == []


def test_no_question_is_a_near_copy_of_another() -> None:
    # Two citations differ by a number only, and are different questions for it.
    citations = {case.question for case in answerable() if case.style == "citation"}
    asked = [question for question in every_question() if question not in citations]
    pairs = [pair for pair in combinations(asked, 2) if likeness(*pair) >= NEAR]
    assert pairs == []
    assert len(citations) == len({fold(question) for question in citations})


def test_no_question_is_copied_from_the_text(documents: dict[str, Document]) -> None:
    texts = [" ".join(document.text.split()).lower() for document in documents.values()]
    asked = [case.question for case in answerable()]
    long = [question for question in asked if len(question.split()) > 5]
    assert [q for q in long if any(q.lower().strip("?") in text for text in texts)] == []


def test_every_style_has_its_share() -> None:
    for asked, least in ((cases.shipped_questions(), 12), (cases.fictitious_questions(), 6)):
        counts = Counter(case.style for case in asked)
        assert set(counts) == set(cases.STYLES)
        assert min(counts.values()) >= least
    assert len(cases.refused_questions()) >= 40
    assert len(cases.follow_ups()) >= 30


def test_every_name_is_used_once() -> None:
    asked, refused = answerable(), to_be_refused()
    names = [*(case.id for case in asked), *(case.id for case in refused)]
    names += [case.id for case in cases.follow_ups()]
    assert [name for name, count in Counter(names).items() if count > 1] == []


def test_expected_provisions_exist_and_hold_the_answering_words(
    documents: dict[str, Document],
) -> None:
    asked = answerable()
    for case in asked:
        document = documents[case.document]
        provision = document.by_id[case.provision]
        text = document.text[provision.start : provision.end]
        assert case.words is None or case.words in text, case.id
    assert sum(case.words is not None for case in asked) >= 60
    for follow_up in cases.follow_ups():
        known = documents[follow_up.document].by_id
        places = [place for _, place in follow_up.earlier]
        assert all(place in known for place in places), follow_up.id
        assert follow_up.provision is None or follow_up.provision in known, follow_up.id
