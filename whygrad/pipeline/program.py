"""The experiment as a program that stands by itself: its parts put together for the room `code`, which prints it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec
import numpy as np

from whygrad import code
from whygrad.build import build_forward, build_step, initial_values
from whygrad.build.initialise import Bell, spread_of
from whygrad.data import rows_per_batch
from whygrad.data.stream import generator
from whygrad.dataset import NumberColumn
from whygrad.pipeline.describing import network_line
from whygrad.pipeline.epochs import readable_epochs
from whygrad.pipeline.files import write_text
from whygrad.pipeline.setting_up import class_weights, steps_per_epoch
from whygrad.primitive.optimizer import OPTIMIZERS
from whygrad.render.numbers import column
from whygrad.spec import ConstantValue, Orthogonal, PythonRandom, Zeros
from whygrad.trace import Ending

if TYPE_CHECKING:
    from whygrad.build import Parameter
    from whygrad.code import Language, Printed, Recipe
    from whygrad.graph import Step
    from whygrad.pipeline.setting_up import SetUp
    from whygrad.pipeline.trained import Trained

WRITTEN_OUT: Final = 20  # parameters: as many as one likes to read; more are drawn in the program as they were
ROWS_WITHIN: Final = 200
COLUMNS_WITHIN: Final = 20
PRINTED: Final = {"loss": "loss", "validation_loss": "validation loss"}
CUT_SHORT: Final = (Ending.INTERRUPTED, Ending.NOT_FINITE)


@dataclass(frozen=True)
class Written:
    """A program, and the file beside it that it reads its rows from: name and text, empty where it has them itself."""

    text: str
    rows_file: str = ""
    rows: str = ""


@dataclass(frozen=True)
class Commands:
    """What printed the program, and what trains the same."""

    printed: str
    trained: str


def program(run: Trained, language: Language, printed: Printed, commands: Commands, rows_file: str = "") -> Written:
    """The experiment of a run as a program that prints the losses of some of its epochs.

    `rows_file` names a file beside the program for rows that are too many to stand in it; where it is empty they stand
    there all the same.
    """
    recipe = recipe_for(run, printed, commands)
    beside = bool(rows_file) and too_many_rows(run)
    rows = replace(recipe.rows, file=rows_file) if beside else recipe.rows
    text = code.program(replace(recipe, rows=rows), language)
    return Written(text, rows_file, rows_as_csv(rows)) if beside else Written(text)


def write(path: Path, written: Written) -> None:
    """Write a program, and its rows beside it; raises CannotWrite (WG606)."""
    if written.rows_file:
        write_text(path.with_name(written.rows_file), written.rows)
    write_text(path, written.text)


def too_many_rows(run: Trained) -> bool:
    """Whether a run's rows are more than a person wants to see in a program."""
    dataset = run.set_up.dataset
    rows = len(dataset.training) + len(dataset.validation)
    return rows > ROWS_WITHIN or width_of(run.set_up) > COLUMNS_WITHIN


def width_of(ready: SetUp) -> int:
    """How many columns the prepared rows have, inputs and targets."""
    preparation = ready.dataset.preparation
    return len(preparation.feature_names) + len(preparation.output_names)


def rows_as_csv(rows: code.Rows) -> str:
    """Prepared rows as a file, training rows first; every digit is kept."""
    names = ",".join(re.sub(r'[\s,"]+', " ", name) for name in rows.columns)
    body = [",".join(repr(float(value)) for value in row) for part in (rows.training, rows.validation) for row in part]
    return "\n".join([names, *body]) + "\n"


def recipe_for(run: Trained, printed: Printed, commands: Commands) -> Recipe:
    """Everything that a program of this run needs."""
    ready = run.set_up
    training, size = ready.experiment.training, ready.batch_sizes[0]
    weights, per_epoch = (
        class_weights(ready.experiment, ready.dataset),
        steps_per_epoch(ready.experiment, ready.dataset),
    )

    def step(rows: int) -> Step:
        return build_step(ready.plan, training, rows=rows, steps_per_epoch=per_epoch, weights=weights)

    watched = (
        build_forward(ready.plan, training, rows=code.ROWS, weights=weights) if len(ready.job.validation) else None
    )
    return code.Recipe(
        about=about(ready),
        command=commands.printed,
        trained=commands.trained,
        step=step(code.ROWS),
        single=step(1) if size == 1 else None,
        watched=watched,
        starts=starts(ready),
        rows=rows_of(ready),
        loop=loop_of(run),
        rule=rule_of(ready),
        printed=printed,
        augmentation=augmentation_of(ready),
        float32=training.dtype == "float32",
        learns_from=learned_words(ready),
    )


def about(ready: SetUp) -> str:
    """What the experiment is, in one line."""
    title = ready.experiment.title
    return f"{f'{title}: ' if title else ''}{network_line(ready.plan)}."


