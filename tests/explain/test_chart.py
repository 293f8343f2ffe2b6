"""A step taken apart: every element is worth what the trace says, and is written as on paper."""

from __future__ import annotations

import numpy as np
import pytest

from tests.asked import asked
from tests.pipeline.variants import VARIANTS
from whygrad import Experiment, StepTrace, evaluate, train
from whygrad.errors.explain import TooManyElements
from whygrad.errors.graph import UnknownName
from whygrad.explain import Chart, chart_of
from whygrad.graph import Apply, Expr, Input, State
from whygrad.graph.scalarise import scalarised
from whygrad.notation import text
from whygrad.spec import Adam, Clip

NOTES = """
    net_H1 = x1 * w1 + x2 * w2 + b1
    out_H1 = sigmoid(net_H1)
    net_Y1 = out_H1 * w5 + out_H2 * w7 + b2
    E_Y1 = half_squared_error(out_Y1, target_Y1)
    loss = E_Y1 + E_Y2
    dE/dout_Y1 = out_Y1 - target_Y1
    dE/dnet_Y1 = dE/dout_Y1 * (out_Y1 * (1 - out_Y1))
    dE/dw5 = out_H1 * dE/dnet_Y1
    dE/dout_H1 = dE/dnet_Y1 * w5 + dE/dnet_Y2 * w6
    dE/dnet_H1 = dE/dout_H1 * (out_H1 * (1 - out_H1))
    dE/dw1 = x1 * dE/dnet_H1
    dE/db2 = dE/dnet_Y1 + dE/dnet_Y2
    w5_new = w5 - learning_rate * dE/dw5
"""


@pytest.fixture(scope="module")
def notes() -> Chart:
    return chart_of(train("examples/notes-222.toml").step(0))


def test_the_notes_read_as_on_paper(notes: Chart) -> None:
    for line in NOTES.strip().splitlines():
        name, _, formula = line.strip().partition(" = ")
        assert text(notes[name].expr, notes.names) == formula


def test_the_notes_have_their_true_values(notes: Chart) -> None:
    assert notes["net_H1"].value == pytest.approx(0.3775, abs=1e-15)
    assert notes["dE/dw5"].value == pytest.approx(0.081534, abs=5e-7)
    assert notes["w5_new"].value == pytest.approx(0.359233, abs=5e-7)
    assert notes["dE/dw1"].value == pytest.approx(0.000447976, abs=5e-10)
    assert notes["w1_new"].value == pytest.approx(0.149776, abs=5e-7)


def test_a_fused_loss_knows_the_output_it_contains() -> None:
    students = chart_of(train("examples/students.toml").step(0))
    assert text(students["dE/dnet_o1"].expr, students.names) == "out_o1 - target_o1"


def test_where_no_weight_is_nothing_stands() -> None:
    sparse = chart_of(train("examples/chain-depth.toml").step(0))
    assert text(sparse["out_h1"].expr, sparse.names) == "x1 * w1"
    assert text(sparse["dE/dw1"].expr, sparse.names) == "x1 * dE/dout_h1"


def test_an_unknown_name_suggests_the_nearest(notes: Chart) -> None:
    with pytest.raises(UnknownName) as caught:
        notes["net_h1"]
    assert str(caught.value) == "WG105 nothing in this network is called 'net_h1'\n  try: did you mean 'net_H1'?"


def leaf_values(trace: StepTrace, found: dict[Expr, np.ndarray]) -> dict[Expr, float]:
    """The numbers of the scalar leaves, from the trace."""
    values: dict[Expr, float] = {}
    for node, elements in found.items():
        if isinstance(node, Input | State):
            numbers = np.asarray(trace.values[node], dtype=float).ravel()
            values.update(zip(np.ravel(elements), numbers, strict=True))
    return values


@pytest.mark.parametrize("experiment", VARIANTS.values(), ids=VARIANTS)
def test_every_element_is_worth_what_the_trace_says(experiment: Experiment) -> None:
    trace = train(experiment).step(1)
    if sum(np.size(value) for value in trace.values.values()) > 30_000:
        pytest.skip("too many elements to take apart: the chart is for small networks")
    found = scalarised(trace.step.roots(), trace.step.names)
    roots = [element for elements in found.values() for element in np.ravel(elements)]
    values = evaluate(roots, leaf_values(trace, found))
    for node, elements in found.items():
        if isinstance(node, Apply):
            seen = np.array([float(values[element]) for element in np.ravel(elements)])
            true = np.asarray(trace.values[node], dtype=float).ravel()
            scale = 1e-5 if np.asarray(trace.values[node]).dtype == np.float32 else 1e-11
            assert np.allclose(seen, true, rtol=scale, atol=scale), node


def test_a_step_with_too_many_numbers_is_refused(notes: Chart, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("whygrad.explain.chart.ELEMENTS_AT_MOST", 100)
    with pytest.raises(TooManyElements) as caught:
        chart_of(notes.trace)
    size = sum(np.size(value) for value in notes.trace.values.values())
    assert str(caught.value) == (
        f"WG401 this step has {size} numbers, too many to write one by one\n"
        "  why: a worked step takes every array apart into its elements, and goes up to 100\n"
        '  try: explain a smaller batch: batch_size = "per row" has one row to a step'
    )


def test_an_adam_update_is_written_term_by_term() -> None:
    adam = chart_of(train(asked("2 -> 1 sigmoid", optimizer=Adam(), clip=Clip(norm=1.0), batch_size="per row")).step(1))
    written = {name: text(adam[name].expr, adam.names) for name in ("first_moment_w1_new", "w1_new", "g_w1")}
    assert written["first_moment_w1_new"].startswith("0.9 * first_moment_w1 + 0.0999")
    assert written["first_moment_w1_new"].endswith(" * g_w1")
    assert written["w1_new"] == (
        "w1 - learning_rate * (first_moment_w1_new / (1 - 0.9 ** updates_new))"
        " / (sqrt(second_moment_w1_new / (1 - 0.999 ** updates_new)) + 1e-08)"
    )
    assert written["g_w1"].endswith(" * dE/dw1")
