"""The chain rule on arrays: paths counted and found, flows, and what they add up to."""

from __future__ import annotations

import itertools
from math import prod

import numpy as np
import pytest

from tests.asked import asked
from tests.explain.taken import called, links_in, links_of
from tests.pipeline.variants import VARIANTS
from whygrad import Data, Dense, Experiment, Loss, Network, Training, train
from whygrad.explain import Element, Links, Sort
from whygrad.explain.cone import Cone, cone_of
from whygrad.explain.flow import currents, layers
from whygrad.explain.paths import Path, largest_paths
from whygrad.explain.samples import by_row, inflow, strongest
from whygrad.explain.tally import tally_of
from whygrad.spec import Activation, Toy, Weight

FILES = ("notes-222", "live-221", "students", "students-sleep", "chain-depth", "concepts/blame")
ACTIVATIONS: tuple[Activation, ...] = (
    *("linear", "sigmoid", "tanh", "relu", "leaky-relu", "elu", "softplus", "gelu", "silu"),
)


def cone(links: Links, name: str) -> Cone:
    return cone_of(links.chart, links.runner, called(links, name))


def every_path(links: Links, start: Element, end: Element) -> list[Path]:
    """The plain way: every path listed, one formula for each link."""
    found: list[Path] = []
    stack: list[tuple[tuple[Element, ...], float]] = [((start,), 1.0)]
    while stack:
        elements, product = stack.pop()
        if elements[-1] is end:
            found.append(Path(elements, product))
            continue
        below = links.chart.below(elements[-1])
        stack += [((*elements, each), product * links.link(elements[-1], each).value) for each in below]
    return found


@pytest.mark.parametrize("name", FILES)
def test_the_paths_of_the_tutorials_add_up(name: str) -> None:
    links = links_of(f"examples/{name}.toml")
    for symbol in links.chart.trace.step.parameters:
        for weight in links.chart.members(symbol):
            assert_paths_add_up(links, weight)


def assert_paths_add_up(links: Links, weight: Element) -> None:
    """The paths found on arrays are those listed link by link, and their sum is the gradient."""
    grown = cone_of(links.chart, links.runner, weight)
    plain = every_path(links, links.chart.loss, weight)
    paths = largest_paths(grown, 10_000)
    assert grown.count == len(plain) == len(paths)
    assert {path.elements for path in paths} == {path.elements for path in plain}
    listed = {path.elements: path.product for path in plain}
    for path in paths:
        assert path.product == pytest.approx(listed[path.elements], rel=1e-9, abs=1e-15)
        assert path.product == pytest.approx(prod(link.value for link in links.along(path)), rel=1e-9, abs=1e-15)
    assert [abs(path.product) for path in paths] == sorted((abs(path.product) for path in paths), reverse=True)
    adjoint = links.chart.other(weight, Sort.ADJOINT)
    if adjoint is not None:
        assert sum(path.product for path in paths) == pytest.approx(adjoint.value, rel=1e-9, abs=1e-15)
        assert grown.slopes[-1][0] == pytest.approx(adjoint.value, rel=1e-9, abs=1e-15)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("loss", ["squared-error", "half-squared-error", "absolute-error", "huber"])
def test_paths_add_up_in_deeper_networks(activation: Activation, loss: str) -> None:
    layers = (*tuple(Dense(units=units, activation=activation) for units in (3, 2)), Dense(units=1))
    run = train(
        Network(layers=layers),
        Training(loss=Loss(loss, "mean"), learning_rate=0.1, epochs=2, batch_size="per row", seed=3),  # type: ignore[arg-type]
        Data(toy=Toy("circles", rows=6)),
    )
    links = links_in(run.step(1, 2))
    for weight in list(run.weights())[::4]:
        assert_paths_add_up(links, called(links, weight))


def test_both_paths_of_the_notes() -> None:
    links = links_of("examples/notes-222.toml")
    first, second = largest_paths(cone(links, "w1"), 5)
    assert [each.name for each in first.elements] == ["loss", "E_Y1", "out_Y1", "net_Y1", "out_H1", "net_H1", "w1"]
    assert [each.name for each in second.elements] == ["loss", "E_Y2", "out_Y2", "net_Y2", "out_H1", "net_H1", "w1"]
    shared = prod(link.value for link in links.along(first)[4:])
    assert first.product / shared == pytest.approx(0.0549727, abs=5e-8)
    assert second.product / shared == pytest.approx(-0.0178426, abs=5e-8)


