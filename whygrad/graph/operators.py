"""What Python's operators mean on expressions.

The graph does not know any formula, yet `a + b` must build an addition and `gradient` must add adjoints. So the
room `primitive` binds its records here once, when it is imported; nothing else ever writes to this place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from whygrad.graph.expr import Expr

NAMES = ("add", "subtract", "multiply", "divide", "power", "negate", "matmul", "greater", "maximum", "spread")


class Operators:
    """The primitives behind `+ - * / ** @ >`, the spread that shapes a constant, the maximum of two elements."""

    add: Callable[..., Expr]
    subtract: Callable[..., Expr]
    multiply: Callable[..., Expr]
    divide: Callable[..., Expr]
    power: Callable[..., Expr]
    negate: Callable[..., Expr]
    matmul: Callable[..., Expr]
    greater: Callable[..., Expr]
    maximum: Callable[..., Expr]
    spread: Callable[..., Expr]

    def __getattr__(self, name: str) -> Callable[..., Expr]:
        raise AttributeError(f"no primitive is bound to {name!r} yet: import whygrad.primitive, which holds them")

    def bind(self, primitives: dict[str, Any]) -> None:
        """Take the named primitives; called once, by `whygrad.primitive`."""
        for name in NAMES:
            setattr(self, name, primitives[name])


OPERATORS = Operators()
