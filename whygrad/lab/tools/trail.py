"""A number through training: its value at updates from the start to the farthest that was made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final

import msgspec
import numpy as np

from whygrad.explain import Chart, Sort, element_called
from whygrad.lab.frame import numbers
from whygrad.lab.message import Told
from whygrad.lab.tools.tool import Tool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.explain import Element
    from whygrad.lab.desk import Desk
    from whygrad.lab.message import Answer
    from whygrad.lab.session import Session
    from whygrad.trace import StepTrace

POINTS: Final = 120


class Trail(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which number, by the name that one asks for its derivation by."""

    of: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


def use(desk: Desk, asked: Trail) -> Iterator[Answer | None]:
    """`values` at `updates`, of the number called `name`; `batch` says of which batch of each epoch, None if of all.

    A weight is the same for every batch. Anything else belongs to rows, and is followed where the same batch comes
    again, epoch after epoch; `is_shuffled` says that this batch has other rows each time.
    """
    session = desk.session
    element = element_called(desk.view.chart()[0], asked.of)
    of_rows = not is_learned(desk.view.chart()[0].trace, element)
    updates = list(chosen(session, of_rows=of_rows))
    values = []
    for update in updates:
        yield from session.on_the_way(update)
        values.append(value_at(session, element, update, of_rows=of_rows))
        if desk.stop:
            return
        yield None
    yield Told(
        TOOL.name,
        {
            "of": asked.of,
            "name": element.written,
            "updates": updates,
            "values": numbers(values),
            "batch": session.stretch(updates[0]).line.place(session.place.update)[1] if of_rows else None,
            "is_shuffled": of_rows and session.experiment.training.order == "shuffled",
        },
    )


def is_learned(trace: StepTrace, element: Element) -> bool:
    """Whether it is a weight or a bias as it stands, not what becomes of it in one update."""
    return element.named.sort is Sort.VALUE and element.array in trace.step.parameters


def chosen(session: Session, *, of_rows: bool) -> Iterator[int]:
    """The updates to look at, evenly spread; the last one that counts is among them."""
    line = session.stretch(session.place.update).line
    first, every = (line.place(session.place.update)[1], line.per_epoch) if of_rows else (0, 1)
    every_one = range(first, session.end + 1, every)
    places = np.unique(np.linspace(0, max(len(every_one) - 1, 0), POINTS).round().astype(int))
    return (every_one[place] for place in places.tolist() if place < len(every_one))


def value_at(session: Session, element: Element, update: int, *, of_rows: bool) -> float:
    """The number at an update, whose graph may be another one."""
    stretch = session.stretch(update)
    if not of_rows:
        array: Any = stretch.line.states(update)[element.array]
        return float(np.asarray(array)[element.index])
    trace = stretch.line.trace(update)
    if element.named.node in trace.values:
        return float(np.asarray(trace.values[element.named.node])[element.index])
    return element_called(Chart(trace), element.written).value


TOOL = Tool("trail", Trail, use)
