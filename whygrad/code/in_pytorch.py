"""The experiment as a PyTorch program: its forward pass and loss, PyTorch's gradients, and its optimizer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.code import frame, rows
from whygrad.code.array_writer import ArrayWriter
from whygrad.code.autograd import AutogradProgram
from whygrad.code.layout import fitted, indented, tupled, unpacked
from whygrad.code.literal import listed, number
from whygrad.code.optimizing import Optimizing
from whygrad.code.script import UPDATE
from whygrad.code.spelling import scalar_form, source
from whygrad.code.update import RATE, rate_is_fixed, update_of

if TYPE_CHECKING:
    from whygrad.code.recipe import Recipe
    from whygrad.graph import Expr, Forward


class TorchProgram(AutogradProgram):
    """Writes the program of one experiment for PyTorch."""

    number = ".item()"

    def __init__(self, recipe: Recipe) -> None:
        super().__init__(recipe, ArrayWriter("pytorch", float32=recipe.float32))
        self.dtype = "torch.float32" if recipe.float32 else "torch.float64"
        script = self.script
        self.optimizing = Optimizing(self.step, recipe.rule.name, script.merge, self.writer.one, script.identifiers)

    def step_lines(self) -> list[str]:
        found = self.forward_moves()
        loss = self.named(self.step.loss)
        lines = [*self.mask_lines("torch.tensor({})"), *self.needs_rows()]
        lines += self.moves_as_lines(found, lambda move: self.script.lines(move, self.depth))
        lines += ["", "# Backward pass: PyTorch's own", *self.cleared(), f"{loss}.backward()", "", f"# {UPDATE}"]
        lines += self.bound_lines()
        lines += self.optimizing.rate_lines(self.rate)
        lines += self.optimizer_lines() if self.recipe.rule.torch else self.written_out_lines()
        running = [(self.called(name), self.merged(self.step.next[name])) for name in self.statistics()]
        if running:
            formulas = [f"{name} = {self.script.formula(node)}" for name, node in running]
            lines += [
                "with torch.no_grad():",
                *indented(line for each in formulas for line in fitted(each, self.depth + 1)),
            ]
        return lines

    def cleared(self) -> list[str]:
        """The lines that forget the gradients of the step before."""
        if self.recipe.rule.torch:
            return ["optimizer.zero_grad()"]
        return ["for parameter in parameters:", "    parameter.grad = None"]

    def bound_lines(self) -> list[str]:
        """The bound on the gradients."""
        rule = self.recipe.rule
        if rule.clip_value is not None:
            return [f"torch.nn.utils.clip_grad_value_(parameters, {number(rule.clip_value)})"]
        if rule.clip_norm is not None:
            return [f"torch.nn.utils.clip_grad_norm_(parameters, {number(rule.clip_norm)})"]
        return []

    def rate(self, node: Expr) -> str:
        """The formula of the learning rate."""
        return source(self.merged(node), self.script.names, scalar_form)

    def optimizer_lines(self) -> list[str]:
        """The step of PyTorch's optimizer, at the learning rate of this update."""
        changed = [] if rate_is_fixed(self.step) else [f'optimizer.param_groups[0]["lr"] = {RATE}']
        return [*changed, "optimizer.step()"]

    def written_out_lines(self) -> list[str]:
        """The update by formulas, where PyTorch has no rule that is the same."""
        lines: list[str] = []
        for name in self.step.parameters:
            update, target, memory = update_of(self.step, name), self.called(name), self.memory(name)
            if memory:
                call = self.optimizing.called(update, target, f"{target}.grad", memory)
                lines += fitted(f"{unpacked(['updated', *memory.values()])} = {call}", self.depth + 1)
                lines.append(f"{target}.copy_(updated)")
                continue
            sign, formula = self.optimizing.in_place(update, target, f"{target}.grad")
            line = f"{target} -= {formula}" if sign == "-=" else f"{target}.copy_({formula})"
            lines += fitted(line, self.depth + 1)
        return ["with torch.no_grad():", *indented(lines)]

    def step_loss(self) -> str:
        return super().step_loss() if frame.is_whole(self.recipe) else f"{super().step_loss()}.item()"

    def functions(self) -> list[str]:
        return [*super().functions(), *self.optimizing.definitions()]

    def precision_lines(self) -> list[str]:
        return [] if self.recipe.float32 else [f"torch.set_default_dtype({self.dtype})"]

    def rows_lines(self) -> list[str]:
        return rows.rows_in_arrays(self.recipe, self.dtype, "torch.tensor")

    def weights_lines(self) -> list[str]:
        rule, fixed = self.recipe.rule, rate_is_fixed(self.step)
        lines = self.start_lines("torch.float32" if self.recipe.float32 else "")
        for name, node in self.script.constants().items():
            lines += fitted(f"{name} = torch.tensor({listed(node.value)})")
        lines += fitted(f"parameters = [{', '.join(self.parameters())}]")
        lines += ["for parameter in parameters:", "    parameter.requires_grad_()"]
        if not rule.torch:
            return [*lines, *self.memory_lines("torch.zeros({})")]
        start = rule.torch if fixed else rule.torch.replace(f"lr={RATE}", f"lr={number(rule.rate)}")
        self.optimizer = fitted(f"optimizer = torch.optim.{start}")
        return lines

    def settings_lines(self) -> list[str]:
        return [*super().settings_lines(), *(self.optimizer if self.recipe.rule.torch else [])]

    def picked(self, which: str) -> list[str]:
        return [rows.picked_in_arrays(which)]

    def augmented(self) -> str:
        return "torch.tensor(augmented(x.numpy(), epoch, step))"

    def validation_lines(self, watched: Forward) -> list[str]:
        lines = super().validation_lines(watched)
        place = lines.index("def validate():")
        return [*lines[:place], "@torch.no_grad()", *lines[place:]]

    def keeping(self) -> tuple[str, list[str]]:
        back = ["with torch.no_grad():", "    for array, value in zip(learned, best):", "        array.copy_(value)"]
        learned = fitted(f"learned = {tupled(self.learned())}")
        return f"best = [array.detach().clone() for array in {tupled(self.learned())}]", [*learned, *back]
