"""`exercise(...)`: a network and a seed become a sheet to fill in, its key, and a solution with an error."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from whygrad.check.judging.account import Account
from whygrad.check.judging.verdict import Verdict
from whygrad.document import Picture
from whygrad.errors.exercise import NoFriendlyNumbers, NotForPaper
from whygrad.exercise.friendly import TRIES, friendly
from whygrad.exercise.sheet import PARTS, Page, Setting, Solved, page
from whygrad.exercise.task import Kind
from whygrad.explain import ByHand, Links, Runner
from whygrad.explain.equation import definitions
from whygrad.explain.textbook import as_in_books
from whygrad.notation import Numbers
from whygrad.pipeline.derivation import prepared
from whygrad.pipeline.exercise_words import given_words, network_words, planted_words
from whygrad.pipeline.marking import check
from whygrad.pipeline.papers import Remembering, steps, steps_of, workable
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
KEYS_TRIED: Final = 25
PLACEHOLDER: Final = 0.1
MOST_DECIMALS: Final = 4


@dataclass(frozen=True)
class Answer:
    """A number that belongs in a blank: of what, and how it is written."""

    name: str
    value: str


@dataclass(frozen=True, eq=False, repr=False)
class Exercise:
    """An exercise. `seed` gave its numbers, `digits` are its decimals, `part` is a key of `exercise.sheet.PARTS`.

    `plant` is the misconception in the wrong solution, None where there is none.
    """

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
        return titled(self.seed)

    @property
    def numbers(self) -> Numbers:
        """How numbers are written."""
        return Numbers(self.digits, fixed=True)

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages that there are."""
        return (Page.SHEET, Page.KEY) if self.plant is None else tuple(Page)

    def document(self, kind: Page, picture: Picture | None = None, *, to_fill_in: bool = False) -> Document:
        """One page without a medium; one that is filled in where it is holds the network for the checker."""
        changed = self.plant.changed if self.plant is not None and kind is Page.WRONG else {}
        setting = Setting(
            self.title,
            network_words(self.experiment, self.chart),
            given_words(self.experiment, self.task),
            picture,
            self.digits,
            self.part,
            self.toml() if to_fill_in else "",
            "" if self.plant is None else planted_words(self.plant),
        )
        return page(setting, kind, self.solved(changed))

    def solved(self, changed: Mapping[Element, Expr]) -> tuple[Solved, ...]:
        """Every number worked out, with other formulas for some."""
        hand = self.by_hand(changed)
        links = Links(hand, hand.runner)
        return tuple(
            Solved(each.stage, plainly(definitions(links, [hand.at(each.quantity)]), hand)) for each in self.task.asked
        )

    def by_hand(self, changed: Mapping[Element, Expr]) -> ByHand:
        """The step with every number rounded before it is used."""
        runner = Runner(Remembering(), prepared)
        return ByHand(self.chart, runner, self.numbers, {**books(self.chart), **changed})

    @cached_property
    def picture(self) -> Picture | None:
        """The network with its weights, without anything that is asked for."""
        drawing = step_drawing(self.chart.trace, None)
        if drawing is None:
            return None
        return Picture(network_svg(drawing), "The network, with its weights and biases.")

    def answers(self) -> list[Answer]:
        """What belongs in the blanks, in their order."""
        hand = self.by_hand({})
        asked = [hand.at(each.quantity) for each in self.task.asked if each.stage in PARTS[self.part]]
        return [Answer(each.written, self.numbers.shown(each.value)) for each in asked]

    def toml(self) -> str:
        """The network of the exercise as an experiment."""
        return brief_experiment(self.experiment)

    def markdown(self, kind: Page) -> str:
        """One page as Markdown that can be filled in and checked."""
        return notes(self.document(kind, to_fill_in=True), self.numbers)

    def html(self, kind: Page) -> str:
        """One page as HTML that opens offline and can be printed."""
        from whygrad.render.page import page as as_html

        return as_html(self.document(kind, self.picture), self.numbers)

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
    base, folder = (
        (asked_network(what), Path()) if isinstance(what, Asking) else (read_experiment(what), Path(what).parent)
    )
    place = f"the network {what.sizes}" if isinstance(what, Asking) else str(what)
    ready = set_up(base, folder)
    frame = frame_of(base, ready.plan, place)
    digits = digits or LEAST_DIGITS + max(0, len(frame.layers) - LAYERS)
    poser = Poser(frame, place, seed, digits, part)
    found = poser.posed(kept(steps_of(workable(ready))[0], frame, place)) if keep_numbers else poser.friendly()
    return with_plant(found, plant) if plant else found


@dataclass(frozen=True, eq=False)
class Poser:
    """Makes an exercise of a network and numbers."""

    frame: Frame
    place: str
    seed: int
    digits: int
    part: str

    def posed(self, numbers: Mapping[str, float]) -> Exercise:
        """The exercise with these numbers, by name."""
        experiment = self.frame.with_numbers(numbers, titled(self.seed))
        chart, _ = steps(experiment, Path())
        task = task_of(chart, self.frame, books(chart))
        return Exercise(experiment, chart, task, self.seed, self.digits, self.part)

    def friendly(self) -> Exercise:
        """The exercise with numbers from the seed, all of whose key is right. Raises NoFriendlyNumbers (WG1117)."""
        stand_in = self.posed(defaultdict(lambda: PLACEHOLDER))
        work = working(stand_in.chart, {})
        every = friendly(stand_in.task, work, rounding(self.digits), 10.0**-self.digits, self.seed)
        for found in islice(every, KEYS_TRIED):
            exercise = self.posed({each.written: value for each, value in found.items()})
            if is_right(exercise):
                return exercise
        raise NoFriendlyNumbers(self.place, TRIES, self.digits)


def titled(seed: int) -> str:
    """What the exercise of a seed is called."""
    return f"Exercise {seed}"


def is_right(exercise: Exercise) -> bool:
    """Whether the checker marks all of the key right."""
    marks = check(exercise.markdown(Page.KEY).encode()).marked.marks
    return all(each.verdict in (Verdict.RIGHT, Verdict.ROUNDING) for each in marks)


def rounding(digits: int) -> Rounding:
    """A number rounded to so many decimals, halves up, as it is written."""
    numbers = Numbers(digits, fixed=True)
    return lambda value: numbers.shown(numbers.rounded(value))


def working(chart: Chart, own: dict[Any, Expr]) -> Work:
    """How the step is worked out with a person's numbers and formulas; `own` are those that everybody uses on paper."""
    evaluate = Remembering()
    return lambda given, changed: Account(chart, evaluate, given, own | dict(changed))


def books(chart: Chart) -> dict[Element, Expr]:
    """The formulas of a step that are written otherwise on paper than they run."""
    return as_in_books(Links(chart, Runner(Remembering(), prepared)))


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
    work = working(plain.chart, books(plain.chart))
    planter = Planter(plain.chart, plain.task, plain.part, work, rounding(plain.digits), 10.0**-plain.digits)
    return replace(plain, plant=planter.planted(name, plain.seed, lambda each: is_found(replace(plain, plant=each))))


def is_found(trial: Exercise) -> bool:
    """Whether the checker finds one error in the wrong solution, with what is planted as its cause."""
    marked = check(trial.markdown(Page.WRONG).encode()).marked
    causes = [each.finding.causes for each in marked.errors if each.finding]
    rule = trial.plant.rule if trial.plant else None
    return not marked.conventions and len(causes) == 1 and [each.misconception for each in causes[0][:1]] == [rule]
