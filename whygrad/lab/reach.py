"""How far blame reaches: how large the gradients of one update are, layer by layer, and what that comes to in words.

Sizes are lengths, the root of the sum of the squares, as the history of a run has them: a layer's figure here and its
`gradient_norm` are the same number. They are of all rows of the batch, and of layers with units of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Final

import numpy as np

from whygrad.build.plan import DensePlan, every_layer
from whygrad.render.numbers import short

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whygrad.build import NetworkPlan
    from whygrad.trace import StepTrace

# No book has a line between small and vanished; these are ours. From a factor of ten on one sees a slope. From a
# thousand on no learning rate suits both ends: one that moves the weights of the last layer by a tenth moves those of
# the first by less than a thousandth of that.
SLOPE: Final = 10.0
LOST: Final = 1000.0


@dataclass(frozen=True)
class Size:
    """One layer's part in an update.

    - `gradient`: of the loss by its weights and biases, as the update uses it; `blame`: of the loss by its nets.
    - `moved`: how far the update moves its weights and biases, as a share of their own length.
    """

    layer: str
    gradient: float
    blame: float
    moved: float


def sizes_of(trace: StepTrace, plan: NetworkPlan) -> list[Size]:
    """The sizes of an update, first layer first."""
    dense = [layer for layer in every_layer(plan.layers) if isinstance(layer, DensePlan)]
    return [size_of(trace, layer) for layer in dense]


@np.errstate(all="ignore")  # a network that has run away is looked at too
def size_of(trace: StepTrace, layer: DensePlan) -> Size:
    """The sizes of one layer; a linear layer's net is its out."""
    net = f"{layer.name}.out" if layer.activation == "linear" else f"{layer.name}.net"
    parameters = [each.name for each in (layer.weight, layer.bias) if each is not None]
    before = np.concatenate([np.ravel(trace.state(name)[0]) for name in parameters])
    return Size(
        layer.name,
        gradient=output(trace, f"gradient_norm/{layer.name}"),
        blame=length(trace.adjoint(net)),
        moved=float(np.divide(output(trace, f"update_norm/{layer.name}"), length(before))),
    )


def output(trace: StepTrace, name: str) -> float:
    """A figure of the step."""
    return float(trace.values[trace.step.outputs[name]])


def length(values: object) -> float:
    """The root of the sum of the squares."""
    return float(np.linalg.norm(np.ravel(np.asarray(values))))


def in_words(layers: Sequence[str], sizes: Sequence[float], what: str) -> str:
    """What one sees from the last layer back to the first.

    A factor below 10 is called the same size, one of 1,000 or more vanishing or exploding.

    >>> in_words(["hidden1", "hidden2", "output"], [2e-4, 0.02, 2], "the gradient")
    'From output back to hidden1 the gradient shrinks by a factor of 1e4, 100 for each layer: it vanishes.'
    """
    if broken := [layer for layer, size in zip(layers, sizes, strict=True) if not isfinite(size)]:
        return f"{sentence(what)} of {listed(broken)} is not a finite number."
    if none := [layer for layer, size in zip(layers, sizes, strict=True) if size == 0]:
        return f"{sentence(what)} of {listed(none)} is exactly 0: nothing reaches it."
    if len(layers) == 1:
        return f"There is one layer; {what} has nothing to be compared with."
    way = f"rom {layers[-1]} back to {layers[0]} {what}"
    factor = sizes[-1] / sizes[0]
    if 1 / SLOPE < factor < SLOPE:
        return f"F{way} keeps its size: the two differ by a factor of {short(max(factor, 1 / factor), 3)}."
    size = factor if factor > 1 else 1 / factor
    each = short(size ** (1 / (len(layers) - 1)), 3)
    told = f"F{way} {'shrinks' if factor > 1 else 'grows'} by a factor of {short(size, 3)}, {each} for each layer"
    return f"{told}{': it vanishes' * (factor >= LOST)}{': it explodes' * (factor <= 1 / LOST)}."


def sentence(words: str) -> str:
    """The same with a capital letter."""
    return words[:1].upper() + words[1:]


def listed(names: Sequence[str], most: int = 3) -> str:
    """Some names in a row, and how many more there are."""
    more = f" and {len(names) - most} more layers" if len(names) > most else ""
    return ", ".join(names[:most]) + more
