"""A network made to fit other data than it was made for: as much of it stays as can."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from msgspec import structs

from whygrad.data import load_table
from whygrad.data.source import input_and_target_names
from whygrad.pipeline.starting import MOST_CLASSES, output_and_loss
from whygrad.spec import CLASS_LOSSES, Dense, Loss

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from whygrad.data import Column
    from whygrad.spec import Experiment, Layer, Network, Training

FIRST: Final = re.compile(r"^\s*(?:in|\d+)")
LAST: Final = re.compile(r"(?:out|\d+)(\s+[a-z-]+)?\s*$")
USUAL_THRESHOLD: Final = 0.5


def fitted(experiment: Experiment, folder: Path) -> Iterator[Experiment]:
    """What may be tried where an experiment does not fit its own data, the closest first.

    First the layers are as they were, but for the numbers of inputs and outputs, and for what was said of single units.
    Then the last activation and the loss are those for what the target holds. Raises what reading the rows does.
    """
    sized = structs.replace(experiment, network=of_any_size(experiment.network))
    yield sized
    activation, loss = ending(experiment, folder)
    yield structs.replace(
        sized,
        data=structs.replace(sized.data, scale_target="none") if activation else sized.data,
        network=with_activation(sized.network, activation or "linear"),
        training=learning_by(sized.training, loss),
    )


def of_any_size(network: Network) -> Network:
    """The same layers between as many inputs and outputs as the data has."""
    layers = network.layers
    if isinstance(layers, str):
        open_ended: Any = LAST.sub(r"out\1", FIRST.sub("in", layers))
    else:
        *before, last = [unlisted(layer) for layer in layers]
        open_ended = (*before, structs.replace(last, units="out") if isinstance(last, Dense) else last)
    return structs.replace(network, layers=open_ended, inputs=(), weights={})


def unlisted(layer: Layer) -> Layer:
    """A layer that joins all units, as the weights that it listed are gone."""
    return structs.replace(layer, wiring="full") if isinstance(layer, Dense) else layer


def with_activation(network: Network, activation: str) -> Network:
    """The same network with another activation at its end."""
    layers: Any = network.layers
    if isinstance(layers, str):
        return structs.replace(network, layers=LAST.sub(f"out {activation}", layers).removesuffix(" linear"))
    return structs.replace(network, layers=(*layers[:-1], structs.replace(layers[-1], activation=activation)))


def ending(experiment: Experiment, folder: Path) -> tuple[str, Loss]:
    """The last activation and the loss for what the target holds; several targets are numbers."""
    data = experiment.data
    table = load_table(data, folder)
    _, targets = input_and_target_names(data, table)
    if len(targets) > 1:
        return "", Loss("squared-error", "mean")
    column = table.columns[targets[0]]
    were_classes = experiment.training.loss.name in CLASS_LOSSES and data.task == "auto"
    return output_and_loss(column, "classification" if were_classes and numbers_classes(column) else data.task)


def numbers_classes(column: Column) -> bool:
    """Whether numbers that were classes before may still be: they are whole, and few are different."""
    present = np.unique(column.values[~column.missing]) if column.kind == "number" else np.array([0.5])
    return len(present) <= MOST_CLASSES and bool((present == np.round(present)).all())


def learning_by(training: Training, loss: Loss) -> Training:
    """The same training by another loss, added up over the rows as before, which a learning rate is chosen for."""
    classes = loss.name != "squared-error"
    return structs.replace(
        training,
        loss=structs.replace(loss, reduction=training.loss.reduction),
        reported_loss=None,
        threshold=training.threshold if classes else USUAL_THRESHOLD,
        class_weights="balanced" if classes and training.class_weights != "none" else "none",
    )
