"""What the tests of primitives draw: inputs in their domain, in awkward shapes, away from every kink."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from math import prod
from typing import TYPE_CHECKING, Any

import numpy as np
from hypothesis import strategies as st

from whygrad.graph import Domain, Kind, Primitive

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from whygrad.graph import Shape

Draw = Any  # Hypothesis's draw function
Plan = tuple[tuple["Shape", ...], dict[str, Any]]

SHAPES: tuple[Shape, ...] = ((), (1,), (3,), (1, 1), (2, 1), (1, 4), (2, 3), (1, 1, 1), (2, 1, 3), (2, 3, 2))
ROWS = tuple(shape for shape in SHAPES if shape)
# Values lie near the middle between multiples of a quarter, so 0, whole numbers, ties and these deltas are far away.
STEP, JITTER = 0.25, 0.04
SETTINGS: dict[str, dict[str, tuple[float, ...]]] = {
    "leaky_relu": {"slope": (0.01, 0.3, 1.5)},
    "elu": {"alpha": (1.0, 0.4)},
    "huber": {"delta": (0.625, 1.125)},
}


@dataclass(frozen=True)
class Sample:
    """A primitive with attributes and a value for each of its inputs."""

    primitive: Primitive
    arrays: tuple[NDArray[Any], ...]
    attributes: dict[str, Any] = field(default_factory=dict)

    @property
    def domains(self) -> tuple[Domain, ...]:
        """The domain of each input."""
        domain = self.primitive.domain
        return domain + domain[-1:] * (len(self.arrays) - len(domain))

    @property
    def smooth(self) -> tuple[int, ...]:
        """The inputs that numbers can be added to: neither truth values nor indices."""
        return tuple(k for k, d in enumerate(self.domains) if d not in (Domain.CONDITION, Domain.INDEX))


def samples(primitive: Primitive) -> st.SearchStrategy[Sample]:
    """Samples of one primitive."""
    plan = partial(elementwise_plan, primitive) if primitive.kind is Kind.ELEMENTWISE else PLANS[primitive.name]

    @st.composite
    def sample(draw: Draw) -> Sample:
        shapes, attributes = plan(draw)
        rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
        return filled_in(primitive, shapes, attributes, rng)

    return sample()


def filled_in(
    primitive: Primitive, shapes: tuple[Shape, ...], attributes: dict[str, Any], rng: np.random.Generator
) -> Sample:
    """The sample with these shapes and values drawn from the primitive's domain."""
    domains = primitive.domain + primitive.domain[-1:] * (len(shapes) - len(primitive.domain))
    sizes = [prod(shape) for shape in shapes]
    reals = np.split(spaced(rng, sum(sizes)), np.cumsum(sizes)[:-1])
    rows = attributes.get("rows") or (shapes[0][0] if shapes[0] else 1)
    arrays: list[NDArray[Any]] = []
    for domain, shape, real in zip(domains, shapes, reals, strict=True):
        if domain is Domain.REAL:
            arrays.append(real.reshape(shape))
        elif domain is Domain.INDEX:
            arrays.append(rng.integers(0, rows, shape))
        else:
            arrays.append(VALUES[domain](rng, shape))
    return Sample(primitive, tuple(arrays), attributes)


