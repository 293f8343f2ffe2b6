"""A step taken apart: every element is worth what the trace says, and is made of what it is made of on paper."""

from __future__ import annotations

import numpy as np
import pytest
from msgspec import structs

from tests.asked import asked
from tests.explain.taken import called, links_in, links_of, made
from tests.pipeline.variants import VARIANTS
from whygrad import Experiment, evaluate, read_experiment, train
from whygrad.explain import Links, Sort
from whygrad.graph import Apply, Names
from whygrad.graph.scalarise import scalarised
from whygrad.spec import Adam, Clip, Sgd

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
def notes() -> Links:
    return links_of("examples/notes-222.toml")


def test_the_notes_read_as_on_paper(notes: Links) -> None:
    for line in NOTES.strip().splitlines():
        name, _, formula = line.strip().partition(" = ")
        assert made(notes, name) == formula


def test_the_notes_have_their_true_values(notes: Links) -> None:
    assert called(notes, "net_H1").value == pytest.approx(0.3775, abs=1e-15)
    assert called(notes, "dE/dw5").value == pytest.approx(0.081534, abs=5e-7)
    assert called(notes, "w5_new").value == pytest.approx(0.359233, abs=5e-7)
    assert called(notes, "dE/dw1").value == pytest.approx(0.000447976, abs=5e-10)
    assert called(notes, "w1_new").value == pytest.approx(0.149776, abs=5e-7)


def test_a_fused_loss_knows_the_output_it_contains() -> None:
    assert made(links_of("examples/students.toml"), "dE/dnet_o1") == "out_o1 - target_o1"


def test_softmax_with_cross_entropy_is_prediction_less_target() -> None:
    penguins = links_of("examples/penguins.toml")
    assert made(penguins, "dE/dnet_Gentoo(4)") == "1 / 32 * (out_Gentoo(4) - target_Gentoo(4))"


def test_where_no_weight_is_nothing_stands() -> None:
    sparse = links_of("examples/chain-depth.toml")
    assert made(sparse, "out_h1") == "x1 * w1"
    assert made(sparse, "dE/dw1") == "x1 * dE/dout_h1"


def test_a_weight_that_is_not_there_is_in_no_sum_over_all_weights() -> None:
    sparse = read_experiment("examples/chain-depth.toml")
    settings = {"l1": 0.5, "l2": 0.25, "clip": Clip(norm=1.0)}
    step = links_of(structs.replace(sparse, training=structs.replace(sparse.training, **settings)))
    assert made(step, "l1_penalty") == "0.5 * (absolute(w1) + absolute(w2)) + 0.5 * (absolute(w3) + absolute(w4))"
    assert made(step, "l2_penalty") == "0.125 * (w1 * w1 + w2 * w2) + 0.125 * (w3 * w3 + w4 * w4)"
    assert made(step, "gradient_norm").count("dE/dw") == 8


def test_a_learning_rate_is_not_every_number_as_large_as_it() -> None:
    step = links_of(asked("2 -> 1 sigmoid", learning_rate=0.9, optimizer=Adam(), batch_size="per row"))
    assert made(step, "first_moment_w1_new").startswith("0.9 * first_moment_w1 + 0.09999999999999998 * ")
    assert made(step, "w1_new").startswith("w1 - learning_rate * ")


def test_an_adam_update_is_written_term_by_term() -> None:
    adam = links_of(asked("2 -> 1 sigmoid", optimizer=Adam(), clip=Clip(norm=1.0), batch_size="per row"), 1)
    assert made(adam, "first_moment_w1_new") == "0.9 * first_moment_w1 + 0.09999999999999998 * g_w1"
    assert made(adam, "w1_new") == (
        "w1 - learning_rate * (first_moment_w1_new / (1 - 0.9 ** updates_new))"
        " / (sqrt(second_moment_w1_new / (1 - 0.999 ** updates_new)) + 1e-08)"
    )
    assert made(adam, "g_w1") == "clip_factor * dE/dw1"
    assert made(adam, "clip_factor") == "minimum(1 / (gradient_norm + 1e-06), 1)"
    assert made(adam, "gradient_norm") == "sqrt(dE/dw1 * dE/dw1 + dE/dw2 * dE/dw2 + dE/db1 * dE/db1)"


