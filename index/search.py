"""The clause index: from a question to the clauses nearest in meaning and in words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np

from corpus.model import Clause
from index.fusion import DEPTH, WEIGHTS, Weights, best, fuse, ranking
from index.leaning import Leaning
from index.lexical import LexicalIndex
from index.translation import TranslatedIndex, load_translations
from index.types import Encoder, FloatArray, Hit
from index.vectors import RowArray
from index.view import VIEWS, View

Progress = Callable[[int, int], None]
NO_ROW = -2.0  # stands for the cosine of a clause that has no row of a kind

LEAST_ATTAINABLE = 1e-6  # stands for the BM25 score that a question without words attains


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The hits of one question and the evidence a decision to answer can rest on."""

    hits: tuple[Hit, ...]  # best first
    vector: FloatArray  # float32[dimension]: the encoded question


class ClauseIndex:
    """Clauses with their vectors and terms. Never changes once built."""

    def __init__(
        self,
        clauses: Sequence[Clause],
        encoder: Encoder,
        *,
        passages: View,
        questions: View,
        unanswered: View,
        lexical: LexicalIndex,
        translated: TranslatedIndex,
    ) -> None:
        """Put the parts together; `build` and `index.store.load_index` make them.

        Args:
            clauses: In reading order; a clause's number is its place.
            encoder: Encodes questions; not used before the first search by meaning.
            passages: Vectors of `Clause.passage`, one a clause.
            questions: Vectors of `Clause.questions`.
            unanswered: Vectors of `Clause.unanswered`; nothing is found by them.
            lexical: Terms of `Clause.passage`, those of the heading counted twice. Example
                questions are not searched by words: it gained nothing, and drew questions
                away from clauses without examples.
            translated: Terms of `Clause.passage`.
        """
        self.clauses = tuple(clauses)
        self.encoder = encoder
        self.passages = passages
        self.questions = questions
        self.unanswered = unanswered
        self.lexical = lexical
        self.translated = translated
        self._numbers = {clause.key: number for number, clause in enumerate(self.clauses)}
        of_document: dict[str, list[int]] = {}
        for number, clause in enumerate(self.clauses):
            of_document.setdefault(clause.document_id, []).append(number)
        self._of_document = of_document
        self._leanings: dict[str, Leaning] = {}

    @classmethod
    def build(
        cls,
        clauses: Sequence[Clause],
        encoder: Encoder,
        *,
        previous: ClauseIndex | None = None,
        progress: Progress | None = None,
    ) -> ClauseIndex:
        """Embed and index clauses.

        Args:
            clauses: In reading order.
            encoder: Turns passages and questions into vectors.
            previous: An earlier index; rows whose text it has, made by the same encoder,
                are not embedded again.
            progress: Called with (rows done, rows in all).
        """
        reusable = previous if previous and previous.encoder.identity == encoder.identity else None
        rows = {name: rows_of(clauses) for name, rows_of in VIEWS.items()}
        total = sum(len(texts) for _, texts in rows.values())
        done = 0

        def embedded(count: int) -> None:
            nonlocal done
            done += count
            if progress:
                progress(done, total)

        def view(name: str) -> View:
            return View.build(
                rows[name],
                encoder.encode_passages if name == "passages" else encoder.encode_queries,
                encoder.dimension,
                known=getattr(reusable, name).vectors_by_digest() if reusable else None,
                embedded=embedded,
            )

        views = {name: view(name) for name in VIEWS}
        words = [f"{clause.heading}\n{clause.passage}" for clause in clauses]
        passages = [clause.passage for clause in clauses]
        return cls(
            clauses,
            encoder,
            **views,
            lexical=LexicalIndex.build(words),
            translated=TranslatedIndex.build(passages, load_translations()),
        )

    def search(
        self,
        question: str,
        k: int = 10,
        *,
        lexical_question: str | None = None,
        documents: Collection[str] | None = None,
    ) -> list[Hit]:
        """Return the `k` best clauses, best first; the arguments are those of `examine`."""
        result = self.examine(question, k, lexical_question=lexical_question, documents=documents)
        return list(result.hits)

    def examine(
        self,
        question: str,
        k: int = 10,
        *,
        lexical_question: str | None = None,
        documents: Collection[str] | None = None,
        weights: Weights = WEIGHTS,
    ) -> SearchResult:
        """Search, and keep the evidence.

        Args:
            question: What is asked, with its marks.
            k: Hits wanted.
            lexical_question: The wording to search by words; `None` takes `question`.
            documents: Ids of the documents to search in; `None` searches all.
            weights: Of the legs in the fused score.

        Raises:
            EncoderError: The model cannot be loaded.
            StoredIndexError: The encoder's vectors do not fit the index.
        """
        wording = question if lexical_question is None else lexical_question
        vector = self.encoder.encode_queries([question])[0]
        allowed = self._allowed(documents)
        lexical = self.lexical.scores(wording)
        candidates = self._candidates(vector, lexical, allowed)
        passage = self.passages.cosines(vector, candidates, NO_ROW)
        lead = np.maximum(self.questions.cosines(vector, candidates, NO_ROW) - passage, 0)
        dense = passage + lead
        words = lexical[candidates]
        share = words / max(self.lexical.attainable(wording), LEAST_ATTAINABLE)
        translated = self.translated.scores(wording, candidates, self.lexical)
        fused = fuse(passage, lead, share, translated, weights)
        order = ranking(fused, dense)

        def hit(place: int) -> Hit:
            clause = self.clauses[candidates[place]]
            return Hit(clause, float(fused[place]), float(dense[place]), float(words[place]))

        return SearchResult(tuple(hit(place) for place in order[:k]), vector)

    def search_words(
        self, question: str, k: int = 10, *, documents: Collection[str] | None = None
    ) -> list[Hit]:
        """Return the `k` best clauses by shared words alone; needs no model.

        Only clauses that share a word. `Hit.score` is the share of the best BM25 score,
        `Hit.dense` is 0.
        """
        scores = self.lexical.scores(question)
        allowed = self._allowed(documents)
        chosen = [number for number in _best_of(scores, k, allowed) if scores[number] > 0]
        top = float(scores[chosen[0]]) if chosen else 1.0
        return [
            Hit(self.clauses[number], float(scores[number]) / top, 0.0, float(scores[number]))
            for number in chosen
        ]

    def question_cosines(self, vector: FloatArray, key: tuple[str, str]) -> FloatArray:
        """Return how near a question is to each example question of a clause, -1…1.

        Args:
            vector: float32[dimension]: the encoded question.
            key: `Clause.key` of a clause of this index.

        Returns:
            float32[questions], in the order of `Clause.questions`.
        """
        number = np.array([self.number_of(key)], dtype=np.int64)
        nearness: FloatArray = self.questions.vectors_of(number) @ vector
        return nearness

    def unanswered_count(self, document_id: str) -> int:
        """Return how many questions a document of this index is known to leave unanswered."""
        first = self._of_document[document_id][0]  # it keeps them
        return len(self.clauses[first].unanswered)

    def leaning(self, question: str, vector: FloatArray, document_id: str) -> float | None:
        """Return whether a question is rather like those a document answers, about -1…1.

        Args:
            question: As searched.
            vector: float32[dimension]: the encoded question.
            document_id: A document of this index.

        Returns:
            See `Leaning.of`; `None` where the document has no unanswered questions. What its
            questions teach is learned when it is first asked for.
        """
        learned = self._learn(document_id)
        return None if learned is None else learned.of(question, vector)

    def learn(self) -> None:
        """Learn what `leaning` otherwise learns of a document when first asked: a second each."""
        for document_id in self._of_document:
            self._learn(document_id)

    def _learn(self, document_id: str) -> Leaning | None:
        if document_id not in self._leanings:
            numbers = np.array(self._of_document[document_id], dtype=np.int64)
            clauses = [self.clauses[number] for number in numbers]
            unanswered = [text for clause in clauses for text in clause.unanswered]
            if not unanswered:
                return None
            answered = [text for clause in clauses for text in clause.questions]
            views = (self.questions, self.unanswered)
            vectors = np.concatenate([view.vectors_of(numbers) for view in views])
            self._leanings[document_id] = Leaning.fit(answered, unanswered, vectors)
        return self._leanings[document_id]

    def number_of(self, key: tuple[str, str]) -> int:
        """Return the number of a clause of this index; KeyError if none has this key."""
        return self._numbers[key]

    def _allowed(self, documents: Collection[str] | None) -> RowArray | None:
        """Return the numbers of the clauses of `documents`, rising; `None` for all."""
        if documents is None:
            return None
        numbers = [n for name in set(documents) for n in self._of_document.get(name, ())]
        return np.array(sorted(numbers), dtype=np.int64)

    def _candidates(
        self, vector: FloatArray, lexical: FloatArray, allowed: RowArray | None
    ) -> RowArray:
        """Return the numbers of the best clauses by words, passages and example questions, rising.

        The translated leg scores these and adds none: hardly any right clause is missing.
        """
        by_words = _best_of(lexical, DEPTH, allowed)
        return np.unique(
            np.concatenate(
                [
                    by_words[lexical[by_words] > 0],
                    self.passages.nearest(vector, DEPTH, allowed),
                    self.questions.nearest(vector, DEPTH, allowed),
                ]
            )
        )


def _best_of(scores: FloatArray, count: int, allowed: RowArray | None) -> RowArray:
    """Return the numbers of the `count` highest scores among the allowed, highest first."""
    return best(scores, count) if allowed is None else allowed[best(scores[allowed], count)]
