"""What the system does with every case, and the figures out of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from chatbot.answers import Answer, AnswerStatus, Turn
from index.metrics import Interval, distinct, interval, reciprocal_rank_at
from tests.evaluation.cases import (
    STYLES,
    Asked,
    Continued,
    Dialogue,
    Place,
    Refused,
    place_of,
)
from tests.evaluation.systems import System

DEPTH = 10

Figures = dict[str, Interval]


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one case."""

    id: str
    group: str  # style, or kind of refusal
    question: str
    expected: Place | None
    first: Place | None  # answered, else what would have been
    answered: bool
    right: bool  # `first` is expected (nothing is answered, where nothing may be)
    reciprocal_rank: float
    understood_as: str | None
    holds_words: bool | None = None  # the highlights hold the answering words; None: unknown
    share: float | None = None  # of the quotation that is highlighted, 0…1

    @property
    def fine(self) -> bool:
        """Whether a reader got what they should."""
        return self.right and self.answered == (self.expected is not None)


def ask_all(system: System, cases: Iterable[Asked]) -> list[Result]:
    """Ask every question in a conversation of its own."""
    return [_ask(system, case) for case in cases]


def refuse_all(system: System, cases: Iterable[Refused]) -> list[Result]:
    """Ask what must not be answered."""
    return [_unanswerable(case.id, case.group, system.chatbot.ask(case.question)) for case in cases]


def continue_all(system: System, cases: Iterable[Continued]) -> list[Result]:
    """Ask every follow-up after the turns before it."""
    results = []
    for case in cases:
        turns = [Turn(question, case.document, place) for question, place in case.earlier]
        answer = system.chatbot.ask(case.question, turns)
        if case.provision is None:
            results.append(_unanswerable(case.id, "follow-up", answer))
            continue
        first = answered_place(answer)
        expected = (case.document, case.provision)
        right = first is not None and _same(first, expected, exact=case.exact)
        results.append(
            Result(
                case.id,
                "follow-up",
                f"{case.earlier[-1][0]} → {case.question}",
                expected,
                first,
                first is not None,
                right,
                float(right),
                answer.understood_as,
            )
        )
    return results


def converse(system: System, dialogues: Iterable[Dialogue]) -> list[Result]:
    """Lead every conversation, each question after the answers to those before it.

    Groups: "first" and "follow-up" where something answers, "nothing" where nothing does.
    """
    results = []
    for dialogue in dialogues:
        history: list[Turn] = []
        for number, (question, provisions) in enumerate(dialogue.turns, start=1):
            answer = system.chatbot.ask(question, history)
            place = answered_place(answer)
            name = f"{dialogue.id}.{number}"
            wanted = [(dialogue.document, provision) for provision in provisions]
            if not wanted:
                results.append(_unanswerable(name, "nothing", answer))
            else:
                right = place is not None and any(_same(place, one, exact=False) for one in wanted)
                group = "follow-up" if history else "first"
                asked = " → ".join([*(turn.question for turn in history[-1:]), question])
                found = (place, place is not None, right, float(right), answer.understood_as)
                results.append(Result(name, group, asked, wanted[0], *found))
            history.append(Turn(question, *(place or (None, None))))
    return results


def figures_of(name: str, results: Sequence[Result]) -> Figures:
    """Return the figures of answerable questions, each under "name: figure"."""
    words = [r.holds_words for r in results if r.holds_words is not None]
    shares = [r.share for r in results if r.share is not None]
    return {
        f"{name}: accuracy@1": interval([float(r.right) for r in results]),
        f"{name}: mrr@10": interval([r.reciprocal_rank for r in results]),
        f"{name}: refused": interval([float(not r.answered) for r in results]),
        f"{name}: answered wrongly": interval([float(r.answered and not r.right) for r in results]),
        f"{name}: highlight holds words": interval([float(one) for one in words]),
        f"{name}: share highlighted": interval(shares),
    }


def style_figures(name: str, results: Sequence[Result], styles: Sequence[str] = STYLES) -> Figures:
    """Return accuracy@1 of each style."""
    return {
        f"{name} {style}: accuracy@1": interval(
            [float(r.right) for r in results if r.group == style]
        )
        for style in styles
    }


def refusal_figures(name: str, results: Sequence[Result]) -> Figures:
    """Return how many of the questions that must be refused were answered.

    The first figure is of "near" and "far" together; "close" questions, the hardest, came later
    and are counted apart, so that it stays comparable.
    """
    return {
        f"{name}: answered": interval([float(r.answered) for r in results if r.group != "close"]),
        **{
            f"{name} {group}: answered": _answered(results, group)
            for group in ("near", "far", "close")
        },
    }


def answered_place(answer: Answer) -> Place | None:
    """Return the provision that was quoted."""
    if answer.answer is None:
        return None
    return answer.answer.document_id, answer.answer.url.partition("#")[2]


def _ask(system: System, case: Asked) -> Result:
    answer = system.chatbot.ask(case.question)
    if answer.status is AnswerStatus.UNAVAILABLE:
        raise RuntimeError(f"{case.id}: the system is not available")
    place = answered_place(answer)
    found = system.chatbot.search(case.question, depth=DEPTH)
    places = [clause.key for clause in found.clauses]
    places = [place, *places] if place else places
    named = [place_of(one, exact=case.exact) for one in places]
    expected = (case.document, case.provision)
    wanted = frozenset([place_of(expected, exact=case.exact)])
    holds, share = _highlight(answer, case, right=bool(named) and named[0] in wanted)
    return Result(
        case.id,
        case.style,
        case.question,
        expected,
        places[0] if places else None,
        place is not None,
        bool(named) and named[0] in wanted,
        reciprocal_rank_at(DEPTH, distinct(named), wanted),
        answer.understood_as,
        holds,
        share,
    )


def _highlight(answer: Answer, case: Asked, *, right: bool) -> tuple[bool | None, float | None]:
    """Judge the highlights of a right answer to a question whose answering words are known."""
    if answer.answer is None or not right or case.words is None:
        return None, None
    quote = answer.answer.quote
    marked = {at for start, end in answer.answer.highlights for at in range(start, end)}
    start = quote.find(case.words)
    inside = range(start, start + len(case.words)) if start >= 0 else range(0)
    wanted = {at for at in inside if quote[at].isalnum()}
    return bool(wanted) and wanted <= marked, len(marked) / len(quote)


def _unanswerable(name: str, group: str, answer: Answer) -> Result:
    place = answered_place(answer)
    refused = place is None
    return Result(
        name,
        group,
        answer.question,
        None,
        place,
        not refused,
        refused,
        float(refused),
        answer.understood_as,
    )


def _same(first: Place, expected: Place, *, exact: bool) -> bool:
    return place_of(first, exact=exact) == place_of(expected, exact=exact)


def _answered(results: Sequence[Result], group: str) -> Interval:
    return interval([float(r.answered) for r in results if r.group == group])
