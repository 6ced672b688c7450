"""What each component is worth: the own questions asked without it.

Paired differences to the whole system; a component that helps shows a loss of accuracy@1, or
a rise of what is refused or wrongly answered. A leg that is left out counts nothing, but still
names candidates. An input of the decision is taken out of the
fit, not just held still, so that needs `../shared/data`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from functools import partialmethod
from typing import Any
from unittest.mock import patch

import numpy as np

from chatbot.answers import Turn
from chatbot.deciding import FEATURES, PLAIN, Calibration
from chatbot.deciding_fit import fit, gather_cases
from chatbot.lookup import Cited
from chatbot.readings import Reading
from chatbot.understanding import Understanding
from corpus.library import shipped_library
from index.fusion import WEIGHTS, Weights
from index.search import ClauseIndex
from index.types import Encoder
from tests.evaluation.comparing import own_values, show_pairs
from tests.evaluation.own import measure_on
from tests.evaluation.systems import (
    fictitious_document,
    in_memory,
    system,
    without_examples,
)
from tests.evaluation.tables import Say
from tests.evaluation.tasks import DATA


@dataclass(frozen=True)
class Without:
    """A component to leave out: what stands in, by the name it is looked up under."""

    name: str
    stand_ins: Mapping[str, object] = field(default_factory=dict)
    examples: bool = True  # whether the example questions are indexed
    weights: Weights = WEIGHTS  # of the fused score


def _as_typed(text: str, *_: object) -> Understanding:
    return Understanding(text, text)


def _named(text: str, *_: object, **__: object) -> str:
    return text


COMPONENTS = (
    Without("words leg", weights=replace(WEIGHTS, lexical=0.0)),
    Without("meaning leg", weights=replace(WEIGHTS, dense=0.0, asked=0.0)),
    Without("translated leg", weights=replace(WEIGHTS, translated=0.0)),
    Without("example questions", examples=False),
    Without("citation look-up", {"chatbot.asking.look_up": lambda *_: Cited()}),
    Without("cited article first", {"chatbot.searching._cited": lambda hits, _: []}),
    Without("what is called by name first", {"chatbot.searching._called": lambda hits, _: []}),
    Without("a document as a whole", {"chatbot.aspects.aspect_of": lambda *_: None}),
    Without("search without document names", {"chatbot.asking.without_names": _named}),
    Without(
        "understanding, all",
        {"chatbot.asking.understand": _as_typed, "chatbot.searching.understand": _as_typed},
    ),
    Without("Telex", {"chatbot.understanding._is_raw_telex": lambda *_: False}),
    Without("abbreviations", {"chatbot.abbreviations.readings_of": lambda *_: ()}),
    Without("restoring marks", {"chatbot.restoring.readings_of": lambda *_: ()}),
    Without("typos", {"chatbot.typos.readings_of": lambda typed, _: (Reading.as_typed(typed),)}),
    Without("story cut", {"chatbot.asking.asking_part": str}),
    Without(
        "what was answered before",
        {"chatbot.asking.Chatbot._known": lambda _, turn, __: Turn(turn.question)},
    ),
)


def ablate(encoder: Encoder, say: Say) -> None:
    """Print the own figures without each component, against those of the whole system."""
    whole = _measure(encoder, Without("nothing"))
    for component in COMPONENTS:
        say(f"\n== without {component.name}")
        show_pairs(whole, _measure(encoder, component), say)
    if DATA.is_dir():
        for name, fitted in _calibrations(encoder):
            say(f"\n== decision without {name}")
            given = Without(name, {"chatbot.deciding.calibration": lambda fitted=fitted: fitted})
            show_pairs(whole, _measure(encoder, given), say)


def _measure(encoder: Encoder, component: Without) -> dict[str, list[float]]:
    with _left_out(component):
        build = in_memory(encoder)
        libraries = [shipped_library(), shipped_library([fictitious_document()])]
        if not component.examples:
            libraries = [without_examples(library) for library in libraries]
        alone, both = (system(library, build) for library in libraries)
        return own_values(measure_on(alone, both))


@contextmanager
def _left_out(component: Without) -> Iterator[None]:
    with ExitStack() as stack:
        for target, stand_in in component.stand_ins.items():
            stack.enter_context(patch(target, stand_in))
        if component.weights != WEIGHTS:
            examine: Any = partialmethod(ClauseIndex.examine, weights=component.weights)
            stack.enter_context(patch.object(ClauseIndex, "examine", examine))
        yield


def _calibrations(encoder: Encoder) -> Iterator[tuple[str, Calibration]]:
    """Yield the decision fitted anew, as `chatbot.deciding_fit` does, without each input."""
    cases = gather_cases(DATA, encoder)
    for name in PLAIN:
        kept = np.array([feature.removesuffix(", taught") != name for feature in FEATURES])
        yield (
            name,
            fit([replace(one, values=tuple(np.multiply(one.values, kept))) for one in cases]),
        )
