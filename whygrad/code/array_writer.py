"""Formulas of arrays, as NumPy, PyTorch and JAX have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.code.merge import named_leaf
from whygrad.code.spelling import form_of, source
from whygrad.code.writer import Writer
from whygrad.graph import UPDATES, Apply, Constant, Expr, Input, Kind, State, topological
from whygrad.notation.style import Form, parts_of
from whygrad.notation.symbol import ATOM
from whygrad.primitive import spread

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from whygrad.code.recipe import Language
    from whygrad.graph import Shape


class ArrayWriter(Writer):
    """How operations are written in a library of arrays, which stretches arrays where they meet larger ones.

    - `language`: "numpy", "pytorch" or "jax".
    - `float32`: whether arrays are of single precision, which a NumPy number of double precision would spoil.
    """

    def __init__(self, language: Language, *, float32: bool = False, rows: str = "rows") -> None:
        self.language = language
        self.rows = named_leaf(rows)
        self.float32 = float32
        # NumPy's own powers and cosines differ from Python's in the last bit, which long trainings enlarge.
        self.counter = "" if language == "numpy" and not float32 else UPDATES
        self.plain: dict[Expr, bool] = {}
        self.stretched: dict[Expr, Shape] = {}

    def formula(self, node: Expr, names: Mapping[Expr, str]) -> str:
        return source(node, names, self.form)

    def one(self, node: Expr, names: Mapping[Expr, str]) -> str:
        return self.formula(node, names)

    def counts_rows(self, nodes: Iterable[Expr]) -> bool:
        return self.rows in topological(nodes)

    def inside(self, first: str) -> ArrayWriter:
        return ArrayWriter(self.language, float32=self.float32, rows=f"len({first})")

    def shape(self, node: Apply, given: Shape) -> Shape:  # noqa: ARG002 (a function here takes arrays as they are)
        return given

    def forced(self, roots: Iterable[Expr], names: Mapping[Expr, str]) -> list[Apply]:  # noqa: ARG002 (none is)
        return []

    def form(self, node: Apply) -> Form:
        """How one operation is written."""
        if node.primitive is spread:
            return self.spread_form(node)
        if node.shape == () and self.is_plain(node):
            return form_of(node, "python")
        return form_of(node, self.language, self.axes(node))

    def axes(self, node: Apply) -> str:
        """The axes that an operation drops, with the word for them; nothing for all of them."""
        axes = dict(node.attributes).get("axes", ())
        if len(axes) == len(node.arguments[0].shape):
            return ""
        word = "dim" if self.language == "pytorch" else "axis"
        return f", {word}={axes[0] if len(axes) == 1 else axes}"

    def spread_form(self, node: Apply) -> Form:
        """Nothing where the library spreads by itself; else new axes as an index, and single precision if need be."""
        inner, attributes = node.arguments[0], dict(node.attributes)
        shape, axes = attributes["shape"], attributes["axes"]
        if inner.shape == ():
            strong = self.float32 and self.language == "numpy" and not self.is_plain(inner)
            return Form(parts_of("np.float32({0})" if strong else "{0}"), ATOM, (0,) if strong else (ATOM,))
        if axes == tuple(range(len(axes))) or self.written_shape(inner) == ():
            return Form(parts_of("{0}"), ATOM, (ATOM,))
        index = ", ".join("None" if axis in axes else ":" for axis in range(len(shape)))
        return Form(parts_of(f"{{0}}[{index}]"), ATOM, (ATOM,))

    def written_shape(self, node: Expr) -> Shape:
        """The shape of what is written for a node: a spread that the library does by itself is not there yet."""
        for each in topological([node], self.stretched):
            shape = each.shape
            if isinstance(each, Apply) and each.primitive is spread:
                inner = self.stretched[each.arguments[0]]
                leading = len(shape) - len(each.arguments[0].shape)
                is_bare = inner == () or dict(each.attributes)["axes"] == tuple(range(leading))
                shape = inner if is_bare else shape
            elif isinstance(each, Apply) and each.primitive.kind is Kind.ELEMENTWISE:
                shape = max((self.stretched[x] for x in each.arguments), key=len)
            self.stretched[each] = shape
        return self.stretched[node]

    def is_plain(self, node: Expr) -> bool:
        """Whether a single number is made of nothing but numbers, the count of updates and the learning rate."""
        for each in topological([node], self.plain):
            made_of_plain = isinstance(each, Apply) and all(self.plain[x] for x in each.arguments)
            leaf = isinstance(each, Constant | Input) or (isinstance(each, State) and each.name == self.counter)
            self.plain[each] = each.shape == () and (made_of_plain or leaf)
        return self.plain[node]
