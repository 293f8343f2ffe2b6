"""The engines that can be typed are those that there are: help must answer before the list itself can be imported."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args, get_type_hints

import pytest

from whygrad.cli.code import code
from whygrad.cli.commands import train
from whygrad.cli.sweep import sweep
from whygrad.pipeline.sweep_lot import ENGINES
from whygrad.run.choice import ASKED_FOR, COSTS

if TYPE_CHECKING:
    from collections.abc import Callable

ALL = {*COSTS, *ASKED_FOR}


@pytest.mark.parametrize(
    ("command", "engines"), [(train, {"auto", *ALL}), (code, ALL - {"interpreter"}), (sweep, set(ENGINES))]
)
def test_every_engine_can_be_typed(command: Callable[..., None], engines: set[str]) -> None:
    typed = get_type_hints(command)["engine"]
    words = {each for part in (typed, *get_args(typed)) for each in get_args(part)}
    assert {each for each in words if isinstance(each, str)} == engines
