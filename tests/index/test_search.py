"""The clause index over the toy encoder: order, evidence, filters, examples, re-use."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from corpus.model import Citation, Clause
from index.errors import StoredIndexError
from index.fusion import WEIGHTS, fuse
from index.search import ClauseIndex
from index.types import Hit
from tests.toys import ToyEncoder

FIRST, SECOND = "999-2099-nd-cp", "998-2099-nd-cp"


def clause(document: str, article: int, passage: str, questions: tuple[str, ...] = ()) -> Clause:
    return Clause(
        document_id=document,
        provision_id=f"dieu-{article}",
        citation=Citation(article=str(article), document="999/2099/NĐ-CP"),
        heading="",
        quote=passage,
        start=0,
        end=len(passage),
        passage=passage,
        complete=True,
        questions=questions,
    )


CLAUSES = (
    clause(FIRST, 1, "Người nuôi rồng phải đăng ký với xã trong 5 ngày"),
    clause(FIRST, 2, "Rồng được cho ăn hai lần mỗi ngày", ("thú cưng biết bay ăn mấy bữa",)),
    clause(FIRST, 3, "Lệ phí đăng ký là 2 đồng vàng"),
    clause(SECOND, 1, "Người nuôi kỳ lân phải đăng ký với tỉnh", ("sừng dài thì báo ai",)),
)


@pytest.fixture(scope="module")
def index() -> ClauseIndex:
    return ClauseIndex.build(CLAUSES, ToyEncoder())


def keys(hits: list[Hit]) -> list[tuple[str, str]]:
    return [hit.clause.key for hit in hits]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("đăng ký nuôi rồng với xã", (FIRST, "dieu-1")),
        ("lệ phí mấy đồng vàng", (FIRST, "dieu-3")),
        ("nuôi kỳ lân đăng ký ở tỉnh", (SECOND, "dieu-1")),
    ],
)
def test_the_clause_with_the_words_comes_first(
    index: ClauseIndex, question: str, expected: tuple[str, str]
) -> None:
    hits = index.search(question, 3)
    assert keys(hits)[0] == expected
    assert len(set(keys(hits))) == 3
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] < 1


def test_scores_are_those_of_the_legs(index: ClauseIndex) -> None:
    question = "lệ phí đăng ký rồng"
    encoder = ToyEncoder()
    cosines = (
        encoder.encode_passages([c.passage for c in CLAUSES])
        @ (encoder.encode_queries([question])[0])
    )
    found = {hit.clause.key: hit for hit in index.search(question, 10)}
    dense = np.array([found[c.key].dense for c in CLAUSES], np.float32)
    lexical = np.array([found[c.key].lexical for c in CLAUSES], np.float32)
    np.testing.assert_allclose(dense, cosines, atol=1e-5)
    np.testing.assert_allclose(lexical, index.lexical.scores(question))
    fused = [found[c.key].score for c in CLAUSES]
    share = lexical / index.lexical.attainable(question)
    translated = index.translated.scores(question, np.arange(len(CLAUSES)), index.lexical)
    np.testing.assert_allclose(
        fused, fuse(dense, np.zeros_like(dense), share, translated), atol=1e-6
    )


def test_a_score_does_not_depend_on_what_else_is_found(index: ClauseIndex) -> None:
    question = "lệ phí đăng ký rồng"
    everything = {hit.clause.key: hit.score for hit in index.search(question)}
    for hit in index.search(question, documents=[SECOND]):
        assert hit.score == pytest.approx(everything[hit.clause.key])


def test_an_example_question_lifts_its_clause(index: ClauseIndex) -> None:
    asked = "thú cưng biết bay ăn mấy bữa"
    hits = index.search(asked)
    assert hits[0].clause.key == (FIRST, "dieu-2")
    bare = ClauseIndex.build([dataclasses.replace(c, questions=()) for c in CLAUSES], ToyEncoder())
    cosine = next(h for h in bare.search(asked) if h.clause.key == (FIRST, "dieu-2")).dense
    assert hits[0].dense == pytest.approx(1, abs=1e-5)
    before = next(h for h in bare.search(asked) if h.clause.key == (FIRST, "dieu-2"))
    lift = WEIGHTS.asked * (1 - cosine)
    assert hits[0].score == pytest.approx(before.score + lift, abs=1e-5)
    # The clause without examples keeps its cosine.
    for before, after in zip(
        sorted(bare.search(asked), key=lambda h: h.clause.key),
        sorted(hits, key=lambda h: h.clause.key),
        strict=True,
    ):
        if not after.clause.questions:
            assert after.dense == pytest.approx(before.dense, abs=1e-5)
        assert after.lexical == before.lexical


def test_documents_filter(index: ClauseIndex) -> None:
    assert {key[0] for key in keys(index.search("nuôi rồng", documents=[SECOND]))} == {SECOND}
    assert len(index.search("nuôi rồng", documents=[FIRST, SECOND])) == 4
    assert index.search("nuôi rồng", documents=["997-2099-nd-cp"]) == []
    assert index.search("nuôi rồng", documents=[]) == []


def test_words_can_be_searched_in_another_wording(index: ClauseIndex) -> None:
    hits = {h.clause.key: h for h in index.search("zzz", lexical_question="kỳ lân")}
    assert hits[(SECOND, "dieu-1")].lexical > 0
    assert all(h.lexical == 0 for key, h in hits.items() if key != (SECOND, "dieu-1"))


def test_the_encoded_question_comes_with_the_hits(index: ClauseIndex) -> None:
    result = index.examine("kỳ lân đăng ký sao nè", 2)
    assert len(result.hits) == 2
    np.testing.assert_allclose(np.linalg.norm(result.vector), 1, atol=1e-5)


def test_an_empty_index_finds_nothing() -> None:
    result = ClauseIndex.build([], ToyEncoder()).examine("nuôi rồng")
    assert result.hits == ()


def test_search_by_words_needs_no_model() -> None:
    encoder = ToyEncoder()
    index = ClauseIndex.build(CLAUSES, encoder)
    before = encoder.queries_encoded
    hits = index.search_words("đăng ký rồng", 2)
    assert encoder.queries_encoded == before
    assert keys(hits)[0] == (FIRST, "dieu-1")
    assert hits[0].score == 1.0
    assert hits[1].score == pytest.approx(hits[1].lexical / hits[0].lexical)
    assert keys(index.search_words("rồng", documents=[SECOND])) == []
    assert index.search_words("zzz") == []


def test_unchanged_rows_are_not_embedded_again() -> None:
    first = ToyEncoder()
    previous = ClauseIndex.build(CLAUSES, first)
    assert (first.passages_encoded, first.queries_encoded) == (4, 2)

    same = ToyEncoder()
    again = ClauseIndex.build(CLAUSES, same, previous=previous)
    assert (same.passages_encoded, same.queries_encoded) == (0, 0)
    assert again.search("đăng ký nuôi rồng") == previous.search("đăng ký nuôi rồng")

    changed = [CLAUSES[3], clause(FIRST, 9, "Rồng có vảy"), *CLAUSES[:2]]  # moved, new, one gone
    other = ToyEncoder()
    rebuilt = ClauseIndex.build(changed, other, previous=previous)
    assert (other.passages_encoded, other.queries_encoded) == (1, 0)
    fresh = ClauseIndex.build(changed, ToyEncoder())
    assert rebuilt.search("vảy rồng") == fresh.search("vảy rồng")


def test_another_encoder_embeds_everything_again() -> None:
    previous = ClauseIndex.build(CLAUSES, ToyEncoder())
    other = ToyEncoder(identity="toy@2")
    ClauseIndex.build(CLAUSES, other, previous=previous)
    assert (other.passages_encoded, other.queries_encoded) == (4, 2)


def test_progress_counts_up_to_all_rows() -> None:
    seen: list[tuple[int, int]] = []
    clauses = [clause(FIRST, n, f"Điều {n} về rồng số {n}", ("hỏi gì",)) for n in range(300)]
    previous = ClauseIndex.build(clauses[:10], ToyEncoder())
    ClauseIndex.build(
        clauses,
        ToyEncoder(),
        previous=previous,
        progress=lambda done, total: seen.append((done, total)),
    )
    assert seen[-1] == (600, 600)
    assert {total for _, total in seen} == {600}
    counts = [done for done, _ in seen]
    assert counts == sorted(set(counts))


def test_an_encoder_of_another_dimension_is_refused() -> None:
    index = ClauseIndex.build(CLAUSES, ToyEncoder())
    index.encoder = ToyEncoder(dimension=32)
    with pytest.raises(StoredIndexError, match=r"32 dimensions.* has 64"):
        index.search("rồng")


@pytest.mark.parametrize("beforehand", [True, False])
def test_a_document_that_knows_what_it_leaves_open_tells_which_way_a_question_leans(
    beforehand: bool,
) -> None:
    asked, left_open = "rồng ăn mấy bữa một ngày", "rồng sống được mấy năm"
    knowing = dataclasses.replace(CLAUSES[1], questions=(asked,), unanswered=(left_open,))
    index = ClauseIndex.build([knowing, CLAUSES[3]], ToyEncoder())
    if beforehand:
        index.learn()

    def leaning(question: str, document: str) -> float | None:
        return index.leaning(question, index.examine(question).vector, document)

    assert (leaning(asked, FIRST) or 0) > 0 > (leaning(left_open, FIRST) or 0)
    assert leaning(asked, SECOND) is None
