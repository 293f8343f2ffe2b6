"""What a program is printed from: the graphs of a step, its rows and first weights, and how the loop goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from numpy.typing import NDArray

if TYPE_CHECKING:
    from whygrad.graph import Forward, Step

Array = NDArray[Any]
Language = Literal["python", "numpy", "pytorch", "jax"]
LANGUAGES: Final[tuple[Language, ...]] = ("python", "numpy", "pytorch", "jax")

# A graph has a number of rows. One built for this many, which nobody has, shows which sizes and numbers are rows.
ROWS: Final = 1_000_003


@dataclass(frozen=True)
class Drawing:
    """How a parameter is drawn.

    - `kind`: by Python's generator, evenly; by NumPy's, evenly ("uniform") or from a normal distribution.
    - `first`, `second`: the lowest and highest number, or mean and deviation.
    """

    kind: Literal["python", "uniform", "normal"]
    first: float
    second: float


@dataclass(frozen=True, eq=False)
class Start:
    """The first value of a parameter, in its shape, and how it is drawn; None where its numbers were given."""

    value: Array
    drawing: Drawing | None = None


@dataclass(frozen=True, eq=False)
class Rows:
    """The prepared rows, inputs before targets.

    - `training`, `validation`: (rows, features + outputs); the second may have no rows.
    - `features`: how many of the columns are inputs; `columns`: what all of them are called.
    - `file`: the name of the file beside the program that holds them; empty where they stand in the program.
    """

    training: Array
    validation: Array
    features: int
    columns: tuple[str, ...]
    file: str = ""


@dataclass(frozen=True)
class Augmentation:
    """Random changes to the inputs of a batch.

    - `noise`: the deviation of what is added; `shift`: by how many pixels an image is moved at most; `flip`.
    - `image`: height and width; `shifts`, `factors`: a prepared pixel is (raw - shift) / factor.
    """

    noise: float
    shift: int
    flip: bool
    image: tuple[int, int]
    shifts: tuple[float, ...]
    factors: tuple[float, ...]


@dataclass(frozen=True)
class Loop:
    """How the epochs go: how many, in which order and batches, and what ends them early.

    - `reduction`: whether the losses of an epoch's batches are added up or averaged.
    - `stop_below`: the loss below which it ends; `patience`, `min_delta`, `restore`: those of early stopping.
    """

    epochs: int
    batch_size: int
    shuffled: bool
    seed: int
    reduction: Literal["sum", "mean"]
    stop_below: float | None = None
    patience: int | None = None
    min_delta: float = 0.0
    restore: bool = False


@dataclass(frozen=True)
class Rule:
    """The optimizer, its rate before any schedule, and what bounds the gradients.

    - `torch`: how PyTorch spells it; empty where PyTorch has no such rule.
    """

    name: str
    torch: str
    rate: float
    clip_value: float | None = None
    clip_norm: float | None = None


@dataclass(frozen=True)
class Printed:
    """Which epochs are printed, and how: decimals of the losses, and whether some are too small or large for them.

    `widths` are those of the columns epoch, loss and, with validation rows, validation loss.
    """

    epochs: tuple[int, ...]
    decimals: tuple[int, ...]
    scientific: tuple[bool, ...]
    widths: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Recipe:
    """An experiment as a program needs it.

    - `about`: what it is, one line; `command`: what printed it; `trained`: the command with the same losses.
    - `step`: the step for `ROWS` rows; `single`: for one row, where every batch has one row, else None.
    - `watched`: the network that only predicts, for `ROWS` rows, where there are validation rows.
    - `learns_from`: the loss that is differentiated, where another one is reported.
    - `starts`: the first value of every parameter and running statistic, by name, in the order of drawing.
    """

    about: str
    command: str
    trained: str
    step: Step
    single: Step | None
    watched: Forward | None
    starts: Mapping[str, Start]
    rows: Rows
    loop: Loop
    rule: Rule
    printed: Printed
    augmentation: Augmentation | None = None
    float32: bool = False
    learns_from: str = ""