def test_penalties_decay_and_dropout_are_terms_of_their_own() -> None:
    step = links_of(
        asked(
            "2 -> 2 relu -> dropout 0.5 -> 1 sigmoid", l2=0.1, weight_decay=0.01, optimizer=Sgd(), batch_size="per row"
        )
    )
    assert made(step, "objective") == "loss + penalty"
    assert made(step, "dE/dw1") == "0.1 * w1 + x1 * dE/dnet_h1"
    assert made(step, "w1_new") == "w1 * (1 - learning_rate * 0.01) - learning_rate * dE/dw1"
    assert made(step, "dropout1_h1") == "out_h1 * dropout1.mask_h1 / 0.5"


def test_normalised_values_have_their_mean_and_deviation() -> None:
    step = links_of(asked("2 -> 2 tanh -> layer-norm -> 1 sigmoid", batch_size="per row"))
    assert made(step, "norm1_h1") == "norm1_centred_h1 / norm1_deviation * norm1.gain_h1 + norm1.shift_h1"
    assert made(step, "norm1_centred_h1") == "out_h1 - norm1_mean"


@pytest.mark.parametrize("experiment", VARIANTS.values(), ids=VARIANTS)
def test_every_definition_is_worth_what_the_trace_says(experiment: Experiment) -> None:
    links = links_of(experiment, 1)
    chart, narrow = links.chart, experiment.training.dtype == "float32"
    elements = [
        element
        for named in chart.named
        if named.has_names
        for element in chart.members(named.name.symbol, named.sort)[:20]
    ]
    assert {element.named.sort for element in elements} >= {Sort.VALUE, Sort.ADJOINT, Sort.AFTER}
    for element in elements:
        expr = chart.definition(element)
        value = float(evaluate([expr], {each.leaf: each.value for each in chart.leaves(expr)})[expr])
        scale = 1e-4 if narrow else 1e-11
        assert value == pytest.approx(element.value, rel=scale, abs=scale), element.written


@pytest.mark.parametrize("experiment", VARIANTS.values(), ids=VARIANTS)
def test_down_to_the_leaves_every_element_is_worth_what_the_trace_says(experiment: Experiment) -> None:
    trace = train(experiment).step(1)
    small = [node for node in trace.step.roots() if node.shape in ((), (1,), (1, 1), (2,), (2, 1))][:12]
    found = scalarised([*small, *trace.step.inputs.values(), *trace.step.states.values()], Names())
    leaves = {
        element: float(value)
        for node in (*trace.step.inputs.values(), *trace.step.states.values())
        for element, value in zip(np.ravel(found[node]), np.ravel(trace.values[node]), strict=True)
    }
    roots = [element for node in small if isinstance(node, Apply) for element in np.ravel(found[node])]
    values = evaluate(roots, leaves)
    for node in small:
        if isinstance(node, Apply):
            seen = np.array([float(values[element]) for element in np.ravel(found[node])])
            scale = 1e-5 if experiment.training.dtype == "float32" else 1e-9
            assert np.allclose(seen, np.ravel(np.asarray(trace.values[node], float)), rtol=scale, atol=scale), node


def test_nothing_is_taken_apart_before_it_is_asked_for() -> None:
    wide = links_in(train(asked("2 -> 40 relu -> 40 relu -> 1 sigmoid", batch_size=8, epochs=0)).step(0))
    element = called(wide, "dE/dhidden1.W[0,3]")
    wide.chart.definition(element)
    assert len(wide.chart.elements) < 30
