"""Moves unit by unit on a desk: what is shown is what is computed, and a change of kind keeps the place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.lab.asking import desk, frame, only, told
from whygrad.lab.frame import UNITS
from whygrad.lab.message import Change, Divide, Go, Said, SetWeight, Step, Why
from whygrad.lab.presets import preset

if TYPE_CHECKING:
    from whygrad.lab.desk import Desk


@pytest.fixture
def notes() -> Desk:
    found = desk(preset("notes-222"))
    told(found, Divide("unit"))
    return found


def at(desk: Desk, moves: int) -> Any:
    return frame(told(desk, Go(0, moves)))


def test_of_each_array_only_the_units_that_were_computed_are_shown(notes: Desk) -> None:
    trace = notes.session.trace(0)
    net, y = trace.value("hidden.net")[0].tolist(), trace.value("output.net")[0].tolist()
    seen = at(notes, 1)
    assert (seen.by, len(seen.steps)) == ("unit", 16)
    assert seen.steps[0] == {
        "stage": "forward",
        "title": "Forward pass",
        "layer": "hidden",
        "name": "H1",
        "unit": 0,
    }
    assert (seen.values["hidden.net"], "output.net" in seen.values) == ([net[0], None], False)
    assert at(notes, 2).values["hidden.net"] == net
    assert at(notes, 3).values["output.net"] == [y[0], None]
    errors = trace.value("errors")[0].tolist()
    assert (at(notes, 5).values["errors"], at(notes, 5).loss) == ([errors[0], None], None)
    assert (at(notes, 6).values["errors"], at(notes, 6).loss) == (errors, trace.loss)
    blame = trace.adjoint("hidden.net")[0].tolist()
    assert at(notes, 9).adjoints["hidden.net"] == [blame[0], None]
    assert at(notes, 10).adjoints["hidden.net"] == blame


def test_the_update_shows_the_weights_of_the_units_that_were_updated(notes: Desk) -> None:
    change, shared = notes.session.trace(0).change("output.W"), notes.session.trace(0).change("output.b")
    before, after, gradient = (each.tolist() for each in (change.before, change.after, change.gradient))
    seen = at(notes, 10)
    assert (seen.weights["output.W"], seen.before, seen.gradients) == (before, None, {})
    seen = at(notes, 11)
    assert seen.weights["output.W"] == [[new[0], old[1]] for new, old in zip(after, before, strict=True)]
    assert seen.gradients == {"output.W": [[line[0], None] for line in gradient]}
    assert seen.updates == {"output.W": [[line[0], None] for line in change.update.tolist()]}
    assert seen.before == {each.name: each.before.tolist() for each in notes.session.trace(0).changes()}
    seen = at(notes, 12)
    assert (seen.weights["output.W"], seen.weights["output.b"]) == (after, shared.before.tolist())
    assert at(notes, 13).weights["output.b"] == shared.after.tolist()


@pytest.mark.parametrize("name", ["notes-222", "xor", "moons", "deep-norm"])
def test_after_the_last_move_everything_is_as_it_is_layer_by_layer(name: str) -> None:
    found = desk(preset(name))
    whole = at(found, len(found.view.chart()[1]))
    seen = frame(told(found, Divide("unit")))
    assert (seen.moves, seen.by) == (len(seen.steps), "unit")
    for key in ("values", "adjoints", "weights", "before", "gradients", "updates", "loss"):
        assert getattr(seen, key) == getattr(whole, key), key


def test_a_place_is_kept_as_far_as_whole_layers(notes: Desk) -> None:
    by_unit = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 15, 16]
    by_layer = []
    for moves in by_unit:
        at(notes, moves)
        by_layer.append(frame(told(notes, Divide("layer"))).moves)
        told(notes, Divide("unit"))
    assert by_layer == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 5, 6]
    told(notes, Divide("layer"))
    back = []
    for moves in range(7):
        at(notes, moves)
        back.append(frame(told(notes, Divide("unit"))).moves)
        told(notes, Divide("layer"))
    assert back == [0, 2, 4, 6, 8, 10, 16]


def test_steps_go_unit_by_unit_into_the_next_update_and_the_equations_are_those_of_a_unit(notes: Desk) -> None:
    at(notes, 16)
    seen = frame(told(notes, Step()))
    assert (seen.update, seen.moves) == (1, 1)
    why = notes.beside.next()
    assert isinstance(why, Why)
    assert (why.moves, why.document["title"]) == (1, "Forward pass, H1")
    back = frame(told(notes, Step(back=True)))
    assert (back.update, back.moves) == (0, 16)


def test_a_change_of_a_weight_between_units_is_seen(notes: Desk) -> None:
    at(notes, 3)
    seen = frame(told(notes, SetWeight("w1", 0.5)))
    assert (seen.by, seen.moves, seen.weights["hidden.W"][0][0]) == ("unit", 0, 0.5)


def test_a_large_network_is_gone_through_layer_by_layer() -> None:
    large = desk(preset("xor"))
    told(large, Divide("unit"))
    wide = frame(told(large, Change("network.layers", f"2 -> {UNITS} relu -> 1")))
    assert (wide.by, len(wide.steps)) == ("layer", 6)
    refused = told(large, Divide("unit"))
    assert only(refused, Said).code == "WG1021"
    assert frame(refused).by == "layer"
    assert frame(told(large, Change("network.layers", f"2 -> {UNITS - 1} relu -> 1"))).by == "unit"


def test_a_nan_is_looked_at_in_the_unit_where_it_began() -> None:
    found = desk(preset("chain-depth"))
    told(found, Divide("unit"))
    told(found, SetWeight("w2", 1.7e308))
    said = told(found, Step("update"))
    assert only(said, Said).kind == "error"
    seen = frame(said)
    step = seen.steps[seen.moves - 1]
    assert (step["stage"], step["name"]) == ("forward", "h2")
