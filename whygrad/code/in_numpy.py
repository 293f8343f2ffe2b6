"""The experiment as a NumPy program: array by array, the backward pass written out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.code import frame, rows
from whygrad.code.array_writer import ArrayWriter
from whygrad.code.augmenting import augmenting_lines
from whygrad.code.layout import fitted, tupled, unpacked
from whygrad.code.literal import listed, shape
from whygrad.code.starts import starts_in_arrays
from whygrad.code.stepwise import StepwiseProgram
from whygrad.code.update import update_of

if TYPE_CHECKING:
    from whygrad.code.recipe import Recipe
    from whygrad.graph import Expr


class NumpyProgram(StepwiseProgram):
    """Writes the program of one experiment for NumPy."""

    def __init__(self, recipe: Recipe) -> None:
        super().__init__(recipe, ArrayWriter("numpy", float32=recipe.float32))
        self.dtype = "np.float32" if recipe.float32 else ""
        if not recipe.float32:
            self.updates = "np.array(0.0)  # an array, so that all arithmetic is NumPy's"

    def mask_lines(self) -> list[str]:
        drawn = frame.mask_draws(self.step, "int(updates)", "len(x)")
        return [drawn.first, *(f"{self.script.names[leaf]} = {text}" for leaf, text in drawn.masks)]

    def rate(self, node: Expr) -> str:
        """The formula of the learning rate."""
        return self.script.formula(self.script.merge(node))

    def updated(self, parameter: str, gradient: str) -> list[str]:
        update, target, memory = update_of(self.step, parameter), self.called(parameter), self.memory(parameter)
        return fitted(self.optimizing.line(update, target, gradient, memory), self.depth)

    def functions(self) -> list[str]:
        return [*augmenting_lines(self.recipe.augmentation, self.dtype), *super().functions()]

    def rows_lines(self) -> list[str]:
        return rows.rows_in_arrays(self.recipe, self.dtype or "float")

    def weights_lines(self) -> list[str]:
        wanted = {*self.step.parameters, *self.statistics()}
        starts = {name: start for name, start in self.recipe.starts.items() if name in wanted}
        lines = starts_in_arrays(starts, {name: self.called(name) for name in starts}, "numpy", self.dtype)
        kind = f", dtype={self.dtype}" if self.dtype else ""
        for parameter in self.step.parameters:
            sizes = self.step.states[parameter].shape
            if memory := self.memory(parameter):
                lines.append(" = ".join([*memory.values(), f"np.zeros({shape(sizes)}{kind})" if sizes else "0.0"]))
        for name, node in self.script.constants().items():
            lines += fitted(f"{name} = np.array({listed(node.value)}{'' if node.value.dtype == bool else kind})")
        return lines

    def picked(self, which: str) -> list[str]:
        return [rows.picked_in_arrays(which)]

    def keeping(self) -> tuple[str, list[str]]:
        kept = self.kept()
        return f"best = [np.copy(array) for array in {tupled(kept)}]", fitted(f"{unpacked(kept)} = best")
