"""Random graphs as recipes, so that the same graph can be built of our nodes and of PyTorch's tensors."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from tests.primitive.draw import SETTINGS
from whygrad.graph import Domain, Expr, Input, Kind, constant
from whygrad.primitive import BY_NAME, PRIMITIVES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

SIZE = 2  # every array is square, so that any may be multiplied with any
LEAVES = 3
ELEMENTWISE = tuple(p.name for p in PRIMITIVES if p.kind is Kind.ELEMENTWISE and Domain.CONDITION not in p.domain)
VALUED = tuple(name for name in ELEMENTWISE if name not in {"greater", "equal"})
# No kinks and no conditions: a step of a central difference must not change the branch.
SMOOTH = tuple(name for name in VALUED if not BY_NAME[name].kink)
MIXING = ("matmul", "fold", "mean", "largest", "transpose", "softmax")
Instruction = tuple[str, tuple[int, ...], dict[str, Any]]


@dataclass
class Recipe:
    """Instructions, each reading what earlier ones made; the first `LEAVES` are leaves."""

    instructions: list[Instruction] = field(default_factory=list)

    def add(self, name: str, *read: int, **attributes: Any) -> int:
        """Add an instruction; its number."""
        self.instructions.append((name, read, attributes))
        return len(self.instructions) - 1


def recipe(seed: int, length: int, names: Sequence[str]) -> Recipe:
    """A random recipe of `length` operations among `names` and those that mix elements, ending in one number."""
    rng = random.Random(seed)
    made = Recipe()
    pool = [made.add("leaf") for _ in range(LEAVES)]
    smooth = names is SMOOTH
    for _ in range(length):
        if rng.random() < 0.35:
            result = mixing(made, rng, pool, [name for name in MIXING if not smooth or not BY_NAME[name].kink])
        else:
            result = elementwise(made, rng, rng.choice(names), pool)
        half = made.add("multiply", result, made.add("half"))
        pool.append(made.add("tanh", half))  # keeps numbers in a range where differences are exact
    made.add("fold", pool[-1], axes=(0, 1))
    return made


def mixing(made: Recipe, rng: random.Random, pool: list[int], names: Sequence[str]) -> int:
    name, x = rng.choice(names), rng.choice(pool)
    if name == "matmul":
        return made.add(name, x, rng.choice(pool))
    if name == "transpose":
        return made.add(name, x, order=(1, 0))
    if name == "softmax":
        return made.add(name, x)
    axes = (rng.randrange(2),)
    return made.add("spread", made.add(name, x, axes=axes), shape=(SIZE, SIZE), axes=axes)


def elementwise(made: Recipe, rng: random.Random, name: str, pool: list[int]) -> int:
    read = [in_domain(made, domain, rng.choice(pool)) for domain in BY_NAME[name].domain]
    return made.add(name, *read, **{key: rng.choice(values) for key, values in SETTINGS.get(name, {}).items()})


def in_domain(made: Recipe, domain: Domain, x: int) -> int:
    if domain in (Domain.POSITIVE, Domain.NONZERO):
        return made.add("add", made.add("softplus", x), made.add("half"))
    return made.add("sigmoid", x) if domain is Domain.FRACTION else x


def built(made: Recipe) -> tuple[list[Input], Expr]:
    """The leaves and the last node of a recipe, as expressions."""
    leaves = [Input((SIZE, SIZE), f"x{k}") for k in range(LEAVES)]
    nodes = followed(made, leaves, constant(0.5), {p.name: p for p in PRIMITIVES})
    return leaves, nodes[-1]


def followed(made: Recipe, leaves: Iterable[Any], half: Any, operations: dict[str, Callable[..., Any]]) -> list[Any]:
    """What every instruction of a recipe makes of these leaves with these operations."""
    remaining = iter(leaves)
    results: list[Any] = []
    for name, read, attributes in made.instructions:
        if name == "leaf":
            results.append(next(remaining))
        elif name == "half":
            results.append(half)
        else:
            results.append(operations[name](*(results[k] for k in read), **attributes))
    return results


def leaf_values(seed: int) -> list[NDArray[np.float64]]:
    """A value for each leaf."""
    rng = np.random.default_rng(seed)
    return [rng.normal(size=(SIZE, SIZE)) for _ in range(LEAVES)]
