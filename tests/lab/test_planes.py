"""What each unit computes over the inputs, as a part of the page that is no panel."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.lab.asking import desk, told
from tests.lab.test_boundary import CROSS, MOONS, THREE, at, looked_at
from whygrad.lab.desk import Desk
from whygrad.lab.message import Opened, SetWeight, Watch
from whygrad.lab.panels import PANELS
from whygrad.lab.panels.planes import ALONG, SIDE
from whygrad.lab.presets import preset
from whygrad.render.plane import plane_around
from whygrad.spec import Data, Experiment, Network, Toy


def drawn(desk: Desk) -> dict[str, Any]:
    panel = PANELS["planes"]
    return dict(panel.draw(desk.sight(), panel.settings()))


def test_every_unit_gives_what_it_computes_by_hand() -> None:
    xor = at(preset("xor"), 160)
    states, data = xor.sight().states, drawn(xor)
    xs, ys = plane_around(np.array([[0.0, 0], [1, 1]]), places=SIDE)
    x = np.array([(a, b) for b in ys for a in xs])
    hidden = np.maximum(0, x @ states["hidden.W"] + states["hidden.b"])
    output = hidden @ states["output.W"] + states["output.b"]
    most = max(np.abs(hidden).max(), np.abs(output).max())
    assert data["most"] == pytest.approx(most)
    assert [len(layer) for layer in data["layers"]] == [2, 8, 1]
    assert data["inputs"] == [
        {"name": name, "ends": [pytest.approx(-0.15), pytest.approx(1.15)]} for name in ("x1", "x2")
    ]
    for layer, values in zip(data["layers"][1:], (hidden, output), strict=True):
        for unit, column in zip(layer, values.T, strict=True):
            assert (unit["low"], unit["high"]) == pytest.approx((column.min(), column.max()), abs=1e-12)
            assert np.abs(np.array(unit["shades"]) - 100 * column / most).max() <= 0.5 + 1e-9
    for unit, column in zip(data["layers"][0], x.T, strict=True):
        assert np.abs(np.array(unit["shades"]) - 100 * column / 1.15).max() <= 0.5 + 1e-9


def test_a_single_input_gives_curves() -> None:
    students = looked_at("students", 1000)
    data = drawn(students)
    xs = np.linspace(0.55, 4.45, ALONG)
    curve = 1 / (1 + np.exp(-(4.301868546421 * xs - 10.508011559785)))
    assert [data["places"], *map(len, data["layers"])] == [ALONG, 1, 1]
    assert np.array(data["layers"][1][0]["shades"]) == pytest.approx(100 * curve / curve.max(), abs=0.51)


def test_it_is_no_card_and_only_for_networks_that_have_room() -> None:
    def opened(experiment: Experiment) -> Opened:
        found = next(desk(experiment).opened())
        assert isinstance(found, Opened)
        return found

    assert opened(MOONS).parts == ["planes"]
    assert "planes" not in [each["name"] for each in opened(MOONS).panels]
    wide = Experiment(
        data=Data(toy=Toy("moons", rows=20)), network=Network("2 -> 70 tanh -> 1 sigmoid"), training=CROSS
    )
    assert opened(wide).parts == []


def test_what_is_not_finite_has_no_shade() -> None:
    moons = at(MOONS)
    told(moons, SetWeight("b1", float("nan")))
    data = drawn(moons)
    assert data["layers"][1][0] == {"low": None, "high": None, "shades": [None] * SIDE**2}
    assert None not in data["layers"][1][1]["shades"]
    assert np.isfinite(data["most"])


def test_it_can_be_watched_and_normalised_layers_are_as_they_predict() -> None:
    network = Network("2 -> 4 tanh -> batch-norm -> 3 relu -> out softmax")
    found = at(Experiment(data=THREE.data, network=network, training=THREE.training), 3)
    assert told(found, Watch("planes")) == []
    sight = found.sight()
    data = drawn(found)
    inputs = sight.dataset.training.inputs
    assert sight.inside(inputs)["output.out"] == pytest.approx(sight.predict(inputs))
    assert [len(layer) for layer in data["layers"]] == [2, 4, 3, 3]
