"""What the checker needs of a step: its named quantities, each with what it is made of. Whoever explains has them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from whygrad.graph import Expr
    from whygrad.graph.element import Index

Evaluate = Callable[[Iterable["Expr"], Mapping["Expr", Any]], Mapping["Expr", Any]]


class Quantity(Protocol):
    """One number of a step that has a name.

    - `written`: the name, "net_H1", "dE/dw5", "w5_new"; `ref`: its place in the trace, "adjoint hidden.W[0,1]".
    - `value`: what it truly is; `leaf`: what stands for it in the formulas of others.
    """

    @property
    def written(self) -> str: ...

    @property
    def ref(self) -> str: ...

    @property
    def array(self) -> str: ...

    @property
    def index(self) -> Index: ...

    @property
    def row(self) -> int | None: ...

    @property
    def value(self) -> float: ...

    @property
    def leaf(self) -> Expr: ...


class Quantities(Protocol):
    """The named quantities of one step; what is made of them is kept by the step itself."""

    def __hash__(self) -> int: ...

    def every(self) -> Sequence[Any]:
        """All of them, in the order of the network."""

    def definition(self, element: Any) -> Expr:
        """What one is made of, over the leaves of others; a given number is its own leaf."""

    def leaves(self, expr: Expr) -> Sequence[Any]:
        """The quantities in a formula, in the order in which it reads them."""

    def is_parameter(self, element: Any) -> bool:
        """Whether it is a weight or a bias before the step."""

    def taken_for(self, element: Any) -> Mapping[str, float]:
        """Other numbers that a given one may be taken for, by what they are: the input as its table has it."""


class Past(Protocol):
    """What came before the pass after an update: other values that its weights and biases may be taken for."""

    @property
    def old(self) -> Mapping[Any, float]:
        """What they were before the update."""

    @property
    def in_sequence(self) -> Mapping[Any, float]:
        """What they are if each layer is updated by the new weights of the layer above it."""