def spaced(rng: np.random.Generator, count: int) -> NDArray[np.float64]:
    """Numbers of both signs, all far from one another, from 0 and from whole numbers."""
    grid = (np.arange(count) - count // 2 + 0.5) * STEP
    return rng.permutation(grid) + rng.uniform(-JITTER, JITTER, count)


VALUES: dict[Domain, Callable[[np.random.Generator, Shape], NDArray[Any]]] = {
    Domain.POSITIVE: lambda rng, shape: rng.uniform(0.4, 2.5, shape),
    Domain.NONZERO: lambda rng, shape: rng.uniform(0.4, 2.5, shape) * rng.choice([-1.0, 1.0], shape),
    Domain.FRACTION: lambda rng, shape: rng.uniform(0.05, 0.95, shape),
    Domain.DISTRIBUTION: lambda rng, shape: rng.dirichlet(np.ones(shape[-1]), shape[:-1]),
    Domain.CONDITION: lambda rng, shape: rng.random(shape) < 0.5,
}


def elementwise_plan(primitive: Primitive, draw: Draw) -> Plan:
    shape = draw(st.sampled_from(SHAPES))
    settings = {name: draw(st.sampled_from(values)) for name, values in SETTINGS.get(primitive.name, {}).items()}
    return (shape,) * len(primitive.domain), settings


def row_plan(inputs: int, draw: Draw) -> Plan:
    return (draw(st.sampled_from(ROWS)),) * inputs, {}


def reduction_plan(draw: Draw) -> Plan:
    shape = draw(st.sampled_from(SHAPES))
    return (shape,), {"axes": some_axes(draw, shape)}


def spread_plan(draw: Draw) -> Plan:
    shape = draw(st.sampled_from(SHAPES))
    axes = some_axes(draw, shape)
    return (tuple(size for axis, size in enumerate(shape) if axis not in axes),), {"shape": shape, "axes": axes}


def some_axes(draw: Draw, shape: Shape) -> tuple[int, ...]:
    return tuple(axis for axis in range(len(shape)) if draw(st.booleans()))


def matmul_plan(draw: Draw) -> Plan:
    stack = draw(st.sampled_from([(), (1,), (2,), (2, 1)]))
    m, k, n = draw(st.tuples(*[st.integers(1, 3)] * 3))
    return ((*stack, m, k), (*stack, k, n)), {}


def transpose_plan(draw: Draw) -> Plan:
    shape = draw(st.sampled_from(SHAPES))
    return (shape,), {"order": tuple(draw(st.permutations(range(len(shape)))))}


def reshape_plan(draw: Draw) -> Plan:
    shape = draw(st.sampled_from(SHAPES))
    given = shape[::-1]
    shapes = [shape, (prod(shape),), (1, *shape), (*shape, 1)]
    return (given,), {"shape": draw(st.sampled_from(shapes))}


def concatenate_plan(draw: Draw) -> Plan:
    shape = draw(st.sampled_from(ROWS))
    axis = draw(st.integers(0, len(shape) - 1))
    sizes = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))
    return tuple((*shape[:axis], size, *shape[axis + 1 :]) for size in sizes), {"axis": axis}


def slice_plan(draw: Draw) -> Plan:
    shape = draw(st.sampled_from(ROWS))
    axis = draw(st.integers(0, len(shape) - 1))
    start = draw(st.integers(0, shape[axis] - 1))
    return (shape,), {"axis": axis, "start": start, "stop": draw(st.integers(start + 1, shape[axis]))}


def gather_plan(draw: Draw) -> Plan:
    return (draw(st.sampled_from(ROWS)), draw(st.sampled_from(SHAPES[:6]))), {}


def scatter_plan(draw: Draw) -> Plan:
    index, rest = draw(st.sampled_from(SHAPES[:6])), draw(st.sampled_from(SHAPES[:3]))
    return ((*index, *rest), index), {"rows": draw(st.integers(1, 3))}


PLANS: dict[str, Callable[[Draw], Plan]] = {
    "matmul": matmul_plan,
    "transpose": transpose_plan,
    "reshape": reshape_plan,
    "concatenate": concatenate_plan,
    "slice": slice_plan,
    "gather": gather_plan,
    "scatter": scatter_plan,
    "spread": spread_plan,
    "fold": reduction_plan,
    "mean": reduction_plan,
    "largest": reduction_plan,
    "softmax": partial(row_plan, 1),
    "log_sum_exp": partial(row_plan, 1),
    "cross_entropy_with_softmax": partial(row_plan, 2),
}
