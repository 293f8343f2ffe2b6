"""`exercise(...)`: a network and a seed become a sheet to fill in, its key, and a solution with an error."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from whygrad.check.judging.account import Account
from whygrad.document import Picture
from whygrad.errors.exercise import NoFriendlyNumbers, NotForPaper
from whygrad.exercise.friendly import TRIES, friendly
from whygrad.exercise.sheet import Page, Setting, Solved, page
from whygrad.exercise.task import Kind
from whygrad.explain import ByHand, Links, Runner
from whygrad.explain.equation import definitions
from whygrad.notation import Numbers
from whygrad.pipeline.derivation import prepared
from whygrad.pipeline.exercise_words import given_words, network_words
from whygrad.pipeline.marking import Remembering, check, steps
from whygrad.pipeline.planting import Planter
from whygrad.pipeline.posing import Asking, Frame, asked_network, frame_of
from whygrad.pipeline.setting_up import set_up
from whygrad.pipeline.step_sketch import step_drawing
from whygrad.pipeline.tasks import kind_of, plainly, task_of
from whygrad.render.network import network_svg
from whygrad.render.notes import notes
from whygrad.spec import brief_experiment, read_experiment

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

    from whygrad.document import Document
    from whygrad.exercise.solution import Plant, Rounding, Work
    from whygrad.exercise.task import Task
    from whygrad.explain import Chart, Element
    from whygrad.graph import Expr
    from whygrad.spec import Experiment

__all__ = ["Asking", "Exercise", "Page", "exercise"]

LEAST_DIGITS: Final = 4
LAYERS: Final = 2  # with more, gradients are smaller, and each gets a decimal more
PLACEHOLDER: Final = 0.1
MOST_DECIMALS: Final = 4


@dataclass(frozen=True, eq=False, repr=False)
class Exercise:
    """An exercise. `seed` gave its numbers, `digits` are its decimals, `part` is a key of `exercise.sheet.PARTS`.

    `plant` is the misconception in the wrong solution, None where there is none.
    """

    name: str
    experiment: Experiment
    chart: Chart
    task: Task
    seed: int
    digits: int
    part: str = "all"
    plant: Plant | None = None

    def __repr__(self) -> str:
        return f"<Exercise: {self.title}, {len(self.task.asked)} numbers>"

    @property
    def title(self) -> str:
        return f"{self.name} {self.seed}"

    @property
    def numbers(self) -> Numbers:
        """How numbers are written."""
        return Numbers(self.digits, fixed=True)

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages that there are."""
        return (Page.SHEET, Page.KEY) if self.plant is None else tuple(Page)

    def document(self, kind: Page, *, to_fill_in: bool = False) -> Document:
        """One page without a medium; one that is filled in where it is holds the network for the checker."""
        changed = self.plant.changed if self.plant is not None and kind is Page.WRONG else {}
        setting = Setting(
            self.title,
            network_words(self.experiment, self.chart),
            given_words(self.experiment, self.task),
            None if to_fill_in else self.picture,
            self.digits,
            self.part,
            brief_experiment(self.experiment).rstrip() if to_fill_in else "",
        )
        return page(setting, kind, self.solved(changed))

    def solved(self, changed: Mapping[Element, Expr]) -> tuple[Solved, ...]:
        """Every number worked out, with other formulas for some."""
        runner = Runner(Remembering(), prepared)
        hand = ByHand(self.chart, runner, self.numbers, changed)
        links = Links(hand, runner)
        return tuple(
            Solved(each.stage, plainly(definitions(links, [hand.at(each.quantity)]), hand)) for each in self.task.asked
        )

    @cached_property
    def picture(self) -> Picture | None:
        """The network with its weights, without anything that is asked for."""
        drawing = step_drawing(self.chart.trace, None)
        if drawing is None:
            return None
        return Picture(network_svg(drawing), "The network, with its weights and biases.")

    def markdown(self, kind: Page) -> str:
        """One page as Markdown that can be filled in and checked."""
        return notes(self.document(kind, to_fill_in=True), self.numbers)

    def html(self, kind: Page) -> str:
        """One page as HTML that opens offline and can be printed."""
        from whygrad.render.page import page as as_html

        return as_html(self.document(kind), self.numbers)

    def latex(self, kind: Page) -> str:
        """One page as LaTeX that compiles by itself."""
        from whygrad.render.latex import latex

        return latex(self.document(kind), self.numbers)


