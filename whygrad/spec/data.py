"""Where the rows come from and how columns become inputs and targets."""

from __future__ import annotations

from typing import Literal

from whygrad.spec.record import Count, Names, NotNegative, NotNegativeInt, Record

__all__ = ["Augment", "Cell", "Data", "MissingRule", "Scale", "Task", "Toy", "ToyName"]

Cell = float | int | str | bool | None
ToyName = Literal["xor", "and", "or", "circles", "moons", "spiral", "gaussians", "linear", "sine"]
Task = Literal["auto", "classification", "regression"]
MissingRule = Literal["error", "drop", "mean", "median", "most-frequent"]
Scale = Literal["none", "standard", "min-max"]


class Toy(Record, frozen=True):
    """A small made-up data set.

    - name: which one
    - rows: how many rows
    - noise: standard deviation of the noise added to each row
    - seed: seed of the rows and their noise
    """

    name: ToyName
    rows: Count = 200
    noise: NotNegative = 0.0
    seed: NotNegativeInt = 0


class Augment(Record, frozen=True, kw_only=True):
    """Random changes to the training rows, drawn anew each time a row is used.

    - noise: standard deviation of the noise added to each input
    - shift: largest shift of an image, in pixels, in each direction
    - flip: mirror an image left to right, half of the time
    """

    noise: NotNegative = 0.0
    shift: NotNegativeInt = 0
    flip: bool = False


class Data(Record, frozen=True, kw_only=True):
    """The rows: exactly one of file, toy, columns and dataset, or a frame given to `train`.

    - file: a CSV or Parquet file, relative to the folder of the experiment's file
    - toy: a made-up data set by name, or a table with its name, rows, noise and seed
    - columns: the values themselves, column by column
    - dataset: a data set that a library ships
    - inputs: columns to learn from; by default all but the target
    - target: the column to predict, or several
    - task: classification, regression, or auto: decided by the target and the loss
    - missing: what to do with missing values: one rule for all columns, or a table column = rule or filling value
    - scale: how inputs are scaled, fitted on the training part only
    - scale_target: how the target of a regression is scaled
    - image: height and width in pixels, when a row of inputs is an image
    - augment: random changes to the training rows
    """

    file: str | None = None
    toy: Toy | None = None
    columns: dict[str, tuple[Cell, ...]] | None = None
    dataset: Literal["digits"] | None = None
    inputs: tuple[str, ...] = ()
    target: str | Names = ""
    task: Task = "auto"
    missing: MissingRule | dict[str, float | int | str] = "error"
    scale: Scale = "none"
    scale_target: Scale = "none"
    image: tuple[Count, Count] | None = None
    augment: Augment | None = None
