"""A derivative without a backward pass: move one number by a tiny imaginary amount, and read the loss's imaginary part.

A real difference f(w + h) - f(w) loses the digits that both have in common. Along the imaginary axis nothing is
subtracted, so h may be so small that the formula is exact to rounding: f(w + ih) = f(w) + ih f'(w) - h^2 f''(w) / 2 ...

The formulas that run are those of the records, handed another array module: NumPy, with what NumPy does to complex
numbers replaced where that does not continue the real function.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np

from whygrad.errors.graph import MissingValue, NotScalar
from whygrad.run.interpreter import evaluate, leaf_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from whygrad.graph import Expr

H = 2.0**-166  # about 1e-50: its square is lost beside any number in use, and dividing by a power of two is exact


def complex_step(of: Expr, by: Expr, index: tuple[int, ...], values: Mapping[Expr, Any]) -> float:
    """The derivative of a number `of` by the element of `by` at `index`, Im of(by + ih) / h, exact to rounding.

    `of` has shape (); `values` has a value for every leaf below it and for `by`, an input, a state or an inner node,
    in its shape. All is computed in double precision, whatever precision the values come in: for a float32 run this
    is the derivative at its parameters without the rounding of its own arithmetic. At a kink it is what the records
    document. NaN where the function has no real value.

    Raises NotScalar (WG103), MissingValue (WG104), ValueUnfit (WG106). Squire and Trapp 1998, Using Complex Variables
    to Estimate Derivatives of Real Functions; Martins, Sturdza and Alonso 2003, The Complex-Step Derivative
    Approximation.

    >>> from whygrad.graph import Input
    >>> from whygrad.primitive import sigmoid
    >>> x = Input((), "x")
    >>> complex_step(sigmoid(x), x, (), {x: 0.0})
    0.25
    """
    if of.shape:
        raise NotScalar(of.shape)
    if by not in values:
        raise MissingValue(leaf_name(by), by.shape)
    wide = {node: widened(value) for node, value in values.items()}
    if np.shape(wide[by]) == by.shape:  # if not, evaluate says so
        wide[by] = wide[by].astype(np.complex128)
        wide[by][index] += H * 1j
    return float(np.imag(evaluate([of], wide, np.complex128, xp=CONTINUED)[of]) / H)


def widened(value: Any) -> Any:
    """Fractions as complex numbers of double precision; whole numbers and truth values as they are."""
    array = np.asarray(value)
    return array.astype(np.complex128) if array.dtype.kind == "f" else array


def absolute(x: Any) -> Any:
    """X or -x, by the sign of its real part; flat at 0."""
    return x * np.sign(np.real(x))


def maximum(x: Any, y: Any) -> Any:
    """The one with the larger real part; half of each where these are equal."""
    return np.where(greater(x, y), x, np.where(greater(y, x), y, (x + y) / 2))


def largest(x: Any, axis: tuple[int, ...]) -> Any:
    """The element with the largest real part along some axes; the mean of those that share it."""
    reached = np.real(x) == np.max(np.real(x), axis=axis, keepdims=True)
    return np.sum(np.where(reached, x, 0.0), axis=axis) / np.sum(reached, axis=axis)


def greater(x: Any, y: Any) -> Any:
    """Compared by the real parts."""
    return np.greater(np.real(x), np.real(y))


def continued(real: Callable[..., Any]) -> Callable[..., Any]:
    """A function of NumPy that keeps its real part to the last digit, and is NaN outside its real domain.

    NumPy's logarithm of a complex number has a value below 0 as well, its log1p loses digits near 0, and of a product
    of two numbers near 0 the real part is their imaginary ones multiplied.
    """

    def call(*values: Any) -> Any:
        value = real(*map(np.real, values))
        return value + 1j * np.where(np.isnan(value), np.nan, np.imag(real(*values)))

    return call


ANALYTIC = (  # what NumPy itself continues without touching the real part, and what only moves numbers
    *("add", "subtract", "negative", "exp", "cos", "sin", "tanh", "sum"),
    *("asarray", "broadcast_to", "concatenate", "reshape", "transpose", "where", "zeros"),
)
# In a product of two imaginary amounts a tiny real one is left, which beside 0 decides on which side of a kink one is.
EXACT = ("divide", "expm1", "log", "log1p", "matmul", "multiply", "power", "sqrt")
CONTINUED = SimpleNamespace(
    **{name: getattr(np, name) for name in ANALYTIC},
    **{name: continued(getattr(np, name)) for name in EXACT},
    absolute=absolute,
    equal=lambda x, y: np.equal(np.real(x), np.real(y)),
    floor=lambda x: np.floor(np.real(x)),
    greater=greater,
    max=largest,
    maximum=maximum,
    minimum=lambda x, y: -maximum(-x, -y),
)