def exercise(
    what: str | os.PathLike[str] | Asking,
    *,
    seed: int = 0,
    digits: int | None = None,
    part: str = "all",
    plant: str = "",
    keep_numbers: bool = False,
) -> Exercise:
    """An exercise from the experiment in a file, or from a network by its sizes; the seed decides its numbers.

    - `digits`: decimals, by default 4 and one more for each layer beyond two; `part`: "forward", "backward", "update".
    - `plant`: a misconception by name or code, for a solution to check.
    - `keep_numbers`: those of the file's first step, instead of numbers from the seed.

    Raises ExerciseError (WG1115 to WG1118) and the errors of an experiment (WG1xx, WG2xx, WG3xx).
    """
    base, folder, name = (
        (asked_network(what), Path(), "Exercise")
        if isinstance(what, Asking)
        else (read_experiment(what), Path(what).parent, "Exercise")
    )
    place = f"the network {what.sizes}" if isinstance(what, Asking) else str(what)
    ready = set_up(base, folder)
    frame = frame_of(base, ready.plan, place)
    digits = digits or LEAST_DIGITS + max(0, len(frame.layers) - LAYERS)
    if keep_numbers:
        numbers = kept(*steps(base, folder)[:1], frame, place)
    else:
        numbers = drawn_numbers(frame, digits, seed, place)
    experiment = frame.with_numbers(numbers, f"{name} {seed}")
    chart, _ = steps(experiment, Path())
    found = Exercise(name, experiment, chart, task_of(chart, frame), seed, digits, part)
    return with_plant(found, plant) if plant else found


def rounding(digits: int) -> Rounding:
    """A number rounded to so many decimals, halves up, as it is written."""
    numbers = Numbers(digits, fixed=True)
    return lambda value: numbers.shown(numbers.rounded(value))


def working(chart: Chart) -> Work:
    """How the step is worked out with a person's numbers and formulas."""
    evaluate = Remembering()
    return lambda given, changed: Account(chart, evaluate, given, changed)


def drawn_numbers(frame: Frame, digits: int, seed: int, place: str) -> dict[str, float]:
    """Friendly numbers by name. Raises NoFriendlyNumbers (WG1117)."""
    stand_in = frame.with_numbers(defaultdict(lambda: PLACEHOLDER))
    chart, _ = steps(stand_in, Path())
    found = friendly(task_of(chart, frame), working(chart), rounding(digits), 10.0**-digits, seed)
    if found is None:
        raise NoFriendlyNumbers(place, TRIES, digits)
    return {each.written: value for each, value in found.items()}


def kept(chart: Chart, frame: Frame, place: str) -> dict[str, float]:
    """The numbers of a file's first step. Raises NotForPaper (WG1115) where these are none for paper."""
    if chart.rows > 1:
        raise NotForPaper(place, f"its first step sees {chart.rows} rows", 'set batch_size = "per row"')
    given = [each for each in chart.every() if chart.is_given(each)]
    inputs = [each for each in given if each.array == "x"]
    numbers = {each.written: each.value for each in given}
    numbers |= {name: each.value for name, each in zip(frame.inputs, inputs, strict=True)}
    for each in given:
        if kind_of(each) is not Kind.OTHER and round(each.value, MOST_DECIMALS) != each.value:
            reason = f"{each.written} is {each.value!r}, and nobody calculates with that on paper"
            raise NotForPaper(place, reason, "leave out --keep-numbers, so that friendly numbers are drawn")
    return numbers


def with_plant(plain: Exercise, name: str) -> Exercise:
    """The exercise with a misconception in a solution of its own. Raises CannotPlant (WG1118)."""
    work = working(plain.chart)
    planter = Planter(plain.chart, plain.task, plain.part, work, rounding(plain.digits), 10.0**-plain.digits)
    return replace(plain, plant=planter.planted(name, plain.seed, lambda each: is_found(replace(plain, plant=each))))


def is_found(trial: Exercise) -> bool:
    """Whether the checker finds one error in the wrong solution, with what is planted as its cause."""
    marked = check(trial.markdown(Page.WRONG).encode()).marked
    causes = [each.finding.causes for each in marked.errors if each.finding]
    rule = trial.plant.rule if trial.plant else None
    return not marked.conventions and len(causes) == 1 and [each.misconception for each in causes[0][:1]] == [rule]
