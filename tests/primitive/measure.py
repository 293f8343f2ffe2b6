"""Numbers from graphs, and derivatives by central differences to hold them against."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from whygrad.graph import Domain, Expr, Input, gradient
from whygrad.primitive import multiply, summed
from whygrad.run.interpreter import prepare

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from tests.primitive.draw import Sample

Array = Any  # an array of floats, truth values or indices
STEP = 1e-5


@dataclass(frozen=True, eq=False)
class Applied:
    """A sample's primitive applied to leaves; `seed` is the adjoint of the output."""

    sample: Sample
    leaves: tuple[Input, ...]
    output: Expr
    seed: Input

    @property
    def smooth(self) -> list[Input]:
        """The leaves a derivative can be taken with respect to."""
        return [self.leaves[k] for k in self.sample.smooth]

    @property
    def gradients(self) -> tuple[Expr, ...]:
        """The output's vector-Jacobian product with the seed, one per smooth leaf."""
        return gradient(self.output, self.smooth, seed=self.seed)

    def values(self, seed: Array = None) -> dict[Expr, Array]:
        """The sample's values by leaf, and the seed's."""
        return {self.seed: seed, **dict(zip(self.leaves, self.sample.arrays, strict=True))}

    def projected(self, arrays: Sequence[Array]) -> list[Array]:
        """Derivatives with respect to the smooth leaves, less the part that would leave the leaf's domain.

        Rows that must sum to 1 can only move so that their sum stays: the mean of each row of a derivative with
        respect to them is arbitrary.
        """
        domains = [self.sample.domains[k] for k in self.sample.smooth]
        return [
            array - array.mean(axis=-1, keepdims=True) if domain is Domain.DISTRIBUTION else array
            for array, domain in zip(arrays, domains, strict=True)
        ]


def applied(sample: Sample) -> Applied:
    """The graph of a sample."""
    leaves = tuple(Input(array.shape, f"x{k}") for k, array in enumerate(sample.arrays))
    output = sample.primitive(*leaves, **sample.attributes)
    return Applied(sample, leaves, output, Input(output.shape, "seed"))


def computed(roots: Sequence[Expr], values: dict[Expr, Array], dtype: Any = np.float64) -> list[Array]:
    """The value of each root."""
    return function_of(roots, dtype)(values)


def function_of(roots: Sequence[Expr], dtype: Any = np.float64) -> Callable[[dict[Expr, Array]], list[Array]]:
    """The roots as a function of the leaves' values, lowered once."""
    with np.errstate(all="ignore"):
        program = prepare(roots, dtype)

    def run(values: dict[Expr, Array]) -> list[Array]:
        with np.errstate(all="ignore"):
            memory = program.run(values)
        return [np.asarray(memory[program.slots[root]]) for root in roots]

    return run


def contracted(parts: Sequence[Expr], weights: Sequence[Expr]) -> Expr:
    """The sum over all elements of parts times weights: one number to differentiate."""
    total: Expr = summed(multiply(parts[0], weights[0]))
    for part, weight in zip(parts[1:], weights[1:], strict=True):
        total = total + summed(multiply(part, weight))
    return total


def differences(
    number: Expr, leaves: Sequence[Expr], values: dict[Expr, Array], *, step: float = STEP
) -> list[NDArray[np.float64]]:
    """The derivative of one number with respect to each element of some leaves, by central differences."""
    run = function_of([number])
    return [element_differences(lambda v: float(run(v)[0]), leaf, values, step) for leaf in leaves]


def element_differences(
    number: Callable[[dict[Expr, Array]], float], leaf: Expr, values: dict[Expr, Array], step: float
) -> NDArray[np.float64]:
    found = np.zeros(leaf.shape)
    for index in np.ndindex(leaf.shape):
        up, down = np.array(values[leaf], float), np.array(values[leaf], float)
        up[index] += step
        down[index] -= step
        rise = number({**values, leaf: up}) - number({**values, leaf: down})
        found[index] = rise / (2 * step)
    return found


def assert_close(ours: Sequence[Array], theirs: Sequence[Array], *, relative: float, absolute: float) -> None:
    """Each array of ours is theirs, to a fraction of the largest element or to an absolute difference."""
    assert [np.shape(a) for a in ours] == [np.shape(b) for b in theirs]
    for a, b in zip(ours, theirs, strict=True):
        largest = np.max(np.abs(b), initial=0.0)
        np.testing.assert_allclose(a, b, rtol=0, atol=relative * largest + absolute)
