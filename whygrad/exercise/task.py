"""What an exercise is about: numbers that are given, and numbers that are asked for, each with the part it plays."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any


class Kind(Enum):
    """The part that a number plays in a step."""

    INPUT = "input"
    TARGET = "target"
    WEIGHT = "weight"
    BIAS = "bias"
    RATE = "learning rate"
    NET = "net"
    OUT = "out"
    LOSS = "loss"
    GRADIENT = "gradient"
    NEW = "after the update"
    OTHER = "other"


class Stage(Enum):
    """The sections of a sheet, in the order in which one works."""

    FORWARD = "Forward pass"
    LOSS = "Loss"
    BACKWARD = "Backward pass"
    GRADIENTS = "Gradients of the weights and biases"
    UPDATE = "Update"


@dataclass(frozen=True, eq=False)
class Given:
    """A number that the exercise gives; `layer` is the one that it belongs to, "" for inputs and targets."""

    quantity: Any
    kind: Kind
    layer: str = ""


@dataclass(frozen=True, eq=False)
class Asked:
    """A number that is asked for; `activation` is that of the layer of a net or an out."""

    quantity: Any
    kind: Kind
    stage: Stage
    layer: str = ""
    activation: str = ""


@dataclass(frozen=True, eq=False)
class Task:
    """All numbers of an exercise, in order.

    - `targets`: which targets the loss and the last activation take: "unit" between 0 and 1, "signed" between -1 and
      1, "any", "one-hot", or "class", 0 or 1.
    """

    given: tuple[Given, ...]
    asked: tuple[Asked, ...]
    targets: str = "unit"

    def given_of(self, *kinds: Kind) -> list[Given]:
        """The given numbers of some kinds."""
        return [each for each in self.given if each.kind in kinds]
