"""What the network says over its inputs, held against predictions that know nothing of the panel."""

from __future__ import annotations

from functools import cache
from math import exp, log
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.lab.asking import desk, only, told
from whygrad.data import numbers_in_units, prepare_rows
from whygrad.dataset import NumberTarget
from whygrad.lab.desk import Desk
from whygrad.lab.message import Change, Drawn, Opened, Said, SetWeight, Watch, Why
from whygrad.lab.panels import PANELS
from whygrad.lab.panels.boundary import side_of
from whygrad.lab.presets import preset
from whygrad.pipeline.setting_up import set_up
from whygrad.render.thinning import MOST
from whygrad.spec import Cell, Data, Experiment, Loss, Network, Split, Toy, Training

Array = NDArray[Any]
CROSS = Training(loss=Loss("binary-cross-entropy", "mean"), learning_rate=0.2, epochs=9, batch_size=20)
SOFT = Training(loss=Loss("cross-entropy", "mean"), learning_rate=0.2, epochs=9, batch_size=10, split=Split(test=0.25))
SQUARE = Training(loss=Loss("squared-error", "mean"), learning_rate=0.05, epochs=9, batch_size="all")
COLUMNS: dict[str, tuple[Cell, ...]] = {
    "age": (20, 30, 40, 50),
    "height": (160, 175, 165, 180),
    "weight": (50, 65, 70, 85),
    "pulse": (60, 70, 61, 66),
}


def of(data: Data, layers: str, training: Training) -> Experiment:
    return Experiment(data=data, network=Network(layers), training=training)


MOONS = of(Data(toy=Toy("moons", rows=60, noise=0.2), scale="standard"), "2 -> 5 tanh -> 1 sigmoid", CROSS)
THREE = of(Data(toy=Toy("gaussians", rows=60), scale="min-max"), "2 -> 4 relu -> out softmax", SOFT)
SINE = of(Data(toy=Toy("sine", rows=30)), "1 -> 3 tanh -> 1", SQUARE)
SCALED = Data(
    columns=COLUMNS,
    inputs=("age", "height"),
    target=("weight", "pulse"),
    scale="standard",
    scale_target="standard",
)
TWO = of(SCALED, "2 -> 3 tanh -> 2", SQUARE)


def at(experiment: Experiment, update: int = 0) -> Desk:
    made = desk(experiment)
    made.session.go(update)
    return made


@cache
def learned(name: str) -> Desk:
    """A preset that is trained once; whoever looks at it goes where they look."""
    return desk(preset(name))


def looked_at(name: str, epoch: int) -> Desk:
    """A preset of four updates an epoch."""
    found = learned(name)
    found.session.go(4 * epoch)
    return found


def drawn(desk: Desk, **settings: Any) -> dict[str, Any]:
    panel = PANELS["boundary"]
    return dict(panel.draw(desk.sight(), panel.settings(**settings)))


def places(data: dict[str, Any]) -> Array:
    """The places over which values are told, taken apart in another way than they were made."""
    if len(data["axes"]) == 1:
        return np.array([[x] for x in data["axes"][0]])
    return np.array([[x, y] for y in data["axes"][1] for x in data["axes"][0]])


def asked(desk: Desk, raw: Array) -> Array:
    """What the network says of raw rows, prepared as new rows of a table are."""
    sight = desk.sight()
    preparation = sight.dataset.preparation
    said: Array = sight.predict(prepare_rows(preparation, raw))
    return numbers_in_units(preparation.target, said) if isinstance(preparation.target, NumberTarget) else said


def test_a_score_is_what_the_network_says_at_each_place_in_the_units_of_the_data() -> None:
    moons = at(MOONS, 9)
    data = drawn(moons, places=21)
    assert (data["shows"], len(data["values"])) == ("score", 441)
    assert data["axes"][0][0] < -1 < 2 < data["axes"][0][-1]
    said = asked(moons, places(data))[:, 0]
    assert data["values"] == pytest.approx(said, rel=1e-12)
    assert data["said"] == (said >= 0.5).astype(int).tolist()
    assert data["shades"] == np.rint(100 * np.abs(said - 0.5) / 0.5).astype(int).tolist()


