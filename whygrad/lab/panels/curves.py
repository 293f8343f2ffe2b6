"""How the figures of the epochs went, those of a run's history: the loss, how often it is right, the learning rate.

`per_epoch`: how many updates an epoch has; `charts`: a few figures on one axis each, `epochs` (how many were made by
then) and `updates` with the `values` of each of its `series`. Of long runs the points that can be told apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final

import msgspec
import numpy as np

from whygrad.lab.frame import numbers
from whygrad.lab.panels.panel import Panel
from whygrad.lab.thinning import seen
from whygrad.pipeline.describing import readable
from whygrad.pipeline.setting_up import steps_per_epoch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whygrad.lab.sight import Sight
    from whygrad.pipeline.setting_up import SetUp
    from whygrad.trace import Row

# What is drawn together, and of it at first the first.
CHARTS: Final = (
    ("loss", "Loss", ("loss",)),
    ("right", "Accuracy, precision, recall", ("accuracy", "precision", "recall")),
    ("r2", "R2", ("r2",)),
    ("error", "Mean absolute error", ("mean_absolute_error",)),
    ("rate", "Learning rate", ("learning_rate",)),
)
HELD_OUT: Final = "validation_"


Columns = Annotated[int, msgspec.Meta(ge=20, le=2000)]


class Curves(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many columns the picture has."""

    columns: Columns = 300


def fits(_: SetUp) -> bool:
    """Every run has figures."""
    return True


def draw(sight: Sight, settings: Curves) -> dict[str, Any]:
    """The charts that have something to show."""
    return charts(sight.ready, sight.rows, settings.columns)


def charts(ready: SetUp, rows: Sequence[Row], columns: int) -> dict[str, Any]:
    """The figures of these rows; none before the first epoch is over."""
    found = [chart(rows, name, title, figures, columns) for name, title, figures in CHARTS] if rows else []
    per_epoch = steps_per_epoch(ready.experiment, ready.dataset)
    return {"per_epoch": per_epoch, "charts": [each for each in found if each is not None]}


def chart(rows: Sequence[Row], name: str, title: str, figures: Sequence[str], columns: int) -> dict[str, Any] | None:
    """Some figures and the same of the validation part; None where there are none, or a rate that never changes."""
    wanted = [part + figure for figure in figures for part in ("", HELD_OUT)]
    found = {each: [row.get(each) for row in rows] for each in wanted if each in rows[-1]}
    if not found or (name == "rate" and len(set(found["learning_rate"])) == 1):
        return None
    kept = seen(list(found.values()), columns)
    epochs = [int(rows[place]["epoch"] or 0) + 1 for place in kept]
    updates = [int(rows[place]["update"] or 0) for place in kept]
    series = [
        {
            "name": each,
            "label": label(each, figures),
            "isHeldOut": each.startswith(HELD_OUT),
            "isShown": each.removeprefix(HELD_OUT) == figures[0],
            "values": numbers(np.array(values, dtype=np.float64)[kept]),
        }
        for each, values in found.items()
    ]
    return {"name": name, "title": title, "epochs": epochs, "updates": updates, "series": series}


def label(name: str, figures: Sequence[str]) -> str:
    """What a series is called beside others."""
    if figures == ("learning_rate",):
        return readable(name)
    part = "validation" if name.startswith(HELD_OUT) else "training"
    return part if len(figures) == 1 else f"{readable(name.removeprefix(HELD_OUT))}, {part}"


PANEL = Panel("curves", "Curves", fits, draw, Curves, of_epochs=True)
