"""A misconception is planted where it alone shows: the checker finds one error, and this as its cause."""

from __future__ import annotations

from itertools import islice
from random import Random
from typing import TYPE_CHECKING, Final

from whygrad.check.judging.misconception import MISCONCEPTIONS
from whygrad.check.judging.scene import Scene
from whygrad.errors import nearest
from whygrad.errors.exercise import CannotPlant
from whygrad.exercise.sheet import PARTS
from whygrad.exercise.solution import plants, shows, worked
from whygrad.pipeline.papers import on_paper

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from whygrad.check.judging.misconception import Misconception
    from whygrad.exercise.solution import Plant, Rounding, Work
    from whygrad.exercise.task import Task
    from whygrad.explain import Chart

    Accept = Callable[[Plant], bool]

LEAST: Final = 20  # units of the last place: what rounding never does
TRIED: Final = 12  # places for one misconception


class Planter:
    """Looks for places in an exercise; `accept` says whether the checker finds what is planted and nothing else."""

    def __init__(self, chart: Chart, task: Task, part: str, work: Work, rounding: Rounding, unit: float) -> None:
        self.task, self.work, self.rounding, self.unit = task, work, rounding, unit
        self.scene = Scene(on_paper(chart))
        self.order = [each.quantity for each in task.asked]
        self.asked = [each.quantity for each in task.asked if each.stage in PARTS[part]]
        self.right = worked(work, self.order, rounding)

    def planted(self, name: str, seed: int, accept: Accept) -> Plant:
        """A misconception by its name or code, planted somewhere. Raises CannotPlant (WG1118)."""
        rule = next((each for each in MISCONCEPTIONS if name.casefold() in (each.name, each.code.casefold())), None)
        found = None if rule is None else self.place(rule, seed, accept)
        if found is not None:
            return found
        possible = tuple(each.name for each in MISCONCEPTIONS if self.place(each, seed, accept) is not None)
        near = "" if rule else nearest(name, [each.name for each in MISCONCEPTIONS]) or ""
        raise CannotPlant(name, possible, is_known=rule is not None, nearest=near)

    def place(self, rule: Misconception, seed: int, accept: Accept) -> Plant | None:
        """A place for a misconception, which one the seed decides."""
        every = list(plants(self.scene, [rule], self.asked))
        Random(f"plant {seed}").shuffle(every)  # noqa: S311 (an exercise, not a secret)
        return next((each for each in islice(self.visible(every), TRIED) if accept(each)), None)

    def visible(self, every: Iterable[Plant]) -> Iterator[Plant]:
        """Those that change a number that is asked for by more than rounding."""
        for each in every:
            wrong = worked(self.work, self.order, self.rounding, each.changed)
            if len(wrong) == len(self.right) and shows(self.right, wrong, each, LEAST * self.unit):
                yield each
