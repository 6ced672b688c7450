"""From a question to its answer: look up what it cites, else search, decide, quote."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import chain, islice

from chatbot import aspects, composing
from chatbot.answers import Alternative, Answer, AnswerStatus, Turn
from chatbot.citing import written_out
from chatbot.conversation import FEW, Dependence, Topic, dependence, topics
from chatbot.foreign import is_foreign
from chatbot.highlighting import Likeness, Span, highlight
from chatbot.language import LanguageModel, load_statistics
from chatbot.lookup import Cited, Finding, LookedUp, look_up, place_at
from chatbot.messages import VIETNAMESE
from chatbot.naming import without_names
from chatbot.searching import CITED_DEPTH, SEARCH_DEPTH, Found, Searcher
from chatbot.stories import asking_part
from chatbot.subjects import subject_count, subject_syllables
from chatbot.suggesting import suggestions
from chatbot.turns import Wish, example_messages
from chatbot.understanding import Understanding, understand
from corpus.citations import print_citation
from corpus.clauses import article_of, body_bounds, citation_of, quote_bounds
from corpus.errors import InputError, UnavailableError, UnknownDocumentError
from corpus.library import Library
from corpus.model import Clause, Document, Provision
from corpus.text import one_line
from index.search import ClauseIndex

log = logging.getLogger(__name__)

# To answer from a place that the question cites: likelier right than one that was only found.
CITED_CHANCE = 0.4
# What is less likely than this is not answered by what an earlier question adds.
STRANGE_CHANCE = 0.02
TYPED_WEIGHT = 100.0  # of examples of what people type: each stands for many like it
TOPIC_CHARS = 200  # of a provision that a further question may be about


class Chatbot:
    """Answers questions from a library."""

    def __init__(
        self,
        library: Library,
        index: Callable[[], ClauseIndex],
        language: Callable[[], LanguageModel] = load_statistics,
    ) -> None:
        """Take the parts.

        Args:
            library: What is quoted.
            index: Returns the index of that library; called at the first question that has
                to be searched, so that a look-up loads no model.
            language: Returns the general language statistics; the library's own are added.
        """
        self.library = library
        self._index = index
        self._load_language = language

    @cached_property
    def language(self) -> LanguageModel:
        """How the loaded documents, their example questions and people in general write."""
        documents = (document.text for document in self.library.documents.values())
        questions = (text for clause in self.library.clauses for text in clause.questions)
        typed = (*example_messages(), *aspects.example_questions())
        model = self._load_language().with_texts(chain(documents, questions))
        return model.with_texts(typed, weight=TYPED_WEIGHT)

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        *,
        document_id: str | None = None,
        as_typed: bool = False,
    ) -> Answer:
        """Answer a question.

        Args:
            question: As typed.
            history: Earlier turns, oldest first.
            document_id: Answer from this document only.
            as_typed: Read the question as it is: restore no marks, spell out nothing.

        Raises:
            TextError: The question is not text.
            InputError: The question is empty.
            UnknownDocumentError: There is no document of this id.
        """
        asked = self._checked(question, document_id)
        try:
            turns = tuple(self._known(turn, document_id) for turn in history)
            return self._answer(question, asked, turns, document_id, as_typed=as_typed)
        except UnavailableError:
            log.exception("a question cannot be answered")
            return Answer(AnswerStatus.UNAVAILABLE, question, message=VIETNAMESE.unavailable)

    def search(self, question: str, depth: int = SEARCH_DEPTH) -> Found:
        """Read a question and search the documents it names, or all; for measuring."""
        text = self.searcher.read(question)
        text, documents = self._restricted(text, look_up(text, self.library), None)
        return self.searcher.search(text, documents=documents, depth=depth)

    @cached_property
    def searcher(self) -> Searcher:
        """Reads and searches."""
        return Searcher(self._index, self.language, self.library.names)

    def _checked(self, question: str, document_id: str | None) -> str:
        asked = one_line(question)
        if not asked:
            raise InputError("the question is empty; expected a question")
        if document_id is not None and document_id not in self.library.documents:
            raise UnknownDocumentError(f"no document {document_id!r} is loaded")
        return asked

    def _answer(
        self,
        question: str,
        asked: str,
        history: Sequence[Turn],
        document_id: str | None,
        *,
        as_typed: bool,
    ) -> Answer:
        # A question that is a citation and nothing else needs no language statistics.
        written = written_out(asked)
        cited = look_up(written, self.library, history, document_id)
        if cited.places and not cited.asks_more:
            return self._from_places(question, cited.places)
        if not as_typed and not cited.places and is_foreign(asked, self.language):
            message = VIETNAMESE.foreign_question
            return Answer(AnswerStatus.NOT_FOUND, question, message=message)
        read = Understanding(asked, asked)
        if not as_typed:
            read = understand(written, self.language, self.library.names)
        text = written_out(read.text)
        cited = look_up(text, self.library, history, document_id)
        reading = read.text if read.changed else None
        if cited.places and (not cited.asks_more or not _any_present(cited)):
            return replace(self._from_places(question, cited.places), understood_as=reading)
        if cited.places:
            return replace(self._from_cited(question, cited), understood_as=reading)
        whole = self._on_whole(question, text, cited, history, document_id)
        if whole:
            return replace(whole, understood_as=reading)
        text, documents = self._restricted(text, cited, document_id)
        if any(turn.provision for turn in history):
            return self._from_follow_up(question, text, read, history, documents)
        found = self.searcher.search(text, documents=documents)
        little = subject_count(text) <= FEW + 1  # what asks nothing has no subject
        if little and not found.decision.answer and self.searcher.wish(text, found) is Wish.NOTHING:
            return _asks_nothing(question)
        return replace(self._from_found(question, text, found), understood_as=reading)

    def _restricted(
        self, text: str, cited: Cited, document_id: str | None
    ) -> tuple[str, list[str] | None]:
        """Return what is asked and of which documents, by id; `None` for all.

        Where the documents are known, their names have told all they can, unless nothing else
        is asked.
        """
        documents = [document_id] if document_id else list(cited.documents) or None
        if documents or len(self.library.documents) == 1:
            asked = without_names(text, self.library, documents or self.library.documents)
            text = asked if subject_count(asked) else text
        return text, documents

    def _on_whole(
        self,
        question: str,
        text: str,
        cited: Cited,
        history: Sequence[Turn],
        document_id: str | None,
    ) -> Answer | None:
        """Answer what is asked of a document as a whole, or say why it is not answered.

        Returns:
            `None` where something else is asked. In a conversation "áp dụng cho ai" is asked of
            what was answered last, unless a document is named or was asked about.
        """
        answered = any(turn.provision for turn in history)
        documents = [document_id] if document_id else list(cited.documents)
        if not documents and answered:
            documents = [self._last_place(history)[0].id]
        documents = documents or list(self.library.documents)
        asked = without_names(text, self.library, documents, wholly=True)
        is_named = asked != text
        aspect = self.searcher.aspect(asked, is_named=is_named)
        if aspect is None:
            return None
        if answered and not is_named and not aspects.tells(*self._last_place(history)):
            return None
        says = (
            (document, provision)
            for document in map(self.library.documents.__getitem__, documents)
            if (provision := aspects.provision_on(document, aspect))
        )
        said = list(islice(says, composing.ALTERNATIVES))
        if len(documents) == len(said) == 1:
            return self._answered(question, asked, *said[0], [])
        message = VIETNAMESE.which_document
        if len(documents) == 1:
            message = composing.says_nothing(self.library.documents[documents[0]], aspect)
        offered = tuple(composing.place(*one) for one in said)
        return Answer(AnswerStatus.NOT_FOUND, question, message=message, alternatives=offered)

    def _from_found(self, question: str, text: str, found: Found) -> Answer:
        clauses = found.clauses
        if not found.decision.answer:
            return Answer(
                AnswerStatus.NOT_FOUND,
                question,
                alternatives=_alternatives(clauses[:2]),
                message=composing.no_amount(clauses[0])
                if found.lacks_amount
                else composing.nothing_found(self.library),
            )
        return self._answer_with(question, text, found)

    def _from_follow_up(
        self,
        question: str,
        text: str,
        read: Understanding,
        history: Sequence[Turn],
        documents: Sequence[str] | None,
    ) -> Answer:
        """Answer a question that leans on an earlier one, unless it does better alone."""
        reading = read.text if read.changed else None
        alone = self.searcher.search(text, documents=documents, depth=CITED_DEPTH)
        says, leans = subject_count(text), dependence(text)
        wish = self.searcher.wish(text, alone)
        if wish is Wish.NOTHING:
            return _asks_nothing(question)
        if wish is Wish.AGAIN and (says < FEW or not alone.decision.answer):
            return replace(self._again(question, history), understood_as=reading)
        if leans is not Dependence.CERTAIN and (
            alone.decision.answer or self._narrows(alone, history)
        ):
            return replace(self._answer_with(question, text, alone), understood_as=reading)
        if leans is Dependence.NONE or (says and alone.likely < STRANGE_CHANCE):
            return replace(self._from_found(question, text, alone), understood_as=reading)
        joined = [
            (self.searcher.search_continued(text, topic.text, alone, documents=documents), topic)
            for topic in topics(history, self._told(history), self.searcher.read)
        ]
        best, about = max(joined, key=lambda one: one[0].decision.chance)
        if leans is Dependence.CERTAIN or best.decision.chance > alone.decision.chance:
            reading = VIETNAMESE.follow_up_reading.format(question=read.text, context=about.name)
            return replace(self._from_found(question, text, best), understood_as=reading)
        return replace(self._from_found(question, text, alone), understood_as=reading)

    def _narrows(self, alone: Found, history: Sequence[Turn]) -> bool:
        """Tell whether a question found what was answered last, which it is likely about."""
        document, provision = self._last_place(history)
        same = alone.clauses and alone.clauses[0] in self._clauses_at(document, provision)
        return bool(same) and alone.decision.chance >= CITED_CHANCE

    def _again(self, question: str, history: Sequence[Turn]) -> Answer:
        """Answer with what was answered last, whole."""
        return self._from_places(question, [place_at(*self._last_place(history))])

    def _from_places(self, question: str, places: Sequence[LookedUp]) -> Answer:
        present = [one for one in places if one.document and one.provision]
        if not present:
            return Answer(
                AnswerStatus.NOT_FOUND,
                question,
                alternatives=composing.near_place(self.library, places[0]),
                message=composing.why_no_place(places[0]),
            )
        first, *others = [
            composing.quotation(one.document, one.provision, one.citation, _whole(one))
            for one in present
            if one.document and one.provision
        ]
        document, provision = present[0].document, present[0].provision
        return Answer(
            AnswerStatus.ANSWERED,
            question,
            answer=first,
            alternatives=tuple(map(composing.other, others)),
            suggestions=suggestions(self.library, document, provision, question)
            if document and provision
            else (),
        )

    def _from_cited(self, question: str, cited: Cited) -> Answer:
        """Answer a question about the places it cites: the words that answer are marked.

        Where a whole article of several clauses is cited, its best clause is shown. What does
        not answer is shown whole if nothing but its text is wanted. A place named in passing
        ("trừ trường hợp quy định tại Điều 142") gives way to what answers better.
        """
        present = [one for one in cited.places if one.document and one.provision]
        clauses = [self._clauses_at(one.document, one.provision) for one in present]
        alone = present[0] if len(present) == 1 and len(clauses[0]) == 1 else None
        if alone and not cited.asks_something:
            if not _shares(cited.rest, clauses[0][0].quote):
                return self._from_places(question, cited.places)
            return self._answered(question, cited.rest, alone.document, alone.provision, [])
        found = self.searcher.search(
            cited.rest,
            documents=sorted({one.document.id for one in present if one.document}),
            depth=len(self.library.clauses),
            within=list(chain.from_iterable(clauses)),
        )
        if cited.beside:
            elsewhere = self.searcher.search(cited.beside)
            if elsewhere.decision.answer and elsewhere.likely > found.likely:
                return self._answer_with(question, cited.beside, elsewhere)
        if found.decision.chance < CITED_CHANCE:
            whole = self._from_places(question, cited.places)
            return whole if self.searcher.wants_text(cited.rest, found) else _not_there(whole)
        if alone:
            alike = self.searcher.alike(found, found.clauses[0])
            return self._answered(question, cited.rest, alone.document, alone.provision, [], alike)
        return self._answer_with(question, cited.rest, found)

    def _answer_with(self, question: str, text: str, found: Found) -> Answer:
        """Answer with the first clause found; the others are alternatives."""
        first, *others = found.clauses
        document, provision = self._place(first)
        alike = self.searcher.alike(found, first)
        return self._answered(question, text, document, provision, others, alike)

    def _answered(
        self,
        question: str,
        text: str,
        document: Document | None,
        provision: Provision | None,
        others: Sequence[Clause],
        alike: Sequence[Likeness] = (),
    ) -> Answer:
        if document is None or provision is None:
            raise ValueError("an answer needs a provision")
        citation = citation_of(document, provision)
        marked = self._marked(asking_part(text), document, provision, alike)
        return Answer(
            AnswerStatus.ANSWERED,
            question,
            answer=composing.quotation(document, provision, citation, marked),
            alternatives=_alternatives(others[: composing.ALTERNATIVES]),
            suggestions=suggestions(self.library, document, provision, question),
        )

    def _marked(
        self, text: str, document: Document, provision: Provision, alike: Sequence[Likeness]
    ) -> tuple[Span, ...]:
        """Return which words of a quotation answer; the head of an article is none of them."""
        start, end = quote_bounds(document, provision)
        body, _ = body_bounds(document, provision)
        marked = highlight(text, document.text[body:end], self.language, alike)
        if marked == ((0, end - body),):
            return ((0, end - start),)
        return tuple((first + body - start, last + body - start) for first, last in marked)

    def _clauses_at(self, document: Document | None, provision: Provision | None) -> list[Clause]:
        """Return the clauses within a provision, or the one it is within."""
        if document is None or provision is None:
            return []
        return [
            clause
            for clause in self.library.clauses_of[document.id]
            if clause.start < provision.end and provision.start < clause.end
        ]

    def _place(self, clause: Clause) -> tuple[Document, Provision]:
        document = self.library.documents[clause.document_id]
        return document, document.by_id[clause.provision_id]

    def _known(self, turn: Turn, document_id: str | None) -> Turn:
        """Return a turn, without its answer if that is not, or no longer, in what is asked."""
        document = self.library.documents.get(turn.document_id or "")
        known = document is not None and turn.provision in document.by_id
        asked = document_id in (None, turn.document_id)
        return turn if known and asked else Turn(turn.question)

    def _last_place(self, history: Sequence[Turn]) -> tuple[Document, Provision]:
        """Return what was answered last; something was, and is in the library."""
        last = next(turn for turn in reversed(history) if turn.provision)
        document = self.library.documents[last.document_id or ""]
        return document, document.by_id[last.provision or ""]

    def _told(self, history: Sequence[Turn]) -> Topic:
        """Return what was answered last, as what a further question may be about."""
        document, provision = self._last_place(history)
        article = article_of(document, provision)
        heading = article.heading if article else ""
        start, end = quote_bounds(document, provision)
        text = document.text[start : min(end, start + TOPIC_CHARS)]
        return Topic(print_citation(citation_of(document, provision)), f"{heading} {text}".strip())


def _asks_nothing(question: str) -> Answer:
    message = VIETNAMESE.said_in_passing
    return Answer(AnswerStatus.NOT_FOUND, question, message=message, asks_nothing=True)


def _any_present(cited: Cited) -> bool:
    return any(one.finding is Finding.PRESENT for one in cited.places)


def _shares(rest: str, quote: str) -> bool:
    """Tell whether a text of law has a word of what is asked beside its citation ("quy định j")."""
    return not set(subject_syllables(rest)).isdisjoint(subject_syllables(quote))


def _not_there(whole: Answer) -> Answer:
    """Say that the cited places, quoted whole, do not answer, and offer them."""
    if whole.answer is None:
        return whole
    return Answer(
        AnswerStatus.NOT_FOUND,
        whole.question,
        alternatives=(composing.other(whole.answer), *whole.alternatives)[: composing.ALTERNATIVES],
        message=VIETNAMESE.not_in_place.format(citation=whole.answer.citation),
    )


def _whole(looked: LookedUp) -> tuple[tuple[int, int], ...]:
    if looked.document is None or looked.provision is None:
        return ()
    return ((0, len(composing.quoted(looked.document, looked.provision))),)


def _alternatives(clauses: Sequence[Clause]) -> tuple[Alternative, ...]:
    return tuple(composing.alternative(clause) for clause in clauses)
