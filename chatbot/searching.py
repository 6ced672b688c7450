"""Search as the chatbot does it: places cited, and the decision."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from chatbot import aspects, turns, wanting
from chatbot.amounts import Amount, asked_amount, states
from chatbot.aspects import Aspect
from chatbot.background import load_background
from chatbot.citing import written_out
from chatbot.deciding import Decision, decide
from chatbot.evidence import gather
from chatbot.highlighting import Likeness, asked_kinds
from chatbot.language import LanguageModel
from chatbot.lookup import in_passing, without
from chatbot.subjects import subject_syllables
from chatbot.turns import Wish, wish_of
from chatbot.understanding import understand
from chatbot.wanting import wants_text
from corpus.citations import find_citations
from corpus.definitions import defined_term
from corpus.model import Citation, Clause
from corpus.text import clean
from index.search import ClauseIndex, SearchResult
from index.terms import words_of
from index.types import Hit

SEARCH_DEPTH = 10
CITED_DEPTH = 30  # a hit this near the top moves first if the question cites its article
LEAST_NAME = 2  # subject syllables of a heading or term by which a clause can be called
CALLED = 0.8  # share of a question's subject syllables that are the heading's or the term's
OF_DEFINITIONS = {
    "meaning",
    "list",
    "manner",
}  # what a question may ask for that a definition gives
NEARLY = 0.1  # fused score by which a hit may fall short of the best one to be called in part


@dataclass(frozen=True, slots=True)
class Found:
    """What a search gave, and the decision on it."""

    result: SearchResult
    decision: Decision
    likely: float  # the chance before any amount asked for was looked for
    lacks_amount: bool = False  # the first hit would answer if it stated the amount asked for

    @property
    def clauses(self) -> list[Clause]:
        """The clauses found, best first."""
        return [hit.clause for hit in self.result.hits]


@dataclass(frozen=True, slots=True)
class Searcher:
    """An index with what is needed to read a question."""

    index: Callable[[], ClauseIndex]
    language: LanguageModel
    names: Collection[str]  # of the documents, as `find_citations` takes them

    def learn(self) -> None:
        """Learn from the examples that ship, which takes seconds once a process."""
        encoder = self.index().encoder
        aspects.learned(encoder)
        turns.learned(encoder)
        wanting.learned(encoder)

    def read(self, question: str) -> str:
        """Return a question as it is understood; see `chatbot.understanding`."""
        return written_out(understand(clean(question), self.language, self.names).text)

    def search_continued(
        self,
        text: str,
        context: str,
        alone: Found,
        *,
        documents: Sequence[str] | None = None,
    ) -> Found:
        """Search for a question that leans on an earlier one.

        The earlier question says what it is about, its own words which clause of that: each
        clause has the fused scores of both wordings, together and alone. Together only, the
        earlier question would find its own clause again.

        Args:
            text: As understood.
            context: The earlier question.
            alone: What `search` finds for `text`, at least `CITED_DEPTH` deep.
            documents: Ids of the documents to search in; `None` searches all.

        Raises:
            UnavailableError: The index or the model cannot be used.
        """
        index = self.index()
        together = f"{context} {text}"
        result = index.examine(together, CITED_DEPTH, documents=documents)
        by_itself = {hit.clause.key: hit.score for hit in alone.result.hits}

        def score(hit: Hit) -> float:
            return hit.score + by_itself.get(hit.clause.key, 0.0)

        hits = sorted(result.hits, key=score, reverse=True)[:SEARCH_DEPTH]
        return self._decided(together, text, replace(result, hits=tuple(hits)), index)

    def search(
        self,
        text: str,
        *,
        documents: Sequence[str] | None = None,
        depth: int = SEARCH_DEPTH,
        within: Collection[Clause] | None = None,
    ) -> Found:
        """Search for an understood question and decide.

        Args:
            text: As understood.
            documents: Ids of the documents to search in; `None` searches all.
            depth: Hits wanted.
            within: Clauses to find, if among the hits; `None` finds all.

        Raises:
            UnavailableError: The index or the model cannot be used.
        """
        index = self.index()
        result = index.examine(text, max(depth, CITED_DEPTH), documents=documents)
        if within is not None:
            keys = {clause.key for clause in within}
            kept = tuple(hit for hit in result.hits if hit.clause.key in keys)
            result = replace(result, hits=kept)
        found = find_citations(text, self.names)
        places = [one for one in found if not in_passing(text, one)]
        cited = [citation for one in places for citation in one.citations if citation.article]
        hits = result.hits[:CITED_DEPTH]
        first = _cited(hits, cited) if cited else _called(hits, without(text, found))
        moved = dict.fromkeys((*first, *result.hits))
        result = replace(result, hits=tuple(moved)[:depth])
        return self._decided(text, text, result, index)

    def alike(self, found: Found, clause: Clause) -> list[Likeness]:
        """Return how near the question searched is to the example questions of a clause."""
        cosines = self.index().question_cosines(found.result.vector, clause.key)
        return [
            Likeness(float(cosine), words)
            for cosine, words in zip(cosines, clause.answering, strict=True)
        ]

    def aspect(self, text: str, *, is_named: bool) -> Aspect | None:
        """Return what is asked of a document as a whole; see `chatbot.aspects.aspect_of`."""
        return aspects.aspect_of(text, self.index().encoder, is_named=is_named)

    def wants_text(self, rest: str, found: Found) -> bool:
        """Return whether a question only wants the text it cites; see `chatbot.wanting`.

        Args:
            rest: The question without its citations.
            found: What `search` gave for it.
        """
        return wants_text(rest, found.result.vector, self.index().encoder)

    def wish(self, message: str, found: Found) -> Wish:
        """Return what a short message in a conversation wants; see `chatbot.turns`.

        Args:
            message: As understood.
            found: What `search` gave for it.
        """
        return wish_of(message, found.result.vector, self.index().encoder)

    def _decided(
        self, searched: str, asked: str, result: SearchResult, index: ClauseIndex
    ) -> Found:
        """Decide on the first hit; `asked` is what was searched without its context."""
        evidence = gather(searched, result, index, self.language, load_background(), asked=asked)
        decision = decide(evidence)
        amount = asked_amount(asked)
        if amount and result.hits and not _may_state(result.hits[0].clause, amount):
            refused = Decision(False, 0.0)
            return Found(result, refused, decision.chance, lacks_amount=decision.answer)
        return Found(result, decision, decision.chance)


def _may_state(clause: Clause, amount: Amount) -> bool:
    """Tell whether a clause states an amount, or answers an example question for one."""
    if states(clause.quote, amount):
        return True
    return any(asked_amount(question) is amount for question in clause.questions)


def _cited(hits: Sequence[Hit], cited: Sequence[Citation]) -> list[Hit]:
    """Return the hits whose place is cited."""
    return [hit for hit in hits if _fits_any(hit, cited)]


def _called(hits: Sequence[Hit], asked: str) -> list[Hit]:
    """Return the hits that are called by name, the longest name first.

    A term that a clause defines, and a heading that is not all that is asked about, are names of
    hits near the best one only.

    "Luật quy định thế nào về tuyên bố mất tích?" asks for the article with this heading, not for
    the one on the revocation of such a declaration; "tài sản hiện có là gì" for the clause that
    defines this term, not the one that defines "tài sản".
    """
    words, subject = set(words_of(asked)), set(subject_syllables(asked))
    may_define = asked_kinds(asked) <= OF_DEFINITIONS

    def length(hit: Hit) -> int:
        """Return how many words of the hit's name are asked; 0 where it is not called by it."""
        is_near = hit.score >= hits[0].score - NEARLY
        term = defined_term(hit.clause.quote) if may_define and is_near else ""
        names = (hit.clause.heading, term)
        called = [name for name in names if _is_name(name, subject, wholly=not is_near)]
        return max((len(words.intersection(words_of(name))) for name in called), default=0)

    lengths = {hit.clause.key: length(hit) for hit in hits}
    called = [hit for hit in hits if lengths[hit.clause.key]]
    return sorted(called, key=lambda hit: lengths[hit.clause.key], reverse=True)


def _is_name(name: str, subject: set[str], *, wholly: bool) -> bool:
    """Tell whether a name is what is asked about, or `wholly` all of it; syllables count."""
    syllables = set(subject_syllables(name))
    least = 1.0 if wholly else CALLED
    return LEAST_NAME <= len(syllables) >= least * len(subject) and syllables <= subject


def _fits_any(hit: Hit, wanted: Sequence[Citation]) -> bool:
    place = hit.clause.citation
    return any(
        citation.article == place.article and citation.clause in (None, place.clause)
        for citation in wanted
    )
