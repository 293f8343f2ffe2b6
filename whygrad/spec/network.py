"""The network: its layers, how their units are joined, and single weights by name."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from whygrad.spec.initialiser import Glorot, Initialiser, Zeros
from whygrad.spec.record import AboveZero, Fraction, Name, Names, Record, Share, UnitCount

__all__ = [
    "Activation",
    "BatchNorm",
    "Bias",
    "Dense",
    "Dropout",
    "Layer",
    "LayerNorm",
    "Network",
    "Residual",
    "Weight",
    "Wiring",
]

Activation = Literal["linear", "sigmoid", "tanh", "relu", "leaky-relu", "elu", "softplus", "gelu", "silu", "softmax"]
Bias = Literal["per-unit", "shared", "none"]
Wiring = Literal["full", "listed"]


class Dense(Record, frozen=True, tag_field="type", tag="dense"):
    """A layer of units, each the activation of a weighted sum of the values before it.

    - units: how many, or "out" for as many as the data has targets (last layer only), or a list that names each unit
    - activation: the function from a unit's net to its out; "linear" is none
    - name: what to call the layer; by default hidden, hidden1, ... or output
    - bias: one per unit, one shared by all units of the layer, or none
    - wiring: "full" joins every unit to all values before it, "listed" only by the weights under network.weights
    - initialiser: how the weights are drawn; by default as the network says
    - bias_initialiser: how the biases are drawn; by default as the network says
    """

    units: UnitCount | Literal["out"] | Names
    activation: Activation = "linear"
    name: str = ""
    bias: Bias = "per-unit"
    wiring: Wiring = "full"
    initialiser: Initialiser | None = None
    bias_initialiser: Initialiser | None = None


class Dropout(Record, frozen=True, tag_field="type", tag="dropout"):
    """During training only, sets each value to 0 at random and scales the others up (Srivastava et al. 2014).

    - rate: the share of values set to 0, at least 0 and below 1
    - name: what to call the layer; by default dropout1, dropout2, ...
    """

    rate: Share
    name: str = ""


class LayerNorm(Record, frozen=True, tag_field="type", tag="layer-norm"):
    """Normalises each row over its values, then scales and shifts by learned numbers (Ba et al. 2016).

    - epsilon: added to the variance
    - name: what to call the layer; by default norm1, norm2, ...
    """

    epsilon: AboveZero = 1e-5
    name: str = ""


class BatchNorm(Record, frozen=True, tag_field="type", tag="batch-norm"):
    """Normalises each value over the rows of the batch; running statistics serve prediction (Ioffe and Szegedy 2015).

    - epsilon: added to the variance
    - momentum: the share of the newest batch in the running statistics
    - name: what to call the layer; by default norm1, norm2, ...
    """

    epsilon: AboveZero = 1e-5
    momentum: Fraction = 0.1
    name: str = ""


class Residual(Record, frozen=True, tag_field="type", tag="residual"):
    """Adds what goes into some layers to what comes out of them (He et al. 2016).

    - layers: the layers that the connection spans
    - name: what to call the block; by default residual1, residual2, ...
    """

    layers: Annotated[tuple[Layer, ...], msgspec.Meta(min_length=1)]
    name: str = ""


Layer = Dense | Dropout | LayerNorm | BatchNorm | Residual


class Weight(Record, frozen=True, kw_only=True):
    """One weight or bias by name.

    - to: the unit it feeds; a shared bias lists every unit of its layer
    - from: the unit or input it comes from; without it this is a bias
    - value: its first value; without it, it is drawn by the initialiser
    """

    to: Name | Names
    from_: Name | None = msgspec.field(default=None, name="from")
    value: float | None = None


class _Layered(Record, frozen=True):
    """The one field of a network that needs no keyword."""

    layers: str | Annotated[tuple[Layer, ...], msgspec.Meta(min_length=1)]


class Network(_Layered, frozen=True, kw_only=True):
    """The layers from inputs to outputs.

    - layers: the short form, such as "2 -> 8 relu -> 1" or "in -> 16 relu -> out softmax", or a list of tables
    - inputs: names of the inputs; by default the data's feature names
    - initialiser: how weights are drawn
    - bias_initialiser: how biases are drawn
    - weights: single weights and biases by name
    """

    inputs: tuple[Name, ...] = ()
    initialiser: Initialiser = Glorot()
    bias_initialiser: Initialiser = Zeros()
    weights: dict[str, Weight] = msgspec.field(default_factory=dict)
