"""A trace answers by the names that people use, and what it answers is what the step computed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.asked import asked
from whygrad import StepTrace, Weight, train
from whygrad.errors.graph import UnknownName
from whygrad.spec import Momentum
from whygrad.trace import Ending


@pytest.fixture(scope="module")
def trace() -> StepTrace:
    weights = {"w5": Weight(to="o1", from_="h2")}
    return train(asked(network={"weights": weights}, optimizer=Momentum(0.5), l2=0.1)).step(1, 1)


def test_the_place_of_a_step(trace: StepTrace) -> None:
    assert (trace.epoch, trace.batch, trace.number) == (1, 1, 4)
    assert trace.rows.shape == (8,)


def test_a_trace_is_shown_in_a_line(trace: StepTrace) -> None:
    assert repr(trace) == f"<StepTrace of epoch 1, batch 1: 8 rows, loss {trace.loss:.6g}>"


@pytest.mark.parametrize(
    ("name", "shape"),
    [
        ("x", (8, 2)),
        ("x1", (8,)),
        ("hidden.net", (8, 4)),
        ("net_h3", (8,)),
        ("out_h3", (8,)),
        ("hidden.W", (2, 4)),
        ("hidden.W[1,3]", ()),
        ("w5", ()),
        ("b1", ()),
        ("target_o1", (8,)),
        ("loss", ()),
        ("objective", ()),
        ("learning_rate", ()),
    ],
)
def test_values_by_name(trace: StepTrace, name: str, shape: tuple[int, ...]) -> None:
    assert trace.value(name).shape == shape


def test_a_unit_is_a_column_and_a_weight_an_element(trace: StepTrace) -> None:
    assert np.array_equal(trace.value("out_h3"), trace.value("hidden.out")[:, 2])
    assert trace.value("w5") == trace.value("output.W")[1, 0] == trace.value("output.W[1,0]")


def test_the_loss_that_is_differentiated_includes_the_penalty(trace: StepTrace) -> None:
    assert trace.loss == float(trace.value("objective")) == float(trace.value("loss") + trace.value("penalty"))


def test_adjoints_are_what_the_gradients_are_made_of(trace: StepTrace) -> None:
    """The chain rule by hand: blame of the net, times what came in, plus the pull of the penalty."""
    blame = trace.adjoint("output.net")
    p, y = trace.value("output.out"), trace.value("y")
    assert blame == pytest.approx((p - y) / 8, rel=1e-12)
    expected = trace.value("hidden.out").T @ blame + 0.1 * trace.value("output.W")
    assert trace.change("output.W").gradient == pytest.approx(expected, rel=1e-12)
    assert trace.adjoint("w5") == trace.change("w5").gradient
    hidden = blame @ trace.value("output.W").T * (1 - trace.value("hidden.out") ** 2)
    assert trace.adjoint("net_h2") == pytest.approx(hidden[:, 1], rel=1e-12)


def test_what_the_loss_does_not_depend_on_has_no_blame(trace: StepTrace) -> None:
    assert trace.adjoint("learning_rate") == 0.0
    assert not trace.adjoint("updates").any()


def test_changes_hold_before_gradient_and_after(trace: StepTrace) -> None:
    names = [change.name for change in trace.changes()]
    assert names == ["hidden.W", "hidden.b", "output.W", "output.b"]
    change = trace.change("output.W")
    velocity = trace.state("output.W.velocity")
    assert velocity[1] == pytest.approx(0.5 * velocity[0] + change.gradient, rel=1e-13)
    assert change.after == pytest.approx(change.before - 0.1 * velocity[1], rel=1e-13)
    assert trace.change("w5").after == change.after[1, 0]


def test_states_that_are_no_parameters(trace: StepTrace) -> None:
    assert [float(value) for value in trace.state("updates")] == [4.0, 5.0]
    assert trace.state("hidden.W.velocity")[0].shape == (2, 4)


@pytest.mark.parametrize(
    ("ask", "text"),
    [
        ("w55", "WG105 nothing in this network is called 'w55'\n  try: did you mean 'w5'?"),
        ("hidden.w", "WG105 nothing in this network is called 'hidden.w'\n  try: did you mean 'hidden.W'?"),
        ("hidden.W[9,9]", "WG105 nothing in this network is called 'hidden.W[9,9]'\n  try: did you mean 'hidden.W'?"),
        ("§", "WG105 nothing in this network is called '§'\n  try: whygrad show FILE lists the names"),
    ],
)
def test_a_name_that_nothing_has(trace: StepTrace, ask: str, text: str) -> None:
    for reader in (trace.value, trace.adjoint, trace.change):
        read: Any = reader
        with pytest.raises(UnknownName) as caught:
            read(ask)
        assert str(caught.value).partition("\n  try")[0] == text.partition("\n  try")[0]
    with pytest.raises(UnknownName) as caught:
        trace.value(ask)
    assert str(caught.value) == text


def test_what_is_no_parameter_does_not_change(trace: StepTrace) -> None:
    with pytest.raises(UnknownName):
        trace.change("hidden.out")
    with pytest.raises(UnknownName):
        trace.state("hidden.out")


def test_every_ending_has_its_words() -> None:
    sentences = {ending.sentence for ending in Ending}
    assert len(sentences) == len(Ending)
    assert [ending for ending in Ending if ending.is_over] == [Ending.EARLY, Ending.GOAL]
