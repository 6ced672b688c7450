"""The evidence on the best hit: legal terms found and missing, whatever else is loaded."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.assembly import Assembly
from chatbot.background import load_background
from chatbot.evidence import Evidence, coverage, gather, terms
from chatbot.language import LanguageModel
from corpus.library import Library, shipped_library
from corpus.model import Clause, Document
from index.search import ClauseIndex
from index.translation import USUAL

QUESTION = "kế hoạch chuyển đổi số lập mấy năm một lần"


def evidence_in(library: Library, parts: Assembly, language: LanguageModel) -> Evidence:
    index = ClauseIndex.build(library.clauses, parts.encoder)
    found = gather(QUESTION, index.examine(QUESTION), index, language, load_background())
    assert found is not None
    return found


def test_does_not_depend_on_what_else_is_loaded(
    parts: Assembly, decree: Library, kites: Document, language: LanguageModel
) -> None:
    alone = evidence_in(decree, parts, language)
    beside = evidence_in(shipped_library([kites]), parts, language)
    assert beside.passage == pytest.approx(alone.passage, abs=1e-5)
    assert beside.background == pytest.approx(alone.background, abs=1e-5)
    assert beside.coverage == pytest.approx(alone.coverage, abs=0.01)  # by the language it adds
    assert (beside.found, beside.missing) == (alone.found, alone.missing)
    told = (alone.explained, alone.unexplained)
    assert (beside.explained, beside.unexplained) == pytest.approx(told, abs=0.01)


def explained(
    clause: Clause,
    question: str,
    parts: Assembly,
    language: LanguageModel,
    asked: str | None = None,
) -> tuple[float, float]:
    index = ClauseIndex.build([clause], parts.encoder)
    result = index.examine(question)
    found = gather(question, result, index, language, load_background(), asked=asked)
    assert found is not None
    return found.explained, found.unexplained


def test_a_clause_explains_what_people_ask_in_other_words(
    parts: Assembly, decree: Library, language: LanguageModel
) -> None:
    permit = replace(
        decree.clauses[0], passage="Thu hồi giấy phép kinh doanh", questions=(), unanswered=()
    )
    wages = replace(permit, passage="Thanh toán tiền lương cho người lao động")
    asked = "bị rút giấy thì sao"
    well, little = (explained(one, asked, parts, language) for one in (permit, wages))
    assert well[0] > 2 * USUAL > USUAL > little[0]
    assert well[1] < 0.2 < little[1]


def test_words_no_question_was_asked_in_explain_nothing(
    parts: Assembly, decree: Library, language: LanguageModel
) -> None:
    assert explained(decree.clauses[0], "xyzzy qwfp", parts, language) == (USUAL, 0.0)


def test_the_context_need_not_be_explained(
    parts: Assembly, decree: Library, language: LanguageModel
) -> None:
    clause, asked = decree.clauses[0], "bị rút giấy thì sao"
    together = f"{QUESTION} {asked}"
    of_asked = explained(clause, together, parts, language, asked)
    assert of_asked == explained(clause, asked, parts, language)
    assert of_asked != explained(clause, together, parts, language)


def test_terms_are_pairs_that_belong_together(language: LanguageModel) -> None:
    found = terms("bảo vệ dữ liệu ở nhà".split(), language)
    assert ("dữ", "liệu") in found
    assert ("liệu", "ở") not in found


@given(st.lists(st.sampled_from(["dữ", "liệu", "của", "là", "12", "điện", "tử"]), max_size=12))
def test_a_term_bonds_and_holds_no_number(language: LanguageModel, words: list[str]) -> None:
    for pair, bond in terms(words, language).items():
        assert bond > 0
        assert not any(word.isdigit() for word in pair)


def test_coverage_is_the_share_of_what_the_syllables_tell(language: LanguageModel) -> None:
    passage = "nuôi kỳ lân trong nhà".split()
    assert coverage(["kỳ", "lân"], passage, language) == 1.0
    assert coverage(["ngựa", "vằn"], passage, language) == 0.0
    assert 0 < coverage(["kỳ", "lân", "vằn"], passage, language) < 1
    assert coverage(["của"], passage, language) == 0.0  # tells nothing
    assert coverage([], passage, language) == 0.0


def test_no_hit_is_no_evidence(parts: Assembly, language: LanguageModel) -> None:
    index = ClauseIndex.build([], parts.encoder)
    assert gather(QUESTION, index.examine(QUESTION), index, language, load_background()) is None
