"""A misconception that is planted is the one error that the checker finds, with its cause."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from tests.exercise.sheets import CLASSES, FEW, HALF, NOTES_222, SQUARED, checked, verdicts
from whygrad.check.judging.misconception import MISCONCEPTIONS
from whygrad.check.judging.scene import Scene
from whygrad.errors.exercise import CannotPlant
from whygrad.exercise.solution import plants, shows, worked
from whygrad.pipeline.exercising import Asking, Exercise, Page, exercise, rounding, working

if TYPE_CHECKING:
    from pathlib import Path

WHERE: dict[str, tuple[Asking, int]] = {
    "matrix-transposed": (Asking("3-3-2", loss=SQUARED), 2),
    "gate-ignored": (Asking("2-2-1", "relu"), 1),
    "softmax-cross-terms-ignored": (Asking("2-2-3", "tanh", CLASSES), 1),
}
USUAL = (Asking("2-2-2"), 1)
OF_A_FILE = ("one-share-of-the-bias",)  # its layers share a bias
# Both squares are the same, and where they are not, a logarithm of a target of 0 is no number.
NOWHERE = ("target-and-prediction-exchanged",)
# About a table, an order of updates that shows in a second step alone, or what an optimizer keeps.
ELSEWHERE = ("input-scaled-otherwise", "hidden-weights-still-old", "updated-in-sequence")
OF_OPTIMIZERS = tuple(each.name for each in MISCONCEPTIONS if each.code >= "M509")
SOMEWHERE = [each.name for each in MISCONCEPTIONS if each.name not in (*NOWHERE, *ELSEWHERE, *OF_OPTIMIZERS)]
SHORT = ("bias-left-out", "gate-ignored", "path-left-out", "sign-of-the-error", "rate-left-out")


@cache
def planted(name: str) -> Exercise:
    if name in OF_A_FILE:
        return exercise(NOTES_222, seed=2, plant=name)
    what, seed = WHERE.get(name, USUAL)
    return exercise(what, seed=seed, plant=name)


def is_the_one_error(name: str) -> None:
    found = planted(name)
    marked = checked(found.markdown(Page.WRONG))
    [error] = marked.errors
    assert error.finding is not None
    assert error.finding.causes[0].misconception.name == name
    assert found.plant is not None
    assert error.finding.name == found.plant.quantity.written
    assert set(verdicts(found.markdown(Page.KEY))) <= {"right", "right by rounding"}
    assert found.plant.rule.title in found.markdown(Page.KEY)
    assert found.plant.rule.title not in found.markdown(Page.WRONG)


@pytest.mark.parametrize("name", SHORT)
def test_what_is_planted_is_found(name: str) -> None:
    is_the_one_error(name)


@pytest.mark.long
@pytest.mark.parametrize("name", SOMEWHERE)
def test_every_misconception_that_is_planted_is_found(name: str) -> None:
    is_the_one_error(name)


def test_one_of_an_optimizer(tmp_path: Path) -> None:
    path = tmp_path / "momentum.toml"
    path.write_text(NOTES_222.read_text("utf-8").replace("[training]", '[training]\noptimizer = "momentum"'), "utf-8")
    found = exercise(path, seed=1, plant="share-of-the-gradient")
    [error] = checked(found.markdown(Page.WRONG)).errors
    assert error.finding is not None
    assert error.finding.causes[0].misconception.name == "share-of-the-gradient"


def test_what_comes_after_follows_from_the_wrong_number() -> None:
    found = planted("bias-left-out")
    assert found.plant is not None
    lines = found.markdown(Page.WRONG).split("\n")
    first = next(n for n, line in enumerate(lines, 1) if line.startswith(f"- {found.plant.quantity.written} = "))
    marks = [each for each in checked(found.markdown(Page.WRONG)).marks if each.line > first]
    assert sum(each.verdict.value == "follows" for each in marks) > 5


def test_a_code_is_as_good_as_a_name() -> None:
    one, other = exercise(*USUAL[:1], seed=1, plant="M101"), planted("bias-left-out")
    assert one.markdown(Page.WRONG) == other.markdown(Page.WRONG)


def test_what_is_asked_for_decides_where_it_is_planted() -> None:
    found = exercise(Asking("2-2-1"), seed=1, part="update", plant="rate-left-out")
    assert found.plant is not None
    assert found.plant.quantity.written.endswith("_new")
    with pytest.raises(CannotPlant, match="WG1118"):
        exercise(Asking("1-1"), seed=1, part="update", plant="bias-left-out")


def test_a_solution_goes_on_from_what_was_written() -> None:
    chart = exercise(Asking("2-2-1", loss=HALF), seed=7).chart
    names = ("net_h1", "out_h1", "net_h2", "out_h2", "net_o1")
    order = [next(each for each in chart.every() if each.written == name) for name in names]
    work = working(chart, {})
    coarse, fine = (worked(work, order, rounding(1), from_rounded=way) for way in (True, False))
    assert [each.quantity.written for each in coarse] == list(names)
    assert [each.text for each in fine] == [f"{each.value:.1f}" for each in order]
    outs, weights = (coarse[1].value, coarse[3].value), {each.written: each.value for each in chart.every()}
    by_hand = outs[0] * weights["w5"] + outs[1] * weights["w6"] + weights["b3"]
    assert coarse[4].text == f"{by_hand:.1f}"


def test_a_place_shows_only_where_its_number_changes() -> None:
    found = exercise(*USUAL[:1], seed=1)
    rule = next(each for each in MISCONCEPTIONS if each.name == "bias-left-out")
    order = [each.quantity for each in found.task.asked]
    work = working(found.chart, {})
    right = worked(work, order, rounding(4))
    for each in plants(Scene(found.chart), [rule], order):
        wrong = worked(work, order, rounding(4), each.changed)
        at = order.index(each.quantity)
        off = abs(right[at].value - wrong[at].value)
        assert [one.text for one in right[:at]] == [one.text for one in wrong[:at]]
        assert shows(right, wrong, each, off - 1e-9)
        assert not shows(right, wrong, each, off + 1e-9)


def test_there_is_a_page_to_check_only_where_something_is_planted() -> None:
    assert exercise(Asking(*FEW[0]), seed=1).pages == (Page.SHEET, Page.KEY)
