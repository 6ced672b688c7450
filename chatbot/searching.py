"""Search as the chatbot does it: places cited, and the decision."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from chatbot import turns, wanting
from chatbot.amounts import Amount, asked_amount, states
from chatbot.background import load_background
from chatbot.citing import written_out
from chatbot.deciding import Decision, decide
from chatbot.evidence import gather
from chatbot.highlighting import Likeness
from chatbot.language import LanguageModel
from chatbot.lookup import in_passing, without
from chatbot.subjects import subject_syllables
from chatbot.turns import Wish, wish_of
from chatbot.understanding import understand
from chatbot.wanting import wants_text
from corpus.citations import find_citations
from corpus.model import Citation, Clause
from corpus.text import clean
from index.search import ClauseIndex, SearchResult
from index.types import Hit

SEARCH_DEPTH = 10
CITED_DEPTH = 30  # a hit this near the top moves first if the question cites its article
LEAST_HEADING = 2  # subject syllables of a heading by which an article can be called
CALLED = 0.8  # share of a question's subject syllables that are the heading's


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
        subject = set(subject_syllables(without(text, found)))
        hits = _first(
            result.hits,
            (lambda hit: _fits_any(hit, cited))
            if cited
            else (lambda hit: _is_heading(hit.clause, subject)),
        )
        result = replace(result, hits=tuple(hits[:depth]))
        return self._decided(text, text, result, index)

    def alike(self, found: Found, clause: Clause) -> list[Likeness]:
        """Return how near the question searched is to the example questions of a clause."""
        cosines = self.index().question_cosines(found.result.vector, clause.key)
        return [
            Likeness(float(cosine), words)
            for cosine, words in zip(cosines, clause.answering, strict=True)
        ]

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


def _first(hits: Sequence[Hit], wanted: Callable[[Hit], bool]) -> list[Hit]:
    """Move the wanted among the best `CITED_DEPTH` hits in front, in their order."""
    near = [place < CITED_DEPTH and wanted(hit) for place, hit in enumerate(hits)]
    first = [hit for hit, is_wanted in zip(hits, near, strict=True) if is_wanted]
    return first + [hit for hit, is_wanted in zip(hits, near, strict=True) if not is_wanted]


def _is_heading(clause: Clause, subject: set[str]) -> bool:
    """Tell whether what is asked about is the heading of a clause's article, which cites it.

    "Luật quy định thế nào về tuyên bố mất tích?" asks for the article on that, not for the one
    on the revocation of such a declaration.
    """
    heading = set(subject_syllables(clause.heading))
    return (
        len(heading) >= LEAST_HEADING
        and heading <= subject
        and len(heading) >= CALLED * len(subject)
    )


def _fits_any(hit: Hit, wanted: Sequence[Citation]) -> bool:
    place = hit.clause.citation
    return any(
        citation.article == place.article and citation.clause in (None, place.clause)
        for citation in wanted
    )
