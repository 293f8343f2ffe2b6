"""The experiment in plain Python with lists and loops: for networks too large to be written unit by unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.code import frame, rows
from whygrad.code.augmenting import augmenting_lines
from whygrad.code.layout import fitted, indented, tupled, unpacked
from whygrad.code.literal import listed
from whygrad.code.loops import LoopWriter, subscripts
from whygrad.code.starts import start_in_lists, zeros_in_lists
from whygrad.code.stepwise import StepwiseProgram
from whygrad.code.update import update_of

if TYPE_CHECKING:
    from whygrad.code.recipe import Recipe
    from whygrad.graph import Expr


class ListProgram(StepwiseProgram):
    """Writes the program of one experiment for Python and its lists."""

    def __init__(self, recipe: Recipe) -> None:
        self.loops = LoopWriter("" if frame.is_single(recipe) else "rows")
        super().__init__(recipe, self.loops)
        self.notes = frame.notes_for_python(recipe)

    def mask_lines(self) -> list[str]:
        length = "" if frame.is_single(self.recipe) else "len(x)"
        drawn = frame.mask_draws(self.step, "updates", length, self.loops.keeps)
        return [drawn.first, *(f"{self.script.names[leaf]} = {self.listed(leaf, text)}" for leaf, text in drawn.masks)]

    def listed(self, leaf: Expr, text: str) -> str:
        """An array as lists; a number by itself is one already."""
        return f"({text}).tolist()" if self.loops.kept(leaf.shape) else text

    def updated(self, parameter: str, gradient: str) -> list[str]:
        update, sizes = update_of(self.step, parameter), self.step.states[parameter].shape
        index = self.loops.index(sizes)
        place = subscripts(index)
        target, memory = self.called(parameter) + place, self.memory(parameter)
        blame = gradient + place if gradient in self.script.names.values() else gradient
        placed = {word: name + place for word, name in memory.items()}
        line = self.optimizing.line(update, target, blame, placed)
        spans = [(letter, size) for letter, size in zip(index, sizes, strict=True) if letter]
        lines = fitted(line, self.depth + len(spans))
        for letter, size in reversed(spans):
            lines = [f"for {letter} in {self.loops.span(size)}:", *indented(lines)]
        return lines

    def functions(self) -> list[str]:
        return [*augmenting_lines(self.recipe.augmentation), *super().functions()]

    def rows_lines(self) -> list[str]:
        return rows.rows_in_lists(self.recipe)

    def weights_lines(self) -> list[str]:
        wanted = {*self.step.parameters, *self.statistics()}
        lines: list[str] = []
        for name, start in self.recipe.starts.items():
            if name in wanted:
                lines += start_in_lists(self.called(name), start, self.loops.kept(start.value.shape))
        for parameter in self.step.parameters:
            sizes = self.loops.kept(self.step.states[parameter].shape)
            lines += [f"{name} = {zeros_in_lists(sizes)}" for name in self.memory(parameter).values()]
        for name, node in self.script.constants().items():
            lines += fitted(f"{name} = {listed(node.value.reshape(self.loops.kept(node.shape)))}")
        return lines

    def picked(self, which: str) -> list[str]:
        return [] if self.zips() else rows.picked_in_lists(which)

    def single_head(self, draw: str) -> str:
        return "for x, y in zip(inputs, targets):" if self.zips() else super().single_head(draw)

    def zips(self) -> bool:
        """Whether rows come one by one as they are."""
        plain = not self.recipe.loop.shuffled and self.recipe.augmentation is None
        return frame.is_single(self.recipe) and plain

    def watching_writer(self) -> LoopWriter:
        return LoopWriter("rows")

    def augmented(self) -> str:
        flat = ".ravel()" if self.recipe.rows.features == 1 else ""
        rows = "np.array([x])" if frame.is_single(self.recipe) else "np.array(x)"
        rows += ".reshape(-1, 1)" if flat else ""
        first = "[0]" if frame.is_single(self.recipe) else ""
        return f"augmented({rows}, epoch, step){flat}.tolist(){first}"

    def keeping(self) -> tuple[str, list[str]]:
        kept = self.kept()
        return f"best = deepcopy({tupled(kept)})", fitted(f"{unpacked(kept)} = best")
