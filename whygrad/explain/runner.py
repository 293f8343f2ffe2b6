"""What a derivation may compute beside what the trace holds: slopes, the loss of a moved weight. It is handed in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from whygrad.graph import Expr
    from whygrad.graph.element import Index

Values = Mapping["Expr", Any]
Evaluate = Callable[[Iterable["Expr"], Values], Mapping["Expr", Any]]
Prepared = Callable[[Values], Mapping["Expr", Any]]
Derive = Callable[["Expr", "Expr", "Index", Values], float]


@dataclass(frozen=True)
class Way:
    """Another way to a derivative: its name, and `derive(of, by, index, values)`, d of / d by[index] at the values."""

    name: str
    derive: Derive


@dataclass(frozen=True)
class Runner:
    """Whoever runs graphs.

    - `evaluate(nodes, values)`: the values of nodes, from those of leaves or of inner nodes.
    - `prepare(nodes)`: the same in two steps, for nodes that are asked for again and again.
    - `ways`: ways to a derivative that know nothing of the graph's own rules.
    """

    evaluate: Evaluate
    prepare: Callable[[Sequence[Expr]], Prepared]
    ways: tuple[Way, ...] = ()
