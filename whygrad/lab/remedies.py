"""An experiment with a remedy for gradients that vanish: other activations, normalisation, ways around layers.

Everything else stays as it is, the seed too. The last layer is left alone: what the network says is not to change its
meaning.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from whygrad.spec import BatchNorm, Dense, Glorot, He, LayerNorm, Residual
from whygrad.spec.layers import declared

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from whygrad.spec import Experiment, Initialiser, Layer

LEAST_NORMALISED: Final = 3  # of two values that are normalised nothing is left but their order


@dataclass(frozen=True)
class Variant:
    """An experiment to compare with; `experiment` is None where the remedy changes nothing, and `what` says why."""

    name: str
    title: str
    what: str
    experiment: Experiment | None


def variants(experiment: Experiment, inputs: int) -> list[Variant]:
    """The experiment as it is and with each remedy; `inputs` is how many values its first layer reads."""
    _, layers = declared(experiment.network)
    *hidden, last = layers
    relu = tuple(with_relu(hidden))
    normal = tuple(normalised(hidden))
    around = tuple(bypassed(hidden, inputs))
    return [
        Variant("as-it-is", "as it is", "the network of this page, from its seed", experiment),
        changed(experiment, hidden, (*relu, last), RELU, initialiser=suited(experiment.network.initialiser)),
        changed(experiment, hidden, (*normal, last), NORMALISED),
        changed(experiment, hidden, (*around, last), BYPASSED),
    ]


RELU: Final = ("relu", "ReLU", "ReLU in every hidden layer, drawn for it (He) where no other way was chosen")
NORMALISED: Final = (
    "normalisation",
    "normalisation",
    "layer normalisation behind each hidden layer (of 3 units or more)",
)
BYPASSED: Final = ("residual", "residual", "a way around each hidden layer that is as wide as what it reads")


def changed(
    experiment: Experiment,
    hidden: Sequence[Layer],
    layers: tuple[Layer, ...],
    words: tuple[str, str, str],
    initialiser: Initialiser | None = None,
) -> Variant:
    """The experiment with other layers, where they are others."""
    if list(layers[:-1]) == list(hidden):
        return Variant(*words[:2], f"changes nothing here ({words[2]})", None)
    network = replace(experiment.network, layers=layers, initialiser=initialiser or experiment.network.initialiser)
    return Variant(*words, replace(experiment, network=network))


def with_relu(layers: Sequence[Layer]) -> Iterator[Layer]:
    """The same layers with ReLU."""
    for layer in layers:
        if isinstance(layer, Dense):
            yield replace(layer, activation="relu", initialiser=layer.initialiser and suited(layer.initialiser))
        elif isinstance(layer, Residual):
            yield replace(layer, layers=tuple(with_relu(layer.layers)))
        else:
            yield layer


def suited(initialiser: Initialiser) -> Initialiser:
    """The initialiser that suits ReLU in place of the one that suits a sigmoid; any other was chosen, and stays."""
    return He() if isinstance(initialiser, Glorot) else initialiser


def normalised(layers: Sequence[Layer]) -> Iterator[Layer]:
    """The same layers with a normalisation behind each that has none."""
    for layer, following in zip(layers, (*layers[1:], None), strict=True):
        yield layer
        is_bare = isinstance(layer, Dense) and not isinstance(following, LayerNorm | BatchNorm)
        if is_bare and width_of(layer) >= LEAST_NORMALISED:
            yield LayerNorm()


def bypassed(layers: Sequence[Layer], width: int) -> Iterator[Layer]:
    """The same layers with a way around each that gives as many values as it reads."""
    for layer in layers:
        read, width = width, width_of(layer, width)
        yield Residual((layer,)) if isinstance(layer, Dense) and read == width else layer


def width_of(layer: Layer, read: int = 0) -> int:
    """How many values a layer gives that reads so many."""
    if not isinstance(layer, Dense):
        return read
    return layer.units if isinstance(layer.units, int) else len(layer.units)
