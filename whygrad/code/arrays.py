"""A step as lines on arrays, one for each named array: for NumPy, PyTorch and JAX."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from whygrad.code.helper import functions
from whygrad.code.identifier import Identifiers
from whygrad.code.layout import fitted, indented
from whygrad.code.script import Quantity, in_order, moves, named, needed
from whygrad.graph import UPDATES, Apply, Constant, Input, topological

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from whygrad.code.script import Move
    from whygrad.code.writer import Writer
    from whygrad.graph import Expr, Forward, Step

# What a program calls its own things, so that nothing of the network is called so.
OWN: Final = frozenset(
    """
    adapted augmented batch best epoch figure generator gradients i inputs j k learning_rate lowest m moved n noise
    optimizer order parameters r row rows s shown start step table targets total training updates validate validation
    validation_inputs validation_loss validation_targets waited weights
    """.split()  # noqa: SIM905 (a list of this length is no easier to read)
)


LOSSES: Final = ("loss", "reported_loss")


class ArrayScript:
    """The formulas of one step, or of the network that only predicts, as lines of a program on arrays.

    `called` says what some states are called; the others get names of their own.
    """

    def __init__(self, graph: Step | Forward, writer: Writer, called: Mapping[str, str] | None = None) -> None:
        self.graph = graph
        self.writer = writer
        self.identifiers = Identifiers(OWN)
        self.merge = writer.merge()
        self.names: dict[Expr, str] = {}
        self.copies: set[Expr] = set()
        if isinstance(writer.rows, Input):
            self.names[writer.rows] = writer.rows.name
        for name, leaf in (*graph.inputs.items(), *graph.states.items()):
            known = (called or {}).get(name)
            self.names[leaf] = known or (name if name == UPDATES else self.identifiers(name))

    def values(self) -> list[Quantity]:
        """The named arrays of the forward pass; the loss before its parts, which it may be equal to."""
        found = []
        for node, name in self.graph.names.of.items():
            if node not in self.names:
                found.append(Quantity(name.symbol, self.merge(node)))
        return sorted(found, key=lambda each: each.name not in LOSSES)

    def name(self, quantities: Iterable[Quantity], roots: Sequence[Expr]) -> None:
        """Name what is computed, and the arrays that are given."""
        for node in topological(roots):
            if isinstance(node, Constant) and node.shape:
                word = "wired" if node.value.dtype == bool else "class_weights"
                self.names.setdefault(node, self.identifiers(word))
        named(quantities, roots, self.names, self.identifiers, self.writer.forced)
        for node in in_order(roots, self.names):
            same = self.writer.same_as(node, self.names)
            if same is not None:
                self.copies.add(node)
                if self.names[node] in LOSSES and isinstance(same, Apply):
                    self.names[same] = self.names[node]
                self.names[node] = self.names[same]

    def lines(self, move: Move, depth: int) -> list[str]:
        """The lines of a move, to stand so far to the right."""
        computed = [node for node in move.nodes if node not in self.copies]
        formulas = [f"{self.names[node]} = {self.writer.formula(node, move.names)}" for node in computed]
        return [line for formula in formulas for line in fitted(formula, depth)]

    def formula(self, node: Expr) -> str:
        """The formula of a node, or its name where it is a leaf."""
        return self.writer.formula(node, self.names)

    def name_or_formula(self, node: Expr) -> str:
        """The name of a node, or its formula where it has none."""
        return self.names[node] if node in self.names else self.formula(node)

    def definitions(self, nodes: Iterable[Expr]) -> list[str]:
        """The functions that some formulas call."""
        return functions(topological(nodes), self.writer)

    def needs_rows(self, nodes: Iterable[Expr]) -> bool:
        """Whether some formulas need the number of rows."""
        return self.writer.counts_rows(nodes)

    def constants(self) -> dict[str, Constant]:
        """The arrays that are given, by name."""
        return {name: node for node, name in self.names.items() if isinstance(node, Constant)}


def validation_function(
    graph: Forward, writer: Writer, states: Mapping[str, str], ending: str = ""
) -> tuple[list[str], list[Expr]]:
    """The function that gives the loss on the validation rows, and the nodes that it computes.

    `ending` is what makes a number of the loss.
    """
    watched = ArrayScript(graph, writer, states)
    loss = watched.merge(graph.outputs["error"])
    watched.name(needed(watched.values(), [loss]), [loss])
    found = moves([("", [loss])], watched.names, ())
    nodes = [node for move in found for node in move.nodes]
    before = ["x, y = validation_inputs, validation_targets"]
    before += ["rows = len(x)"] if watched.needs_rows(nodes) else []
    lines = [line for move in found for line in watched.lines(move, 1)]
    body = [*before, *lines, f"return {watched.name_or_formula(loss)}{ending}"]
    told = '"""The loss on the validation rows, as the network predicts them."""'
    return ["", "", "def validate():", *indented([told, *body])], nodes
