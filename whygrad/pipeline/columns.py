"""How the columns of the data became inputs and targets, in words, for every surface that shows a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.dataset import CategoryColumn, ClassTarget
from whygrad.render.numbers import figure

if TYPE_CHECKING:
    from whygrad.dataset import NumberColumn, NumberTarget, Preparation


def column_in_words(prepared: NumberColumn | CategoryColumn) -> str:
    """How a column becomes inputs."""
    filled = "" if prepared.fill is None else f"; missing ones are {filling(prepared.fill)}"
    if isinstance(prepared, CategoryColumn):
        return f"one input for each of {', '.join(prepared.levels)}{filled}"
    return f"number, {scaling(prepared.shift, prepared.factor)}{filled}"


def filling(value: float | str) -> str:
    """What a missing value is taken for."""
    return value if isinstance(value, str) else figure(value)


def scaling(shift: float, factor: float) -> str:
    """What is done with a number before the network sees it."""
    return "as it is" if (shift, factor) == (0.0, 1.0) else f"minus {figure(shift)}, divided by {figure(factor)}"


def target_in_words(target: ClassTarget | NumberTarget) -> str:
    """What is predicted."""
    if isinstance(target, ClassTarget):
        return f"{target.name}: {' or '.join(target.classes)}"
    return f"{', '.join(target.names)} (number{'s' * (len(target.names) > 1)})"


def columns_in_words(preparation: Preparation) -> tuple[tuple[str, str, str], ...]:
    """Each column with what it is used as and how it is prepared, the targets at the end."""
    target = preparation.target
    inputs = [(column.name, "input", column_in_words(column)) for column in preparation.columns]
    if isinstance(target, ClassTarget):
        return (*inputs, (target.name, "target", f"one of {', '.join(target.classes)}"))
    scaled = zip(target.names, target.shifts, target.factors, strict=True)
    return (*inputs, *((name, "target", f"number, {scaling(shift, factor)}") for name, shift, factor in scaled))
