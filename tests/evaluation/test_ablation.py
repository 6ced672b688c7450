"""What the ablation leaves out is there to be left out."""

from __future__ import annotations

from pkgutil import resolve_name

import pytest

from tests.evaluation.ablation import COMPONENTS


@pytest.mark.parametrize("name", [name for one in COMPONENTS for name in one.stand_ins])
def test_every_name_that_is_stood_in_for_exists(name: str) -> None:
    assert callable(resolve_name(name))
