"""Which loss goes with which output layer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.errors.combination import LossMismatch

if TYPE_CHECKING:
    from whygrad.spec.layers import DenseLayer
    from whygrad.spec.loss import Loss, LossName
    from whygrad.spec.network import Activation
    from whygrad.spec.training import Training

__all__ = ["check_output"]

ACTIVATIONS: dict[LossName, tuple[Activation, ...]] = {
    "binary-cross-entropy": ("sigmoid", "linear"),
    "cross-entropy": ("softmax", "linear"),
}


def check_output(output: DenseLayer, training: Training) -> None:
    """Raises WG213 where the loss, or the loss to report, cannot be taken of the output layer.

    An output without activation ("linear") holds logits: the loss itself then applies the sigmoid or the softmax.
    """
    for key, loss in (("loss", training.loss), ("reported_loss", training.reported_loss)):
        if loss is not None:
            check_units(output, key, loss)
            check_activation(output, key, loss, logits=training.loss.name)


def check_units(output: DenseLayer, key: str, loss: Loss) -> None:
    """Among one class each row is of that class, and the softmax of one unit is always 1."""
    if len(output.unit_names) != 1:
        return
    if loss.name == "cross-entropy":
        expected, found = "one unit per class, so at least two", "one unit"
        hint = '"out softmax" for as many units as classes, or binary-cross-entropy with "1 sigmoid" for two classes'
    elif output.activation == "softmax":
        expected, found = "an output that can vary", "the softmax of one unit, which is always 1"
        hint = 'give the last layer the activation "sigmoid" or "linear"'
    else:
        return
    raise LossMismatch(key=("training", key), loss=loss.name, expected=expected, found=found, hint=hint)


def check_activation(output: DenseLayer, key: str, loss: Loss, *, logits: LossName) -> None:
    """A cross-entropy takes logarithms, so it needs probabilities, or logits to make them from.

    A linear output holds logits only of the loss that is learned from, `logits`: reporting another loss must not change
    what the network says.
    """
    allowed = ACTIVATIONS.get(loss.name, (output.activation,))
    if output.activation in allowed and (
        output.activation != "linear" or loss.name not in ACTIVATIONS or loss.name == logits
    ):
        return
    if loss.name != logits:
        allowed = allowed[:1]
    raise LossMismatch(
        key=("training", key),
        loss=loss.name,
        expected=", or ".join([allowed[0], *("linear for logits" for _ in allowed[1:])]),
        found=f"activation {output.activation}",
        hint=f'give the last layer the activation "{allowed[0]}"',
    )
