"""The questions themselves: enough of them, expected rightly, none a copy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from chatbot.data_files import numbered_lines
from chatbot.deciding_fit import SMALL_TALK_FILE
from chatbot.wanting import EXAMPLE_FILES
from corpus.library import shipped_library
from corpus.model import Document
from corpus.text import fold, syllables
from tests.evaluation import cases
from tests.evaluation.systems import fictitious_document, real_documents
from tests.evaluation.tasks import DATA

NEAR = 0.8  # share of two questions that is the same, from which one is a near copy


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    return dict(shipped_library([fictitious_document()]).documents)


def likeness(first: str, second: str) -> float:
    """Return how much of two questions is the same, whatever their marks and word order: 0…1."""
    one, two = _folded(first), _folded(second)
    shared = 2 * sum((Counter(one) & Counter(two)).values()) / max(1, len(one) + len(two))
    matcher = SequenceMatcher(None, " ".join(one), " ".join(two), autojunk=False)
    return max(shared, matcher.ratio())


def near_copies(first: Sequence[str], second: Sequence[str]) -> list[tuple[str, str]]:
    """Return the pairs of questions, one of each, that are near copies.

    The exact likeness of all pairs would take hours: the longest common subsequence of letters
    and the syllables that two questions have in common bound it, and are had for all at once.
    """
    sides = [[" ".join(_folded(text)) for text in side] for side in (first, second)]
    letters = process.cdist(*sides, scorer=fuzz.ratio, score_cutoff=100 * NEAR - 1)
    words = _in_common(*([list(_folded(text)) for text in side] for side in (first, second)))
    likely = np.argwhere((letters > 0) | (words >= NEAR - 1e-6))
    pairs = ((first[i], second[j]) for i, j in likely)
    return [pair for pair in pairs if likeness(*pair) >= NEAR]


def _in_common(
    first: Sequence[Sequence[str]], second: Sequence[Sequence[str]]
) -> NDArray[np.float32]:
    """Return float32[first, second]: the share of two bags of pieces that is the same, 0…1."""
    number = {piece: i for i, piece in enumerate({p for bag in (*first, *second) for p in bag})}
    one, two = (np.zeros((len(bags), len(number)), np.float32) for bags in (first, second))
    for counts, bags in ((one, first), (two, second)):
        for row, bag in enumerate(bags):
            np.add.at(counts[row], [number[piece] for piece in bag], 1)
    shared = np.zeros((len(first), len(second)), np.float32)
    for least in range(1, int(max(one.max(), two.max())) + 1):  # the sum of the lesser counts
        shared += (one >= least).astype(np.float32) @ (two >= least).astype(np.float32).T
    sizes: NDArray[np.float32] = one.sum(axis=1)[:, None] + two.sum(axis=1)[None]
    return (2 * shared / np.maximum(sizes, 1)).astype(np.float32)


@cache
def _folded(text: str) -> tuple[str, ...]:
    return tuple(fold(word) for word in syllables(text))


def answerable() -> list[cases.Asked]:
    own = [*cases.shipped_questions(), *cases.fictitious_questions()]
    return [*own, *cases.cited_questions(), *cases.places(), *cases.unseen_questions()]


def to_be_refused() -> list[cases.Refused]:
    refused = [*cases.refused_questions(), *cases.cited_refused(), *cases.unseen_refused()]
    return [*refused, *cases.documents_refused(), *cases.named_refused()]


def about_documents() -> list[cases.Asked]:
    return [*cases.documents_questions(), *cases.named_questions()]


def every_question() -> list[str]:
    refused = [case.question for case in to_be_refused()]
    # What is asked of a document as a whole is asked alike of every one.
    asked = [case for case in about_documents() if case.style not in cases.ASPECTS]
    return [*(case.question for case in [*answerable(), *asked]), *refused]


def test_likeness_sees_a_copy_behind_other_typing() -> None:
    assert likeness("Bộ nào hướng dẫn lập kế hoạch?", "lap ke hoach bo nao huong dan") == 1
    assert likeness("Bộ nào hướng dẫn lập kế hoạch?", "giá vàng bao nhiêu một lượng") < NEAR


def test_near_copies_are_found_among_many() -> None:
    many = [*every_question()[:200], "Ai lập kế hoạch 5 năm?"]
    asked = ["ai lap ke hoach 5 nam", "AI LẬP KẾ HOẠCH 5 NĂM VẬY", *every_question()[200:240]]
    pairs = [(a, b) for a in asked for b in many if likeness(a, b) >= NEAR]
    assert len(pairs) >= 2
    assert near_copies(asked, many) == pairs


def test_no_question_is_a_near_copy_of_an_example_question() -> None:
    examples = cases.example_questions()
    follow_ups = [case.question for case in cases.follow_ups()]
    follow_ups += [question for dialogue in cases.dialogues() for question, _ in dialogue.turns]
    assert len(examples) > 100
    assert near_copies([*every_question(), *follow_ups], examples) == []


def test_no_question_is_a_near_copy_of_what_the_decision_is_fitted_on() -> None:
    small_talk = [line for _, line in numbered_lines(SMALL_TALK_FILE)]
    assert near_copies(every_question(), small_talk) == []


def test_no_question_is_a_near_copy_of_what_is_known_of_cited_places() -> None:
    examples = [line for file in EXAMPLE_FILES for _, line in numbered_lines(file)]
    assert near_copies(every_question(), examples) == []


def test_no_question_is_a_near_copy_of_another() -> None:
    # Two citations differ by a number only, and are different questions for it.
    citations = {case.question for case in answerable() if case.style == "citation"}
    asked = [question for question in every_question() if question not in citations]
    assert len(asked) == len(set(asked))
    assert [pair for pair in near_copies(asked, asked) if pair[0] != pair[1]] == []
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
    assert sum(len(dialogue.turns) for dialogue in cases.dialogues()) >= 400


def test_every_name_is_used_once() -> None:
    asked = [*answerable(), *about_documents()]
    refused = to_be_refused()
    names = [*(case.id for case in asked), *(case.id for case in refused)]
    names += [case.id for case in cases.follow_ups()]
    names += [dialogue.id for dialogue in cases.dialogues()]
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
    for dialogue in cases.dialogues():
        wanted = {provision for _, provisions in dialogue.turns for provision in provisions}
        assert wanted <= documents[dialogue.document].by_id.keys(), dialogue.id


@pytest.mark.skipif(not DATA.is_dir(), reason="no ../shared/data beside the checkout")
def test_places_in_the_shared_documents_exist() -> None:
    library = shipped_library(real_documents(DATA / "documents"))
    known = {one.id: one.by_id for one in library.documents.values()}
    missing = [case.id for case in about_documents() if case.provision not in known[case.document]]
    assert missing == []
