"""A network and its training in words, for every surface that shows a run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from whygrad.build.plan import (
    BatchNormPlan,
    DensePlan,
    DropoutPlan,
    LayerNormPlan,
    LayerPlan,
    ResidualPlan,
    every_layer,
    parameters_of,
)
from whygrad.render.numbers import count, figure, percent

if TYPE_CHECKING:
    from whygrad.build import NetworkPlan
    from whygrad.pipeline.setting_up import SetUp
    from whygrad.pipeline.trained import Trained
    from whygrad.spec import Experiment


SHARES = ("accuracy", "precision", "recall")


@dataclass(frozen=True)
class LayerFacts:
    """One layer in words: its name, its kind, how many values go in and out, and how many numbers it learns."""

    name: str
    kind: str
    inputs: int
    outputs: int
    parameters: int


def headline(ready: SetUp) -> str:
    """One line: title, network, data, training."""
    experiment, plan = ready.experiment, ready.plan
    count = sum(parameter.size for parameter in plan.parameters())
    title = f"{experiment.title}: " if experiment.title else ""
    network = f"{title}{network_line(plan)}, {count:,} parameter{'s' * (count != 1)}"
    return "; ".join([network, ready.dataset.source, training_line(experiment, rows=len(ready.dataset.training))])


def network_line(plan: NetworkPlan) -> str:
    """The network in its short form: 2 -> 8 relu -> 1."""
    return " -> ".join([str(len(plan.inputs)), *map(layer_words, plan.layers)])


def layer_words(layer: LayerPlan) -> str:
    """A layer as the short form has it."""
    match layer:
        case DensePlan(activation="linear"):
            return str(len(layer.labels))
        case DensePlan(activation=activation):
            return f"{len(layer.labels)} {activation}"
        case DropoutPlan(rate=rate):
            return f"dropout {rate:g}"
        case LayerNormPlan():
            return "layer-norm"
        case BatchNormPlan():
            return "batch-norm"
        case ResidualPlan(layers=layers):
            return f"residual({' -> '.join(map(layer_words, layers))})"


def training_line(experiment: Experiment, *, rows: int) -> str:
    """How it is trained on so many rows: one update per row, sgd at 0.1, seed 7."""
    training = experiment.training
    size = training.batch_size
    update = {"per row": "one update per row", "all": "one update per epoch"}.get(str(size), f"batches of {size}")
    if isinstance(size, int) and size >= rows > 1:
        update = f"batches of {size}, so all {rows} rows at once"
    name = training.optimizer.__struct_config__.tag
    return f"{update}, {name} at {training.learning_rate:g}, seed {training.seed}"


def layers(plan: NetworkPlan) -> tuple[LayerFacts, ...]:
    """Every layer in order, those inside residual connections with a bar in front of their kind."""
    return tuple(facts(plan.layers, len(plan.inputs), depth=0))


def facts(some: tuple[LayerPlan, ...], inputs: int, *, depth: int) -> Iterator[LayerFacts]:
    """The facts of some layers that follow each other."""
    for layer in some:
        outputs = width(layer, inputs)
        kind = "| " * depth + (layer_words(layer) if not isinstance(layer, ResidualPlan) else "residual")
        own = sum(parameter.size for parameter in parameters_of(layer))
        yield LayerFacts(layer.name, kind, inputs, outputs, own)
        if isinstance(layer, ResidualPlan):
            yield from facts(layer.layers, inputs, depth=depth + 1)
        inputs = outputs


def width(layer: LayerPlan, inputs: int) -> int:
    """How many values come out of a layer that `inputs` go into."""
    match layer:
        case DensePlan(labels=labels):
            return len(labels)
        case ResidualPlan(layers=inner):
            for each in inner:
                inputs = width(each, inputs)
    return inputs


def joined(plan: NetworkPlan) -> dict[str, tuple[str, str]]:
    """From which unit to which each named weight leads; a bias comes from nowhere."""
    found: dict[str, tuple[str, str]] = {}
    units = plan.inputs
    for layer in every_layer(plan.layers):
        if isinstance(layer, DensePlan):
            if layer.weight.elements:
                found |= zip(layer.weight.elements, product(units, layer.labels), strict=True)
            found |= bias_ends(layer)
            units = layer.labels
    return found


def bias_ends(layer: DensePlan) -> Iterator[tuple[str, tuple[str, str]]]:
    """The named biases of a layer with the unit each belongs to, or all of them where they share one."""
    if layer.bias is not None and layer.bias.elements:
        places = layer.labels if layer.bias.shape else (", ".join(layer.labels),)
        yield from zip(layer.bias.elements, (("", unit) for unit in places), strict=True)


def judging_part(run: Trained) -> str:
    """The part of the data that says most about new rows: test, else validation, else training."""
    return next(name for name in ("test", "validation", "training") if name in run.parts)


def kept_in_words(kept: int, epochs: int, loss: float | None) -> str:
    """Which epoch's weights are kept, where that is not the last; `loss` is the validation loss then."""
    if kept == epochs:
        return ""
    lowest = "" if loss is None else f" ({figure(loss)})"
    return f"The weights are those after {count(kept, 'epoch')}, when the validation loss was lowest{lowest}."


def is_share(name: str) -> bool:
    """Whether a figure is a share of the rows, which people read as a percentage."""
    return name.removeprefix("validation_") in SHARES


def figure_in_words(name: str, value: float | None) -> str | float | None:
    """A figure as it stands on a page: a share as a percentage, else the number."""
    return percent(value) if is_share(name) else value


def readable(name: str) -> str:
    """A figure's name in words: validation_mean_absolute_error is validation mean absolute error, r2 is R2."""
    return name.replace("_", " ").replace("r2", "R2")
