"""What each unit computes over the inputs, where there are one or two of them: small pictures in the network's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from whygrad.build.plan import DensePlan, every_layer
from whygrad.lab.frame import numbers
from whygrad.lab.panels.panel import NoSettings, Panel
from whygrad.pipeline.reading import reading_of
from whygrad.render.plane import line_around, places_of, plane_around

if TYPE_CHECKING:
    from whygrad.lab.sight import Sight
    from whygrad.pipeline.setting_up import SetUp

Array = NDArray[Any]

SIDE: Final = 18  # places along each axis of a plane
ALONG: Final = 41  # places along a curve
MOST_UNITS: Final = 64


def fits(ready: SetUp) -> bool:
    """One or two inputs that are numbers, and units that are large enough in the picture to hold one."""
    units = [label for layer in dense(ready) for label in layer.labels]
    return 1 <= len(reading_of(ready.dataset).columns) <= 2 and len(units) <= MOST_UNITS


def dense(ready: SetUp) -> list[DensePlan]:
    """The layers that are drawn as columns of units."""
    return [layer for layer in every_layer(ready.plan.layers) if isinstance(layer, DensePlan)]


@np.errstate(all="ignore")
def draw(sight: Sight, _: NoSettings) -> dict[str, Any]:
    """Of each unit of each column, the inputs first, what it gives (`low` to `high`) over places of the inputs.

    - `inputs`: names, each with where the places begin and end; `places`: how many along each axis.
    - `most`: the largest size of all units'; `shades`: each value in percent of it, of an input in percent of its
      own largest, null where it is not finite; one line along the first input after another.
    """
    reading, names = reading_of(sight.dataset), sight.dataset.preparation.feature_names
    raw = reading.raw(np.concatenate([part.inputs for part in sight.parts.values()]))
    axes = [line_around(raw[:, 0], places=ALONG)] if raw.shape[1] == 1 else list(plane_around(raw, places=SIDE))
    inputs = reading.prepared(axes[0][:, None] if len(axes) == 1 else places_of(*axes))
    outs = outs_of(sight, inputs)
    most = max(map(largest, outs))
    return {
        "inputs": [{"name": name, "ends": numbers(axis[[0, -1]])} for name, axis in zip(names, axes, strict=True)],
        "places": len(axes[0]),
        "most": most,
        "layers": [
            [unit(values, largest(values)) for values in inputs.T],
            *([unit(values, most) for values in out.T] for out in outs),
        ],
    }


def largest(values: Array) -> float:
    """The largest size of a finite number."""
    return float(np.abs(values[np.isfinite(values)]).max(initial=0.0))


def outs_of(sight: Sight, inputs: Array) -> list[Array]:
    """The out of every layer, (rows, units) each."""
    inside = sight.inside(inputs)
    return [inside[f"{layer.name}.out"] for layer in dense(sight.ready)]


def unit(values: Array, most: float) -> dict[str, Any]:
    """What one unit gives."""
    finite = np.isfinite(values)
    shades = np.rint(100 * (np.where(finite, values, 0.0) / (most or 1.0))).astype(int).tolist()
    if finite.all():
        return {"low": float(values.min()), "high": float(values.max()), "shades": shades}
    known = values[finite]
    ends = (float(known.min()), float(known.max())) if len(known) else (None, None)
    shown = [shade if is_there else None for shade, is_there in zip(shades, finite.tolist(), strict=True)]
    return {"low": ends[0], "high": ends[1], "shades": shown}


PANEL = Panel("planes", "What each unit computes", fits, draw, is_card=False)
