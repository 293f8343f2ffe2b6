"""A training that meets a NaN, by one engine and by the interpreter."""

from __future__ import annotations

import pytest

from tests.asked import asked
from whygrad import train
from whygrad.errors.run import NotFinite


def named_as_the_interpreter_does(engine: str) -> None:
    """The first NaN has the same place and name, whichever engine met it."""
    experiment = asked("2 -> 4 relu -> 1", learning_rate=1e6, epochs=200)
    faults = []
    for name in ("interpreter", engine):
        with pytest.warns(RuntimeWarning, match="WG501"):
            run = train(experiment, engine=name)
        assert isinstance(run.fault, NotFinite)
        faults.append((run.fault.epoch, run.fault.batch, run.fault.node))
    assert faults[0] == faults[1]
