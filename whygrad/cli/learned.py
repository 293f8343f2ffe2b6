"""What a run has learned, in tables: its epochs, its rows or figures, its weights."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any, Final

from whygrad.cli.cells import Cell, as_rows, figure_cells, said_cells
from whygrad.cli.paper import heading, say, table
from whygrad.dataset import ClassTarget, NumberTarget
from whygrad.pipeline.describing import judging_part, kept_in_words, readable
from whygrad.pipeline.epochs import readable_epochs
from whygrad.pipeline.small_table import rows_and_predictions
from whygrad.render.numbers import column, count, figure, percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from whygrad.pipeline import Run
    from whygrad.trace import History

MOST_CLASSES: Final = 10
MOST_WEIGHTS: Final = 20
MAIN: Final = ("accuracy", "r2")
JUDGES: Final = {
    "test": "test rows, which the training never saw",
    "validation": "validation rows, which were not trained on",
    "training": "rows that it was trained on (nothing was held out)",
}


def print_epochs(history: History) -> None:
    """The losses and the main metric at readable epochs."""
    heading("Losses, each taken before its update")
    table(*epochs_table(history))


def epochs_table(history: History) -> tuple[list[str], list[tuple[str, ...]]]:
    """Headers and rows of the readable epochs."""
    rows = [history.at(epoch) for epoch in readable_epochs(history)]
    main = [
        name for name in MAIN if any(isfinite(value) for row in history.rows if (value := row.get(name)) is not None)
    ]
    names: list[str] = [name for name in ("loss", "validation_loss") if name in history.columns]
    names += [name for metric in main for name in (metric, f"validation_{metric}") if name in history.columns]
    epochs = [f"{row['epoch']}" for row in rows]
    return ["epoch", *map(readable, names)], as_rows(
        [epochs, *(figure_cells(name, [row.get(name) for row in rows]) for name in names)]
    )


def print_learned(run: Run) -> None:
    """Row by row where there are few rows; else how good it is on the part that says most about new rows."""
    few = rows_and_predictions(run)
    if few is not None:
        heading("What it learned, row by row")
        print_rows(few.head, few.rows)
    if few is None or len(run.parts) > 1:
        print_figures(run)


def print_rows(head: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    """Rows of words and numbers, column by column in their own format."""
    table(head, as_rows([said_cells(name, values) for name, values in zip(head, zip(*rows, strict=True), strict=True)]))


def print_figures(run: Run) -> None:
    """Figures on the part that says most about new rows, and the confusion of few classes."""
    part = judging_part(run)
    heading(f"What it learned, on the {len(run.parts[part])} {JUDGES[part]}")
    figures = [(name, value) for name, value in main_first(run.metrics(part)) if isfinite(value)]
    say("; ".join(f"{readable(name)} {in_units(run, name, value)}" for name, value in figures))
    target = run.set_up.job.target
    if isinstance(target, ClassTarget) and len(target.classes) <= MOST_CLASSES:
        say()
        print_confusion(target, run.confusion(part))


def main_first(figures: dict[str, float]) -> list[tuple[str, float]]:
    """The figures with the loss, which says least by itself, at the end."""
    return sorted(figures.items(), key=lambda pair: pair[0] == "loss")


def in_units(run: Run, name: str, value: float) -> str:
    """A figure for people; an error of a scaled target in the target's own units."""
    target = run.set_up.job.target
    if name == "mean_absolute_error" and isinstance(target, NumberTarget) and len(target.names) == 1:
        unit = f" (in units of {target.names[0]})" if target.factors != (1.0,) else ""
        return f"{figure(value)}{unit}"
    return percent(value) if figure_cells(name, [value])[0].endswith("%") else figure(value)


def print_confusion(target: ClassTarget, confusion: NDArray[Any]) -> None:
    """How many rows of each class were said to be of which."""
    rows = [[name, *map(str, counts)] for name, counts in zip(target.classes, confusion.tolist(), strict=True)]
    table([f"{target.name}, says:", *target.classes], rows, left=1)


def print_weights(run: Run) -> None:
    """The weights of a small network, before and after."""
    after = run.weights()
    if not 0 < len(after) <= MOST_WEIGHTS or run.model.parameter_count > MOST_WEIGHTS:
        return
    before = run.at(0).weights()
    heading("Weights")
    numbers = column([*(before[name] for name in after), *after.values()])
    columns = [list(after), numbers[: len(after)], numbers[len(after) :]]
    table(["name", "as drawn", "learned"], as_rows(columns), left=1)


def print_ending(run: Run) -> None:
    """Why the training ended, and which epoch's weights are kept."""
    best, epochs = run.position.best, run.position.epoch
    say()
    say(f"Training {run.ending.sentence} ({count(epochs, 'epoch')}).")
    if kept := kept_in_words(run.kept, epochs, best.loss if best else None):
        say(kept)
