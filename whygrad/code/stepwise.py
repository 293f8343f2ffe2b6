"""Programs in which the five moves of a step stand array by array, its backward pass included."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from whygrad.code.arrays import ArrayScript, validation_function
from whygrad.code.backward import step_moves
from whygrad.code.layout import fitted
from whygrad.code.optimizing import Optimizing
from whygrad.code.script import UPDATE
from whygrad.code.spelling import scalar_form, source
from whygrad.code.update import memory_of, update_of
from whygrad.code.whole import Program

if TYPE_CHECKING:
    from whygrad.code.recipe import Recipe
    from whygrad.code.writer import Writer
    from whygrad.graph import Expr, Forward


class StepwiseProgram(Program):
    """A program whose steps are written out; `writer` writes those that learn."""

    def __init__(self, recipe: Recipe, writer: Writer) -> None:
        super().__init__(recipe)
        self.step = recipe.step
        self.writer = writer
        self.script = ArrayScript(self.step, writer)
        script = self.script
        self.optimizing = Optimizing(self.step, recipe.rule.name, script.merge, writer.one, script.identifiers)
        self.nodes: list[Expr] = []
        self.watched: list[Expr] = []

    @abstractmethod
    def mask_lines(self) -> list[str]:
        """The masks of dropout, drawn for this update."""

    @abstractmethod
    def updated(self, parameter: str, gradient: str) -> list[str]:
        """The lines that update a parameter by a gradient."""

    def called(self, state: str) -> str:
        """What the program calls a state."""
        return self.script.names[self.step.states[state]]

    def memory(self, parameter: str) -> dict[str, str]:
        """What the program calls what is remembered of a parameter, by the words of the rule."""
        return {word: self.called(state.name) for word, state in memory_of(self.step, parameter).items()}

    def step_lines(self) -> list[str]:
        script = self.script
        running = {name: script.merge(self.step.next[name]) for name in self.statistics()}
        found = step_moves(script, self.step, list(running.values()))
        self.nodes = [*(node for move in found for node in move.nodes), *running.values()]
        lines = self.mask_lines() if self.step.masks else []
        lines += ["rows = len(x)"] if script.needs_rows(self.nodes) else []
        lines += self.moves_as_lines(found, lambda move: script.lines(move, self.depth))
        lines += ["", f"# {UPDATE}", *self.optimizing.rate_lines(self.rate)]
        for name, node in running.items():
            lines += fitted(f"{self.called(name)} = {script.formula(node)}", self.depth)
        for name in self.step.parameters:
            gradient = script.merge(self.step.gradients[name])
            self.nodes.append(script.merge(update_of(self.step, name).parameter))
            lines += self.updated(name, script.name_or_formula(gradient))
        return lines

    def rate(self, node: Expr) -> str:
        """The formula of the learning rate."""
        return source(self.script.merge(node), self.script.names, scalar_form)

    def statistics(self) -> list[str]:
        """The running statistics, which only matter where rows are predicted that are not learned from."""
        known = self.recipe.watched.states if self.recipe.watched else {}
        return [name for name in self.step.next if name in known and name not in self.step.parameters]

    def kept(self) -> list[str]:
        """What the program calls all that a network has learned."""
        return [self.called(name) for name in [*self.step.parameters, *self.statistics()]]

    def step_loss(self) -> str:
        return self.script.name_or_formula(self.script.merge(self.step.outputs["error"]))

    def functions(self) -> list[str]:
        return [*self.script.definitions([*self.nodes, *self.watched]), *self.optimizing.definitions()]

    def validation_lines(self, watched: Forward) -> list[str]:
        names = {name: self.script.names[leaf] for name, leaf in self.step.states.items()}
        lines, self.watched = validation_function(watched, self.watching_writer(), names)
        return lines

    def watching_writer(self) -> Writer:
        """What writes the network that only predicts, for however many rows."""
        return self.writer
