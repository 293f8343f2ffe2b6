"""The drawing of a network: every weight is told by name, value, sign and size, or its absence is said."""

from __future__ import annotations

from dataclasses import replace
from math import inf, nan

import pytest

from tests.render.parsed import SVG, svg, tooltips, twice, words
from whygrad.render.drawing import Stand
from whygrad.render.edges import DASHES, edge_labels
from whygrad.render.names import parts, tspans
from whygrad.render.network import (
    BiasDrawing,
    Drawing,
    EdgeDrawing,
    LayerDrawing,
    arranged,
    asked_shape,
    network_svg,
)
from whygrad.render.standing import Shape

HOSTILE = '<script>"&'


def full(*sizes: int, value: float = -0.123456) -> Drawing:
    """A network with every weight between neighbours."""
    layers = tuple(LayerDrawing(f"layer{n}", tuple(f"u{n}{k}" for k in range(size))) for n, size in enumerate(sizes))
    places = [(n, s, t) for n in range(len(sizes) - 1) for s in range(sizes[n]) for t in range(sizes[n + 1])]
    edges = tuple(EdgeDrawing(*place, f"w{number}", value) for number, place in enumerate(places, 1))
    return Drawing(layers, edges)


LIVE = Drawing(
    (LayerDrawing("inputs", ("x1", "x2"), (0.5, 0.8)), LayerDrawing("output", ("out",), (0.7363,))),
    (EdgeDrawing(0, 0, 0, "w1", 0.5), EdgeDrawing(0, 1, 0, "w2", -0.25)),
    (BiasDrawing(1, (0,), "b1", 0.1),),
)


def test_few_weights_have_names_values_and_exact_tooltips() -> None:
    root = svg(network_svg(LIVE))
    assert {"w1 0.5", "w2 -0.25", "b1 0.1", "0.5", "0.736", "inputs"} <= set(words(root))
    assert {"w1 = 0.5", "w2 = -0.25", "x1, value 0.5", "out, value 0.7363, bias b1 = 0.1"} <= set(tooltips(root))


def test_sign_is_told_by_dashes_and_size_by_width() -> None:
    positive, negative = [path for path in svg(network_svg(LIVE)).iter(f"{SVG}path") if path.get("d", "").count("L")]
    assert (positive.get("stroke-dasharray"), negative.get("stroke-dasharray")) == (None, DASHES)
    assert positive.get("stroke") != negative.get("stroke")
    assert float(positive.get("stroke-width", "")) > float(negative.get("stroke-width", ""))


@pytest.mark.parametrize(
    "sizes", [(1, 1), (2, 2, 1), (2, 3, 2), (3, 4, 2), (4, 5), (1, 9, 1), (10, 2), (2, 2, 2, 2, 2)]
)
def test_every_label_has_a_place_of_its_own(sizes: tuple[int, ...]) -> None:
    drawing = full(*sizes)
    layout, _ = arranged(drawing)
    boxes = [box for box in edge_labels(layout, drawing.edges) if box]
    assert len(boxes) == len(drawing.edges) <= 20
    assert not any(one.overlaps(other, gap=0) for place, one in enumerate(boxes) for other in boxes[:place])
    assert {f"w{number} -0.1235" for number in range(1, len(boxes) + 1)} <= set(words(svg(network_svg(drawing))))


def test_many_weights_have_tooltips_only() -> None:
    root = svg(network_svg(full(2, 8, 1)))
    assert "w1 -0.1235" not in words(root)
    assert "w24 = -0.123456" in tooltips(root)


def test_a_large_layer_is_cut_short_and_says_so() -> None:
    drawn = network_svg(full(64, 3))
    assert {"64 units", "Drawn: 24 of 192 weights; the others join units not shown."} <= set(words(svg(drawn)))
    assert drawn.count("<circle") == 2 * (8 + 3) + 3
    assert "layer0: 64 units, layer1: 3 units; 192 weights." in drawn


