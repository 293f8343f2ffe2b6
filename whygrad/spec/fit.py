"""What only the data decides: whether the settings fit what is predicted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.errors.combination import Contradiction, LossMismatch
from whygrad.spec.layers import expand_layers

if TYPE_CHECKING:
    from whygrad.spec.experiment import Experiment

__all__ = ["check_fit"]

USUAL_THRESHOLD = 0.5


def check_fit(experiment: Experiment, *, outputs: int, classes: bool) -> None:
    """Raises WG213 for the softmax of one output, WG212 for a threshold where numbers are predicted.

    `outputs`: as many as the data asks for; `classes`: the target is the name of a class.
    """
    training = experiment.training
    if outputs == 1 and expand_layers(experiment.network).output.activation == "softmax":
        raise LossMismatch(
            key=("network", "layers"),
            loss=training.loss.name,
            expected="an output that can vary",
            found="the softmax of one unit, which is always 1",
            hint=f"give the last layer {'the activation sigmoid' if classes else 'no activation'}",
        )
    if not classes and training.threshold != USUAL_THRESHOLD:
        raise Contradiction(
            key=("training", "threshold"),
            this=f"threshold = {training.threshold:g}",
            that="a target of numbers",
            reason="a threshold decides between two classes by one probability",
            hint="take it away",
        )