def test_of_several_classes_the_most_likely_one_is_told() -> None:
    three = at(THREE, 20)
    data = drawn(three, places=41)
    said = asked(three, places(data))
    assert data["said"] == said.argmax(axis=1).tolist()
    assert data["values"] == pytest.approx(said.max(axis=1), rel=1e-12)
    ends = np.array(data["lines"]).reshape(-1, 2)
    best = np.sort(asked(three, ends), axis=1)
    assert len(ends) > 20
    assert (best[:, 2] - best[:, 1]).max() < 0.02
    (training, test) = data["parts"]
    assert (training["name"], len(training["rows"]), test["name"], len(test["rows"])) == ("training", 45, "test", 15)
    sight = three.sight()
    assert test["truth"] == sight.dataset.test.targets.argmax(axis=1).tolist()
    right = sight.predict(sight.dataset.test.inputs).argmax(axis=1) == np.array(test["truth"])
    assert test["right"] == right.tolist()
    assert (data["threshold"], data["own"], data["flips"]) == (None, None, "")


def test_numbers_are_told_in_their_own_units_for_the_output_that_is_asked_for() -> None:
    two = at(TWO, 5)
    for output, name in enumerate(("weight", "pulse")):
        data = drawn(two, places=21, output=output)
        said = asked(two, places(data))[:, output]
        (rows,) = data["parts"]
        assert (data["shows"], data["target"]) == ("numbers", name)
        assert data["values"] == pytest.approx(said, rel=1e-12)
        assert rows["truth"] == pytest.approx(COLUMNS[name])
        assert np.transpose(rows["inputs"]) == pytest.approx(np.transpose([COLUMNS["age"], COLUMNS["height"]]))
        assert rows["errors"] == pytest.approx(np.array(rows["values"]) - COLUMNS[name], abs=1e-12)
        low, high = min(*said, *COLUMNS[name]), max(*said, *COLUMNS[name])
        assert (data["low"], data["high"]) == pytest.approx((low, high))
        assert data["shades"] == np.rint(200 * (said - low) / (high - low) - 100).astype(int).tolist()
    assert drawn(two, output=7)["target"] == "pulse"


@pytest.mark.parametrize(
    ("epoch", "said"),
    [(0, None), (40, None), (300, [0, 1, 1, 0]), pytest.param(3000, [0, 1, 1, 0], marks=pytest.mark.long)],
)
def test_exclusive_or_is_as_the_network_computes_it_by_hand(epoch: int, said: list[int] | None) -> None:
    xor = looked_at("xor", epoch)
    states = xor.sight().states
    data = drawn(xor, places=41)

    def by_hand(x: Array) -> Array:
        hidden = np.maximum(0, x @ states["hidden.W"] + states["hidden.b"])
        return np.asarray(hidden @ states["output.W"] + states["output.b"])[:, 0]

    assert data["values"] == pytest.approx(by_hand(places(data)), rel=1e-9, abs=1e-12)
    corners = by_hand(np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]]))
    (rows,) = data["parts"]
    assert rows["values"] == pytest.approx(corners, rel=1e-9, abs=1e-12)
    assert rows["truth"] == [0, 1, 1, 0]
    assert rows["right"] == [(value >= 0.5) == bool(truth) for value, truth in zip(corners, [0, 1, 1, 0], strict=True)]
    if said is not None:
        assert np.round(rows["values"], 3).tolist() == said


def test_exclusive_or_is_a_flat_ramp_then_bends_and_then_wraps() -> None:
    """At first no place is above the threshold; then a band along one diagonal is, the better the longer it learns."""
    turns, off = {}, {}
    for epoch in (0, 40, 300):
        data = drawn(looked_at("xor", epoch), places=81)
        said = np.reshape(data["said"], (81, 81))
        turns[epoch] = [int(np.abs(np.diff(np.diagonal(each))).sum()) for each in (said, said[::-1])]
        off[epoch] = np.abs(np.subtract(data["parts"][0]["values"], [0, 1, 1, 0])).max()
        assert bool(data["lines"]) == (epoch > 0)
    assert turns == {0: [0, 0], 40: [2, 0], 300: [2, 0]}
    assert off[0] > 0.5 > off[40] > 0.05 > 1e-6 > off[300]


