"""The same experiment from many starts: each until it is solved, has run away, or has had all its epochs.

Networks are trained many at a time, as one; what becomes of each is what `whygrad train` makes of it with its seed.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Final

from whygrad.errors.lab_tools import TooLargeForSeeds
from whygrad.lab.limits import size_of
from whygrad.pipeline.flock import HOWS, Flock, draws_weights_only, of_seed, shape_of, starts_alike
from whygrad.pipeline.setting_up import set_up

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from whygrad.pipeline.flock import How, Outcome
    from whygrad.pipeline.setting_up import SetUp
    from whygrad.spec import Experiment

MOST_PARAMETERS: Final = 2_000
MOST_ROWS: Final = 2_000
MOST_NUMBERS: Final = 100_000
AT_ONCE: Final = 500
NUMBERS_AT_ONCE: Final = 200_000  # of one update of all networks together: about as long as others may have to wait
CURVES: Final = 200  # as many as can be told apart, and held


@dataclass(frozen=True)
class Wish:
    """From which seed on, how many starts, how many epochs each, and below which loss numbers are solved."""

    experiment: Experiment
    first: int
    starts: int
    epochs: int
    goal: float


class Sweep:
    """All starts of a wish; `work` goes on with them piece by piece.

    - `outcomes`: of those that have ended; `running`: how many are being trained, `epoch`: how far they are.
    - `seconds`: how long it took so far; `trained`: how many epochs were made in that time, those of each network.
    - `alike`: whether every start is the same.
    """

    def __init__(self, wish: Wish, folder: Path) -> None:
        self.wish, self.folder = wish, folder
        self.first = set_up(of_seed(wish.experiment, wish.first), folder)
        check_size(self.first)
        self.outcomes: list[Outcome] = []
        self.running, self.epoch, self.trained, self.seconds = 0, 0, 0, 0.0
        self.every = -(-wish.starts // CURVES)
        self.alike = self._are_alike()
        self.work = self._work()

    @property
    def is_over(self) -> bool:
        """Whether every start has ended."""
        return len(self.outcomes) == self.wish.starts

    @property
    def counts(self) -> dict[How, int]:
        """How many ended in each way."""
        found = Counter(each.how for each in self.outcomes)
        return {how: found[how] for how in HOWS}

    @property
    def left(self) -> float | None:
        """Seconds that are left if no other start ends early; None where nothing is known yet."""
        every = self.wish.starts * self.wish.epochs
        over = len(self.outcomes) * self.wish.epochs + self.running * self.epoch
        return (every - over) * self.seconds / self.trained if self.trained else None

    def _are_alike(self) -> bool:
        """Whether every start is the same, because nothing of it is drawn."""
        first = self.wish.first
        return self.wish.starts > 1 and starts_alike(self._ready(first), self._ready(first + 1))

    def _work(self) -> Iterator[None]:
        """Train all of them, as many at a time as fit."""
        seeds = range(self.wish.first, self.wish.first + self.wish.starts)
        _, numbers = size_of(self.first)
        size = max(1, min(AT_ONCE, NUMBERS_AT_ONCE // numbers))
        for start in range(0, len(seeds), size):
            every = []
            for seed in seeds[start : start + size]:
                every.append((seed, self._ready(seed)))
                yield
            for _, alike in groupby(every, key=lambda each: shape_of(each[1])):
                yield from self._train(Flock(*zip(*alike, strict=True)))

    def _ready(self, seed: int) -> SetUp:
        """The experiment with another seed; where that draws no more than weights, the rest need not be made again."""
        experiment = of_seed(self.wish.experiment, seed)
        if draws_weights_only(self.first):
            return replace(self.first, experiment=experiment)
        return set_up(experiment, self.folder)

    def _train(self, flock: Flock) -> Iterator[None]:
        """Train some networks together, all their epochs."""
        wish = self.wish
        for epoch in range(wish.epochs):
            self.running, self.epoch = len(flock.alive), epoch
            yield from flock.train(epoch)
            self.trained += self.running
            for each in flock.leave(epoch, wish.goal, is_last=epoch + 1 == wish.epochs):
                is_drawn = (each.seed - wish.first) % self.every == 0
                self.outcomes.append(each if is_drawn else replace(each, curve=()))
            if not len(flock.alive):
                break
        self.running = 0


def check_size(ready: SetUp) -> None:
    """Raises TooLargeForSeeds (WG1029)."""
    parameters, numbers = size_of(ready)
    for what, found, most in (
        ("parameters", parameters, MOST_PARAMETERS),
        ("rows to learn from", len(ready.dataset.training), MOST_ROWS),
        ("numbers in each update", numbers, MOST_NUMBERS),
    ):
        if found > most:
            raise TooLargeForSeeds(what, found, most)
