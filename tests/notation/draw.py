"""Random expressions over a few single numbers, built from every elementwise primitive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.primitive.draw import SETTINGS
from whygrad.graph import Domain, Expr, Input, Kind, constant
from whygrad.primitive import PRIMITIVES, absolute, equal, greater, sigmoid, tanh

if TYPE_CHECKING:
    import random

    from whygrad.graph import Primitive

LEAVES = {name: Input((), name) for name in ("x", "y", "w5", "out_Y1")}
VALUES: dict[Expr, float] = {LEAVES["x"]: 0.7, LEAVES["y"]: -1.3, LEAVES["w5"]: 2.25, LEAVES["out_Y1"]: 0.4}
NUMBERS = (0.0, 1.0, 2.0, 0.5, -1.0, -0.0, -2.5, 1e-5, -3e-7, 1e20, 0.1, 7e22, 1 / 3)
OPERATIONS = [p for p in PRIMITIVES if p.kind is Kind.ELEMENTWISE and p not in (greater, equal)]
INFIX = [p for p in OPERATIONS if p.notation.level < 9]


def expression(rng: random.Random, depth: int) -> Expr:
    """A random expression at most `depth` operations deep, mostly of infix operations: they need the brackets."""
    if depth == 0 or rng.random() < 0.15:
        return constant(rng.choice(NUMBERS)) if rng.random() < 0.3 else rng.choice(list(LEAVES.values()))
    primitive = rng.choice(INFIX if rng.random() < 0.7 else OPERATIONS)
    return operation(rng, primitive, depth)


def operation(rng: random.Random, primitive: Primitive, depth: int) -> Expr:
    inputs = [of_domain(rng, domain, depth - 1) for domain in primitive.domain]
    settings = {name: rng.choice(values) for name, values in SETTINGS.get(primitive.name, {}).items()}
    return primitive(*inputs, **settings)


def of_domain(rng: random.Random, domain: Domain, depth: int) -> Expr:
    """A random expression, most often made to lie in a domain so that its value is a number."""
    x = expression(rng, depth)
    if domain is Domain.CONDITION:
        return rng.choice([greater, equal])(x, expression(rng, depth))
    if rng.random() < 0.1:
        return x
    if domain is Domain.POSITIVE:
        return absolute(tanh(x)) + 0.25
    return sigmoid(x) if domain is Domain.FRACTION else x
