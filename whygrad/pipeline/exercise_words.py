"""What an exercise is about and what it gives, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from whygrad.exercise.task import Kind
from whygrad.spec import expand_layers
from whygrad.spec.layers import dense_layers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.exercise.solution import Plant
    from whygrad.exercise.task import Given, Task
    from whygrad.explain import Chart
    from whygrad.spec import Experiment, LossName

LOSSES: Final[dict[LossName, str]] = {
    "half-squared-error": "half the squared error, ½ (target − out)²",
    "squared-error": "the squared error, (target − out)²",
    "absolute-error": "the absolute error, |target − out|",
    "huber": "Huber's loss",
    "binary-cross-entropy": "the binary cross-entropy",
    "cross-entropy": "the cross-entropy",
}
OPTIMIZERS: Final = {"Sgd": "gradient descent"}


def network_words(experiment: Experiment, chart: Chart) -> str:
    """What the exercise is about: sizes, activations, loss and how it is updated."""
    layers = list(dense_layers(expand_layers(experiment.network).layers))
    sizes = [len(chart.members("x")), *(len(each.unit_names) for each in layers)]
    kinds = list(dict.fromkeys(each.activation for each in layers))
    units = f"{kinds[0]} units" if len(kinds) == 1 else ", then ".join(each.activation for each in layers) + " units"
    return (
        f"One step of training of a {'-'.join(map(str, sizes))} network with {units}. "
        f"The loss is {loss_words(experiment, sizes[-1])}; the update is {update_words(experiment)}."
    )


def loss_words(experiment: Experiment, outputs: int) -> str:
    """The loss; of several outputs also how it is put together."""
    loss = experiment.training.loss
    over = f", as the {loss.reduction} over the outputs" if outputs > 1 and loss.name != "cross-entropy" else ""
    penalties = "".join(
        f", with {name} {value:g}" for name in ("l1", "l2") if (value := getattr(experiment.training, name))
    )
    return LOSSES[loss.name] + over + penalties


def update_words(experiment: Experiment) -> str:
    """How weights are updated."""
    kind = type(experiment.training.optimizer).__name__
    return OPTIMIZERS.get(kind, f"that of {kind}, in its first step")


def given_words(experiment: Experiment, task: Task) -> tuple[tuple[str, str], ...]:
    """What is given, by what it belongs to: the inputs, each unit with what leads into it, the targets, the rate."""
    rows = [
        ("inputs", listed(task.given_of(Kind.INPUT))),
        *into_units(experiment),
        ("targets" if len(task.given_of(Kind.TARGET)) > 1 else "target", listed(task.given_of(Kind.TARGET))),
        ("learning rate", f"{experiment.training.learning_rate:g}"),
    ]
    return tuple(rows)


def planted_words(plant: Plant) -> str:
    """What is wrong in a solution: where, and which misconception it is."""
    return (
        f"The first wrong number is {plant.quantity.written}. {plant.rule.title}: {plant.detail} ({plant.rule.name})."
    )


def listed(given: list[Given]) -> str:
    """Given numbers side by side."""
    return ", ".join(f"{each.quantity.written} = {each.quantity.value:g}" for each in given)


def into_units(experiment: Experiment) -> Iterator[tuple[str, str]]:
    """What leads into each unit: its weights, each with where it comes from, and its bias."""
    found: dict[str, list[str]] = {}
    for name, weight in experiment.network.weights.items():
        for unit in (weight.to,) if isinstance(weight.to, str) else weight.to:
            where = f" from {weight.from_}" if weight.from_ else ""
            found.setdefault(unit, []).append(f"{name} = {weight.value:g}{where}")
    activations = {
        unit: each.activation
        for each in dense_layers(expand_layers(experiment.network).layers)
        for unit in each.unit_names
    }
    for unit, parts in found.items():
        yield f"into {unit} ({activations.get(unit, '')})", ", ".join(parts)