def test_two_and_a_half_hours_flip_at_another_threshold_and_no_student_does() -> None:
    desk = looked_at("students", 1000)
    data = drawn(desk, threshold=0.6, at=(2.5,))
    w, b = 4.301868546421, -10.508011559785
    assert data["asked"]["value"] == pytest.approx(1 / (1 + exp(-(2.5 * w + b))), rel=1e-9)
    assert round(data["asked"]["value"], 4) == 0.5614
    assert data["asked"]["words"] == "the network says 1; with the threshold at 0.60 it says 0"
    begin, end = (log(p / (1 - p)) / w - b / w for p in (0.5, 0.6))
    flipping = [x for x in data["axes"][0] if begin <= x < end]
    assert data["flips"] == (
        "With the threshold at 0.60 instead of 0.50 no row flips; "
        f"hours from {flipping[0]:.4g} to {flipping[-1]:.4g} flip from 1 to 0."
    )
    assert 2.5 in flipping
    assert data["parts"][0]["values"] == pytest.approx([0.0020, 0.1296, 0.9166, 0.9988], abs=5e-5)
    assert data["curves"] == [{"name": "passed", "values": data["values"]}]
    assert drawn(desk, at=(2.5,))["asked"]["words"] == "the network says 1"


@pytest.mark.parametrize(
    ("threshold", "sentence"),
    [
        (0.5, "The threshold is 0.50: from there on the network says 1, below it 0."),
        (0.12, "With the threshold at 0.12 instead of 0.50 row 1 flips from 0 to 1; hours from"),
        (
            0.0,
            "With the threshold at 0.00 instead of 0.50 rows 0 and 1 flip from 0 to 1; hours from 0.55 to 2.435 flip",
        ),
        (1.0, "With the threshold at 1.00 instead of 0.50 rows 2 and 3 flip from 1 to 0; hours from"),
    ],
)
def test_who_flips_is_said(threshold: float, sentence: str) -> None:
    assert drawn(looked_at("students", 1000), threshold=threshold)["flips"].startswith(sentence)


def test_the_rows_that_flip_are_those_between_the_thresholds() -> None:
    moons = at(MOONS, 20)
    data = drawn(moons, threshold=0.8)
    (rows,) = data["parts"]
    scores = np.array(rows["values"])
    between = (scores >= 0.5) & (scores < 0.8)
    assert 2 < between.sum() < 12
    assert rows["flips"] == between.tolist()
    assert rows["said"] == (scores >= 0.8).astype(int).tolist()
    flipping = sorted(np.array(rows["rows"])[between].tolist())
    assert f"rows {', '.join(map(str, flipping[:-1]))} and {flipping[-1]} flip from 1 to 0; " in data["flips"]
    plane = np.array(data["values"])
    share = ((plane >= 0.5) & (plane < 0.8)).mean()
    assert f"{100 * share:.1f}% of the plane flips as well." in data["flips"]


def test_a_change_of_the_threshold_is_the_runs_from_then_on() -> None:
    desk = at(preset("students"), 400)
    told(desk, Change("training.threshold", 0.6))
    data = drawn(desk)
    assert (data["own"], data["threshold"], data["settable"]) == (0.6, 0.6, True)
    assert not drawn(at(preset("xor")))["settable"]  # it predicts numbers, for which an experiment has no threshold


def test_rows_of_the_batch_are_known_by_their_place_in_it() -> None:
    moons = at(MOONS, 1)
    (rows,) = drawn(moons)["parts"]
    batch = moons.session.trace().rows.tolist()
    assert len(batch) == 20
    assert [rows["rows"][rows["batch"].index(place)] for place in range(20)] == batch
    assert rows["batch"].count(None) == 40


