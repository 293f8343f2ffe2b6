"""The forward pass: a plan of layers becomes expressions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from whygrad.build.plan import BatchNormPlan, DensePlan, DropoutPlan, LayerNormPlan, LayerPlan, ResidualPlan
from whygrad.errors.graph import ShapeMismatch
from whygrad.graph import constant
from whygrad.primitive import activation, where
from whygrad.primitive.normalisation import (
    batch_norm_running,
    batch_norm_training,
    dropout,
    layer_norm,
    running_average,
    unbiased,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from whygrad.build.assembly import Assembly
    from whygrad.build.plan import NetworkPlan
    from whygrad.graph import Expr
    from whygrad.spec import Activation

ACTIVATIONS: dict[Activation, Callable[[Expr], Expr]] = {
    "linear": lambda net: net,
    "sigmoid": activation.sigmoid,
    "tanh": activation.tanh,
    "relu": activation.relu,
    "leaky-relu": lambda net: activation.leaky_relu(net, slope=0.01),
    "elu": lambda net: activation.elu(net, alpha=1.0),
    "softplus": activation.softplus,
    "gelu": activation.gelu,
    "silu": activation.silu,
    "softmax": activation.softmax,
}
SHUTTING: frozenset[Activation] = frozenset({"relu"})  # activations whose units can be shut: out and slope both 0


@dataclass(frozen=True, eq=False)
class Output:
    """What the last layer gives: its net and its out, (rows, outputs) each; the same node when it is linear."""

    net: Expr
    out: Expr
    activation: Activation
    labels: tuple[str, ...]


def forward(plan: NetworkPlan, assembly: Assembly) -> Output:
    """The graph of the whole network over the input `x` of shape (rows, features).

    Raises ShapeMismatch (WG101), naming the layer.
    """
    x = assembly.input("x", (assembly.rows, len(plan.inputs)), labels=plan.inputs)
    value = through(plan.layers[:-1], x, assembly)
    net, out = dense(plan.output, value, assembly)
    return Output(net, out, plan.output.activation, plan.output.labels)


def through(layers: tuple[LayerPlan, ...], value: Expr, assembly: Assembly) -> Expr:
    """The value after some layers, (rows, units of the last)."""
    for layer in layers:
        try:
            value = one_layer(layer, value, assembly)
        except ShapeMismatch as error:
            raise error.in_layer(layer.name) from None
    return value


def one_layer(layer: LayerPlan, value: Expr, assembly: Assembly) -> Expr:
    """The value after one layer."""
    match layer:
        case DensePlan():
            return dense(layer, value, assembly)[1]
        case DropoutPlan():
            return masked(layer, value, assembly)
        case LayerNormPlan():
            return normalised(layer, value, assembly)
        case BatchNormPlan():
            return batch_norm(layer, value, assembly)
        case ResidualPlan():
            return residual(layer, value, assembly)


def residual(layer: ResidualPlan, value: Expr, assembly: Assembly) -> Expr:
    """What goes into some layers added to what comes out of them (He et al. 2015)."""
    inside = through(layer.layers, value, assembly)
    if inside.shape != value.shape:
        expected = f"it is added to what went in, so the last layer inside needs {value.shape[-1]} units"
        raise ShapeMismatch("residual", (value.shape, inside.shape), expected, likely=1)
    return between(layer, inside, value + inside, assembly)


def between(layer: LayerPlan, value: Expr, out: Expr, assembly: Assembly) -> Expr:
    """The out of a layer that has no units of its own: named after the layer and the units whose values it changes."""
    return assembly.call(out, f"{layer.name}.out", layer.name, assembly.labels(value))


def normalised(layer: LayerNormPlan, value: Expr, assembly: Assembly) -> Expr:
    """Layer normalisation, its mean and its deviation of each row named."""
    gain, shift = assembly.parameter(layer.gain), assembly.parameter(layer.shift)
    rows = layer_norm(value, gain, shift, layer.epsilon)
    assembly.call(rows.mean, f"{layer.name}.mean", f"{layer.name}_mean")
    assembly.call(rows.deviation, f"{layer.name}.deviation", f"{layer.name}_deviation")
    call_centred(layer, value, rows.centred, assembly)
    return between(layer, value, rows.output, assembly)


def call_centred(layer: LayerPlan, value: Expr, centred: Expr, assembly: Assembly) -> None:
    """Name how far the values that a normalisation changes are from their mean."""
    assembly.call(centred, f"{layer.name}.centred", f"{layer.name}_centred", assembly.labels(value))


def dense(layer: DensePlan, value: Expr, assembly: Assembly) -> tuple[Expr, Expr]:
    """The net and out of a dense layer; a linear layer has one node for both, called out."""
    weight: Expr = assembly.parameter(layer.weight)
    if layer.weight.wired is not None:
        weight = where(constant(layer.weight.wired), weight, 0.0)
    net = value @ weight
    if layer.bias is not None:
        net = net + assembly.parameter(layer.bias)
    out = ACTIVATIONS[layer.activation](net)
    assembly.call(out, f"{layer.name}.out", "out", layer.labels)
    assembly.call(net, f"{layer.name}.net", "net", layer.labels)
    if layer.activation in SHUTTING:
        assembly.gates[layer.name] = out
    return net, out


def masked(layer: DropoutPlan, value: Expr, assembly: Assembly) -> Expr:
    """Dropout while training; the value itself otherwise."""
    if not assembly.training:
        return value
    mask = assembly.input(f"{layer.name}.mask", value.shape, f"{layer.name}.mask", assembly.labels(value))
    assembly.masks[mask.name] = 1.0 - layer.rate
    return between(layer, value, dropout(value, mask, layer.rate), assembly)


def batch_norm(layer: BatchNormPlan, value: Expr, assembly: Assembly) -> Expr:
    """Batch normalisation by the batch's statistics while training, which the running ones follow; else by those."""
    gain, shift = assembly.parameter(layer.gain), assembly.parameter(layer.shift)
    mean = assembly.state(layer.mean, gain.shape, layer.gain.labels)
    variance = assembly.state(layer.variance, gain.shape, layer.gain.labels)
    if not assembly.training:
        out = batch_norm_running(value, gain, shift, mean, variance, layer.epsilon)
        return between(layer, value, out, assembly)
    batch = batch_norm_training(value, gain, shift, layer.epsilon)
    assembly.call(batch.mean, f"{layer.name}.batch_mean", f"{layer.name}_batch_mean", layer.gain.labels)
    assembly.call(batch.variance, f"{layer.name}.batch_variance", f"{layer.name}_batch_variance", layer.gain.labels)
    call_centred(layer, value, batch.centred, assembly)
    assembly.next[mean.name] = running_average(mean, batch.mean, layer.momentum)
    assembly.next[variance.name] = running_average(variance, unbiased(batch.variance, assembly.rows), layer.momentum)
    return between(layer, value, batch.output, assembly)
