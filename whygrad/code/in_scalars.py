"""The experiment in plain Python, unit by unit: for networks small enough that every number has a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from whygrad.code import frame, rows
from whygrad.code.backward import JUDGED, late_ones, layers_backwards, output_layer, values_first
from whygrad.code.helper import functions
from whygrad.code.identifier import Identifiers
from whygrad.code.layout import fitted
from whygrad.code.literal import number, table
from whygrad.code.loops import LoopWriter
from whygrad.code.optimizing import Optimizing
from whygrad.code.script import BACKWARD, FORWARD, LOSS, OUTPUT, UPDATE, Quantity, moves, named, needed
from whygrad.code.spelling import scalar_form, source
from whygrad.code.update import memory_of, update_of
from whygrad.code.whole import Program
from whygrad.graph import UPDATES, Expr, topological
from whygrad.graph.scalarise import scalarised

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from whygrad.code.recipe import Recipe
    from whygrad.code.script import Move
    from whygrad.graph import Forward, Step

MOST_PARAMETERS: Final = 20
OWN: Final = frozenset(
    "epoch figure generator learning_rate order row rows shown start total updates weights".split()  # noqa: SIM905
)


def fits(recipe: Recipe) -> bool:
    """Whether an experiment is small enough: one row to a step, few parameters, nothing drawn or watched."""
    learned = sum(start.value.size for start in recipe.starts.values())
    plain = recipe.watched is None and recipe.augmentation is None and not recipe.step.masks
    return recipe.single is not None and plain and learned <= MOST_PARAMETERS


class ScalarProgram(Program):
    """Writes the program of one experiment for Python and single numbers."""

    count = "len(rows)"

    def __init__(self, recipe: Recipe, step: Step) -> None:
        super().__init__(recipe)
        self.step = step
        self.writer = LoopWriter("")
        self.merge = self.writer.merge(on_paper=True)
        self.identifiers = Identifiers(OWN)
        gradients = step.gradients.values()
        roots = [step.outputs["error"], step.outputs["prediction"], *step.adjoints.values(), *gradients]
        self.scalars = scalarised([*roots, *step.names.of], step.names)
        self.names: dict[Expr, str] = {}
        for leaf in (*step.inputs.values(), *(step.states[name] for name in step.states if name != UPDATES)):
            for element in self.scalars[leaf].flat if leaf in self.scalars else ():
                self.names[element] = self.identifiers(element.name) if element.name else ""
        self.optimizing = Optimizing(step, recipe.rule.name, self.writer.merge(), self.writer.one, self.identifiers)
        self.nodes: list[Expr] = []
        self.notes = frame.notes_for_python(recipe)

    def elements(self, node: Expr) -> Iterator[tuple[tuple[int, ...], Expr]]:
        """The places and expressions of the elements of a node."""
        for index in np.ndindex(node.shape):
            yield index, self.merge(self.scalars[node].item(index))

    def values(self) -> list[Quantity]:
        """The named elements of the forward pass, the losses before their parts."""
        found = [
            Quantity(name.element(index, node.shape), element)
            for node, name in self.step.names.of.items()
            if node in self.scalars
            for index, element in self.elements(node)
        ]
        return sorted(found, key=lambda each: each.name not in ("loss", "reported_loss"))

    def adjoints(self, wanted: Iterable[str] | None = None) -> list[Quantity]:
        """The adjoints of the elements of all named arrays, or of some."""
        return [
            Quantity(f"dE_d{name.element(index, node.shape)}", element)
            for node, name in values_first(self.step)
            if node in self.step.adjoints and (wanted is None or name.symbol in wanted)
            for index, element in self.elements(self.step.adjoints[node])
        ]

    def bounded(self) -> list[Quantity]:
        """The gradients that were bounded before their use."""
        step = self.step
        return [
            Quantity(f"g_{step.names.of[step.states[name]].element(index, step.states[name].shape)}", element)
            for name in step.parameters
            if step.gradients[name] is not step.adjoints.get(step.states[name])
            for index, element in self.elements(step.gradients[name])
        ]

    def step_lines(self) -> list[str]:
        step = self.step
        error = self.merge(self.scalars[step.outputs["error"]].item())
        gradients = {name: self.gradients(name) for name in step.parameters}
        roots = [error, *(element for elements in gradients.values() for element in elements)]
        adjoints = needed([*self.adjoints(), *self.bounded()], roots)
        named([*needed(self.values(), roots), *adjoints], roots, self.names, self.identifiers)
        layer = output_layer(step)
        output = [each.node for each in self.adjoints((*JUDGED, f"{layer}.net", f"{layer}.out"))]
        backward = [element for name in layers_backwards(step.parameters) for element in gradients[name]]
        forward = [element for _, element in self.elements(step.outputs["prediction"])]
        below = set(topological(roots))
        parts = [(FORWARD, forward), (LOSS, [error]), (OUTPUT, output), (BACKWARD, backward)]
        wanted = [(title, [each for each in nodes if each in below]) for title, nodes in parts]
        found = moves(wanted, self.names, late_ones(adjoints, self.values(), self.names))
        self.nodes = [node for move in found for node in move.nodes]
        lines = self.moves_as_lines(found, self.lines)
        lines += ["", f"# {UPDATE}", *self.optimizing.rate_lines(lambda node: source(node, {}, scalar_form))]
        return [*lines, *(line for name in step.parameters for line in self.updated(name))]

    def gradients(self, parameter: str) -> list[Expr]:
        """The gradients of the elements of a parameter that are there, unit by unit."""
        elements = self.scalars[self.step.gradients[parameter]]
        return [self.merge(elements.item(place)) for place, _ in self.targets(parameter)]

    def lines(self, move: Move) -> list[str]:
        """The lines of a move."""
        formulas = [f"{self.names[node]} = {source(node, move.names, scalar_form)}" for node in move.nodes]
        return [line for formula in formulas for line in fitted(formula, self.depth)]

    def formula(self, node: Expr) -> str:
        """The formula of a number."""
        return source(node, self.names, scalar_form)

    def updated(self, parameter: str) -> list[str]:
        """The update of every element of a parameter."""
        update, memory = update_of(self.step, parameter), memory_of(self.step, parameter)
        self.nodes.append(self.optimizing.merge(update.parameter))
        lines: list[str] = []
        for index, target in self.targets(parameter):
            blame = self.merge(self.scalars[self.step.gradients[parameter]].item(index))
            gradient = self.names.get(blame) or self.formula(blame)
            kept = {word: self.names[self.scalars[state].item(index)] for word, state in memory.items()}
            lines += fitted(self.optimizing.line(update, target, gradient, kept), self.depth)
        return lines

    def targets(self, parameter: str) -> list[tuple[tuple[int, ...], str]]:
        """The places and names of the elements of a parameter that are there, unit by unit."""
        elements = self.scalars[self.step.states[parameter]]
        places = sorted(np.ndindex(elements.shape), key=lambda place: place[::-1])
        return [(place, name) for place in places if (name := self.names[elements.item(place)])]

    def step_loss(self) -> str:
        error = self.merge(self.scalars[self.step.outputs["error"]].item())
        return self.names.get(error) or self.formula(error)

    def functions(self) -> list[str]:
        return [*functions(topological(self.nodes), self.writer), *self.optimizing.definitions()]

    def rows_lines(self) -> list[str]:
        known = self.recipe.rows
        if known.file:
            return rows.table_from_file(known, "rows")
        return table("rows = ", known.training, rows.shortened(", ".join(known.columns)))

    def weights_lines(self) -> list[str]:
        lines: list[str] = []
        for parameter in self.step.parameters:
            start, targets = self.recipe.starts[parameter], self.targets(parameter)
            drawing = start.drawing
            for place, name in targets:
                value = (
                    f"uniform({number(drawing.first)}, {number(drawing.second)})"
                    if drawing
                    else number(start.value[place])
                )
                lines.append(f"{name} = {value}")
                kept = [
                    self.names[self.scalars[state].item(place)] for state in memory_of(self.step, parameter).values()
                ]
                lines += [f"{' = '.join(kept)} = 0.0"] if kept else []
        return lines

    def row_names(self) -> str:
        """What the numbers of a row are called."""
        leaves = [self.step.inputs["x"], self.step.inputs["y"]]
        return ", ".join(self.names[element] for leaf in leaves for element in self.scalars[leaf].flat)

    def single_head(self, draw: str) -> str:
        return f"for row in {draw}:" if draw else f"for {self.row_names()} in rows:"

    def picked(self, which: str) -> list[str]:
        return [f"{self.row_names()} = rows[{which}]"] if self.recipe.loop.shuffled else []

    def validation_lines(self, watched: Forward) -> list[str]:
        raise TypeError(f"{watched!r} is watched, so the program has lists")

    def keeping(self) -> tuple[str, list[str]]:
        return "", []
