"""How a gradient becomes an update."""

from __future__ import annotations

from whygrad.spec.record import AboveZero, NotNegative, Record, Share

__all__ = ["AdaGrad", "Adam", "AdamW", "Momentum", "Nesterov", "Optimizer", "RmsProp", "Sgd"]


class Sgd(Record, frozen=True, tag_field="name", tag="sgd"):
    """Against the gradient, times the learning rate."""


class Momentum(Record, frozen=True, tag_field="name", tag="momentum"):
    """Gradient descent with a velocity (Polyak 1964).

    - momentum: the share of the velocity that is kept
    """

    momentum: Share = 0.9


class Nesterov(Record, frozen=True, tag_field="name", tag="nesterov"):
    """Momentum that looks ahead (Nesterov 1983; Sutskever et al. 2013).

    - momentum: the share of the velocity that is kept
    """

    momentum: Share = 0.9


class AdaGrad(Record, frozen=True, tag_field="name", tag="adagrad"):
    """Divides by the root of the sum of squared gradients (Duchi et al. 2011).

    - epsilon: added to the divisor
    """

    epsilon: NotNegative = 1e-10


class RmsProp(Record, frozen=True, tag_field="name", tag="rmsprop"):
    """Divides by the root of a running mean of squared gradients (Hinton 2012).

    - decay: the share of the running mean that is kept
    - epsilon: added to the divisor
    """

    decay: Share = 0.99
    epsilon: AboveZero = 1e-8


class Adam(Record, frozen=True, tag_field="name", tag="adam"):
    """Running means of the gradient and of its square, both corrected for their start (Kingma and Ba 2015).

    - beta1: the share of the mean gradient that is kept
    - beta2: the share of the mean squared gradient that is kept
    - epsilon: added to the divisor
    """

    beta1: Share = 0.9
    beta2: Share = 0.999
    epsilon: AboveZero = 1e-8


class AdamW(Record, frozen=True, tag_field="name", tag="adamw"):
    """Adam with decoupled weight decay (Loshchilov and Hutter 2019).

    - beta1: the share of the mean gradient that is kept
    - beta2: the share of the mean squared gradient that is kept
    - epsilon: added to the divisor
    - weight_decay: the share of a weight taken off per unit of learning rate
    """

    beta1: Share = 0.9
    beta2: Share = 0.999
    epsilon: AboveZero = 1e-8
    weight_decay: NotNegative = 0.01


Optimizer = Sgd | Momentum | Nesterov | AdaGrad | RmsProp | Adam | AdamW
