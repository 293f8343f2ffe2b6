"""What lies between inputs and prediction: the same values as in the trace of a step on the same rows."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from tests.asked import asked
from whygrad.pipeline.setting_up import set_up
from whygrad.run.loop import trace_step


def test_every_named_array_on_the_way_is_that_of_a_step() -> None:
    ready = set_up(asked("2 -> 4 tanh -> layer-norm -> 3 relu -> 1", loss="mean squared-error"), Path())
    start = ready.start()
    trace = trace_step(ready.job, start)
    rows = trace.value("x")
    inside = ready.job.engine.predictor.inside(start.states, rows)
    for name in ("hidden1.net", "hidden1.out", "norm1.mean", "norm1.out", "hidden2.net", "hidden2.out", "output.out"):
        assert np.array_equal(inside[name], trace.value(name)), name
    assert np.array_equal(inside["output.out"], ready.job.engine.predictor.predict(start.states, rows))