def starts(ready: SetUp) -> dict[str, code.Start]:
    """The first values, and how they are drawn where that is shorter than their numbers."""
    seed = ready.experiment.training.seed
    values = initial_values(ready.plan, partial(generator, seed, "weights"), seed)
    parameters = {parameter.name: parameter for parameter in ready.plan.parameters()}
    mixed = any(each.given or each.wired is not None or is_orthogonal(each) for each in parameters.values())
    few = sum(parameter.size for parameter in parameters.values()) <= WRITTEN_OUT
    pythons = any(isinstance(each.initialiser, PythonRandom) for each in parameters.values())
    written_out = mixed or (few and not pythons)
    return {
        name: code.Start(value, None if written_out or name not in parameters else drawing(parameters[name]))
        for name, value in values.items()
    }


def is_orthogonal(parameter: Parameter) -> bool:
    """Whether a parameter is drawn in a way that takes more than a line."""
    return isinstance(parameter.initialiser, Orthogonal)


def drawing(parameter: Parameter) -> code.Drawing | None:
    """How a parameter is drawn; None for one that is a number over and over."""
    match parameter.initialiser:
        case Zeros() | ConstantValue():
            return None
        case PythonRandom(low=low, high=high):
            return code.Drawing("python", low, high)
    found = spread_of(parameter)
    if isinstance(found, Bell):
        return code.Drawing("normal", found.mean, found.deviation)
    return code.Drawing("uniform", found.low, found.high)


def rows_of(ready: SetUp) -> code.Rows:
    """The prepared rows that are learned from, and those that are watched."""
    dataset, preparation = ready.dataset, ready.dataset.preparation
    training, validation = (np.hstack([part.inputs, part.targets]) for part in (dataset.training, dataset.validation))
    outputs = preparation.output_names
    inputs = ready.plan.inputs
    columns = (*inputs, *(name if name not in inputs else f"{name} (target)" for name in outputs))
    return code.Rows(training, validation.reshape(-1, training.shape[1]), len(inputs), columns)


def loop_of(run: Trained) -> code.Loop:
    """How the epochs go; a run that was cut short has only those that it has."""
    ready = run.set_up
    training, size = ready.experiment.training, len(ready.dataset.training)
    stopping, reported = training.early_stopping, training.reported_loss or training.loss
    return code.Loop(
        epochs=run.position.epoch if run.ending in CUT_SHORT else training.epochs,
        batch_size=min(rows_per_batch(size, training.batch_size), size),
        shuffled=training.order == "shuffled",
        seed=training.seed,
        reduction=reported.reduction,
        stop_below=training.stop_below,
        patience=stopping.patience if stopping and len(ready.dataset.validation) else None,
        min_delta=stopping.min_delta if stopping else 0.0,
        restore=stopping.restore_best if stopping else False,
    )


def rule_of(ready: SetUp) -> code.Rule:
    """The optimizer and what bounds its gradients."""
    training = ready.experiment.training
    name = str(training.optimizer.__struct_config__.tag)
    clip = training.clip
    # A decay of the weights alone, apart from the gradient, is no rule of PyTorch's.
    torch = "" if training.weight_decay else OPTIMIZERS[name].torch.format(**msgspec.structs.asdict(training.optimizer))
    return code.Rule(name, torch, training.learning_rate, clip.value if clip else None, clip.norm if clip else None)


def augmentation_of(ready: SetUp) -> code.Augmentation | None:
    """The random changes to the inputs, where there are any."""
    augment, preparation = ready.experiment.data.augment, ready.dataset.preparation
    if augment is None or not (augment.noise or augment.shift or augment.flip):
        return None
    numbers = [column for column in preparation.columns if isinstance(column, NumberColumn)]
    return code.Augmentation(
        augment.noise,
        augment.shift,
        augment.flip,
        preparation.image or (1, len(numbers)),
        tuple(column.shift for column in numbers),
        tuple(column.factor for column in numbers),
    )


def printed_by(run: Trained) -> Printed:
    """Which losses are printed of a run, and how: those that `whygrad train` prints."""
    epochs = readable_epochs(run.history)
    names = [name for name in PRINTED if name in run.history.columns or name == "loss"]
    rows = [run.history.at(epoch) for epoch in epochs]
    cells = [column([row.get(name) for row in rows]) for name in names]
    return printed_as(epochs, cells, ["epoch", *(PRINTED[name] for name in names)])


def printed_as(epochs: Sequence[int], columns: Sequence[Sequence[str]], heads: Sequence[str]) -> Printed:
    """How losses are printed, from the cells of a table that has them: one column of cells for each head."""
    cells = [[cell for cell in column if "e" not in cell and "." in cell] for column in columns]
    return code.Printed(
        tuple(epochs),
        tuple(max((len(cell.partition(".")[2]) for cell in column), default=0) for column in cells),
        tuple(any("e" in cell for cell in column) for column in columns),
        tuple(
            max(len(head), *map(len, column))
            for head, column in zip(heads, [list(map(str, epochs)), *columns], strict=True)
        ),
    )


def learned_words(ready: SetUp) -> str:
    """The loss that is differentiated, where another one is reported."""
    loss, reported = ready.experiment.training.loss, ready.experiment.training.reported_loss
    return f"{loss.reduction} {loss.name}" if reported not in (None, loss) else ""