def test_an_output_weights_chain_has_two_links_and_a_hidden_ones_three() -> None:
    links = links_of("examples/chain-depth.toml")
    lengths = {w: len(largest_paths(cone(links, w), 1)[0].elements) - 1 for w in ("w1", "w2", "w3", "w4")}
    assert lengths == {"w1": 3, "w2": 3, "w3": 2, "w4": 2}


def test_a_linear_units_out_is_its_net_and_one_link() -> None:
    links = links_of(asked("2 -> 1 -> 1", data=SINE_OF_TWO, loss="mean squared-error", batch_size="per row"))
    (path,) = largest_paths(cone(links, "w1"), 2)
    assert [each.name for each in path.elements] == ["loss", "out_o1", "out_h1", "w1"]


SINE_OF_TWO = Data(toy=Toy("circles", rows=6))


def test_paths_are_counted_without_being_listed() -> None:
    links = links_of(asked("2 -> " + " -> ".join(["6 tanh"] * 8) + " -> 1 sigmoid", batch_size="per row"))
    assert cone(links, "w1").count == 6**7
    few = largest_paths(cone(links, "w1"), 4)
    more = largest_paths(cone(links, "w1"), 40)
    assert [path.product for path in few] == [path.product for path in more[:4]]


def test_a_layer_of_a_hundred_thirty_times_is_answered() -> None:
    links = links_of(asked("2 -> " + " -> ".join(["100 tanh"] * 30) + " -> 1 sigmoid", batch_size="per row", epochs=0))
    grown = cone(links, "hidden1.W[0,0]")
    assert grown.count == 100**29
    adjoint = called(links, "dE/dhidden1.W[0,0]").value
    assert grown.slopes[-1][0] == pytest.approx(adjoint, rel=1e-9)
    largest = largest_paths(grown, 3)
    assert abs(largest[0].product) < 1e-12 * abs(adjoint)
    flows = [layer.together for layer in layers(grown)]
    assert flows == pytest.approx([adjoint] * len(flows), rel=1e-9)


def test_two_ways_between_the_same_two_are_one_link() -> None:
    links = links_of(asked("2 -> 1 gelu -> 1 sigmoid", batch_size="per row"))
    assert cone(links, "w1").count == 1  # gelu reads its net five times


def test_where_the_wiring_has_no_weight_no_path_goes() -> None:
    links = links_of("examples/chain-depth.toml")
    assert [cone(links, w).count for w in ("w1", "w2", "w3", "w4")] == [1, 1, 1, 1]


def test_no_path_leads_through_a_unit_that_feeds_no_other() -> None:
    hidden = Dense(units=("A1", "A2"), activation="tanh")
    output = Dense(units=("Y1",), activation="sigmoid", wiring="listed")
    weights = {"v": Weight(to="Y1", from_="A1")}
    asked_for = asked((hidden, output), network={"weights": weights}, batch_size="per row")
    links = links_of(asked_for)
    counts = {each.name: cone(links, each.name).count for each in links.chart.members("hidden.b")}
    assert sorted(counts.values()) == [0, 1]


def test_a_shut_unit_is_still_on_a_path() -> None:
    links = links_of("examples/xor.toml")
    assert cone(links, "w1").count == 1
    assert largest_paths(cone(links, "w1"), 1)[0].product == 0.0


@pytest.mark.parametrize(
    "name", ["everything", "dropout", "batch norm, a last batch of its own size", "plain in order"]
)
def test_flows_through_a_layer_that_nothing_leads_around_add_up(name: str) -> None:
    links = links_of(VARIANTS[name], 1)
    for weight in links.chart.members(links.chart.trace.step.parameters[0])[:3]:
        adjoint = links.chart.other(weight, Sort.ADJOINT)
        assert adjoint is not None
        grown = cone_of(links.chart, links.runner, weight)
        assert grown.slopes[-1][0] == pytest.approx(adjoint.value, rel=1e-8, abs=1e-14)
        found = {layer.array: layer.together for layer in layers(grown)}
        own = inflow(links, adjoint).own
        assert (found.get("output.net") or found["errors"]) == pytest.approx(adjoint.value - own, rel=1e-8, abs=1e-14)


