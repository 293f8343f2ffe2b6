"""Settings that are fine one by one and impossible together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.errors.combination import Contradiction
from whygrad.errors.spec import MissingKey
from whygrad.spec.layers import every_layer, expand_layers
from whygrad.spec.loss import CLASS_LOSSES
from whygrad.spec.network import BatchNorm
from whygrad.spec.optimizer import AdamW
from whygrad.spec.output import check_output
from whygrad.spec.schedule import WarmUp
from whygrad.spec.source import check_data
from whygrad.spec.wiring import check_weights

if TYPE_CHECKING:
    from whygrad.spec.data import Data
    from whygrad.spec.experiment import Experiment
    from whygrad.spec.layers import Expanded
    from whygrad.spec.training import Training

__all__ = ["check_combinations"]


def check_combinations(experiment: Experiment, *, with_frame: bool) -> None:
    """Raises WG203, WG207 or the first of WG209 to WG218; `with_frame`: rows come as an argument."""
    data, training = experiment.data, experiment.training
    check_data(data, with_frame=with_frame)
    network = expand_layers(experiment.network)
    check_inputs(network)
    check_weights(network, experiment.network.weights)
    check_output(network.output, training)
    check_task(data, training)
    check_training(training)
    check_batches(network, training)


def check_task(data: Data, training: Training) -> None:
    """Losses for classes go with classes, scaled targets with numbers."""
    loss = training.loss.name
    of_classes = loss in CLASS_LOSSES
    if of_classes and data.task == "regression":
        reason = f"{loss} compares probabilities of classes; a regression predicts numbers"
        hint = 'loss = "mean squared-error", or task = "classification"'
        raise Contradiction(key=("data", "task"), this='task = "regression"', that=loss, reason=reason, hint=hint)
    if data.scale_target != "none" and (of_classes or data.task == "classification"):
        reason = "classes are names, which cannot be scaled"
        this, that = f'scale_target = "{data.scale_target}"', loss if of_classes else 'task = "classification"'
        raise Contradiction(key=("data", "scale_target"), this=this, that=that, reason=reason, hint="take it away")
    if training.class_weights != "none" and not of_classes:
        reason = "class weights weigh the rows of a class, and only the cross-entropies know classes"
        hint = 'loss = "mean cross-entropy" or "mean binary-cross-entropy", or take class_weights away'
        raise Contradiction(
            key=("training", "class_weights"), this="class_weights", that=loss, reason=reason, hint=hint
        )


def check_training(training: Training) -> None:
    """Settings of the training that exclude each other."""
    check_deltas(training)
    check_clip(training)
    check_split(training)
    optimizer, schedule = training.optimizer, training.schedule
    if training.weight_decay and isinstance(optimizer, AdamW):
        reason = f"adamw has a weight_decay of its own ({optimizer.weight_decay:g}), and both would be taken off"
        hint = f'optimizer = {{ name = "adamw", weight_decay = {training.weight_decay:g} }}'
        raise Contradiction(
            key=("training", "weight_decay"), this="weight_decay", that="adamw", reason=reason, hint=hint
        )
    if isinstance(schedule, WarmUp) and 0 < training.epochs < schedule.warm_epochs:
        reason = "the training ends before the rate has reached learning_rate"
        this, that = f"a warm-up of {schedule.warm_epochs} epochs", f"epochs = {training.epochs}"
        hint = f"a warm-up of at most {training.epochs} epochs"
        raise Contradiction(key=("training", "schedule", "warm_epochs"), this=this, that=that, reason=reason, hint=hint)


def check_deltas(training: Training) -> None:
    """Only huber has a delta."""
    for key, loss in (("loss", training.loss), ("reported_loss", training.reported_loss)):
        if loss is not None and loss.delta != 1.0 and loss.name != "huber":
            reason = "delta is where huber turns from a parabola into a line"
            raise Contradiction(
                key=("training", key, "delta"), this="delta", that=loss.name, reason=reason, hint="take delta away"
            )


def check_clip(training: Training) -> None:
    """A clip bounds either the elements or the length."""
    clip = training.clip
    if clip is None:
        return
    if clip.value is None and clip.norm is None:
        expected = "norm, a bound on the gradient as a whole, or value, a bound on each element"
        raise MissingKey(key=("training", "clip", "norm"), expected=expected)
    if clip.value is not None and clip.norm is not None:
        reason = "a gradient is clipped either element by element (value) or as a whole (norm)"
        hint = f"clip = {{ norm = {clip.norm:g} }}"
        raise Contradiction(key=("training", "clip"), this="clip.value", that="clip.norm", reason=reason, hint=hint)


def check_split(training: Training) -> None:
    """Some rows are left to learn from, and early stopping has rows to watch."""
    split = training.split
    if split.validation + split.test >= 1:
        this, that = f"split.validation = {split.validation:g}", f"split.test = {split.test:g}"
        reason = "together they take every row, and none is left to learn from"
        hint = "split = { validation = 0.2, test = 0.2 }"
        raise Contradiction(key=("training", "split"), this=this, that=that, reason=reason, hint=hint)
    if training.early_stopping is not None and split.validation == 0:
        reason = "early stopping watches the loss on the validation part, and there is none"
        hint = "split = { validation = 0.2 }, or stop_below for the loss on the training part"
        raise Contradiction(
            key=("training", "early_stopping"),
            this="early_stopping",
            that="split.validation = 0",
            reason=reason,
            hint=hint,
        )


def check_batches(network: Expanded, training: Training) -> None:
    """Batch normalisation needs more than one row to normalise over."""
    if training.batch_size in ("per row", 1) and any(
        isinstance(layer, BatchNorm) for layer in every_layer(network.layers)
    ):
        reason = "over one row each value is its own mean, so everything becomes 0"
        raise Contradiction(
            key=("training", "batch_size"),
            this=f"batch_size = {training.batch_size!r}".replace("'", '"'),
            that="batch-norm",
            reason=reason,
            hint="batch_size = 32, or layer-norm",
        )


def check_inputs(network: Expanded) -> None:
    """As many names of inputs as inputs."""
    names = len(network.input_names)
    if names and network.inputs not in (None, names):
        reason = "each input has one name"
        this, that = f"a list of {names}", f"{network.inputs} inputs in layers"
        hint = f"name all {network.inputs}, or take inputs away"
        raise Contradiction(key=("network", "inputs"), this=this, that=that, reason=reason, hint=hint)
