"""When a run ends of itself: as a training does, but whoever drives it may go on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from whygrad.lab.message import Said, Step
from whygrad.render.numbers import count, figure
from whygrad.run.loop import Best, Position, better, why_ended
from whygrad.trace import Ending

if TYPE_CHECKING:
    from collections.abc import Iterable

    from whygrad.lab.message import Go
    from whygrad.spec import Training
    from whygrad.trace import Row

BY_HAND: Final = frozenset({Ending.GOAL, Ending.EARLY})
NOWHERE: Final[frozenset[Ending]] = frozenset()
ON: Final = "step or play to go on all the same"


@dataclass(eq=False)
class Course:
    """The epochs of a run as the rules of its training see them.

    - `best`: the lowest validation loss so far, and after how many epochs, where early stopping watches for it.
    - `best_update`: how many updates were made by then.
    - `met`: after how many updates each reason to end was met first.
    """

    training: Training
    best: Best | None = None
    best_update: int = 0
    met: dict[Ending, int] = field(default_factory=dict)

    def add(self, row: Row) -> None:
        """Take in the figures of one more epoch; states are left out, since the run's past has them."""
        epoch, update = int(row["epoch"] or 0), int(row["update"] or 0)
        best = better(self.training, Position(epoch, {}, self.best), {}, row.get("validation_loss"))
        if best is not self.best:
            self.best, self.best_update = best, update
        ending = why_ended(self.training, Position(epoch + 1, {}, best), row)
        if ending is not None:
            self.met.setdefault(ending, update)

    def ending(self, update: int) -> Ending | None:
        """Why the run ends after so many updates; None where it does not, or did before."""
        return next((ending for ending, met in self.met.items() if met == update), None)


def course_of(training: Training, rows: Iterable[Row]) -> Course:
    """The course of a run of which some epochs were made already."""
    course = Course(training)
    for row in rows:
        course.add(row)
    return course


def stops_at(request: Step | Go, *, playing: bool) -> frozenset[Ending]:
    """Why a request stops on its way: a play where the epochs are made too, which one who steps counts himself."""
    if playing:
        return BY_HAND | {Ending.FINISHED}
    return BY_HAND if isinstance(request, Step) else NOWHERE


def note_of(course: Course, ending: Ending, epochs: int) -> Said:
    """What is said where a run ends, after so many epochs."""
    return Said("note", f"{reason(course, ending, epochs)}: `whygrad train` ends here", why=kept(course), advice=ON)


def reason(course: Course, ending: Ending, epochs: int) -> str:
    """Why a run ends."""
    training = course.training
    if ending is Ending.GOAL:
        return f"the loss fell below {training.stop_below:g} after {count(epochs, 'epoch')}"
    if ending is Ending.EARLY and training.early_stopping:
        patience, least = training.early_stopping.patience, training.early_stopping.min_delta
        by = f" by more than {least:g}" if least else ""
        return f"the validation loss has not fallen{by} for {count(patience, 'epoch')}, after {epochs:,}"
    return f"all {count(training.epochs, 'epoch')} are made"


def kept(course: Course) -> str:
    """Where a training goes back to the best weights and the lab does not, the place of those weights."""
    stopping, best = course.training.early_stopping, course.best
    if stopping is None or best is None or not stopping.restore_best:
        return ""
    return (
        f"it goes back to the weights after {count(best.epoch, 'epoch')}, when the validation loss was lowest "
        f"({figure(best.loss)}); the lab stays here, and those weights are at update {course.best_update:,}"
    )
