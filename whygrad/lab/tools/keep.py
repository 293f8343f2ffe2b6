"""What a page keeps of a run, to compare others with it: its settings, where it began, its losses and its curves.

`changed`: before which updates a setting or a weight was changed; `losses`: `updates` and `values`, thinned; `curves`:
as the panel of that name has them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import numpy as np

from whygrad.lab.frame import numbers
from whygrad.lab.message import Told
from whygrad.lab.panels.curves import Columns, charts
from whygrad.lab.thinning import seen
from whygrad.lab.tools.tool import Tool
from whygrad.spec import write_experiment
from whygrad.spec.tables import tables_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.lab.desk import Desk
    from whygrad.lab.message import Answer


class Keep(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many columns the picture has that it is kept for."""

    columns: Columns = 300


def use(desk: Desk, asked: Keep) -> Iterator[Answer | None]:
    """Everything that is kept, the file of the experiment with it."""
    session = desk.session
    losses = np.array(session.losses())
    yield None
    kept = seen(losses[np.newaxis], asked.columns)
    yield Told(
        "keep",
        {
            "experiment": tables_of(session.experiment),
            "text": write_experiment(session.experiment),
            "origin": session.stretches[0].origin,
            "changed": [each.line.first for each in session.stretches[1:]],
            "end": session.end,
            "losses": {"updates": kept.tolist(), "values": numbers(losses[kept])},
            "curves": charts(session.stretches[-1].ready, session.rows(), asked.columns),
        },
    )


TOOL = Tool("keep", Keep, use)
