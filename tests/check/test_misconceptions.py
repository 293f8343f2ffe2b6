"""Every misconception has all its words, changes a number of some small network, and is found back from it."""

from __future__ import annotations

import re
from functools import cache
from math import floor, log10, sqrt
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.check.marked import NOTES_222, network, scene, scene_after
from whygrad.check.judging.account import Account
from whygrad.check.judging.judge import Judge
from whygrad.check.judging.misconception import MISCONCEPTIONS
from whygrad.check.judging.scene import Scene
from whygrad.check.judging.verdict import Printed, Verdict
from whygrad.check.marking import mark
from whygrad.check.reading.notes import parse_notes
from whygrad.pipeline.papers import Remembering, Steps
from whygrad.spec import parse_experiment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.check.judging.misconception import Misconception, Mutant
    from whygrad.check.judging.quantities import Quantities, Quantity

CLASSES = """
[data]
target = "kind"
scale = "none"
[data.columns]
x1 = [0.5, 0.2, -0.7]
x2 = [-0.3, 0.9, 0.4]
kind = ["b", "a", "c"]
[network]
layers = "2 -> 2 tanh -> 3 softmax"
[training]
loss = "mean cross-entropy"
learning_rate = 0.1
seed = 4
batch_size = "per row"
order = "in order"
epochs = 1
"""
NETWORKS = (
    NOTES_222,
    network("2 -> 2 tanh -> 2", "sum half-squared-error", 2, 2),
    network("2 -> 2 relu -> 1 sigmoid", "sum squared-error", 2, 1),
    network("2 -> 3 sigmoid -> 3 sigmoid -> 2 tanh", "sum half-squared-error", 2, 2),
    network("2 -> 6 relu -> 2", "mean squared-error", 2, 2),
    network("2 -> 3 relu -> 2 sigmoid", "sum half-squared-error", 2, 2),
    CLASSES,
    *(
        network("2 -> 2 sigmoid -> 1", "sum half-squared-error", 2, 1, f"optimizer = {optimizer}")
        for optimizer in ('"momentum"', '"nesterov"', '{ name = "adam", epsilon = 0.01 }', '"adamw"', '"rmsprop"')
    ),
)


SCALED = """
[data]
target = "t"
scale = "standard"
[data.columns]
age = [20.0, 35.0, 50.0]
height = [170.0, 181.0, 165.0]
t = [0.2, 0.9, 0.4]
[network]
layers = "2 -> 2 sigmoid -> 1"
[training]
loss = "sum half-squared-error"
learning_rate = 0.1
seed = 4
batch_size = "per row"
order = "in order"
epochs = 1
"""


def test_there_are_at_least_thirty() -> None:
    assert len(MISCONCEPTIONS) >= 30
    for field in ("code", "name", "title"):
        assert len({getattr(each, field) for each in MISCONCEPTIONS}) == len(MISCONCEPTIONS)


@pytest.mark.parametrize("rule", MISCONCEPTIONS, ids=lambda rule: rule.name)
def test_each_has_its_words(rule: Misconception) -> None:
    assert re.fullmatch(r"M\d{3}", rule.code)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", rule.name)
    for words in (rule.title, rule.looks, rule.why, rule.right, rule.wrong_example, rule.right_example):
        assert len(words) >= 10
    assert not rule.title.endswith(".")
    assert all(words.endswith(".") for words in (rule.looks, rule.why, rule.right))
    assert rule.wrong_example != rule.right_example


# With targets of 0 and 1, the only ones that a cross-entropy takes here, the logarithm of a target is infinite or 0.
WITHOUT_A_NUMBER = ("target-and-prediction-exchanged",)


@pytest.mark.parametrize(
    "rule", [each for each in MISCONCEPTIONS if each.name not in WITHOUT_A_NUMBER], ids=lambda rule: rule.name
)
def test_each_is_found_back_from_its_number(rule: Misconception) -> None:
    """What it leads to is written for its quantity, with six digits, in the first step or the second: it is told."""
    for place in scenes():
        for quantity, mutant in planted(rule, place):
            wrong = Account(place.step, Remembering(), {}, {quantity: mutant.formula}).again(quantity)
            judge = Judge(place, Remembering(), MISCONCEPTIONS)
            true = judge.truth.value(quantity)
            if wrong != wrong or abs(wrong - true) <= 1e-3 * abs(true):
                continue
            places = 5 - floor(log10(abs(wrong))) if wrong else 6
            found = judge.judge(quantity, Printed(round(wrong, places), 0.5 * 10.0**-places))
            if found.verdict is Verdict.WRONG:
                assert rule.name in [each.misconception.name for each in found.causes]
                return
    pytest.fail("no network here on which it changes a number")


def scenes() -> Iterator[Scene]:
    """The first step of each network, then the second, in which optimizers remember something."""
    yield from map(scene, NETWORKS)
    yield from map(scene_after, NETWORKS)
    yield Scene(tabled("standard"))


@cache
def tabled(scale: str) -> Quantities:
    """A step that sees the first row of a table, scaled so."""
    step, _ = Steps()(parse_experiment(SCALED.replace("standard", scale), "table"), Path())
    return step


@pytest.mark.parametrize("scale", ["standard", "none"])
def test_an_input_in_another_scale_is_told(scale: str) -> None:
    """The net by what the table has where the network standardises, and by standardised numbers where it does not."""
    step = tabled(scale)
    known = {each.written: each.value for each in step.every()}
    raw, standardised = (20.0, 170.0), ((20 - 35) / sqrt(150), (170 - 172) / sqrt(134 / 3))
    own, other = (standardised, raw) if scale == "standard" else (raw, standardised)
    right, wrong = (known["w1"] * x1 + known["w2"] * x2 + known["b1"] for x1, x2 in (own, other))
    assert known["net_h1"] == pytest.approx(right)
    [mark_] = mark(parse_notes(f"net_h1 = {wrong:.4f}", "notes", list(known)), step, Remembering()).marks
    assert mark_.finding is not None
    assert mark_.verdict is Verdict.WRONG
    words = "as its table has it" if scale == "standard" else "standardised"
    first = mark_.finding.causes[0]
    assert (first.misconception.name, first.detail) == ("input-scaled-otherwise", f"age, height {words}")


def planted(rule: Misconception, place: Scene) -> Iterator[tuple[Quantity, Mutant]]:
    """The mutants of a misconception in a scene."""
    for quantity in place.quantities:
        for mutant in rule.mutants(place, quantity):
            yield quantity, mutant
