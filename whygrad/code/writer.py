"""How formulas are written in a program: what the languages of arrays and Python's loops have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import partial
from typing import TYPE_CHECKING

from whygrad.code.merge import Merge
from whygrad.code.spelling import is_spelt

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from whygrad.code.recipe import Language
    from whygrad.graph import Apply, Expr, Shape


class Writer(ABC):
    """Writes formulas in one language.

    - `language`: whose words are used; `rows`: the expression that stands for the number of rows.
    """

    language: Language
    rows: Expr

    @abstractmethod
    def formula(self, node: Expr, names: Mapping[Expr, str]) -> str:
        """The formula of a node, down to the nearest names."""

    @abstractmethod
    def one(self, node: Expr, names: Mapping[Expr, str]) -> str:
        """The formula of an update: of a whole array, or of one of its elements."""

    @abstractmethod
    def counts_rows(self, nodes: Iterable[Expr]) -> bool:
        """Whether the lines that compute some nodes need `rows`, the number of rows."""

    @abstractmethod
    def inside(self, first: str) -> Writer:
        """The same in a function, where the rows are those of its first input."""

    @abstractmethod
    def shape(self, node: Apply, given: Shape) -> Shape:
        """The shape that an input of a composite has in the function that stands for it."""

    @abstractmethod
    def forced(self, roots: Iterable[Expr], names: Mapping[Expr, str]) -> list[Apply]:
        """The nodes that must have a name although they are needed once."""

    def same_as(self, node: Expr, names: Mapping[Expr, str]) -> Expr | None:  # noqa: ARG002 (arrays are no copies)
        """The named node of which this one would be a mere copy, if there is one."""
        return None

    def merge(self, *, on_paper: bool = False) -> Merge:
        """What makes equal expressions one, new for each graph."""
        return Merge(partial(is_spelt, language=self.language), self.rows, on_paper=on_paper)