def test_edges_that_were_left_out_are_counted() -> None:
    first = full(8, 3)
    large = Drawing((LayerDrawing("inputs", ("x",) * 784), first.layers[1]), first.edges, weights=2352)
    assert "Drawn: 24 of 2,352 weights; the others join units not shown." in words(svg(network_svg(large)))


def test_too_many_weights_become_bands_with_their_number() -> None:
    root = svg(network_svg(full(16, 16, 16)))
    assert len(list(root.iter(f"{SVG}polygon"))) == 2
    assert "16 × 16256 weights" in words(root)
    assert "512 weights: too many to draw one by one." in words(root)
    assert "positive" not in words(root)


def test_a_band_between_layers_that_are_cut_short_counts_nothing_it_has_not_seen() -> None:
    shown = full(8, 16, 16, 16)
    large = Drawing((LayerDrawing("inputs", ("x",) * 100), *shown.layers[1:]), shown.edges, weights=2112)
    assert {"100 × 16", "16 × 16256 weights", "2,112 weights: too many to draw one by one."} <= set(
        words(svg(network_svg(large)))
    )


def test_a_shared_bias_stands_at_each_of_its_units() -> None:
    drawing = Drawing(full(1, 2).layers, full(1, 2).edges, (BiasDrawing(1, (0, 1), "b", 0.35),))
    assert words(svg(network_svg(drawing))).count("b 0.35") == 2


def test_a_connection_that_skips_layers_is_a_bow() -> None:
    drawing = full(1, 1, 1)
    skip = EdgeDrawing(0, 0, 0, "skip", 1.0, target_layer=2)
    bows = [
        p for p in svg(network_svg(Drawing(drawing.layers, (*drawing.edges, skip)))).iter() if "Q" in p.get("d", "")
    ]
    assert len(bows) == 1


@pytest.mark.parametrize("value", [0.0, nan, inf, 1e-300, -1e300])
def test_any_value_is_drawn(value: float) -> None:
    drawing = Drawing(
        (LayerDrawing("a", ("x",), (value,)), LayerDrawing("b", ("y",))), (EdgeDrawing(0, 0, 0, "w", value),)
    )
    assert f"w = {value!r}" in tooltips(svg(network_svg(drawing)))
    assert "nan" not in "".join(path.get("d", "") + path.get("stroke-width", "") for path in svg(network_svg(drawing)))


def test_hostile_names_are_only_text() -> None:
    long = "a_very_long_name_of_a_column_indeed"
    layers = (
        LayerDrawing(HOSTILE, (HOSTILE, long)),
        LayerDrawing("h", ("hidden unit one",)),
        LayerDrawing("o", (long,)),
    )
    edges = (EdgeDrawing(0, 0, 0, HOSTILE, 1.0), EdgeDrawing(1, 0, 0, "w", 1.0))
    root = svg(network_svg(Drawing(layers, edges, (BiasDrawing(1, (0,), HOSTILE, 2.0),)), title=HOSTILE))
    assert list(root.iter(f"{SVG}script")) == []
    assert {HOSTILE, f"{HOSTILE} 1", f"{HOSTILE} 2", "a_very_long_name_of…"} <= set(words(root))
    assert long in tooltips(root)


def test_a_network_of_inputs_alone() -> None:
    assert "x0" in "".join(words(svg(network_svg(Drawing((LayerDrawing("inputs", ("x0",)),), ())))))


def test_ids_are_unique() -> None:
    assert twice(element.get("id", str(number)) for number, element in enumerate(svg(network_svg(LIVE)).iter())) == []


STANDING = Drawing(
    (
        LayerDrawing("inputs", ("x1", "x2"), (0.5, 0.8), ("x[0,0]", "x[0,1]"), (Stand.WAY, Stand.ASIDE)),
        LayerDrawing("output", ("y",), (0.7,), ("o.out[0,0] o.net[0,0]",), (Stand.WAY,)),
    ),
    (
        EdgeDrawing(0, 0, 0, "w1", 0.5, ref="o.W[0,0]", stand=Stand.ASKED),
        EdgeDrawing(0, 1, 0, "w2", -2.0, ref="o.W[1,0]", stand=Stand.ASIDE),
    ),
    (BiasDrawing(1, (0,), "b1", 0.1, ref="o.b[0]"),),
    key=((Stand.ASKED, "w1, asked for"), (Stand.WAY, "way to the loss"), (Stand.ASIDE, "beside it")),
)


