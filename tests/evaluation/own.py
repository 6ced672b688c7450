"""The questions written for this project, over the shipped and the fictitious decree."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.library import shipped_library
from index.metrics import interval
from tests.evaluation import cases
from tests.evaluation.measuring import (
    Figures,
    Result,
    ask_all,
    continue_all,
    converse,
    figures_of,
    refusal_figures,
    refuse_all,
    style_figures,
)
from tests.evaluation.reading import reading_figures
from tests.evaluation.systems import Build, System, fictitious_document, system


@dataclass(frozen=True, slots=True)
class Own:
    """What became of every case, by set."""

    shipped: list[Result]
    fictitious: list[Result]
    refused: list[Result]  # with the shipped decree alone
    refused_with_fictitious: list[Result]  # with both decrees
    follow_ups: list[Result]
    dialogues: list[Result]  # with the shipped decree alone, as the next
    cited: list[Result]
    cited_refused: list[Result]
    places: list[Result]
    unseen: list[Result]
    unseen_refused: list[Result]
    reading: Figures

    @property
    def figures(self) -> Figures:
        """All figures, under the names that `floors.toml` uses."""
        return {
            **figures_of("shipped", self.shipped),
            **style_figures("shipped", self.shipped),
            **figures_of("fictitious", self.fictitious),
            **style_figures("fictitious", self.fictitious),
            **refusal_figures("must refuse, decree alone", self.refused),
            **refusal_figures("must refuse, two decrees", self.refused_with_fictitious),
            **_accuracy("follow-ups", self.follow_ups),
            **_accuracy("dialogues, follow-ups", _in_group(self.dialogues, "follow-up")),
            "dialogues, nothing to quote: answered": interval(
                [float(one.answered) for one in _in_group(self.dialogues, "nothing")]
            ),
            **figures_of("cited", self.cited),
            **refusal_figures("cited, must refuse", self.cited_refused),
            **_accuracy("places", self.places),
            **figures_of("unseen", self.unseen),
            **style_figures("unseen", self.unseen),
            **refusal_figures("unseen, must refuse", self.unseen_refused),
            **self.reading,
        }

    @property
    def failures(self) -> list[Result]:
        """Every case with which a reader did not get what they should, but the unseen ones."""
        everything = [
            *self.shipped,
            *self.fictitious,
            *self.refused,
            *self.refused_with_fictitious,
            *self.follow_ups,
            *self.dialogues,
            *self.cited,
            *self.cited_refused,
            *self.places,
        ]
        return [result for result in everything if not result.fine]


def _in_group(results: list[Result], group: str) -> list[Result]:
    return [result for result in results if result.group == group]


def _accuracy(name: str, results: list[Result]) -> Figures:
    wanted = f"{name}: accuracy@1"
    return {wanted: figures_of(name, results)[wanted]}


def measure_own(build: Build) -> Own:
    """Ask everything; the shipped decree's questions with that decree alone."""
    alone = system(shipped_library(), build)
    both = system(shipped_library([fictitious_document()]), build)
    return measure_on(alone, both)


def measure_on(alone: System, both: System) -> Own:
    """Ask everything of two systems: with the shipped decree alone, and with both decrees."""
    shipped = next(iter(alone.library.documents))
    refused = cases.refused_questions()
    follow_ups = cases.follow_ups()
    return Own(
        shipped=ask_all(alone, cases.shipped_questions()),
        fictitious=ask_all(both, cases.fictitious_questions()),
        refused=refuse_all(alone, [case for case in refused if not case.fictitious]),
        refused_with_fictitious=refuse_all(both, refused),
        follow_ups=[
            *continue_all(alone, [case for case in follow_ups if case.document == shipped]),
            *continue_all(both, [case for case in follow_ups if case.document != shipped]),
        ],
        dialogues=converse(alone, cases.dialogues()),
        cited=ask_all(alone, cases.cited_questions()),
        cited_refused=refuse_all(alone, cases.cited_refused()),
        places=ask_all(alone, cases.places()),
        unseen=ask_all(alone, cases.unseen_questions()),
        unseen_refused=refuse_all(alone, cases.unseen_refused()),
        reading=reading_figures(alone.chatbot.language, alone.library.names),
    )
