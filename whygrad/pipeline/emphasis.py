"""A drawing in which what is asked for stands out, and the units and weights on the ways that a derivation follows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from whygrad.render.drawing import BiasDrawing, Drawing, EdgeDrawing, LayerDrawing, Stand
from whygrad.render.names import shortened

if TYPE_CHECKING:
    from whygrad.explain import Standing

Unit = tuple[int, int]  # a layer of the drawing and a place in it


def emphasised(drawing: Drawing, standing: Standing) -> Drawing:
    """The same drawing with its ways marked; as it is where what is asked for is no unit, weight or bias of it."""
    asked = standing.target.ref
    learned: tuple[EdgeDrawing | BiasDrawing, ...] = (*drawing.edges, *drawing.biases)
    parameter = any(each.ref == asked for each in learned)
    own = set() if parameter else units_called(drawing, {label_of(standing)})
    if not own and not parameter and standing.above is None:
        return drawing
    if standing.above is None:
        way, beside = feeding(drawing, own), set()
    else:
        way = units_called(drawing, standing.above) | own
        beside = {(edge.source_layer, edge.source) for edge in drawing.edges if edge.ref == asked}
    return replace(
        drawing,
        layers=tuple(layer_with(layer, number, own, way | beside) for number, layer in enumerate(drawing.layers)),
        edges=tuple(replace(edge, stand=stand_of(edge, asked, way)) for edge in drawing.edges),
        biases=tuple(replace(bias, stand=bias_stand(bias, asked)) for bias in drawing.biases),
        key=key_for(standing, is_drawn=parameter or bool(own)),
    )


def label_of(standing: Standing) -> str:
    """The unit that a value belongs to, "" for none."""
    labels, index = standing.target.named.name.labels, standing.target.index
    return labels[index[-1]] if labels and index else ""


def units_called(drawing: Drawing, labels: set[str] | frozenset[str]) -> set[Unit]:
    """The units of these names."""
    return {
        (number, place)
        for number, layer in enumerate(drawing.layers)
        for place, label in enumerate(layer.units)
        if label in labels
    }


def feeding(drawing: Drawing, units: set[Unit]) -> set[Unit]:
    """Some units and all whose outs they are made of."""
    found = set(units)
    for edge in sorted(drawing.edges, key=lambda each: -each.into):
        if (edge.into, edge.target) in found:
            found.add((edge.source_layer, edge.source))
    return found


def layer_with(layer: LayerDrawing, number: int, own: set[Unit], way: set[Unit]) -> LayerDrawing:
    """A column with its units marked."""
    places = [(number, place) for place in range(len(layer.units))]
    return replace(
        layer,
        stands=tuple(Stand.ASKED if each in own else Stand.WAY if each in way else Stand.ASIDE for each in places),
    )


def stand_of(edge: EdgeDrawing, asked: str, way: set[Unit]) -> Stand:
    """How a weight stands: on the way when both its units are."""
    if edge.ref == asked:
        return Stand.ASKED
    ends = {(edge.source_layer, edge.source), (edge.into, edge.target)}
    return Stand.WAY if ends <= way else Stand.ASIDE


def bias_stand(bias: BiasDrawing, asked: str) -> Stand:
    """How a bias stands: no way leads through one."""
    return Stand.ASKED if bias.ref == asked else Stand.PLAIN


def key_for(standing: Standing, *, is_drawn: bool) -> tuple[tuple[Stand, str], ...]:
    """What the marks mean; `is_drawn` says whether what is asked for is among what is drawn."""
    asked = ((Stand.ASKED, f"{shortened(standing.target.name)}, asked for"),) if is_drawn else ()
    way, beside = ("goes into it", "does not") if standing.above is None else ("way to the loss", "beside it")
    return *asked, (Stand.WAY, way), (Stand.ASIDE, beside)
