"""How the first value of a weight or bias is drawn."""

from __future__ import annotations

from typing import Literal

from whygrad.spec.record import AboveZero, Record

__all__ = [
    "ConstantValue",
    "Distribution",
    "Glorot",
    "He",
    "Initialiser",
    "Normal",
    "Orthogonal",
    "PythonRandom",
    "Uniform",
    "Zeros",
]

Distribution = Literal["uniform", "normal"]


class Zeros(Record, frozen=True, tag_field="name", tag="zeros"):
    """Every value is 0."""


class ConstantValue(Record, frozen=True, tag_field="name", tag="constant"):
    """Every value is the same number.

    - value: the number
    """

    value: float


class Uniform(Record, frozen=True, tag_field="name", tag="uniform"):
    """Drawn evenly between two numbers.

    - low: the smallest value that can be drawn
    - high: the value that bounds the draw from above
    """

    low: float
    high: float


class Normal(Record, frozen=True, tag_field="name", tag="normal"):
    """Drawn from a normal distribution.

    - mean: its centre
    - deviation: its standard deviation
    """

    mean: float
    deviation: AboveZero


class Glorot(Record, frozen=True, tag_field="name", tag="glorot"):
    """Variance 2 / (inputs + outputs): keeps signals level through sigmoid and tanh (Glorot and Bengio 2010, eq. 16).

    - distribution: uniform or normal
    """

    distribution: Distribution = "uniform"


class He(Record, frozen=True, tag_field="name", tag="he"):
    """Variance 2 / inputs: keeps signals level through ReLU (He et al. 2015, eq. 10).

    - distribution: uniform or normal
    """

    distribution: Distribution = "normal"


class Orthogonal(Record, frozen=True, tag_field="name", tag="orthogonal"):
    """A random matrix with orthonormal rows or columns (Saxe et al. 2014).

    - gain: factor on the whole matrix
    """

    gain: AboveZero = 1.0


class PythonRandom(Record, frozen=True, tag_field="name", tag="python-random"):
    """Drawn one by one with Python's own `random.seed(seed)` and `uniform(low, high)`, layer by layer.

    Order of draws: the weights of a layer unit by unit, then its biases.

    - low: the smallest value that can be drawn
    - high: the value that bounds the draw from above
    """

    low: float = -1.0
    high: float = 1.0


Initialiser = Zeros | ConstantValue | Uniform | Normal | Glorot | He | Orthogonal | PythonRandom