def test_what_is_asked_for_stands_out_and_what_is_beside_the_way_fades_but_can_be_read() -> None:
    drawn = network_svg(STANDING)
    root = svg(drawn)
    thin = {
        element.get("data-ref"): element for element in root.iter(f"{SVG}g") if element.find(f"{SVG}path") is not None
    }
    asked, beside = (thin[ref].findall(f"{SVG}path") for ref in ("o.W[0,0]", "o.W[1,0]"))
    assert len(asked) == 3
    assert float(asked[-1].get("stroke-width", "")) > float(beside[0].get("stroke-width", ""))
    bold = [element for element in root.iter(f"{SVG}text") if element.get("font-weight") == "700"]
    assert ["".join(element.itertext()) for element in bold] == ["w1 0.5"]
    assert all(
        element.get("opacity") is None and element.get("fill-opacity") is None for element in root.iter(f"{SVG}text")
    )
    assert {"w1, asked for", "way to the loss", "beside it"} <= set(words(root))
    assert "Asked for: w1. Units on the way: x1, y." in drawn


def test_every_unit_weight_and_bias_says_its_place_in_the_trace() -> None:
    found = [ref for element in svg(network_svg(STANDING)).iter() if (ref := element.get("data-ref"))]
    assert {*found} == {"x[0,0]", "x[0,1]", "o.out[0,0] o.net[0,0]", "o.W[0,0]", "o.W[1,0]", "o.b[0]"}
    assert "data-ref" not in network_svg(LIVE)


@pytest.mark.parametrize(
    ("drawing", "shape"),
    [
        (STANDING, Shape.LINE),
        (replace(STANDING, edges=()), Shape.RING),
        (replace(STANDING, edges=(), biases=(replace(STANDING.biases[0], stand=Stand.ASKED),)), Shape.FRAME),
    ],
)
def test_the_key_shows_what_is_asked_for_as_it_is_drawn(drawing: Drawing, shape: Shape) -> None:
    assert asked_shape(drawing) is shape
    root = svg(network_svg(drawing))
    key = next(element for element in root.iter(f"{SVG}g") if element.get("class") == "key")
    shapes = [element.tag.removeprefix(SVG) for element in key]
    assert (
        shapes[: shapes.index("text")]
        == {
            Shape.LINE: ["path"] * 3,
            Shape.RING: ["circle"] * 2,
            Shape.FRAME: ["rect"],
        }[shape]
    )


def test_the_weight_that_is_asked_for_is_drawn_on_the_band_of_all() -> None:
    crowd = full(16, 16, 16)
    one = replace(crowd.edges[3], stand=Stand.ASKED)
    root = svg(network_svg(replace(crowd, edges=(*crowd.edges[:3], one, *crowd.edges[4:]))))
    assert len(list(root.iter(f"{SVG}polygon"))) == 2
    assert len(list(root.iter(f"{SVG}path"))) == 3


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("h1", ("h", "1")),
        ("w12", ("w", "12")),
        ("wOut1", ("wOut", "1")),
        ("w_11", ("w", "11")),
        ("w1_2", ("w", "1,2")),
        ("net_H1", ("net", "H1")),
        ("bOut", ("bOut", "")),
        ("bill_length_mm", ("bill_length_mm", "")),
        ("island=Dream", ("island=Dream", "")),
        ("2", ("2", "")),
    ],
)
def test_numbers_of_units_stand_below_the_line_and_columns_stay_as_they_are(
    name: str, expected: tuple[str, str]
) -> None:
    assert parts(name) == expected


def test_what_follows_a_subscript_is_on_the_line_again() -> None:
    assert tspans("w5", " 0.4") == 'w<tspan dy="3" font-size="75%">5</tspan><tspan dy="-3"> 0.4</tspan>'
