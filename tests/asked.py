"""A short way to ask for an experiment, shared by the tests of build, run, trace and pipeline."""

from __future__ import annotations

from typing import Any

from whygrad import Data, Experiment, Loss, Network, Training
from whygrad.spec import Layer, LossName, Reduction, Toy

Layers = str | tuple[Layer, ...]
MOONS = Data(toy=Toy("moons", rows=24, noise=0.1))
SINE = Data(toy=Toy("sine", rows=20, noise=0.1))


def training(loss: str = "mean binary-cross-entropy", **settings: Any) -> Training:
    """Training with everything that nobody asked for filled in."""
    return Training(**({"learning_rate": 0.1, "epochs": 4, "batch_size": 8} | settings), loss=loss_named(loss))


def loss_named(words: str) -> Loss:
    """A loss as a file says it."""
    reduction: Reduction = "sum" if words.startswith("sum") else "mean"
    names: dict[str, LossName] = {
        "squared-error": "squared-error",
        "half-squared-error": "half-squared-error",
        "absolute-error": "absolute-error",
        "huber": "huber",
        "binary-cross-entropy": "binary-cross-entropy",
        "cross-entropy": "cross-entropy",
    }
    return Loss(names[words.partition(" ")[2]], reduction)


def asked(
    layers: Layers = "2 -> 4 tanh -> 1 sigmoid",
    *,
    data: Data = MOONS,
    network: dict[str, Any] | None = None,
    **settings: Any,
) -> Experiment:
    """An experiment on few rows; settings are those of training."""
    return Experiment(data=data, network=Network(layers=layers, **network or {}), training=training(**settings))
