"""The chain rule between named quantities: every path, their number, and their sum."""

from __future__ import annotations

import itertools

import pytest

from whygrad import Data, Dense, Loss, Network, Training, evaluate, train
from whygrad.explain import Links, chart_of
from whygrad.explain.links import product
from whygrad.spec import Activation, Toy

FILES = ("notes-222", "live-221", "students", "students-sleep", "chain-depth")


@pytest.mark.parametrize("name", FILES)
def test_the_paths_of_the_tutorials_add_up(name: str) -> None:
    run = train(f"examples/{name}.toml")
    links = Links(chart_of(run.step(0)), evaluate)
    for weight in run.weights():
        assert_paths_add_up(links, weight)


def assert_paths_add_up(links: Links, weight: str) -> None:
    """The sum over paths is the gradient, and there are as many as are counted."""
    loss, target = links.chart.loss, links.chart[weight]
    paths = links.paths(loss, target)
    assert len(paths) == links.count(loss, target)
    whole = sum(map(product, paths))
    gradient = links.chart.elements.get(f"dE/d{weight}")
    assert whole == pytest.approx(gradient.value if gradient else 0.0, rel=1e-9, abs=1e-15)
    for path in paths:
        assert path[0].of is loss
        assert path[-1].by is target
        assert all(one.by is other.of for one, other in itertools.pairwise(path))


ACTIVATIONS: tuple[Activation, ...] = (
    "linear",
    "sigmoid",
    "tanh",
    "relu",
    "leaky-relu",
    "elu",
    "softplus",
    "gelu",
    "silu",
)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("loss", ["squared-error", "half-squared-error", "absolute-error", "huber"])
def test_paths_add_up_in_deeper_networks(activation: Activation, loss: str) -> None:
    layers = (*tuple(Dense(units=units, activation=activation) for units in (3, 2)), Dense(units=1))
    run = train(
        Network(layers=layers),
        Training(loss=Loss(loss, "mean"), learning_rate=0.1, epochs=2, batch_size="per row", seed=3),  # type: ignore[arg-type]
        Data(toy=Toy("circles", rows=6)),
    )
    links = Links(chart_of(run.step(1, 2)), evaluate)
    for weight in list(run.weights())[::4]:
        assert_paths_add_up(links, weight)


def test_both_paths_of_the_notes() -> None:
    links = Links(chart_of(train("examples/notes-222.toml").step(0)), evaluate)
    first, second = links.paths(links.chart.loss, links.chart["w1"])
    assert [link.by.name for link in first] == ["E_Y1", "out_Y1", "net_Y1", "out_H1", "net_H1", "w1"]
    assert [link.by.name for link in second] == ["E_Y2", "out_Y2", "net_Y2", "out_H1", "net_H1", "w1"]
    shared = product(first[4:])
    assert product(first) / shared == pytest.approx(0.0549727, abs=5e-8)
    assert product(second) / shared == pytest.approx(-0.0178426, abs=5e-8)


def test_paths_are_counted_without_being_listed() -> None:
    layers = (*tuple(Dense(units=6, activation="tanh") for _ in range(8)), Dense(units=1))
    run = train(
        Network(layers=layers),
        Training(loss=Loss("squared-error", "mean"), learning_rate=0.1, epochs=1, batch_size="per row"),
        Data(toy=Toy("circles", rows=4)),
    )
    links = Links(chart_of(run.step(0)), evaluate)
    assert links.count(links.chart.loss, links.chart["w1"]) == 6**7
