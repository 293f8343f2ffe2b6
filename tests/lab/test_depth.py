"""What is shown layer by layer: how large gradients are, how numbers are spread, which units do not learn."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tests.asked import asked
from tests.lab.asking import desk, told
from whygrad import Data
from whygrad.lab.message import SetWeight, Step
from whygrad.lab.panels import panel_called
from whygrad.lab.presets import preset
from whygrad.lab.reach import in_words
from whygrad.spec import Toy

if TYPE_CHECKING:
    from whygrad.lab.desk import Desk
    from whygrad.spec import Experiment


def at(experiment: Experiment | str, updates: int = 0) -> Desk:
    found = desk(preset(experiment) if isinstance(experiment, str) else experiment)
    if updates:
        told(found, Step("update", updates))
    return found


def drawn(desk: Desk, name: str, **settings: Any) -> Any:
    panel = panel_called(name)
    return panel.draw(desk.sight(), panel.settings(**settings))


def test_sizes_are_lengths_over_all_rows_of_the_batch() -> None:
    found = at("deep-sigmoid", 7)
    trace, data = found.session.trace(7), drawn(found, "gradients")
    assert (data["layers"], data["rows"]) == ([*(f"hidden{k}" for k in range(1, 10)), "output"], 20)
    gradient, blame, moved = (each["values"] for each in data["measures"])
    for place, layer in enumerate(data["layers"]):
        weight, bias = trace.change(f"{layer}.W"), trace.change(f"{layer}.b")
        whole = np.sqrt((weight.gradient**2).sum() + (bias.gradient**2).sum())
        assert gradient[place] == pytest.approx(whole, rel=1e-12)
        assert trace.adjoint(f"{layer}.net").shape[0] == 20
        assert blame[place] == pytest.approx(np.sqrt((trace.adjoint(f"{layer}.net") ** 2).sum()), rel=1e-12)
        step = np.sqrt(sum(((each.after - each.before) ** 2).sum() for each in (weight, bias)))
        size = np.sqrt(sum((each.before**2).sum() for each in (weight, bias)))
        assert moved[place] == pytest.approx(step / size, rel=1e-12)


def test_the_blame_of_a_linear_layer_is_that_of_its_out() -> None:
    found = at("xor", 1)
    _, blame, _ = (each["values"] for each in drawn(found, "gradients")["measures"])
    assert blame[1] == pytest.approx(abs(found.session.trace(1).adjoint("output.out")[0, 0]), rel=1e-12)


def test_the_history_is_that_of_the_epochs_before_the_place() -> None:
    found = at("deep-sigmoid", 15)
    rows = found.session.rows()
    assert drawn(found, "gradients")["history"] == {
        "epochs": [0, 1, 2],
        "values": [
            [row[f"gradient_norm/{layer}"] for row in rows]
            for layer in [*(f"hidden{k}" for k in range(1, 10)), "output"]
        ],
    }
    told(found, Step("update", 6, back=True))
    assert drawn(found, "gradients")["history"]["epochs"] == [0]


def test_a_long_history_is_thinned_and_keeps_both_ends() -> None:
    epochs = drawn(at("gaussians", 500), "gradients")["history"]["epochs"]
    assert (epochs[0], epochs[-1]) == (0, 499)
    assert len(epochs) <= 81


@pytest.mark.parametrize(
    ("sizes", "words"),
    [
        (
            [0.001, 0.01, 1.0],
            "From c back to a the gradient shrinks by a factor of 1e3, 31.6 for each layer: it vanishes.",
        ),
        ([0.00101, 0.01, 1.0], "From c back to a the gradient shrinks by a factor of 990, 31.5 for each layer."),
        ([0.101, 9.0, 1.0], "From c back to a the gradient keeps its size: the two differ by a factor of 9.9."),
        ([4.0, 9.0, 1.0], "From c back to a the gradient keeps its size: the two differ by a factor of 4."),
        ([50.0, 9.0, 1.0], "From c back to a the gradient grows by a factor of 50, 7.07 for each layer."),
        ([1e6, 9.0, 1.0], "From c back to a the gradient grows by a factor of 1e6, 1e3 for each layer: it explodes."),
        ([0.0, 0.0, 1.0], "The gradient of a, b is exactly 0: nothing reaches it."),
        ([float("nan"), 1.0, 1.0], "The gradient of a is not a finite number."),
    ],
)
def test_what_sizes_come_to_in_words(sizes: list[float], words: str) -> None:
    assert in_words(["a", "b", "c"], sizes, "the gradient") == words


def test_one_layer_has_nothing_to_be_compared_with() -> None:
    words = [each["words"] for each in drawn(at("students"), "gradients")["measures"]]
    assert words[0] == "There is one layer; the gradient has nothing to be compared with."


def test_a_stack_of_sigmoids_vanishes_and_one_of_relu_does_not() -> None:
    told_of = {name: drawn(at(name), "gradients")["measures"][0]["words"] for name in ("deep-sigmoid", "deep-relu")}
    assert told_of["deep-sigmoid"].endswith("it vanishes.")
    assert not told_of["deep-relu"].endswith("it vanishes.")


@pytest.mark.parametrize("of", ["weights", "gradients", "outs"])
def test_each_number_is_counted_in_its_column(of: str) -> None:
    found = at("deep-relu", 3)
    trace, shared, own = (
        found.session.trace(3),
        drawn(found, "histograms", of=of),
        drawn(found, "histograms", of=of, axis="own"),
    )
    assert len({tuple(each["edges"]) for each in shared["layers"]}) == 1
    for each in (*shared["layers"], *own["layers"]):
        change = trace.change(f"{each['name']}.W")
        values = {"weights": change.before, "gradients": change.gradient, "outs": trace.value(f"{each['name']}.out")}[
            of
        ]
        edges, flat = each["edges"], values.ravel().tolist()
        last = len(edges) - 2
        counts = [
            sum(low <= value and (value < high or (place == last and value == high)) for value in flat)
            for place, (low, high) in enumerate(pairwise(edges))
        ]
        assert (each["counts"], each["count"], each["broken"]) == (counts, values.size, 0)
        assert sum(counts) == values.size
        figures = {"least": values.min(), "most": values.max(), "mean": values.mean(), "deviation": values.std()}
        assert each["figures"] == pytest.approx(figures)
    for each in own["layers"]:
        assert (each["edges"][0], each["edges"][-1]) == pytest.approx(
            (each["figures"]["least"], each["figures"]["most"])
        )


def test_a_weight_that_is_not_there_is_not_counted() -> None:
    (hidden, _) = drawn(at("chain-depth"), "histograms")["layers"]
    assert (hidden["count"], sum(hidden["counts"])) == (2, 2)


def test_numbers_that_are_alike_or_not_finite_have_a_picture_too() -> None:
    found = at("students")
    (one,) = drawn(found, "histograms", axis="own")["layers"]
    assert one["edges"][0] < 0.1 < one["edges"][-1]
    assert (sum(one["counts"]), one["figures"]["deviation"]) == (1, 0)
    told(found, SetWeight("w", float("inf")))
    (none,) = drawn(found, "histograms")["layers"]
    assert (none["broken"], none["figures"], sum(none["counts"])) == (1, None, 0)


def test_units_that_no_row_opens_are_inactive() -> None:
    found = at("xor", 400)
    states, inputs = found.sight().states, found.sight().dataset.training.inputs
    net = inputs @ states["hidden.W"] + states["hidden.b"]
    shut = [f"h{place + 1}" for place in range(8) if (net[:, place] <= 0).all()]
    assert 0 < len(shut) < 8
    data = drawn(found, "inactive")
    (hidden,) = data["layers"]
    assert [each["name"] for each in hidden["inactive"]["units"]] == shut
    assert (hidden["inactive"]["count"], hidden["saturated"]["count"]) == (len(shut), 0)
    assert f"{len(shut)} of 8 units are inactive" in data["words"]
    shares = [row["inactive/hidden"] for row in found.session.rows()]
    first = next(k for k in range(len(shares)) if set(shares[k:]) == {shares[-1]})
    assert 0 < first < 99
    assert hidden["since"] == f"In each of the epochs {first} to 99, {len(shut)} of the 8 units were open for no row."
    told(found, SetWeight("b3", 100.0))
    assert "h3" in shut
    assert "h3" not in [each["name"] for each in drawn(found, "inactive")["layers"][0]["inactive"]["units"]]


@pytest.mark.parametrize("activation", ["sigmoid", "tanh"])
def test_units_that_are_flat_for_every_row_are_saturated(activation: str) -> None:
    found = at(asked(f"2 -> 2 {activation} -> 1 sigmoid"))
    inputs = found.sight().dataset.training.inputs
    told(found, SetWeight("hidden.b[0]", 10.0))
    told(found, SetWeight("hidden.b[1]", 0.0))
    states = found.sight().states
    net = inputs @ states["hidden.W"] + states["hidden.b"]
    slopes = np.exp(-net) / (1 + np.exp(-net)) ** 2 if activation == "sigmoid" else 1 / np.cosh(net) ** 2
    assert (slopes < 1e-3).all(axis=0).tolist() == [True, False]
    hidden, _ = drawn(found, "inactive")["layers"]
    assert hidden["saturated"] == {"count": 1, "share": "50%", "units": [{"name": "h1", "place": 0}]}
    assert (hidden["inactive"]["count"], hidden["since"]) == (0, "")


def test_only_layers_that_can_be_shut_are_told_of() -> None:
    offered = {name: [each["name"] for each in _panels(name)] for name in ("chain-depth", "xor")}
    assert "inactive" not in offered["chain-depth"]
    assert {"gradients", "histograms", "inactive"} <= set(offered["xor"])


def _panels(name: str) -> list[dict[str, str]]:
    from whygrad.lab.message import Opened

    found = next(desk(preset(name)).opened())
    assert isinstance(found, Opened)
    return found.panels


def test_dead_units_are_found_over_all_training_rows_not_over_the_batch() -> None:
    """A unit that one row of another batch opens is alive."""
    found = at(
        asked(
            "1 -> 1 relu -> 1",
            loss="mean squared-error",
            data=Data(toy=Toy("linear", rows=4)),
            batch_size=1,
            order="in order",
        )
    )
    inputs = found.sight().dataset.training.inputs[:, 0]
    assert inputs[0] < inputs.max()
    told(found, SetWeight("hidden.W[0,0]", 1.0))
    told(found, SetWeight("hidden.b[0]", -(inputs[0] + inputs.max()) / 2))
    assert found.session.trace(0).value("hidden.out").tolist() == [[0.0]]
    assert drawn(found, "inactive")["layers"][0]["inactive"]["count"] == 0
    told(found, SetWeight("hidden.b[0]", -inputs.max()))
    assert drawn(found, "inactive")["layers"][0]["inactive"]["count"] == 1
