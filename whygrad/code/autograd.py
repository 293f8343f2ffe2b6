"""Programs in which a framework differentiates: only the forward pass and the loss are printed from the graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.code import frame
from whygrad.code.arrays import ArrayScript, validation_function
from whygrad.code.augmenting import augmenting_lines
from whygrad.code.backward import forward_moves
from whygrad.code.literal import shape
from whygrad.code.starts import starts_in_arrays
from whygrad.code.update import memory_of
from whygrad.code.whole import Program

if TYPE_CHECKING:
    from whygrad.code.array_writer import ArrayWriter
    from whygrad.code.recipe import Recipe
    from whygrad.code.script import Move
    from whygrad.graph import Expr, Forward


class AutogradProgram(Program):
    """A program whose gradients come from the framework; `number` is what makes a number of its loss."""

    number = ""

    def __init__(self, recipe: Recipe, writer: ArrayWriter) -> None:
        super().__init__(recipe)
        self.step = recipe.step
        self.writer = writer
        self.script = ArrayScript(self.step, writer)
        self.nodes: list[Expr] = []
        self.watched: list[Expr] = []

    def forward_moves(self) -> list[Move]:
        """The forward pass and the losses."""
        further = [self.merged(self.step.next[name]) for name in self.statistics()]
        found = forward_moves(self.script, self.step, further)
        self.nodes = [*(node for move in found for node in move.nodes), *further]
        return found

    def merged(self, node: Expr) -> Expr:
        """The expression that stands for a node."""
        return self.script.merge(node)

    def named(self, node: Expr) -> str:
        """The name of a node, or its formula."""
        return self.script.name_or_formula(self.merged(node))

    def called(self, state: str) -> str:
        """What the program calls a state."""
        return self.script.names[self.step.states[state]]

    def parameters(self) -> list[str]:
        """What the program calls the parameters."""
        return [self.called(name) for name in self.step.parameters]

    def statistics(self) -> list[str]:
        """The running statistics, which only matter where rows are predicted that are not learned from."""
        known = self.recipe.watched.states if self.recipe.watched else {}
        return [name for name in self.step.next if name in known and name not in self.step.parameters]

    def masks(self) -> list[str]:
        """What the program calls the masks of dropout."""
        return [self.script.names[self.step.inputs[name]] for name in self.step.masks]

    def mask_lines(self, wrapped: str) -> list[str]:
        """The masks of dropout, drawn for this update, each `wrapped` into an array of the framework."""
        if not self.step.masks:
            return []
        drawn = frame.mask_draws(self.step, "updates", "len(x)")
        return [drawn.first, *(f"{self.script.names[leaf]} = {wrapped.format(text)}" for leaf, text in drawn.masks)]

    def needs_rows(self) -> list[str]:
        """The line that counts the rows of a batch, where that is needed."""
        return ["rows = len(x)"] if self.script.needs_rows(self.nodes) else []

    def start_lines(self, dtype: str) -> list[str]:
        """The first values of parameters and running statistics, and the arrays that are given."""
        wanted = {*self.step.parameters, *self.statistics()}
        starts = {name: start for name, start in self.recipe.starts.items() if name in wanted}
        return starts_in_arrays(starts, {name: self.called(name) for name in starts}, self.writer.language, dtype)

    def memory(self, parameter: str) -> dict[str, str]:
        """What the program calls what is remembered of a parameter, by the words of the rule."""
        return {word: self.called(state.name) for word, state in memory_of(self.step, parameter).items()}

    def memory_lines(self, zeros: str) -> list[str]:
        """Nothing remembered, for every parameter; `zeros` makes an array of a shape."""
        lines = []
        for parameter in self.step.parameters:
            if memory := self.memory(parameter):
                sizes = self.step.states[parameter].shape
                lines.append(" = ".join([*memory.values(), zeros.format(shape(sizes) if sizes else "()")]))
        return lines

    def learned(self) -> list[str]:
        """What the program calls all that a network has learned."""
        return [*self.parameters(), *(self.called(name) for name in self.statistics())]

    def step_loss(self) -> str:
        return self.named(self.step.outputs["error"])

    def functions(self) -> list[str]:
        changes = augmenting_lines(self.recipe.augmentation, "np.float32" if self.recipe.float32 else "")
        return [*changes, *self.script.definitions([*self.nodes, *self.watched])]

    def validation_lines(self, watched: Forward) -> list[str]:
        names = {name: self.script.names[leaf] for name, leaf in self.step.states.items()}
        lines, self.watched = validation_function(watched, self.writer, names, self.number)
        return lines
