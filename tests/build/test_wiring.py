"""Weights by name: what nobody named is numbered as on paper, what is not wired is not there."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from msgspec import structs

from tests.asked import asked, training
from whygrad import Data, Dense, Experiment, Network, Run, Weight, train
from whygrad.build import NetworkPlan, plan_network
from whygrad.errors.graph import BiasNotSo, DoubledWeight, GraphError, SizesDisagree, UnknownUnit
from whygrad.spec import Bias, ConstantValue, Wiring

INPUTS, OUTPUTS = ("x1", "x2"), ("y",)


def two_layers(bias: Bias = "per-unit", wiring: Wiring = "full", **weights: Weight) -> Network:
    hidden = Dense(("h1", "h2"), "tanh", bias=bias, wiring=wiring)
    return Network(layers=(hidden, Dense(("out",), "sigmoid")), weights=weights)


def planned(network: Network) -> NetworkPlan:
    return plan_network(network, INPUTS, OUTPUTS)


def elements(plan: NetworkPlan) -> dict[str, tuple[str, ...]]:
    return {parameter.name: parameter.elements for parameter in plan.parameters()}


def test_numbers_go_unit_by_unit_then_input_by_input() -> None:
    """A matrix is (inputs, units) in C order, so that w1 and w2, both into h1, stand below each other."""
    assert elements(planned(two_layers())) == {
        "hidden.W": ("w1", "w3", "w2", "w4"),
        "hidden.b": ("b1", "b2"),
        "output.W": ("w5", "w6"),
        "output.b": ("b3",),
    }


def test_numbers_skip_the_names_that_were_given() -> None:
    plan = planned(two_layers(w1=Weight(to="out", from_="h2"), b2=Weight(to="h1"), first=Weight(to="h1", from_="x1")))
    assert elements(plan) == {
        "hidden.W": ("first", "w3", "w2", "w4"),
        "hidden.b": ("b2", "b1"),
        "output.W": ("w5", "w1"),
        "output.b": ("b3",),
    }


def test_a_shared_bias_is_one_number() -> None:
    plan = planned(two_layers(bias="shared", b=Weight(to=("h1", "h2"), value=0.35)))
    bias = plan.parameters()[1]
    assert (bias.name, bias.shape, bias.size, bias.elements, bias.given) == ("hidden.b", (), 1, ("b",), {(): 0.35})


def test_no_bias_is_no_parameter() -> None:
    assert list(elements(planned(two_layers(bias="none")))) == ["hidden.W", "output.W", "output.b"]


def sparse() -> Network:
    return two_layers(wiring="listed", w1=Weight(to="h1", from_="x1", value=0.5), w2=Weight(to="h2", from_="x2"))


def test_sparse_wiring_counts_what_is_there() -> None:
    hidden = planned(sparse()).parameters()[0]
    assert hidden.size == 2
    assert hidden.elements == ("w1", "", "", "w2")
    assert hidden.wired is not None
    assert hidden.wired.tolist() == [[True, False], [False, True]]


def trained_sparsely(**settings: Any) -> Run:
    network = sparse()
    return train(asked(network.layers, network={"weights": network.weights}, epochs=5, **settings))


@pytest.mark.parametrize("settings", [{}, {"l1": 0.1, "l2": 0.1}, {"weight_decay": 0.1}], ids=str)
def test_what_is_not_wired_stays_zero_whatever_pulls(settings: dict[str, Any]) -> None:
    run = trained_sparsely(**settings)
    assert run["hidden.W"][0, 1] == run["hidden.W"][1, 0] == 0.0
    assert run["w1"] != 0.5
    assert run["w2"] != run.at(0)["w2"]
    assert run.step(0).change("hidden.W").gradient[0, 1] == 0.0


def test_sparse_wiring_computes_what_it_says() -> None:
    run = trained_sparsely()
    x = np.array([[0.3, -0.7], [1.0, 2.0]])
    hidden = np.tanh(np.column_stack([x[:, 0] * run["w1"], x[:, 1] * run["w2"]]) + run["hidden.b"])
    net = hidden @ run["output.W"] + run["output.b"]
    assert run.predict(x).outputs == pytest.approx(1 / (1 + np.exp(-net)), rel=1e-14)


def test_first_values_that_were_given_replace_what_is_drawn() -> None:
    weights = {"w": Weight(to="h2", from_="x1", value=-1.25), "b": Weight(to="h1", value=0.5)}
    run = train(asked(two_layers().layers, network={"weights": weights, "bias_initialiser": ConstantValue(9.0)}))
    start = run.at(0)
    assert start["hidden.W"][0, 1] == start["w"] == -1.25
    assert start["hidden.b"].tolist() == [0.5, 9.0]


def test_the_inputs_of_the_network_may_have_names_of_their_own() -> None:
    data = Data(columns={"a b": (0.0, 1.0), "c": (1.0, 0.0), "y": (0, 1)}, target="y")
    weights = {"w": Weight(to="out", from_="left", value=2.0)}
    run = train(asked((Dense(("out",), "sigmoid"),), data=data, network={"inputs": INPUTS_OWN, "weights": weights}))
    assert run.at(0)["w"] == run.at(0)["output.W"][0, 0] == 2.0


INPUTS_OWN = ("left", "right")


def test_a_large_network_has_no_names_for_single_weights() -> None:
    run = train(asked("2 -> 400 relu -> 1 sigmoid", epochs=0))
    assert run.weights() == {}
    step = run.step(0)
    assert step.value("hidden.W[1,399]") == step.value("hidden.W")[1, 399]


REFUSED: list[tuple[Network, type[GraphError], str]] = [
    (
        two_layers(w=Weight(to="h1", from_="x3")),
        UnknownUnit,
        (
            "WG111 [network.weights] w: there is no 'x3' to come from\n"
            "  why: expected one of x1, x2, h1, h2, out\n"
            "  try: did you mean 'x2'?"
        ),
    ),
    (
        two_layers(w=Weight(to="somewhere", from_="x1")),
        UnknownUnit,
        (
            "WG111 [network.weights] w: there is no 'somewhere' to go to\n"
            "  why: expected one of h1, h2, out\n"
            "  try: whygrad show FILE lists the units"
        ),
    ),
    (
        two_layers(w=Weight(to="out", from_="x1")),
        UnknownUnit,
        (
            "WG111 [network.weights] w: there is no 'x1' to come from into out\n"
            "  why: expected one of h1, h2\n"
            "  try: did you mean 'h1'?"
        ),
    ),
    (
        two_layers(w=Weight(to="h1", from_="x1"), v=Weight(to="h1", from_="x1")),
        DoubledWeight,
        (
            "WG112 [network.weights] v: it joins the same units as w\n"
            "  try: keep one of the two, or correct its from and to"
        ),
    ),
    (
        two_layers(bias="none", b=Weight(to="h1")),
        BiasNotSo,
        (
            "WG113 [network.weights] b: layer hidden has bias = 'none'\n"
            '  try: remove it, or give the layer bias = "per-unit"'
        ),
    ),
    (
        two_layers(bias="shared", b=Weight(to="h1")),
        BiasNotSo,
        (
            "WG113 [network.weights] b: layer hidden has bias = 'shared'\n"
            "  try: a shared bias lists every unit: to = ['h1', 'h2']"
        ),
    ),
    (
        two_layers(b=Weight(to=("h1", "h2"))),
        BiasNotSo,
        (
            "WG113 [network.weights] b: layer hidden has bias = 'per-unit'\n"
            '  try: name one unit, or give the layer bias = "shared"'
        ),
    ),
    (
        Network(layers="3 -> 1"),
        SizesDisagree,
        (
            "WG110 the network has 3 inputs and the data has 2\n"
            "  why: the data's are x1, x2; the network's number is likely wrong, as the data's is counted\n"
            '  try: write 2, or "in" for as many as the data has'
        ),
    ),
    (
        Network(layers="in -> 4 tanh -> 2"),
        SizesDisagree,
        (
            "WG110 the network has 2 outputs and the data has 1\n"
            "  why: the data's are y; the network's number is likely wrong, as the data's is counted\n"
            '  try: write 1, or "out" for as many as the data has'
        ),
    ),
    (
        Network(layers=(Dense("out"),), inputs=("a",)),
        SizesDisagree,
        (
            "WG110 the network has 1 input and the data has 2\n"
            "  why: the data's are x1, x2; the network's number is likely wrong, as the data's is counted\n"
            '  try: write 2, or "in" for as many as the data has'
        ),
    ),
]


@pytest.mark.parametrize(("network", "kind", "text"), REFUSED, ids=[text[:5] for _, _, text in REFUSED])
def test_wiring_that_does_not_fit(network: Network, kind: type[GraphError], text: str) -> None:
    with pytest.raises(kind) as caught:
        planned(network)
    assert str(caught.value) == text


def test_outputs_are_called_as_the_data_or_as_the_user_calls_them() -> None:
    by_data = plan_network(Network(layers="in -> 2 tanh -> out"), ("x",), ("t",))
    assert by_data.output.labels == ("t",)
    listed = Network(layers="in -> 2 tanh -> out", weights={"k": Weight(from_="h1", to="o1", value=0.5)})
    assert plan_network(listed, ("x",), ("t",)).output.labels == ("o1",)
    data = Data(columns={"x": (0.0, 1.0), "t": (0.0, 1.0)}, target="t")
    run = train(Experiment(data=data, network=listed, training=training("mean squared-error", epochs=0)))
    assert run["k"] == 0.5
    same = structs.replace(listed, weights={"k": Weight(from_="h1", to="t", value=0.5)})
    assert plan_network(same, ("x",), ("t",)).parameters()[2].given == {(0, 0): 0.5}


def test_a_column_called_w1_leaves_the_name_to_the_column() -> None:
    plan = plan_network(Network(layers="in -> out"), ("w1", "x"), ("t",))
    assert plan.output.weight.elements == ("w2", "w3")


def test_a_users_name_stays_in_a_large_network() -> None:
    network = Network(layers="in -> 400 tanh -> out", weights={"k": Weight(from_="a", to="h7", value=2.0)})
    hidden = plan_network(network, ("a", "b"), ("t",)).parameters()[0]
    assert hidden.element_name((0, 6)) == "k"
    assert hidden.element_name((1, 6)) == "hidden.W[1,6]"
    assert plan_network(network, ("a", "b"), ("t",)).parameters()[1].element_name((3,)) == "hidden.b[3]"
