"""A run made and taken down at once, where nobody drives it: for a command, or for a notebook that has no widgets."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from whygrad.lab.desk import Desk
from whygrad.lab.ending import BY_HAND, reason
from whygrad.lab.hosts.recorded_page import recorded_page
from whygrad.lab.hosts.recording import Budget, Recording
from whygrad.lab.session import NO_LIMITS

if TYPE_CHECKING:
    from collections.abc import Generator

    from whygrad.lab.opening import Opening
    from whygrad.lab.session import Session

T = TypeVar("T")


def recorded_run(opening: Opening, budget: Budget | None = None) -> tuple[Recording, str]:
    """An experiment trained as long as it says, or a run as far as it was, taken down: the recording and its file.

    Raises RecordingTooLarge (WG1016), and what setting up an experiment raises.
    """
    desk = Desk(opening, monotonic, NO_LIMITS)
    recording = Recording(desk, budget or Budget(), fault=trained(desk.session, opening.update))
    for _ in recording.take():
        pass
    return recording, finished(recorded_page(recording))


def trained(session: Session, update: int) -> str:
    """Train up to an update, or as long as the experiment says; in words what ended it early."""
    end = update or session.experiment.training.epochs * session.stretch(0).line.per_epoch
    while session.end < end:
        if fault := session.make_one():
            return fault.what()
        ending = session.ending()
        if not update and ending in BY_HAND:
            course, line = session.stretches[-1].course, session.stretches[-1].line
            return reason(course, ending, line.place(session.end)[0])
    return ""


def finished(work: Generator[None, None, T]) -> T:
    """What comes of work when nobody else waits."""
    while True:
        try:
            next(work)
        except StopIteration as done:
            found: T = done.value
            return found
