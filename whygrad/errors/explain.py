"""Errors of explaining (WG4xx): a step that cannot be taken apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from whygrad.errors import WhygradError


class ExplainError(WhygradError):
    """A step that cannot be explained as it was asked."""


@dataclass(eq=False)
class NoSoftmax(ExplainError):
    """The Jacobian of a softmax was asked for where there is none, or one too large for a page."""

    code: ClassVar[str] = "WG402"
    classes: int = 0
    most: int = 0

    def what(self) -> str:
        if self.classes:
            return f"the softmax of this network has {self.classes} outputs, too many for its Jacobian on a page"
        return "this network does not learn a softmax with cross-entropy"

    def why(self) -> str:
        return (
            f"the Jacobian has a row and a column for each output, and goes up to {self.most}" if self.classes else ""
        )

    def advice(self) -> str:
        return "leave --jacobian out: the gradients of the nets are derived without it"


@dataclass(eq=False)
class TooManyElements(ExplainError):
    """A step has more numbers than a page can show one by one."""

    code: ClassVar[str] = "WG401"
    lines: int
    most: int

    def what(self) -> str:
        return f"this step worked out would be about {self.lines:,} lines"

    def why(self) -> str:
        return f"a page of more than {self.most:,} is not for reading"

    def advice(self) -> str:
        return 'ask for one quantity, such as --of w1, or for a step of one row: batch_size = "per row"'


PLACES: Final = {
    "--nudge": ("only a parameter can be moved", "ask for a parameter's gradient, such as --of w1"),
    "--paths": ("paths lead from the loss to a quantity with a gradient", "ask for a gradient, such as --of w1"),
    "--jacobian": ("a softmax is derived in full in a whole step or a gradient", "ask for one of these"),
}


@dataclass(eq=False)
class NotPartOf(ExplainError):
    """An option was given that has no place in the derivation that was asked for."""

    code: ClassVar[str] = "WG403"
    option: str
    derivation: str
    by_hand: bool = False

    def what(self) -> str:
        return f"{self.option} has no place in the derivation of {self.derivation}{' by hand' if self.by_hand else ''}"

    def why(self) -> str:
        return "what is worked by hand is the derivation alone" if self.by_hand else PLACES[self.option][0]

    def advice(self) -> str:
        instead = "leave --as-by-hand out" if self.by_hand else PLACES[self.option][1]
        return f"{instead}, or leave {self.option} out"
