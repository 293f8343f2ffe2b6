"""How the numbers of each layer are spread: its weights, their gradients, or what its units hand on.

With one axis for all layers one sees how large they are beside each other: gradients that vanish are one column at 0.
With an axis for each one sees the shape of even the smallest. Biases are left out: they start at 0, and would stand in
the middle of every picture.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

import msgspec
import numpy as np

from whygrad.build.plan import DensePlan, every_layer
from whygrad.lab.frame import numbers
from whygrad.lab.panels.panel import Panel

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from whygrad.lab.sight import Sight
    from whygrad.trace import StepTrace

BINS: Final = 25  # odd, so that what lies around 0 has a column of its own where the range is even
FINEST: Final = 1e-9  # of the numbers' own size: columns narrower than this are not told apart
LARGEST: Final = 1e300  # beyond it the width of an axis is not a finite number


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which numbers, and whether all layers share an axis or each has its own."""

    of: Literal["weights", "gradients", "outs"] = "weights"
    axis: Literal["shared", "own"] = "shared"


def draw(sight: Sight, settings: Settings) -> dict[str, Any]:
    """The settings; per layer the `edges` of its columns and the `counts` in them, and figures of all its numbers.

    `rows` is how many the batch has: outs are one number for each of them and each unit.
    """
    trace = sight.shown.trace
    dense = [layer for layer in every_layer(sight.ready.plan.layers) if isinstance(layer, DensePlan)]
    found = [np.asarray(numbers_of(trace, layer, settings.of), dtype=float) for layer in dense]
    everything = np.concatenate(found)
    layers = [
        {"name": layer.name} | spread(each, everything if settings.axis == "shared" else each)
        for layer, each in zip(dense, found, strict=True)
    ]
    return {"of": settings.of, "axis": settings.axis, "rows": len(trace.rows), "layers": layers}


def numbers_of(trace: StepTrace, layer: DensePlan, of: str) -> NDArray[Any]:
    """The numbers of one layer, of weights those that are there."""
    if of == "outs":
        return np.ravel(trace.value(f"{layer.name}.out"))
    change = trace.change(layer.weight.name)
    whole = change.before if of == "weights" else change.gradient
    return np.ravel(whole if layer.weight.wired is None else whole[layer.weight.wired])


@np.errstate(all="ignore")  # numbers of a network that has run away are counted too
def spread(values: NDArray[Any], among: NDArray[Any]) -> dict[str, Any]:
    """How many of some numbers lie in each column of an axis that has room for others too; not finite ones in none."""
    known = np.clip(values[np.isfinite(values)], -LARGEST, LARGEST)
    edges = edges_of(np.clip(among[np.isfinite(among)], -LARGEST, LARGEST))
    counts, _ = np.histogram(known, edges)
    return {
        "edges": numbers(edges),
        "counts": counts.tolist(),
        "count": len(values),
        "broken": len(values) - len(known),
        "figures": figures_of(known) if len(known) else None,
    }


def edges_of(values: NDArray[Any]) -> NDArray[Any]:
    """The edges of the columns, from the least of some numbers to the largest; wider where these are all alike."""
    least, most = (values.min(), values.max()) if len(values) else (0.0, 0.0)
    finest = max(abs(least), abs(most)) * FINEST or 0.5
    if most - least < finest:
        least, most = least - finest, most + finest
    return np.linspace(least, most, BINS + 1)


def figures_of(values: NDArray[Any]) -> dict[str, Any]:
    """What is said of some numbers in figures."""
    figures = {"least": values.min(), "most": values.max(), "mean": values.mean(), "deviation": values.std()}
    return {name: numbers(figure) for name, figure in figures.items()}


PANEL = Panel("histograms", "Values per layer", lambda _: True, draw, Settings)
