"""What stands around a step in a program: its docstring, rows, random numbers, epochs, batches and printed losses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from whygrad.code.layout import fitted, indented
from whygrad.code.literal import docstring, number
from whygrad.code.recipe import ROWS
from whygrad.code.update import counts_updates, rate_is_fixed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from whygrad.code.recipe import Recipe
    from whygrad.graph import Expr, Step

GENERATOR: Final = '''

def generator(purpose, *place):
    """Random numbers for one purpose and place, the same at every run: as whygrad draws them."""
    return np.random.default_rng([{seed}, crc32(purpose.encode()), *place])
'''
FIGURE: Final = '''

def figure(loss{argument}):
    """A loss in few digits, however small."""
    return f"{{loss:.{decimals}f}}" if loss == 0 or 0.0001 <= loss < 1e7 else f"{{loss:.3e}}"
'''


def opening(recipe: Recipe, *paragraphs: str) -> list[str]:
    """The docstring: which experiment this is, how it was made, and what to compare it with."""
    made = f"Printed by `{recipe.command}`."
    same = f"It prints the losses that `{recipe.trained}` prints, each taken before its update"
    tiny = "; of a loss that is nothing but rounding, such as 1e-31, the digits may differ"
    same += f"{tiny if any(recipe.printed.scientific) else ''}."
    return docstring(f"{recipe.about}", f"{made} {same}", *paragraphs)


def notes_for_python(recipe: Recipe) -> tuple[str, ...]:
    """What is to be said of a program in plain Python."""
    noise = "NumPy is there for its random numbers alone: they are drawn as whygrad draws them."
    double = "Python's numbers are of double precision; the experiment asks for single."
    return (*([noise] if needs_generator(recipe) else []), *([double] if recipe.float32 else []))


def is_whole(recipe: Recipe) -> bool:
    """Whether an epoch is one batch, of several rows."""
    return not is_single(recipe) and recipe.loop.batch_size >= len(recipe.rows.training) and recipe.augmentation is None


def is_single(recipe: Recipe) -> bool:
    """Whether every batch is one row."""
    return recipe.loop.batch_size == 1


def needs_generator(recipe: Recipe) -> bool:
    """Whether anything is drawn from NumPy's generator."""
    drawn = any(start.drawing and start.drawing.kind != "python" for start in recipe.starts.values())
    return drawn or recipe.loop.shuffled or bool(recipe.step.masks) or recipe.augmentation is not None


def generator_lines(recipe: Recipe) -> list[str]:
    """The function from which all random numbers come, where there are any."""
    return GENERATOR.format(seed=recipe.loop.seed).splitlines() if needs_generator(recipe) else []


def seeding(recipe: Recipe) -> list[str]:
    """What starts the generators of the first weights."""
    kinds = {start.drawing.kind for start in recipe.starts.values() if start.drawing}
    lines = [f"seed({recipe.loop.seed})"] if "python" in kinds else []
    return [*lines, *(['weights = generator("weights")'] if kinds - {"python"} else [])]


def settings(recipe: Recipe, updates: str = "0") -> list[str]:
    """The learning rate, where it is one number, and the count of `updates`, where that matters, at its start."""
    rate = recipe.step.outputs["learning_rate"]
    lines = [f"learning_rate = {number(getattr(rate, 'value', 0.0))}"] if rate_is_fixed(recipe.step) else []
    return [*lines, *([f"updates = {updates}"] if counts_updates(recipe.step) else [])]


def figure_lines(recipe: Recipe) -> list[str]:
    """The function that writes a loss, where some are too small to be written plainly."""
    first, *others = recipe.printed.decimals
    if not any(recipe.printed.scientific):
        return []
    alike = all(other == first for other in others)
    decimals, argument = (first, "") if alike else ("{decimals}", f", decimals={first}")
    return FIGURE.format(decimals=decimals, argument=argument).splitlines()


