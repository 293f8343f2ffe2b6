"""Units that do not learn here: shut for every training row, or saturated for every one.

Blame passes a unit times the slope of its activation. Where that is exactly 0 for every row, as for a ReLU whose net
is never above 0, no gradient reaches its weights: the unit is inactive. Where it is below a thousandth for every row,
as for a sigmoid far out on either side, next to nothing does: the unit is saturated.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from whygrad.build.network import ACTIVATIONS
from whygrad.build.plan import DensePlan, every_layer
from whygrad.graph import Input, gradient
from whygrad.lab.panels.panel import NoSettings, Panel
from whygrad.primitive import summed
from whygrad.render.numbers import percent, short
from whygrad.run import prepare

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from whygrad.graph import Expr, Shape
    from whygrad.lab.sight import Sight
    from whygrad.pipeline.setting_up import SetUp
    from whygrad.run import Program
    from whygrad.spec import Activation
    from whygrad.trace import Row

SATURATED: Final = 1e-3
NAMED: Final = 60  # units of a layer
NEVER: Final[frozenset[Activation]] = frozenset({"linear", "leaky-relu", "softmax"})
"""Activations whose slope is never so small, or that have no slope of one unit alone."""


def fits(ready: SetUp) -> bool:
    """Whether there is a layer whose units can be shut or saturated."""
    return bool(layers_of(ready))


def layers_of(ready: SetUp) -> list[DensePlan]:
    """The layers whose units can be."""
    dense = (layer for layer in every_layer(ready.plan.layers) if isinstance(layer, DensePlan))
    return [layer for layer in dense if layer.activation not in NEVER]


def draw(sight: Sight, _: NoSettings) -> dict[str, Any]:
    """In `words` what is meant and found; per layer the units that are `inactive` and `saturated`, and since when.

    A unit is a `place` in the layer's `array`, and a `name`.
    """
    layers = layers_of(sight.ready)
    inside = sight.inside(sight.dataset.training.inputs)
    made = [row for row in sight.rows if (row["update"] or 0) <= sight.shown.trace.number]
    found = [told(layer, inside[f"{layer.name}.net"], made) for layer in layers]
    return {"words": in_words(found, len(sight.dataset.training)), "layers": found}


def in_words(layers: Sequence[Mapping[str, Any]], rows: int) -> str:
    """What was found in all layers together."""
    shut, flat = (sum(each[kind]["count"] for each in layers) for kind in ("inactive", "saturated"))
    every = sum(each["units"] for each in layers)
    return (
        f"With the weights before this update, and all {rows:,} training rows: {shut:,} of {every:,} units are "
        f"inactive (slope 0 for every row), {flat:,} saturated (slope below {short(SATURATED)} for every row)."
    )


def told(layer: DensePlan, net: NDArray[Any], rows: Sequence[Row]) -> dict[str, Any]:
    """What is said of a layer."""
    slopes = np.abs(slopes_of(layer.activation, net))
    inactive = (slopes == 0).all(axis=0)
    saturated = (slopes < SATURATED).all(axis=0) & ~inactive
    return {
        "name": layer.name,
        "array": f"{layer.name}.out",
        "activation": layer.activation,
        "units": len(layer.labels),
        "inactive": units(layer, inactive),
        "saturated": units(layer, saturated),
        "since": since(rows, layer),
    }


def units(layer: DensePlan, which: NDArray[np.bool_]) -> dict[str, Any]:
    """Some units of a layer: how many, what share, and the first of them by name."""
    places = np.flatnonzero(which).tolist()
    named = [{"name": layer.labels[place], "place": place} for place in places[:NAMED]]
    return {"count": len(places), "share": percent(len(places) / len(which), 0), "units": named}


def since(rows: Sequence[Row], layer: DensePlan) -> str:
    """Since which epoch so many units were open for no row, as recorded; "" where all were, or nothing is."""
    column, size = f"inactive/{layer.name}", len(layer.labels)
    shares = [(int(row["epoch"] or 0), share) for row in rows if (share := row.get(column)) is not None]
    if not shares or not shares[-1][1]:
        return ""
    last, latest = shares[-1]
    same = takewhile(lambda pair: pair[1] == latest, reversed(shares))
    first = min(epoch for epoch, _ in same)
    when = f"In epoch {last:,}" if first == last else f"In each of the epochs {first:,} to {last:,}"
    return f"{when}, {round(latest * size):,} of the {size:,} units were open for no row."


def slopes_of(activation: Activation, net: NDArray[Any]) -> NDArray[Any]:
    """The slope of an activation at every net, (rows, units), by the rule that blame goes back by."""
    x, slope, program = slope_program(activation, net.shape)
    with np.errstate(all="ignore"):
        return np.asarray(program.run({x: net})[program.slots[slope]])


@lru_cache(64)
def slope_program(activation: Activation, shape: Shape) -> tuple[Input, Expr, Program]:
    """What computes the slopes of so many nets."""
    x = Input(shape, "net")
    (slope,) = gradient(summed(ACTIVATIONS[activation](x)), [x])
    return x, slope, prepare([slope])


PANEL = Panel("inactive", "Inactive units", fits, draw)
