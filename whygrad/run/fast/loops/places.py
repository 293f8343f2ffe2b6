"""Where the elements come from that a loop reads: movers are no work, only other places to read at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from whygrad.graph import Apply, Expr, Kind
from whygrad.primitive import concatenate, fold, largest, matmul, reshape, scatter, section, spread, transpose

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from whygrad.graph import Shape

Index = tuple[str, ...]
INDICES: Final = ("i", "j", "k", "m", "n", "o", "p")
PICKED: Final = "picked"  # stands for the number of the row that a gather picks
LOOKING: Final = frozenset((spread, transpose, reshape, section))
REDUCTIONS: Final = frozenset((fold, largest))
STATEMENTS: Final = frozenset((matmul, concatenate, scatter))


@dataclass(frozen=True, eq=False)
class Place:
    """An element of an array that has memory, or a variable, of its own."""

    node: Expr
    index: Index

    @property
    def is_own(self) -> bool:
        """Whether the element lies where the loop stands."""
        return self.index == INDICES[: len(self.index)]

    @property
    def is_in_row(self) -> bool:
        """Whether the element lies in the row that the outer loop is at."""
        return bool(self.index) and self.index[0] == INDICES[0]


class Places:
    """Follows movers back; `copied` are those that are written out as arrays of their own."""

    def __init__(self, copied: Collection[Expr], size: Callable[[int], str]) -> None:
        self.copied, self.size = copied, size

    def looks(self, node: Expr) -> bool:
        """Whether a node only looks at another's elements."""
        return isinstance(node, Apply) and node.primitive in LOOKING and node not in self.copied

    def __call__(self, node: Expr, index: Index) -> Place:
        """Where an element of a node is kept."""
        while isinstance(node, Apply) and self.looks(node):
            index = self.within(node, index)
            (node,) = node.arguments
        return Place(node, index)

    def within(self, node: Apply, index: Index) -> Index:
        """The index in its input of what a mover has at an index."""
        settings = dict(node.attributes)
        if node.primitive is spread:
            return tuple(each for axis, each in enumerate(index) if axis not in settings["axes"])
        if node.primitive is transpose:
            return tuple(index[settings["order"].index(axis)] for axis in range(len(index)))
        if node.primitive is section:
            axis, start = settings["axis"], settings["start"]
            return (*index[:axis], f"{index[axis]} + {start}" if start else index[axis], *index[axis + 1 :])
        return self.reshaped(node.shape, node.arguments[0].shape, index)

    def reshaped(self, shape: Shape, given: Shape, index: Index) -> Index:
        """The index in an array of the given shape that has the same number in C order."""
        long = [each for each, size in zip(index, shape, strict=True) if size != 1]
        if [size for size in shape if size != 1] == [size for size in given if size != 1]:
            rest = iter(long)
            return tuple("0" if size == 1 else next(rest) for size in given)
        number = "0"
        for each, size in zip(index, shape, strict=True):
            number = each if number == "0" else f"({number}) * {self.size(size)} + {each}"
        found: list[str] = []
        for size in reversed(given):
            found.append(f"({number}) % {self.size(size)}")
            number = f"({number}) // {self.size(size)}"
        return tuple(reversed(found))


def space_of(node: Apply) -> Shape:
    """The shape that the loops of a node go through."""
    return node.arguments[0].shape if node.primitive in REDUCTIONS else node.shape


def axes_of(node: Apply) -> tuple[int, ...]:
    """The axes over which a reduction goes."""
    return tuple(sorted(dict(node.attributes)["axes"]))


def is_elementwise(node: Expr) -> bool:
    """Whether each element is made of those at its own place."""
    return isinstance(node, Apply) and node.primitive.kind is Kind.ELEMENTWISE