def head_line(recipe: Recipe) -> str:
    """The line that prints the names of the columns."""
    words = ("epoch", "loss", "validation loss")
    cells = [f"{word:>{width}}" for word, width in zip(words, recipe.printed.widths, strict=False)]
    return f'print("{"  ".join(cells)}")'


def print_lines(recipe: Recipe, losses: Sequence[str]) -> list[str]:
    """The lines that print an epoch that is shown; `losses` are expressions."""
    printed = recipe.printed
    cells = [f"{{epoch:{printed.widths[0]}}}"]
    for loss, width, decimals in zip(losses, printed.widths[1:], printed.decimals, strict=True):
        other = "" if decimals == printed.decimals[0] else f", {decimals}"
        cell = f"figure({loss}{other}):>{width}" if any(printed.scientific) else f"{loss}:{width}.{decimals}f"
        cells.append(f"{{{cell}}}")
    if printed.epochs == tuple(range(recipe.loop.epochs)):
        return [f'print(f"{"  ".join(cells)}")']
    return ["if epoch in shown:", *indented([f'print(f"{"  ".join(cells)}")'])]


def shown_line(recipe: Recipe) -> list[str]:
    """The epochs that are printed, unless it is every one."""
    epochs = recipe.printed.epochs
    if epochs == tuple(range(recipe.loop.epochs)):
        return []
    inside = ", ".join(map(str, epochs)) + ("," if len(epochs) == 1 else "")
    return fitted(f"shown = ({inside})")


def mean_of_epoch(recipe: Recipe, loss: str, count: str) -> str:
    """The loss of an epoch from that of its batches; `count` is the number of all rows."""
    if is_whole(recipe):
        return loss
    return "total" if recipe.loop.reduction == "sum" else f"total / {count}"


def added_up(recipe: Recipe, loss: str, rows: str) -> list[str]:
    """The line that takes a batch into the loss of its epoch."""
    if is_whole(recipe):
        return []
    weighted = recipe.loop.reduction == "mean" and not is_single(recipe)
    return [f"total += {loss} * {rows}" if weighted else f"total += {loss}"]


def ending(recipe: Recipe, loss: str, keep: Sequence[str]) -> list[str]:
    """What ends the training early; `keep` is what is done at the best epoch."""
    loop = recipe.loop
    lines = [] if loop.stop_below is None else [f"if {loss} < {number(loop.stop_below)}:", "    break"]
    if loop.patience is None:
        return lines
    less = f" - {number(loop.min_delta)}" if loop.min_delta else ""
    return [
        *lines,
        f"if validation_loss < lowest{less}:",
        *indented(["lowest, waited = validation_loss, 0", *keep]),
        "else:",
        "    waited += 1",
        f"if waited == {loop.patience}:",
        "    break",
    ]


def waiting(recipe: Recipe) -> list[str]:
    """What early stopping counts, at its start."""
    return [] if recipe.loop.patience is None else ['lowest, waited = float("inf"), 0']


@dataclass(frozen=True)
class Draws:
    """The line that makes a generator of masks, and the formula of each mask."""

    first: str
    masks: tuple[tuple[Expr, str], ...]


def mask_draws(step: Step, updates: str, length: str, keeps: Callable[[int], bool] = lambda _: True) -> Draws:
    """The masks of dropout, drawn for one update as whygrad draws them; `length` is that of a batch, if it has one.

    Axes of a size that `keeps` does not keep are left out: the same numbers are drawn without them.
    """
    masks = []
    for name, keep in step.masks.items():
        leaf = step.inputs[name]
        sizes = [length if size == ROWS else str(size) for size in leaf.shape if size == ROWS or keeps(size)]
        inside = ", ".join(size for size in sizes if size)
        masks.append((leaf, f"noise.random({f'({inside})' if ',' in inside else inside}) < {keep!r}"))
    return Draws(f'noise = generator("masks", {updates})', tuple(masks))
