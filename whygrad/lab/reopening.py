"""A session that was written down, made again: its updates one by one, and what was changed where it was changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from whygrad.errors.lab_tools import ReplayStopped, StateDamaged
from whygrad.lab.limits import refuse_more
from whygrad.lab.message import Said
from whygrad.lab.opening import refuse_files
from whygrad.lab.pace import PROGRESS
from whygrad.lab.session import Place, goes_on_with
from whygrad.lab.settings import with_settings
from whygrad.lab.state import FIGURES, arrays_of
from whygrad.spec import check_experiment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.lab.desk import Desk
    from whygrad.lab.message import Answer
    from whygrad.lab.state import State, Written


@dataclass(eq=False)
class Reopening:
    """What is still to be done of it; `done` changes were made again."""

    state: State
    done: int = 0

    def go_on(self, desk: Desk) -> Iterator[Answer | None]:
        """Make the rest; at its end the place is looked at. Raises ReplayStopped (WG1028), StateDamaged (WG1026)."""
        state = self.state
        refuse_more(state.end, desk.limits.updates, "updates")
        for turn in state.turns[self.done :]:
            yield from self._make(desk, turn.update)
            desk.session.place = Place(turn.update)
            change(desk, turn)
            self.done += 1
        yield from self._make(desk, state.end)
        yield from desk.session.on_the_way(state.update)
        desk.session.place = Place(state.update, state.moves)
        desk.view.row = state.row
        yield from compared(desk, state)
        desk.reopening = None

    def _make(self, desk: Desk, update: int) -> Iterator[Answer | None]:
        """Make updates up to one; a NaN is no reason to stop: it was none before."""
        session, seen = desk.session, desk.clock()
        while session.end < update:
            if desk.stop:
                desk.stop = "" if desk.stop == "time" else desk.stop
                session.place = Place(session.end)
                raise ReplayStopped(session.end, self.state.end)
            session.make_one()
            if desk.clock() - seen > PROGRESS:
                session.place, seen = Place(session.end), desk.clock()
                yield from desk.seen()
            yield None


def change(desk: Desk, turn: Written) -> None:
    """Change again what was changed. Raises what a change does, and StateDamaged (WG1026)."""
    session = desk.session
    if turn.settings:
        changed = check_experiment(with_settings(session.experiment, turn.settings))
        refuse_files(changed, desk.opening.file)
        if not goes_on_with(session.experiment, changed):
            raise StateDamaged("one of its changes would start the run again")
        session.change(changed)
    elif turn.weight:
        value = FIGURES.get(turn.value) if isinstance(turn.value, str) else turn.value
        if value is None:
            raise StateDamaged(f"{turn.value!r} is no number")
        session.set_weight(turn.weight, value)
    else:
        session.set_parameters(arrays_of(turn.parameters, session.states()))


def compared(desk: Desk, state: State) -> Iterator[Answer]:
    """Nothing where the parameters are those that were written down; else the run goes on with the latter."""
    states = desk.session.states()
    wanted = arrays_of(state.parameters, states)
    off = {name: each for name, each in wanted.items() if not np.array_equal(each, states[name], equal_nan=True)}
    if not off:
        return
    with np.errstate(all="ignore"):
        largest = max(float(np.max(np.abs(each - states[name]), initial=0.0)) for name, each in off.items())
    desk.session.set_parameters(wanted)
    yield Said(
        "note",
        f"computed again, parameters differ by up to {largest:.3g}: another machine or version made this session "
        f"({state.whygrad}). The run goes on from update {state.update:,} with the values that were written down",
    )
