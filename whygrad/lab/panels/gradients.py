"""How large the gradients of the update are, layer by layer: where they vanish or explode on the way back.

They are of the whole update and of all its rows, known at once: a panel that waited for the backward moves would show
one layer at a time, and never the slope that it is there for.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any, Final

from whygrad.lab.frame import numbers
from whygrad.lab.panels.panel import NoSettings, Panel
from whygrad.lab.reach import in_words, listed, sizes_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whygrad.lab.reach import Size
    from whygrad.lab.sight import Sight
    from whygrad.trace import Row

NUMBERS: Final = 1_200  # of the history, in one message
EPOCHS: Final = 80  # of the history: more are not seen in a line as short as this


def draw(sight: Sight, _: NoSettings) -> dict[str, Any]:
    """`layers` in order; three `measures` of each with `words`; the gradients of the `epochs` made, layer by layer."""
    trace = sight.shown.trace
    sizes = sizes_of(trace, sight.ready.plan)
    layers = [each.layer for each in sizes]
    made = [row for row in sight.rows if (row["update"] or 0) <= trace.number]
    return {
        "layers": layers,
        "rows": len(trace.rows),
        "measures": measures(layers, sizes),
        "history": history(layers, made),
    }


def measures(layers: list[str], sizes: list[Size]) -> list[dict[str, Any]]:
    """The sizes as a page shows them: what they are, and what one sees."""
    gradient, blame = [each.gradient for each in sizes], [each.blame for each in sizes]
    moved = [each.moved for each in sizes]
    return [
        measure("gradient", "dE/dW, weights and biases", gradient, in_words(layers, gradient, "the gradient")),
        measure("blame", "dE/dnet, blame of the units", blame, in_words(layers, blame, "the blame")),
        measure("moved", "length of the update / length of the weights", moved, about_moves(layers, moved)),
    ]


def measure(name: str, title: str, values: list[float], words: str) -> dict[str, Any]:
    """One of them."""
    return {"name": name, "title": title, "values": [numbers(each) for each in values], "words": words}


def about_moves(layers: list[str], moved: list[float]) -> str:
    """The same of how far the weights move."""
    if still := [layer for layer, share in zip(layers, moved, strict=True) if share == 0]:
        return f"This update does not move {listed(still)} at all."
    return in_words(layers, moved, "the share by which this update moves the weights")


def history(layers: list[str], rows: Sequence[Row]) -> dict[str, Any]:
    """The mean gradient of each epoch before the update, layer by layer; of many epochs evenly chosen ones."""
    every = ceil(max(len(rows) / EPOCHS, len(rows) * len(layers) / NUMBERS, 1))
    chosen = [row for place, row in enumerate(rows) if place % every == 0 or place == len(rows) - 1]
    return {
        "epochs": [row["epoch"] for row in chosen],
        "values": [[numbers(row[f"gradient_norm/{layer}"]) for row in chosen] for layer in layers],
    }


PANEL = Panel("gradients", "Gradient size per layer", lambda _: True, draw)
