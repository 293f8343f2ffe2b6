"""Arrays as nested lists: the formula of one element at indices i, j, r, and the loops that run over them.

The element of a product of matrices is a sum over an index of its own, that of an elementwise operation the operation
on elements. Axes of size 1 are left out, so that the weights into a single unit are a list, and its bias a number.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from whygrad.code.merge import named_leaf
from whygrad.code.recipe import ROWS
from whygrad.code.script import past_spread
from whygrad.code.spelling import scalar_form, source
from whygrad.code.writer import Writer
from whygrad.graph import Apply, Constant, Expr, Kind, constant, topological
from whygrad.primitive import fold, largest, matmul, spread, transpose

if TYPE_CHECKING:
    from collections.abc import Iterable

    from whygrad.graph import Shape

Index = tuple[str, ...]  # per axis the letter that runs over it, or nothing where the axis is left out
LETTERS = "ijkmn"
ROW = "r"


class LoopWriter(Writer):
    """Writes formulas of elements in plain Python.

    - `length`: what is written for the number of rows; empty where every batch is one row, which is then left out.
    """

    language = "python"

    def __init__(self, length: str) -> None:
        self.length = length
        self.rows = named_leaf(length) if length else constant(1.0)

    def formula(self, node: Expr, names: Mapping[Expr, str]) -> str:
        return self.nested(node, names)

    def one(self, node: Expr, names: Mapping[Expr, str]) -> str:
        return self.text(self.element(node, ("",) * len(node.shape), names, top=True))

    def counts_rows(self, nodes: Iterable[Expr]) -> bool:  # noqa: ARG002 (its loops run over rows)
        return bool(self.length)

    def inside(self, first: str) -> LoopWriter:
        return LoopWriter(f"len({first})")

    def shape(self, node: Apply, given: Shape) -> Shape:
        return (ROWS,) if node.primitive.kind is Kind.ROW and given else ()

    def keeps(self, size: int) -> bool:
        """Whether an axis of this size is looped over."""
        return bool(self.length) if size == ROWS else size != 1

    def kept(self, shape: Shape) -> Shape:
        """The sizes that are looped over."""
        return tuple(size for size in shape if self.keeps(size))

    def index(self, shape: Shape) -> Index:
        """A letter for each axis: r for rows, j for units, i for what feeds them."""
        letters = iter(LETTERS if sum(size != ROWS for size in self.kept(shape)) > 1 else LETTERS[1:])
        return tuple((ROW if size == ROWS else next(letters)) if self.keeps(size) else "" for size in shape)

    def span(self, size: int) -> str:
        """What a letter runs over."""
        return f"range({self.length if size == ROWS else size})"

    def nested(self, node: Expr, names: Mapping[Expr, str]) -> str:
        """A node as nested lists of the formula of its element."""
        if isinstance(node, Apply) and is_row_function(node) and node.shape == node.arguments[0].shape:
            index = (*self.index(node.shape)[:-1], "")
            text = self.row_call(node, index, names)
        else:
            index = self.index(node.shape)
            text = self.text(self.element(node, index, names, top=True))
        for size, letter in reversed(list(zip(node.shape, index, strict=True))):
            if letter:
                text = f"[{text} for {letter} in {self.span(size)}]"
        return text

    def same_as(self, node: Expr, names: Mapping[Expr, str]) -> Expr | None:
        """The named node of which this one is a mere copy: a sum over one row, a row with an axis left out."""
        index = self.index(node.shape)
        if is_row_function(node):
            return None
        text = self.text(self.element(node, index, names, top=True))
        return next(
            (each for each, name in names.items() if each is not node and name + subscripts(index) == text), None
        )

    def text(self, scalar: Expr) -> str:
        """The formula of one element."""
        return source(scalar, {}, scalar_form)

    def element(self, node: Expr, index: Index, names: Mapping[Expr, str], *, top: bool = False) -> Expr:
        """One element of a node as an expression of elements, down to the nearest names."""
        if node in names and not top:
            return named_leaf(names[node] + subscripts(index))
        if not isinstance(node, Apply):
            return self.given(node, index)
        attributes = dict(node.attributes)
        first = node.arguments[0]
        if node.primitive is spread:
            inner = tuple(letter for axis, letter in enumerate(index) if axis not in attributes["axes"])
            return self.element(first, inner, names)
        if node.primitive is transpose:
            order = attributes["order"]
            return self.element(first, tuple(index[order.index(axis)] for axis in range(len(order))), names)
        if node.primitive is fold or node.primitive is largest:
            return self.reduced(node, index, names)
        if node.primitive is matmul:
            return self.product(node, index, names)
        if is_row_function(node):
            return named_leaf(self.row_call(node, index, names))
        if node.primitive.kind is not Kind.ELEMENTWISE:
            raise TypeError(f"{node!r} has no formula for one element")
        return node.primitive(*(self.element(x, index, names) for x in node.arguments), **attributes)

    def given(self, node: Expr, index: Index) -> Expr:
        """A leaf without a name: a number."""
        if isinstance(node, Constant) and node.shape == ():
            return node
        raise TypeError(f"{node!r} has no name at {index}")

    def reduced(self, node: Apply, index: Index, names: Mapping[Expr, str]) -> Expr:
        """A sum, or the largest, over some axes."""
        first, axes = node.arguments[0], dict(node.attributes)["axes"]
        rest, busy = iter(index), set(index)
        inner: list[str] = []
        loops = []
        for axis, size in enumerate(first.shape):
            if axis not in axes:
                inner.append(next(rest))
                continue
            letter = self.free(size, busy) if self.keeps(size) else ""
            inner.append(letter)
            loops += [f" for {letter} in {self.span(size)}"] if letter else []
        element = self.element(first, tuple(inner), names)
        word = "sum" if node.primitive is fold else "max"
        return named_leaf(f"{word}({self.text(element)}{''.join(loops)})") if loops else element

    def product(self, node: Apply, index: Index, names: Mapping[Expr, str]) -> Expr:
        """An element of a product of matrices: a sum over what the two share."""
        one, other = node.arguments
        size = one.shape[-1]
        letter = self.free(size, set(index)) if self.keeps(size) else ""
        left = self.element(one, (*index[:-1], letter), names)
        right = self.element(other, (letter, index[-1]), names)
        if not letter:
            return left * right
        return named_leaf(f"sum({self.text(left * right)} for {letter} in {self.span(size)})")

    def free(self, size: int, busy: set[str]) -> str:
        """A letter that no loop around has; it is taken then."""
        letters = "rs" if size == ROWS else LETTERS
        letter = next(each for each in letters if each not in busy)
        busy.add(letter)
        return letter

    def row_call(self, node: Apply, index: Index, names: Mapping[Expr, str]) -> str:
        """The call of a function of whole rows, such as softmax."""
        before = index[: len(node.arguments[0].shape) - 1]
        rows = ", ".join(names[past_spread(x, names)] + subscripts(before) for x in node.arguments)
        return f"{node.primitive.name}({rows})"

    def forced(self, roots: Iterable[Expr], names: Mapping[Expr, str]) -> list[Apply]:
        """The nodes that must have a name: what a function of rows reads and gives, and what is spread but not plain.

        Without a name it would be computed anew for every element.
        """
        found: dict[Expr, None] = {}
        for node in topological(roots):
            if not isinstance(node, Apply):
                continue
            if is_row_function(node):
                found |= dict.fromkeys([*node.arguments, node])
            if node.primitive is spread and isinstance(node.arguments[0], Apply) and node.arguments[0].shape:
                found[node.arguments[0]] = None
            if node.primitive is spread and contracts(node.arguments[0], names):
                found[node.arguments[0]] = None
        return [
            node for node in found if isinstance(node, Apply) and node.primitive is not spread and node not in names
        ]


def contracts(node: Expr, names: Mapping[Expr, str]) -> bool:
    """Whether a node that has no name is a sum of many."""
    stack = [node]
    while stack:
        each = stack.pop()
        if isinstance(each, Apply) and each not in names:
            if each.primitive.kind in (Kind.CONTRACTION, Kind.ROW):
                return True
            stack.extend(each.arguments)
    return False


def is_row_function(node: Expr) -> bool:
    """Whether a node is the value of a function of whole rows, which a program defines."""
    return isinstance(node, Apply) and node.primitive.kind is Kind.ROW and node.primitive is not largest


def subscripts(index: Index) -> str:
    """The place of an element: [r][j]."""
    return "".join(f"[{letter}]" for letter in index if letter)
