"""The update as lines of a program: in place where the rule remembers nothing, else by a function of the rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from whygrad.code.layout import fitted, indented, unpacked
from whygrad.code.update import GRADIENT, PARAMETER, RATE, Update, counts_updates, rate_is_fixed
from whygrad.graph import UPDATES, Apply, Expr, Input, State, topological

if TYPE_CHECKING:
    from whygrad.code.identifier import Identifiers
    from whygrad.code.merge import Merge
    from whygrad.graph import Step


@dataclass(eq=False)
class Optimizing:
    """Writes updates; functions that several parameters share are written once.

    `render` writes a formula of an update, given the names of its leaves.
    """

    step: Step
    rule: str
    merge: Merge
    render: Callable[[Expr, Mapping[Expr, str]], str]
    identifiers: Identifiers
    functions: dict[tuple[str, ...], str] = field(default_factory=dict)

    def rate_lines(self, render_rate: Callable[[Expr], str]) -> list[str]:
        """The learning rate of this update, and one more update counted."""
        lines = []
        if not rate_is_fixed(self.step):
            lines += fitted(f"{RATE} = {render_rate(self.step.outputs['learning_rate'])}", 2)
        return [*lines, "updates += 1"] if counts_updates(self.step) else lines

    def in_place(self, update: Update, target: str, gradient: str) -> tuple[str, str]:
        """The update of a parameter that remembers nothing: how it is taken in, "-=" or "=", and its formula."""
        after = self.merge(update.parameter)
        names = named_leaves(after, {PARAMETER: target, GRADIENT: gradient})
        if isinstance(after, Apply) and after.primitive.name == "subtract" and is_leaf(after.arguments[0], PARAMETER):
            return "-=", self.render(after.arguments[1], names)
        return "=", self.render(after, names)

    def line(self, update: Update, target: str, gradient: str, memory: Mapping[str, str]) -> str:
        """The update of a parameter in one line."""
        if memory:
            return f"{unpacked([target, *memory.values()])} = {self.called(update, target, gradient, memory)}"
        sign, formula = self.in_place(update, target, gradient)
        return f"{target} {sign} {formula}"

    def called(self, update: Update, target: str, gradient: str, memory: Mapping[str, str]) -> str:
        """The call of the function of a rule, which is written when first called."""
        name = self.function(update)
        given = {PARAMETER: target, GRADIENT: gradient, RATE: RATE, UPDATES: UPDATES, **memory}
        arguments = ", ".join(given[word] for word in self.arguments(update))
        return f"{name}({arguments})"

    def arguments(self, update: Update) -> list[str]:
        """What the function of a rule is given."""
        return [word for word in update.reads if word != RATE or not rate_is_fixed(self.step)]

    def function(self, update: Update) -> str:
        """The name of the function for an update."""
        after = {word: self.merge(node) for word, node in update.memory.items()}
        parameter = self.merge(update.parameter)
        names = named_leaves_of([*after.values(), parameter])
        lines = []
        for word, node in after.items():
            lines.append(f"{word} = {self.render(node, names)}")
            names[node] = word
        lines.append(f"{PARAMETER} = {self.render(parameter, names)}")
        lines.append(f"return {', '.join([PARAMETER, *after])}")
        body = [line for each in lines for line in fitted(each, 1)]
        arguments = ", ".join(self.arguments(update))
        key = (arguments, *body)
        if key not in self.functions:
            self.functions[key] = self.identifiers(self.rule)
        return self.functions[key]

    def definitions(self) -> list[str]:
        """The functions that were called."""
        found: list[str] = []
        for (arguments, *body), name in self.functions.items():
            told = f'"""A parameter after one more update, and what {self.rule} remembers of it."""'
            found += ["", "", f"def {name}({arguments}):", *indented([told, *body])]
        return found


def is_leaf(node: Expr, name: str) -> bool:
    """Whether a node is the leaf with this name."""
    return isinstance(node, Input | State) and node.name == name


def named_leaves(node: Expr, called: Mapping[str, str]) -> dict[Expr, str]:
    """The names of the leaves of an expression."""
    leaves = [each for each in topological([node]) if isinstance(each, Input | State)]
    return {leaf: called.get(leaf.name, leaf.name) for leaf in leaves}


def named_leaves_of(nodes: list[Expr]) -> dict[Expr, str]:
    """The leaves of several expressions under their own names."""
    return {leaf: name for node in nodes for leaf, name in named_leaves(node, {}).items()}
