"""Sparse memory of a run: a few positions from which every other one can be reached again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from whygrad.errors.run import NoSuchEpoch
from whygrad.run.predictor import frozen
from whygrad.run.stretch import epochs

if TYPE_CHECKING:
    from whygrad.run.loop import Job, Position
    from whygrad.run.stretch import Stretch

KEPT_AT_MOST = 32
BYTES_AT_MOST = 256 * 2**20


class Checkpoints:
    """Positions of one run, evenly spread: when there are too many, every second one goes.

    Networks so large that 32 positions would not fit into 256 MiB keep fewer, at least the first and the newest.
    """

    def __init__(self, start: Position) -> None:
        self.positions = {start.epoch: start}
        size = sum(np.asarray(value).nbytes for value in start.states.values())
        self.room = min(KEPT_AT_MOST, max(1, BYTES_AT_MOST // max(size, 1)))
        self.every = 1
        self.first = start.epoch
        self.last = start

    def copy(self) -> Checkpoints:
        """The same memory, to which another continuation of the run can be added."""
        other = Checkpoints(self.last)
        other.positions, other.every, other.first = dict(self.positions), self.every, self.first
        return other

    def add(self, position: Position) -> None:
        """Take in the next position; the newest is always kept."""
        self.last = position
        if (position.epoch - self.first) % self.every == 0:
            self.keep(position)
        while len(self.positions) > self.room:
            self.thin_out()

    def take(self, stretch: Stretch) -> None:
        """Take in the positions after the last one that a stretch of epochs reached."""
        start = self.last.epoch + 1
        self.last = stretch.position
        while len(self.positions) + len(self.places(start)) > self.room:
            self.thin_out()
        for epoch in self.places(start):
            self.keep(stretch.after(epoch - start))

    def keep(self, position: Position) -> None:
        """Keep a position; one whose neighbours are not kept is to be by itself."""
        self.positions[position.epoch] = position if self.every == 1 else by_itself(position)

    def places(self, start: int) -> range:
        """The epochs from one on whose positions are kept."""
        return range(start + (self.first - start) % self.every, self.last.epoch + 1, self.every)

    def thin_out(self) -> None:
        """Forget every second position."""
        self.every *= 2
        here = self.positions.items()
        self.positions = {epoch: by_itself(each) for epoch, each in here if (epoch - self.first) % self.every == 0}

    def at(self, epoch: int, job: Job) -> Position:
        """The position at the start of an epoch, replayed from the nearest one before it.

        Raises NoSuchEpoch (WG502).
        """
        if epoch == self.last.epoch:
            return self.last
        if not self.first <= epoch < self.last.epoch:
            raise NoSuchEpoch("epoch", epoch, self.last.epoch)
        position = self.positions[max(each for each in self.positions if each <= epoch)]
        if position.epoch < epoch:
            position = next(each.position for each in epochs(job, position) if each.position.epoch == epoch)
        return position


def by_itself(position: Position) -> Position:
    """A position whose states are no parts of larger arrays, which would stay in memory for them.

    States that are only made when somebody asks for them are no parts of anything.
    """
    if not isinstance(position.states, dict):
        return position
    states = {name: frozen(np.array(value)) if is_part(value) else value for name, value in position.states.items()}
    return replace(position, states=states)


def is_part(value: Any) -> bool:
    """Whether an array is seen in another one."""
    return isinstance(value, np.ndarray) and value.base is not None
