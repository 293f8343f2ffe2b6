"""A run one update at a time, forward and backward: every update that was made can be gone back to, bit for bit.

Nothing is undone by arithmetic. States are kept at some updates; between them they are computed again, by the same
engine on the same rows, so what is seen again is what was seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from whygrad.errors.run import NoSuchEpoch
from whygrad.graph import UPDATES
from whygrad.run.loop import Position, traced

if TYPE_CHECKING:
    from whygrad.dataset import Part
    from whygrad.run.engine import Advanced
    from whygrad.run.loop import Job
    from whygrad.run.predictor import States
    from whygrad.trace import StepTrace

KEPT_AT_MOST = 512
BYTES_AT_MOST = 64 * 2**20


class Timeline:
    """The updates of one job from a state on.

    - `start`: the states before the first update that can be gone back to, whatever made them.
    - `end`: the number of the farthest update made so far; one at a time it can be gone beyond.
    - `latest`: the states that were asked for last, since those of the next update are often asked for next.
    - `most`: how many bytes of states are kept.
    """

    def __init__(self, job: Job, start: States, most: int = BYTES_AT_MOST) -> None:
        self.job = job
        self.first = self.end = int(start[UPDATES])
        self.kept: dict[int, States] = {self.first: start}
        self.latest: tuple[int, States] = self.first, start
        size = sum(np.asarray(value).nbytes for value in start.values())
        self.room = min(KEPT_AT_MOST, max(2, most // max(size, 1)))
        self.every = 1
        self.epoch: tuple[int, list[Part]] = (-1, [])
        self.per_epoch = len(self.parts(0))

    def place(self, update: int) -> tuple[int, int]:
        """The epoch and the batch that an update belongs to."""
        return divmod(update, self.per_epoch)

    def states(self, update: int) -> States:
        """The states before an update. Raises NoSuchEpoch (WG502) before the first and after the farthest."""
        if not self.first <= update <= self.end:
            raise NoSuchEpoch("update", update, self.end)
        nearest = self.nearest(update)
        states = self.latest[1] if nearest == self.latest[0] else self.kept[nearest]
        for number in range(nearest, update):
            states = self._after(states, number)
        self.latest = update, states
        return states

    def nearest(self, update: int) -> int:
        """The last update before one, or itself, whose states are there without being computed again."""
        return max(each for each in (*self.kept, self.latest[0]) if each <= update)

    def trace(self, update: int) -> StepTrace:
        """Every value of an update."""
        states = self.states(update)
        epoch, batch = self.place(update)
        with np.errstate(all="ignore"):
            return traced(self.job, Position(epoch, states), batch, self.parts(epoch)[batch])

    def go_on(self) -> Advanced:
        """Make the update after the farthest one; its outputs, the loss that its rows had before it among them."""
        states = self.states(self.end)
        advanced = self._advanced(states, self.end)
        self.keep(advanced.states)
        return advanced

    def batch(self, update: int) -> Part:
        """The rows of an update."""
        epoch, number = self.place(update)
        return self.parts(epoch)[number]

    def keep(self, states: States) -> None:
        """Take in the states after the farthest update, made here or by a loop over whole epochs."""
        self.end = int(states[UPDATES])
        self._thin_out()
        self.kept[self.end] = states
        while len(self.kept) > self.room:
            self.every *= 2
            self._thin_out()

    def _thin_out(self) -> None:
        """Drop the states between those that stand at even distances, the first and the farthest."""
        stay = {self.first, self.end}
        self.kept = {
            number: each
            for number, each in self.kept.items()
            if number in stay or (number - self.first) % self.every == 0
        }

    def parts(self, epoch: int) -> list[Part]:
        """The batches of an epoch; those of the latest one asked for are kept."""
        if self.epoch[0] != epoch:
            self.epoch = epoch, list(self.job.batches(epoch))
        return self.epoch[1]

    def _after(self, states: States, number: int) -> States:
        return self._advanced(states, number).states

    def _advanced(self, states: States, number: int) -> Advanced:
        epoch, batch = self.place(number)
        with np.errstate(all="ignore"):
            return self.job.engine.advance(states, self.parts(epoch)[batch], number)
