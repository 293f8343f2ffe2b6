"""Different seeds, the same difficulty; numbers that are good to calculate with."""

from __future__ import annotations

import math

import pytest

from tests.exercise.sheets import FEW, MORE, Case, answers, of_sizes
from whygrad.exercise.friendly import BANDS, UNITS, closed
from whygrad.exercise.task import Kind
from whygrad.pipeline.exercising import Asking, Page, exercise

SEEDS = range(3)


def shape(case: Case, seed: int) -> tuple[object, ...]:
    """What makes an exercise hard: what is asked, how exactly, how many are negative, how many units are closed."""
    found = of_sizes(*case, seed)
    weights = [each.value for each in found.experiment.network.weights.values()]
    zeros = sum(float(value) == 0 for value in answers(found).values())
    negative = sum(value < 0 for value in weights if value is not None)
    return tuple(answers(found)), found.digits, len(weights), negative, zeros


@pytest.mark.parametrize("case", FEW, ids=str)
def test_every_seed_is_as_hard_as_any_other(case: Case) -> None:
    assert len({shape(case, seed) for seed in SEEDS}) == 1
    assert len({tuple(answers(of_sizes(*case, seed)).values()) for seed in SEEDS}) == len(SEEDS)


@pytest.mark.long
@pytest.mark.parametrize("case", MORE, ids=str)
def test_many_seeds_are_as_hard_as_each_other(case: Case) -> None:
    assert len({shape(case, seed) for seed in range(12)}) == 1
    for seed in range(12):
        given_is_friendly(case, seed)
        computed_is_within_its_band(case, seed)


@pytest.mark.parametrize("case", FEW, ids=str)
def test_what_is_given_has_few_decimals_and_different_sizes(case: Case) -> None:
    for seed in SEEDS:
        given_is_friendly(case, seed)
        computed_is_within_its_band(case, seed)


def given_is_friendly(case: Case, seed: int) -> None:
    found = of_sizes(*case, seed)
    weights = [each.value for each in found.experiment.network.weights.values() if each.value is not None]
    inputs = [each.quantity.value for each in found.task.given_of(Kind.INPUT)]
    assert all(round(each, 2) == each and each for each in weights + inputs)
    sizes = [abs(each) for each in weights + inputs]
    assert len(set(sizes)) == len(sizes)
    assert found.experiment.training.learning_rate not in sizes


def computed_is_within_its_band(case: Case, seed: int) -> None:
    found = of_sizes(*case, seed)
    values = [float(value) for value in answers(found).values()]
    for each, value in zip(found.task.asked, values, strict=True):
        if value == 0.0:
            assert each.kind in (Kind.OUT, Kind.GRADIENT)
        elif each.kind in BANDS:
            assert BANDS[each.kind].holds(value), (each.quantity.written, value)
            assert each.kind is not Kind.GRADIENT or abs(value) >= UNITS * 10.0**-found.digits


def test_of_relu_units_as_many_are_closed() -> None:
    assert [closed(units) for units in (1, 2, 3, 6)] == [0, 1, 1, 2]
    for seed in range(6):
        outs = {name: value for name, value in answers(of_sizes(*FEW[1], seed)).items() if name.startswith("out_h")}
        assert sum(float(value) == 0 for value in outs.values()) == 1


def test_the_forward_pass_is_that_of_a_pocket_calculator() -> None:
    """Worked out here with nothing but Python's own numbers, rounded as on paper."""
    found = exercise(Asking("2-2-1"), seed=7)
    weights = {name: each.value or 0.0 for name, each in found.experiment.network.weights.items()}
    columns = found.experiment.data.columns or {}
    x1, x2 = (float(columns[name][0] or 0) for name in ("x1", "x2"))
    nets = [
        round(x1 * weights[f"w{first}"] + x2 * weights[f"w{first + 1}"] + weights[f"b{unit}"], 4)
        for unit, first in ((1, 1), (2, 3))
    ]
    outs = [round(1 / (1 + math.exp(-net)), 4) for net in nets]
    last = round(outs[0] * weights["w5"] + outs[1] * weights["w6"] + weights["b3"], 4)
    shown = answers(found)
    assert [shown[name] for name in ("net_h1", "net_h2", "out_h1", "out_h2", "net_o1", "out_o1")] == [
        f"{value:.4f}" for value in (*nets, *outs, last, 1 / (1 + math.exp(-last)))
    ]


def test_the_same_seed_gives_the_same_exercise() -> None:
    one, other = exercise(Asking("2-2-1"), seed=3), exercise(Asking("2-2-1"), seed=3)
    assert one.markdown(Page.KEY) == other.markdown(Page.KEY)
    assert one.markdown(Page.KEY) != exercise(Asking("2-2-1"), seed=4).markdown(Page.KEY)
