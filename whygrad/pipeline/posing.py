"""An experiment as an exercise: one row, the first step, and every number of the network written down."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from msgspec import structs

from whygrad.build.plan import DensePlan
from whygrad.errors.exercise import NotForPaper, SizesUnreadable
from whygrad.errors.spec import ShortFormError
from whygrad.spec import (
    CLASS_LOSSES,
    Bias,
    Cell,
    Constant,
    Data,
    Dense,
    Experiment,
    Layer,
    Loss,
    Network,
    Split,
    Training,
    Weight,
    Wiring,
    check_experiment,
)
from whygrad.spec.short_form import parse_short_form

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from whygrad.build import NetworkPlan
    from whygrad.spec import Activation

MOST_WEIGHTS: Final = 60
NOT_READ: Final = ("elu",)
SIZES: Final = re.compile(r"\s*\d{1,3}(?:\s*[-–x,]\s*\d{1,3})+\s*")
NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,11}")
USUAL_LOSS: Final = Loss("half-squared-error", "sum")
LAST: Final = {"sigmoid": "sigmoid", "tanh": "tanh"}  # what the outputs have where the hidden units have it
FOR_LOSS: Final = {"cross-entropy": "softmax", "binary-cross-entropy": "sigmoid"}


@dataclass(frozen=True)
class Asking:
    """A network by its sizes, "2-2-1", or by the short form; the rest is what an experiment would say."""

    sizes: str
    activation: Activation = "sigmoid"
    loss: Loss = USUAL_LOSS
    learning_rate: float = 0.5


def asked_network(asking: Asking) -> Experiment:
    """The experiment of a network by its sizes, its numbers not yet drawn.

    Raises SizesUnreadable (WG1116), and what a short form or a loss that does not fit raises (WG2xx).
    """
    form = asking.sizes.strip()
    if SIZES.fullmatch(form):
        first, *hidden, last = re.findall(r"\d+", form)
        output = FOR_LOSS.get(asking.loss.name) or LAST.get(asking.activation, "linear")
        form = " -> ".join([first, *(f"{size} {asking.activation}" for size in hidden), f"{last} {output}"])
    try:
        inputs, layers = parse_short_form(form)
    except ShortFormError as error:
        raise (error if "->" in form else SizesUnreadable(asking.sizes)) from None
    outputs = getattr(layers[-1], "units", None)
    if inputs is None or not isinstance(outputs, int):
        raise SizesUnreadable(asking.sizes)
    names, targets = numbered("x", inputs), numbered("y", outputs)
    rows = filling(dict.fromkeys(names, 0.5), dict.fromkeys(targets, 0.0), asking.loss)
    experiment = Experiment(
        data=Data(columns=rows, target=targets[0] if outputs == 1 else targets),
        network=Network(form),
        training=Training(
            loss=asking.loss, learning_rate=asking.learning_rate, epochs=1, batch_size="per row", order="in order"
        ),
    )
    return check_experiment(experiment, "--network")


def numbered(letter: str, count: int) -> tuple[str, ...]:
    """Names x1, x2, ...; y alone where there is only one."""
    return (letter,) if count == 1 and letter == "y" else tuple(f"{letter}{place + 1}" for place in range(count))


def filling(inputs: Mapping[str, float], targets: Mapping[str, float], loss: Loss) -> dict[str, tuple[Cell, ...]]:
    """The columns of an exercise: one row, and where a target is one of two classes a row of the other class below."""
    if loss.name == "binary-cross-entropy" and len(targets) == 1:
        both = [*((name, x, x) for name, x in inputs.items()), *((name, y, 1.0 - y) for name, y in targets.items())]
        return {name: (first, second) for name, first, second in both}
    if loss.name == "cross-entropy" and len(targets) > 1 and sum(targets.values()) != 1:
        targets = {name: float(place == 0) for place, name in enumerate(targets)}
    return {name: (value,) for name, value in (*inputs.items(), *targets.items())}


def for_paper(plan: NetworkPlan, place: str) -> list[DensePlan]:
    """The layers of a network that can be worked out on paper. Raises NotForPaper (WG1115)."""
    layers = [each for each in plan.layers if isinstance(each, DensePlan)]
    if len(layers) < len(plan.layers):
        raise NotForPaper(place, "it has layers that are not dense", "take a network of dense layers only")
    if any(each.activation in NOT_READ for each in layers):
        reason = f"notes with {', '.join(NOT_READ)} cannot be checked: a function of two numbers is not read"
        raise NotForPaper(place, reason, "take another activation, such as relu or tanh")
    weights = sum(each.size for each in plan.parameters())
    if weights > MOST_WEIGHTS:
        reason = f"it has {weights:,} weights and biases, and nobody works out more than {MOST_WEIGHTS}"
        raise NotForPaper(place, reason, 'take a smaller one, such as --network "2-3-2"')
    return layers


@dataclass(frozen=True, eq=False)
class Frame:
    """An experiment whose numbers can be replaced: its layers, and names of inputs and targets that fit on paper."""

    experiment: Experiment
    layers: tuple[DensePlan, ...]
    inputs: tuple[str, ...]
    targets: tuple[str, ...]

    def with_numbers(self, numbers: Mapping[str, float], title: str = "") -> Experiment:
        """The experiment of one row with these numbers, by name: inputs, weights, biases, "target" and the output."""
        training = self.experiment.training
        given = {name: numbers[name] for name in self.inputs}
        wanted = {
            name: numbers[f"target_{unit}"] for name, unit in zip(self.targets, self.layers[-1].labels, strict=True)
        }
        return check_experiment(
            Experiment(
                title=title,
                data=Data(
                    columns=filling(given, wanted, training.loss),
                    target=self.targets[0] if len(self.targets) == 1 else self.targets,
                ),
                network=Network(self.form(), weights=dict(self.weights(numbers))),
                training=first_step(training),
            )
        )

    def form(self) -> str | tuple[Layer, ...]:
        """The layers in the short form where that says all, else as tables."""
        layers = self.experiment.network.layers
        if isinstance(layers, str) and not re.search(r"\bin\b|\bout\b", layers):
            return layers
        return tuple(
            Dense(each.labels, each.activation, each.name, bias_of(each), wiring_of(each)) for each in self.layers
        )

    def weights(self, numbers: Mapping[str, float]) -> Iterator[tuple[str, Weight]]:
        """Every weight and bias by name, layer by layer and unit by unit."""
        sources = self.inputs
        for layer in self.layers:
            for place, unit in enumerate(layer.labels):
                for before, source in enumerate(sources):
                    if layer.weight.wired is None or layer.weight.wired[before, place]:
                        name = layer.weight.element_name((before, place))
                        yield name, Weight(to=unit, from_=source, value=numbers[name])
            if layer.bias is not None:
                shared = layer.bias.shape == ()
                for place, unit in enumerate(layer.labels[:1] if shared else layer.labels):
                    name = layer.bias.element_name(() if shared else (place,))
                    yield name, Weight(to=layer.labels if shared else unit, value=numbers[name])
            sources = layer.labels


def bias_of(layer: DensePlan) -> Bias:
    """What biases a layer has."""
    return "none" if layer.bias is None else "shared" if layer.bias.shape == () else "per-unit"


def wiring_of(layer: DensePlan) -> Wiring:
    """Whether a layer has every weight."""
    return "full" if layer.weight.wired is None or bool(np.all(layer.weight.wired)) else "listed"


def first_step(training: Training) -> Training:
    """The training as an exercise has it: its first step, with what decides about that and nothing else."""
    return structs.replace(
        training,
        epochs=1,
        batch_size="per row",
        order="in order",
        seed=0,
        reported_loss=None,
        schedule=Constant(),
        early_stopping=None,
        split=Split(),
        class_weights="none",
        dtype="float64",
        threshold=0.5,
        stop_below=None,
        record_every=None,
    )


def frame_of(experiment: Experiment, plan: NetworkPlan, place: str) -> Frame:
    """The frame of an experiment. Raises NotForPaper (WG1115)."""
    layers = tuple(for_paper(plan, place))
    outputs = layers[-1].labels
    inputs = plan.inputs if all(map(NAME.fullmatch, plan.inputs)) else numbered("x", len(plan.inputs))
    if not all(map(NAME.fullmatch, outputs)):
        raise NotForPaper(place, f"its output {outputs[0]!r} has no name for a formula", "name the units of its layers")
    targets = numbered("y", len(outputs))
    if set(targets) & {*inputs, *(unit for each in layers for unit in each.labels)}:
        targets = tuple(f"target{place + 1}" for place in range(len(outputs)))
    return Frame(experiment, layers, inputs, targets)


def targets_of(frame: Frame) -> str:
    """Which targets the loss and the last activation take."""
    loss, activation = frame.experiment.training.loss.name, frame.layers[-1].activation
    if loss in CLASS_LOSSES:
        return "one-hot" if len(frame.targets) > 1 else "class"
    return {"sigmoid": "unit", "softmax": "unit", "tanh": "signed"}.get(activation, "any")