def test_of_many_rows_a_fair_sample_is_drawn_and_all_of_them_are_counted() -> None:
    many = at(of(Data(toy=Toy("moons", rows=2500)), "2 -> 1 sigmoid", CROSS))
    data = drawn(many, threshold=1.0)
    (rows,) = data["parts"]
    assert (rows["of"], len(rows["rows"]), len(rows["inputs"][1]), len(rows["flips"])) == (2500, MOST, MOST, MOST)
    sight = many.sight()
    flipping = int((sight.predict(sight.dataset.training.inputs)[:, 0] >= 0.5).sum())
    assert f"{flipping:,} rows flip, among them" in data["flips"]


def test_a_network_that_ran_away_is_told_as_such() -> None:
    moons = at(MOONS)
    told(moons, SetWeight("b1", float("inf")))
    told(moons, SetWeight("b2", float("-inf")))
    for weight in ("w11", "w12"):
        told(moons, SetWeight(weight, float("inf")))
    data = drawn(moons, places=21)
    assert set(data["values"]) == {"NaN"}
    assert set(data["shades"]) == {None}
    assert set(data["parts"][0]["values"]) == {"NaN"}


def test_large_networks_get_a_coarser_plane() -> None:
    wide = Experiment(
        data=Data(toy=Toy("moons", rows=20)), network=Network("2 -> 2000 tanh -> 1 sigmoid"), training=CROSS
    )
    side = side_of(set_up(wide, __import__("pathlib").Path()), 121)
    assert side**2 * 2001 <= 1_000_000 < (side + 1) ** 2 * 2001


def test_a_single_input_with_several_outputs_has_several_curves() -> None:
    columns: dict[str, tuple[Cell, ...]] = {"x": (1, 2, 3, 4, 5, 6), "kind": ("a", "b", "c", "a", "b", "c")}
    soft = Training(loss=Loss("cross-entropy", "mean"), learning_rate=0.2, epochs=9, batch_size="all")
    one = at(of(Data(columns=columns, target="kind"), "1 -> out softmax", soft), 3)
    data = drawn(one)
    said = asked(one, places(data))
    assert [each["name"] for each in data["curves"]] == ["a", "b", "c"]
    for place, curve in enumerate(data["curves"]):
        assert curve["values"] == pytest.approx(said[:, place], rel=1e-12)
    (rows,) = data["parts"]
    own = asked(one, np.array([[x] for x in columns["x"]]))[range(6), [0, 1, 2, 0, 1, 2]]
    assert rows["heights"] == pytest.approx(own, rel=1e-12)


def test_it_is_offered_for_one_or_two_inputs_that_are_numbers() -> None:
    def offered(experiment: Experiment) -> list[str]:
        found = next(desk(experiment).opened())
        assert isinstance(found, Opened)
        return [each["name"] for each in found.panels]

    columns: dict[str, tuple[Cell, ...]] = {"a": (1, 2, 3), "b": ("x", "y", "x"), "c": (1, 2, 3), "t": (0.5, 1, 2)}
    for experiment in (SINE, MOONS, THREE, TWO, preset("notes-222")):
        assert "boundary" in offered(experiment)
    for inputs in (("a", "b", "c"), ("a", "b"), ("b",)):
        data = Data(columns=columns, inputs=inputs, target="t")
        assert "boundary" not in offered(of(data, "in -> 2 tanh -> out", SQUARE))


@pytest.mark.parametrize(
    "settings",
    [{"places": 50}, {"places": 10_000}, {"threshold": 1.5}, {"at": [1, 2, 3]}, {"at": ["a"]}, {"output": -1}],
)
def test_settings_out_of_bounds_are_refused(settings: dict[str, Any]) -> None:
    assert only(told(desk(MOONS), Watch("boundary", settings)), Said).code == "WG1003"


def test_a_place_with_other_inputs_than_the_network_has_is_not_asked_at() -> None:
    moons = desk(MOONS)
    assert told(moons, Watch("boundary", {"at": [1.0]})) == []
    found = moons.beside.next()
    while isinstance(found, Why):
        found = moons.beside.next()
    assert isinstance(found, Drawn)
    assert found.data["asked"] is None
