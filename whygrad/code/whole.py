"""A whole program around the lines of a step; each language says how it writes the step, the rows and the weights."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from whygrad.code import frame
from whygrad.code.imports import imports
from whygrad.code.layout import fitted, indented
from whygrad.code.script import LOSS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from whygrad.code.recipe import Recipe
    from whygrad.code.script import Move
    from whygrad.graph import Forward


class Program(ABC):
    """The program of one experiment in one language.

    - `notes`: paragraphs of its docstring that only some programs need.
    - `updates`: how the count of updates starts; `count`: how many rows there are.
    """

    notes: tuple[str, ...] = ()
    updates = "0"
    count = "len(inputs)"

    def __init__(self, recipe: Recipe) -> None:
        self.recipe = recipe
        self.depth = 1 if frame.is_whole(recipe) else 2

    @abstractmethod
    def step_lines(self) -> list[str]:
        """The lines of a step, without indentation, the update at their end."""

    @abstractmethod
    def step_loss(self) -> str:
        """What a step's reported loss is called after these lines."""

    @abstractmethod
    def functions(self) -> list[str]:
        """The functions that the lines of the step and the update call; asked for after those lines."""

    @abstractmethod
    def rows_lines(self) -> list[str]:
        """The rows."""

    @abstractmethod
    def weights_lines(self) -> list[str]:
        """The first weights, and what the optimizer remembers."""

    @abstractmethod
    def picked(self, which: str) -> list[str]:
        """The lines that take the rows of a batch; `which` says which, and is empty for all."""

    def augmented(self) -> str:
        """The inputs of a batch, changed at random."""
        return "augmented(x, epoch, step)"

    def precision_lines(self) -> list[str]:
        """What says in which precision is computed, where the language has another by itself."""
        return []

    @abstractmethod
    def validation_lines(self, watched: Forward) -> list[str]:
        """The function that gives the loss on the validation rows."""

    @abstractmethod
    def keeping(self) -> tuple[str, list[str]]:
        """How early stopping keeps the weights, and how it takes them back."""

    def text(self) -> str:
        """The whole program."""
        step = self.step_lines()
        watch = self.validation_lines(self.recipe.watched) if self.recipe.watched else []
        rows, weights = self.rows_lines(), self.weights_lines()
        loop = self.loop(step)
        functions = [
            *frame.generator_lines(self.recipe),
            *self.functions(),
            *frame.figure_lines(self.recipe),
            *watch,
        ]
        gap = ["", ""] if functions else [""]
        start = [*frame.seeding(self.recipe), *weights]
        body = [*functions, *gap, *rows, "", *start, "", *self.settings_lines(), "", *loop]
        body = [*([""] if self.precision_lines() else []), *self.precision_lines(), *body]
        head = imports("\n".join(body))
        return "\n".join([*frame.opening(self.recipe, *self.notes), *([""] if head else []), *head, *body]) + "\n"

    def moves_as_lines(self, moves: Iterable[Move], lines: Callable[[Move], list[str]]) -> list[str]:
        """The moves of a step below their names; the loss is taken into that of its epoch where it is computed."""
        found: list[str] = []
        added = [] if frame.is_whole(self.recipe) else frame.added_up(self.recipe, self.step_loss(), "len(x)")
        for move in moves:
            found += ["", f"# {self.title(move)}", *lines(move), *(added if move.title == LOSS else [])]
        return found

    def title(self, move: Move) -> str:
        """The name of a move, and a word on a loss that is not learned from."""
        if move.title != LOSS or not self.recipe.learns_from:
            return move.title
        return f"{LOSS}, which is only reported: it learns from the {self.recipe.learns_from}"

    def settings_lines(self) -> list[str]:
        """The learning rate, the count of updates, what early stopping counts, and the epochs that are shown."""
        recipe = self.recipe
        return [*frame.settings(recipe, self.updates), *frame.waiting(recipe), *frame.shown_line(recipe)]

    def loop(self, step: list[str]) -> list[str]:
        """The epochs."""
        recipe = self.recipe
        losses = [frame.mean_of_epoch(recipe, self.step_loss(), self.count)]
        after: list[str] = []
        if recipe.watched:
            losses.append("validation_loss")
            after.append("validation_loss = validate()")
        keep, take_back = self.keeping()
        after += ["", *frame.print_lines(recipe, losses)]
        after += frame.ending(recipe, losses[0], fitted(keep, 2) if recipe.loop.restore else [])
        lines = [
            frame.head_line(recipe),
            f"for epoch in range({recipe.loop.epochs}):",
            *indented([*self.batches(step), *after]),
        ]
        restored = recipe.loop.restore and recipe.loop.patience is not None
        return [*lines, *take_back] if restored else lines

    def batches(self, step: list[str]) -> list[str]:
        """The steps of an epoch."""
        recipe, size = self.recipe, self.recipe.loop.batch_size
        draw = f'generator("order", epoch).permutation({self.count})'
        if frame.is_whole(recipe):
            order = [f"order = {draw}"] if recipe.loop.shuffled else []
            return [*order, *self.picked("order" if order else ""), *step]
        counted = recipe.augmentation is not None
        if frame.is_single(recipe):
            head, order, which = self.single_head(draw if recipe.loop.shuffled else ""), [], "row"
        else:
            order = [f"order = {draw}"] if recipe.loop.shuffled else []
            span = f"[start : start + {size}]"
            which = "batch" if order else span
            head = f"for start in range(0, len(inputs), {size}):"
        if counted:
            name, _, values = head.removeprefix("for ").removesuffix(":").partition(" in ")
            head = f"for step, {name} in enumerate({values}):"
        inner = [f"batch = order{span}"] if which == "batch" else []
        inner += [*self.picked(which), *([f"x = {self.augmented()}"] if counted else [])]
        return ["total = 0.0", *order, head, *indented([*inner, *step] if inner else without_gap(step))]

    def single_head(self, draw: str) -> str:
        """The head of a loop over single rows, in order or as drawn."""
        return f"for row in {draw or 'range(len(inputs))'}:"


def without_gap(lines: list[str]) -> list[str]:
    """Lines that follow the head of a loop: the first is not empty."""
    return lines[1:] if lines[:1] == [""] else lines