def test_the_flow_along_edges_into_an_element_is_the_flow_through_it() -> None:
    links = links_of("examples/notes-222.toml")
    edges = currents(cone(links, "w1"), 100)
    into = {name: sum(each.flow for each in edges if each.by.name == name) for name in ("out_H1", "net_Y1", "w1")}
    assert into["w1"] == pytest.approx(0.000447976, abs=5e-10)
    assert into["out_H1"] == pytest.approx(into["w1"], rel=1e-12)
    assert into["net_Y1"] == pytest.approx(0.000663247, abs=5e-10)


@pytest.mark.parametrize("name", ["plain in order", "everything", "dropout"])
def test_what_flows_into_a_gradient_adds_up_to_it(name: str) -> None:
    links = links_of(VARIANTS[name], 1)
    for symbol in links.chart.trace.step.parameters:
        for weight in links.chart.members(symbol)[:3]:
            adjoint = links.chart.other(weight, Sort.ADJOINT)
            assert adjoint is not None
            flows = inflow(links, adjoint)
            assert sum(flow for _, flow in flows.parts) + flows.own == pytest.approx(adjoint.value, rel=1e-9, abs=1e-15)


def test_the_rows_of_a_batch_add_up_and_each_is_its_own_gradient() -> None:
    together = links_of(asked("2 -> 3 tanh -> 1 sigmoid", batch_size=6, order="in order"))
    rows = by_row(inflow(together, called(together, "dE/dw1")))
    for row, flow in rows.items():
        number = int(together.chart.trace.rows[row])
        alone = links_in(
            train(asked("2 -> 3 tanh -> 1 sigmoid", batch_size="per row", order="in order", learning_rate=1e-30)).step(
                0, number
            )
        )
        assert flow * 6 == pytest.approx(called(alone, "dE/dw1").value, rel=1e-12)


def test_through_one_row_flows_what_that_row_adds() -> None:
    links = links_of(asked("2 -> 3 tanh -> 2 tanh -> 1 sigmoid", batch_size=5))
    flows = inflow(links, called(links, "dE/dw1"))
    above = strongest(flows)
    assert above is not None
    reader = links.chart.other(above, Sort.VALUE)
    part = cone_of(links.chart, links.runner, called(links, "w1"), through=reader)
    assert part.slopes[-1][0] == pytest.approx(dict(flows.parts)[above], rel=1e-12)
    assert part.count * 5 == cone(links, "w1").count


@pytest.mark.parametrize("name", [*FILES, "xor"])
def test_what_is_counted_on_arrays_is_what_is_counted_path_by_path(name: str) -> None:
    links = links_of(f"examples/{name}.toml")
    chart, tally = links.chart, tally_of(links.chart)
    weights = [each for symbol in chart.trace.step.parameters for each in chart.members(symbol)]
    paths = [path for weight in weights for path in every_path(links, chart.loss, weight)]
    links_used = {pair for path in paths for pair in itertools.pairwise(path.elements)}
    assert tally.parameters == len(weights)
    assert tally.paths == len(paths)
    assert tally.path_by_path == sum(len(path.elements) - 2 for path in paths)
    assert tally.links == sum(start is not chart.loss for start, _ in links_used)


@pytest.mark.parametrize("experiment", VARIANTS.values(), ids=VARIANTS)
def test_paths_are_counted_alike_by_the_tally_and_the_cones(experiment: Experiment) -> None:
    links = links_of(experiment, 1)
    chart = links.chart
    weights = [each for symbol in chart.trace.step.parameters for each in chart.members(symbol)]
    assert tally_of(chart).paths == sum(cone_of(chart, links.runner, weight).count for weight in weights)


def test_edges_are_composed_and_merged() -> None:
    from whygrad.explain.edges import Edges, followed, merged

    first = Edges(np.array([0, 0, 1]), np.zeros(3, int), np.array([0, 1, 1]), np.array([2.0, 3.0, 5.0]))
    then = Edges(np.array([0, 1, 1]), np.array([0, 0, 1]), np.array([7, 7, 8]), np.array([1.0, 10.0, 100.0]))
    whole = merged([followed(first, then)])
    found = list(zip(whole.of.tolist(), whole.array.tolist(), whole.by.tolist(), whole.slope.tolist(), strict=True))
    assert found == [(0, 0, 7, 32.0), (0, 1, 8, 300.0), (1, 0, 7, 50.0), (1, 1, 8, 500.0)]
