"""The network beside a derivation: drawn from the trace alone, and what is asked for stands out in it."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from tests.explain.taken import called, links_in, links_of
from tests.pipeline.variants import VARIANTS
from whygrad import Loss, Network, Run, Training, train
from whygrad.cli.explain import asked_run
from whygrad.explain import Links, standing
from whygrad.graph.names import index_in_brackets
from whygrad.pipeline.emphasis import emphasised
from whygrad.pipeline.sketch import drawing
from whygrad.pipeline.step_sketch import step_drawing, step_picture
from whygrad.render.drawing import Drawing, Stand
from whygrad.trace import StepTrace

PLACE = re.compile(r"([^\[\]]+)(?:\[([\d,]+)\])?")


@pytest.fixture(scope="module")
def notes() -> Links:
    return links_of("examples/notes-222.toml")


@pytest.fixture(scope="module")
def penguins() -> Run:
    return asked_run(Path("examples/penguins.toml"), None)[0]


def drawn(links: Links, name: str) -> Drawing:
    """The drawing in which a quantity stands out."""
    about = standing(links, called(links, name))
    plain = step_drawing(links.chart.trace, about.row)
    assert plain is not None
    return emphasised(plain, about)


def outstanding(found: Drawing) -> dict[str, set[str]]:
    """The names of the units, weights and biases that are asked for, and of those on the way."""
    stands = [(name, stand) for layer in found.layers for name, stand in zip(layer.units, layer.stands, strict=False)]
    stands += [(each.name, each.stand) for each in found.edges]
    stands += [(each.name, each.stand) for each in found.biases]
    return {
        told: names for told in ("asked", "way") if (names := {name for name, stand in stands if stand is Stand(told)})
    }


def exists(trace: StepTrace, place: str) -> bool:
    """Whether a place is one of an element of the trace."""
    found = PLACE.fullmatch(place)
    if found is None:
        return False
    shape = trace.step.names.node(found[1]).shape
    return index_in_brackets(found[2], shape) is not None if found[2] else shape == ()


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_drawing_of_a_step_is_that_of_the_network_before_it(variant: str) -> None:
    run = train(VARIANTS[variant])
    found, expected = step_drawing(run.step(0), None), drawing(run.at(0))
    assert found is not None
    assert found.edges == expected.edges
    assert found.total == expected.total
    assert [(layer.name, layer.units) for layer in found.layers] == [(e.name, e.units) for e in expected.layers]
    assert [(b.layer, b.units, b.value, b.ref) for b in found.biases] == [
        (b.layer, b.units, b.value, b.ref) for b in expected.biases
    ]


@pytest.mark.parametrize("variant", VARIANTS)
def test_units_show_what_they_gave_and_every_place_is_in_the_trace(variant: str) -> None:
    trace = train(VARIANTS[variant]).step(0)
    found = step_drawing(trace, 0)
    assert found is not None
    assert found.layers[0].values == tuple(np.asarray(trace.value("x"))[0])
    for layer in found.layers[1:]:
        assert layer.values == tuple(
            np.broadcast_to(trace.value(f"{layer.name}.out"), (len(trace.rows), len(layer.units)))[0]
        )
    places = [place for layer in found.layers for refs in layer.refs for place in refs.split(" ")]
    places += [edge.ref for edge in found.edges] + [bias.ref for bias in found.biases]
    assert [place for place in places if not exists(trace, place)] == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("w1", {"asked": {"w1"}, "way": {"x1", "H1", "Y1", "Y2", "w5", "w6"}}),
        ("dE/dw5", {"asked": {"w5"}, "way": {"H1", "Y1"}}),
        ("w5_new", {"asked": {"w5"}, "way": {"H1", "Y1"}}),
        ("b1", {"asked": {"b1"}, "way": {"H1", "H2", "Y1", "Y2", "w5", "w6", "w7", "w8"}}),
        ("dE/dnet_H2", {"asked": {"H2"}, "way": {"Y1", "Y2", "w7", "w8"}}),
        ("net_H1", {"asked": {"H1"}, "way": {"x1", "x2", "w1", "w2"}}),
        ("E_Y1", {"asked": {"Y1"}, "way": {"x1", "x2", "H1", "H2", "w1", "w2", "w3", "w4", "w5", "w7"}}),
        ("E_total", {}),
        ("learning_rate", {}),
    ],
)
def test_what_is_asked_for_and_its_ways_stand_out(notes: Links, name: str, expected: dict[str, set[str]]) -> None:
    found = drawn(notes, name)
    assert outstanding(found) == expected
    assert bool(found.key) is bool(expected)


def test_a_weight_of_a_batch_is_shown_with_the_row_that_its_derivation_follows(penguins: Run) -> None:
    links = links_in(penguins.step(0))
    about = standing(links, called(links, "w4"))
    assert about.row is not None
    found = drawn(links, "w4")
    assert found.layers[1].values == tuple(np.asarray(penguins.step(0).value("hidden.out"))[about.row])
    assert outstanding(found)["asked"] == {"w4"}
    assert {"bill_length_mm", "h1", "Adelie", "Gentoo"} <= outstanding(found)["way"]
    picture = step_picture(penguins.step(0), about)
    assert picture is not None
    assert f"for row {penguins.step(0).rows[about.row]} of the data" in picture.caption


def test_a_whole_batch_shows_no_row(penguins: Run) -> None:
    picture = step_picture(penguins.step(0), None)
    assert picture is not None
    assert picture.caption == "The network with its weights before this update, which saw 32 rows."


def test_a_weight_that_is_not_drawn_is_said_so() -> None:
    links = links_in(large().step(0))
    picture = step_picture(links.chart.trace, standing(links, called(links, "hidden.W[20,0]")))
    assert picture is not None
    assert picture.caption.endswith("hidden.W[20,0] joins units that are not drawn.")
    assert "asked for" not in picture.svg
    assert "way to the loss" in picture.svg


def large() -> Run:
    """A network with more inputs than are drawn."""
    rows: dict[str, list[float]] = {f"x{k}": [0.1 * k, 0.2] for k in range(30)} | {"y": [0.0, 1.0]}
    return train(
        Network("in -> 40 sigmoid -> 1"),
        Training(loss=Loss("squared-error", "mean"), learning_rate=0.1, epochs=1, batch_size="all"),
        rows,
        target="y",
    )
