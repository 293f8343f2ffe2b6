"""The first values of parameters and running statistics; randomness is handed in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from math import prod, sqrt
from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from whygrad.build.plan import BatchNormPlan, every_layer
from whygrad.spec import (
    ConstantValue,
    Glorot,
    He,
    Normal,
    Orthogonal,
    PythonRandom,
    Uniform,
    Zeros,
)

if TYPE_CHECKING:
    from whygrad.build.plan import NetworkPlan, Parameter
    from whygrad.graph import Shape
    from whygrad.spec import Distribution

Array = NDArray[np.float64]
Noise = Callable[[], "np.random.Generator"]


def initial_values(plan: NetworkPlan, noise: Noise, seed: int) -> dict[str, Array]:
    """A value for every parameter and running statistic, by name, in double precision.

    Parameters are drawn in the plan's order from `noise`, made when the first asks for it; `python-random` draws from
    Python's own generator, started with `seed`. Values the user wrote replace what was drawn.
    """
    noise = cache(noise)
    pythons = Random(seed)  # noqa: S311  the tutorials' own generator, not a secret
    values = {}
    for parameter in plan.parameters():
        value = drawn(parameter, noise, pythons)
        for index, given in parameter.given.items():
            value[index] = given
        if parameter.wired is not None:
            value[~parameter.wired] = 0.0
        values[parameter.name] = value
    for layer in every_layer(plan.layers):
        if isinstance(layer, BatchNormPlan):
            values[layer.mean] = np.zeros(layer.gain.shape)
            values[layer.variance] = np.ones(layer.gain.shape)
    return values


@dataclass(frozen=True)
class Even:
    """Drawn evenly between two numbers."""

    low: float
    high: float


@dataclass(frozen=True)
class Bell:
    """Drawn from a normal distribution."""

    mean: float
    deviation: float


def drawn(parameter: Parameter, noise: Noise, pythons: Random) -> Array:
    """A first value for a parameter, as its initialiser says."""
    shape = parameter.shape
    match parameter.initialiser:
        case Zeros():
            return np.zeros(shape)
        case ConstantValue(value=value):
            return np.full(shape, value)
        case Orthogonal(gain=gain):
            return gain * orthogonal(shape, noise())
        case PythonRandom(low=low, high=high):
            return one_by_one(shape, low, high, pythons)
    match spread_of(parameter):
        case Even(low=low, high=high):
            return np.asarray(noise().uniform(low, high, shape))
        case Bell(mean=mean, deviation=deviation):
            return np.asarray(noise().normal(mean, deviation, shape))


def spread_of(parameter: Parameter) -> Even | Bell:
    """Between or around which numbers a parameter is drawn; raises TypeError for one that is not drawn so."""
    fan_in, fan_out = parameter.fans
    match parameter.initialiser:
        case Uniform(low=low, high=high):
            return Even(low, high)
        case Normal(mean=mean, deviation=deviation):
            return Bell(mean, deviation)
        case Glorot(distribution=distribution):
            return with_variance(2 / (fan_in + fan_out), distribution)
        case He(distribution=distribution):
            return with_variance(2 / fan_in, distribution)
    raise TypeError(f"{parameter.initialiser!r} draws in another way")


def with_variance(variance: float, distribution: Distribution) -> Even | Bell:
    """Numbers around 0 with this variance, evenly spread or normal."""
    limit = sqrt(3 * variance)
    return Bell(0.0, sqrt(variance)) if distribution == "normal" else Even(-limit, limit)


def orthogonal(shape: Shape, noise: np.random.Generator) -> Array:
    """A matrix whose rows or columns, whichever are fewer, are orthonormal; vectors are scaled to length 1.

    Source: Saxe, McClelland and Ganguli 2014; the signs of the triangular factor make the draw uniform.
    """
    rows, columns = (shape[0], shape[1]) if len(shape) == 2 else (1, prod(shape))
    normal = noise.normal(size=(max(rows, columns), min(rows, columns)))
    q, r = np.linalg.qr(normal)
    q = q * np.sign(np.diag(r))
    return np.asarray((q if rows >= columns else q.T).reshape(shape))


def one_by_one(shape: Shape, low: float, high: float, pythons: Random) -> Array:
    """Numbers drawn one after another: a matrix (inputs, units) unit by unit, each unit's inputs in order."""
    size = prod(shape)
    numbers: list[Any] = [pythons.uniform(low, high) for _ in range(size)]
    if len(shape) == 2:
        return np.array(numbers).reshape(shape[1], shape[0]).T.copy()
    return np.array(numbers).reshape(shape)
