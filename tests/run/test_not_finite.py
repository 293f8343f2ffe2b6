"""NaN or infinity stops a run where it first appears: the node, its value and what it came from are named."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.asked import SINE, asked
from whygrad import Data, Experiment, Run, load, train
from whygrad.errors.run import NotFinite
from whygrad.pipeline import go_on
from whygrad.spec import AdaGrad, ConstantValue
from whygrad.trace import Ending

ADVICE = "\n  try: lower learning_rate, scale the inputs, or bound the gradient with clip = { norm = 1.0 }"
ONE_ROW = Data(columns={"x": (1e3,), "y": (1.0,)}, target="y")


@pytest.fixture(scope="module")
def exploded() -> Run:
    """w grows by the factor -2e6 in every step, until the error can no longer be squared."""
    return warned(
        asked(
            "1 -> 1",
            data=ONE_ROW,
            loss="sum squared-error",
            learning_rate=1.0,
            batch_size="per row",
            epochs=500,
            network={"initialiser": ConstantValue(1.0)},
        )
    )


def warned(experiment: Experiment) -> Run:
    """The run of an experiment that goes wrong, which must not stay silent."""
    with pytest.warns(RuntimeWarning) as warnings:
        run = train(experiment)
    assert [str(each.message) for each in warnings] == [f"training stopped: {run.fault}"]
    assert warnings[0].filename == __file__
    return run


def test_a_learning_rate_that_explodes(exploded: Run) -> None:
    assert exploded.ending is Ending.NOT_FINITE
    assert str(exploded.fault) == (
        "WG501 epoch 24, batch 0 (row 0 of the data): E_o1 became inf\n"
        "  why: it is squared_error(out_o1, target_o1); output.out from 1.67606e+154 to 1.67606e+154, y from 1 to 1"
        + ADVICE
    )


def test_nothing_is_lost_but_the_step_that_failed(exploded: Run) -> None:
    assert exploded.position.epoch == len(exploded.history) == 24
    assert np.isfinite([row["loss"] for row in exploded.history.rows]).all()  # type: ignore[arg-type]
    assert all(np.isfinite(value).all() for value in exploded.position.states.values())
    assert exploded.predict({"x": [0.0]}).outputs.shape == (1, 1)


def test_the_fault_says_where_it_is(exploded: Run) -> None:
    fault = exploded.fault
    assert isinstance(fault, NotFinite)
    assert (fault.epoch, fault.batch, fault.rows, fault.index, fault.value) == (24, 0, (0,), (0, 0), np.inf)
    trace = exploded.step(24)
    assert float(trace.value("E_o1")[0]) == np.inf
    assert np.isfinite(trace.value("output.out")).all()


def test_a_run_that_failed_is_saved_and_fails_again_where_it_did(exploded: Run, tmp_path: Path) -> None:
    back = load(exploded.save(tmp_path / "run"))
    assert back.ending is Ending.NOT_FINITE
    again = go_on(back)
    assert str(again.fault) == str(exploded.fault)
    assert repr(again.history.rows) == repr(exploded.history.rows)  # R2 of one row is NaN, which equals nothing


def test_rows_and_the_unnamed_node_of_a_batch() -> None:
    run = warned(asked("1 -> 4 relu -> 1", data=SINE, loss="sum squared-error", learning_rate=1e3, epochs=50))
    text = str(run.fault)
    assert text.startswith("WG501 epoch 1, batch 1 (rows 9, 18, 0, 12, 6, 8, ... of the data): hidden.out @ output.W ")
    assert "\n  why: it is (hidden.out @ output.W)[0,0]; hidden.out from 0 to " in text


def test_a_division_by_zero_in_the_update() -> None:
    """AdaGrad without its epsilon, and a gradient that is 0: the forward pass is sound, the weight is not."""
    run = warned(
        asked(
            "1 -> 1 relu -> 1",
            data=SINE,
            loss="sum squared-error",
            optimizer=AdaGrad(epsilon=0.0),
            network={"bias_initialiser": ConstantValue(-50.0)},
        )
    )
    fault = run.fault
    assert isinstance(fault, NotFinite)
    assert np.isnan(fault.value)
    assert fault.epoch == fault.batch == 0
    assert len(run.history) == 0
    assert all(np.isfinite(value).all() for value in run.position.states.values())


def test_the_check_does_not_cry_wolf() -> None:
    """A gradient whose square overflows is still a finite gradient; only its length is infinite."""
    large = Data(columns={"x": (1e100, -1e100), "y": (1e100, -1e100)}, target="y")
    run = train(
        asked(
            "1 -> 1",
            data=large,
            loss="sum squared-error",
            learning_rate=1e-210,
            epochs=3,
            network={"initialiser": ConstantValue(0.5)},
        )
    )
    assert run.ending is Ending.FINISHED
    assert run.fault is None
    assert run.history.column("gradient_norm/output") == [np.inf] * 3
