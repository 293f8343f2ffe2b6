"""The experiment as a NumPy program: array by array, the backward pass written out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.code import frame
from whygrad.code.array_writer import ArrayWriter
from whygrad.code.arrays import ArrayScript, validation_function
from whygrad.code.augmenting import augmenting_lines
from whygrad.code.backward import step_moves
from whygrad.code.layout import fitted
from whygrad.code.literal import listed, shape
from whygrad.code.optimizing import Optimizing
from whygrad.code.recipe import ROWS
from whygrad.code.script import UPDATE
from whygrad.code.starts import starts_in_arrays
from whygrad.code.update import memory_of, update_of
from whygrad.code.whole import Program

if TYPE_CHECKING:
    from whygrad.code.recipe import Recipe
    from whygrad.graph import Expr


class NumpyProgram(Program):
    """Writes the program of one experiment for NumPy."""

    def __init__(self, recipe: Recipe) -> None:
        super().__init__(recipe)
        self.step = recipe.step
        self.dtype = "np.float32" if recipe.float32 else ""
        self.writer = ArrayWriter("numpy", float32=recipe.float32)
        self.script = ArrayScript(self.step, self.writer)
        if not recipe.float32:
            self.updates = "np.array(0.0)  # an array, so that all arithmetic is NumPy's"
        script = self.script
        self.optimizing = Optimizing(self.step, recipe.rule.name, script.merge, self.writer.one, script.identifiers)
        self.nodes: list[Expr] = []
        self.watched: list[Expr] = []

    def called(self, state: str) -> str:
        """What the program calls a state."""
        return self.script.names[self.step.states[state]]

    def step_lines(self) -> list[str]:
        script = self.script
        running = {name: script.merge(self.step.next[name]) for name in self.statistics()}
        found = step_moves(script, self.step, list(running.values()))
        self.nodes = [*(node for move in found for node in move.nodes), *running.values()]
        lines = self.mask_lines()
        if script.needs_rows(self.nodes):
            lines.append("rows = len(x)")
        lines += self.moves_as_lines(found, lambda nodes: script.lines(nodes, self.depth))
        lines += ["", f"# {UPDATE}", *self.optimizing.rate_lines(self.rate)]
        for name, node in running.items():
            lines += fitted(f"{self.called(name)} = {script.formula(node)}", self.depth)
        return [*lines, *(line for name in self.step.parameters for line in self.update_lines(name))]

    def rate(self, node: Expr) -> str:
        """The formula of the learning rate."""
        return self.script.formula(self.script.merge(node))

    def update_lines(self, parameter: str) -> list[str]:
        """The update of one parameter."""
        update, target = update_of(self.step, parameter), self.called(parameter)
        gradient = self.script.name_or_formula(self.script.merge(self.step.gradients[parameter]))
        if not update.memory:
            return fitted(self.optimizing.in_place(update, target, gradient), self.depth)
        memory = {word: self.called(state.name) for word, state in memory_of(self.step, parameter).items()}
        return fitted(self.optimizing.called(update, target, gradient, memory), self.depth)

    def statistics(self) -> list[str]:
        """The running statistics, which only matter where rows are predicted that are not learned from."""
        watched = self.recipe.watched
        known = watched.states if watched else {}
        return [name for name in self.step.next if name in known and name not in self.step.parameters]

    def mask_lines(self) -> list[str]:
        """The masks of dropout, drawn for this update."""
        if not self.step.masks:
            return []
        lines = ['noise = generator("masks", int(updates))']
        for name, keep in self.step.masks.items():
            leaf = self.step.inputs[name]
            sizes = ", ".join("len(x)" if size == ROWS else str(size) for size in leaf.shape)
            lines.append(f"{self.script.names[leaf]} = noise.random(({sizes})) < {keep!r}")
        return lines

    def step_loss(self) -> str:
        return self.script.name_or_formula(self.script.merge(self.step.outputs["error"]))

    def functions(self) -> list[str]:
        called = [*self.nodes, *self.watched]
        return [
            *augmenting_lines(self.recipe.augmentation, self.dtype),
            *self.script.definitions(called),
            *self.optimizing.definitions(),
        ]

    def rows_lines(self) -> list[str]:
        return frame.rows_in_arrays(self.recipe, self.dtype or "float")

    def weights_lines(self) -> list[str]:
        recipe, step = self.recipe, self.step
        names = {
            name: self.called(name) for name in recipe.starts if name in step.parameters or name in self.statistics()
        }
        lines = starts_in_arrays({name: recipe.starts[name] for name in names}, names, "numpy", self.dtype)
        for parameter in step.parameters:
            names_of_memory = [self.called(state.name) for state in memory_of(step, parameter).values()]
            if names_of_memory:
                sizes = step.states[parameter].shape
                kind = f", dtype={self.dtype}" if self.dtype else ""
                zeros = f"np.zeros({shape(sizes)}{kind})" if sizes else "0.0"
                lines.append(" = ".join([*names_of_memory, zeros]))
        for name, node in self.script.constants().items():
            lines += fitted(f"{name} = np.array({listed(node.value)})")
        return lines

    def picked(self, which: str) -> str:
        if not which:
            return "x, y = inputs, targets"
        index = f"[[{which}]]" if which == "row" else which if which[0] == "[" else f"[{which}]"
        x = f"inputs{index}"
        return f"x, y = {f'augmented({x}, epoch, step)' if self.recipe.augmentation else x}, targets{index}"

    def validation_lines(self) -> list[str]:
        assert self.recipe.watched is not None
        names = {name: self.script.names[leaf] for name, leaf in self.step.states.items()}
        lines, self.watched = validation_function(self.recipe.watched, self.writer, names)
        return lines

    def keeping(self) -> tuple[str, str]:
        kept = [self.called(name) for name in [*self.step.parameters, *self.statistics()]]
        return f"best = [np.copy(array) for array in ({', '.join(kept)})]", f"{', '.join(kept)} = best"
