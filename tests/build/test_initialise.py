"""First values: distributions have the moments they promise, matrices the shape, and Python's draws their order."""

from __future__ import annotations

from math import sqrt
from random import Random
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from whygrad import Dense, Network
from whygrad.build import initial_values, plan_network
from whygrad.spec import (
    ConstantValue,
    Glorot,
    He,
    Initialiser,
    Normal,
    Orthogonal,
    PythonRandom,
    Uniform,
    Zeros,
)

FAN_IN, UNITS = 200, 300


def drawn(initialiser: Initialiser, fan_in: int = FAN_IN, units: int = UNITS, seed: int = 0) -> NDArray[np.float64]:
    """The weights (inputs, units) of a layer."""
    network = Network(layers=f"{fan_in} -> {units}", initialiser=initialiser)
    return np.asarray(values(network, fan_in, units, seed)["output.W"])


def values(network: Network, features: int, outputs: int, seed: int = 0) -> dict[str, Any]:
    plan = plan_network(network, tuple(f"x{i}" for i in range(features)), tuple(f"y{i}" for i in range(outputs)))
    return dict(initial_values(plan, lambda: np.random.default_rng(seed), seed))


def test_zeros_and_constants() -> None:
    assert not drawn(Zeros()).any()
    assert (drawn(ConstantValue(-0.3)) == -0.3).all()


MOMENTS: list[tuple[Initialiser, float, float]] = [
    (Uniform(-1.0, 3.0), 1.0, 4 / sqrt(12)),
    (Normal(0.5, 2.0), 0.5, 2.0),
    (Glorot("uniform"), 0.0, sqrt(2 / (FAN_IN + UNITS))),
    (Glorot("normal"), 0.0, sqrt(2 / (FAN_IN + UNITS))),
    (He("uniform"), 0.0, sqrt(2 / FAN_IN)),
    (He("normal"), 0.0, sqrt(2 / FAN_IN)),
]


@pytest.mark.parametrize(("initialiser", "mean", "deviation"), MOMENTS, ids=str)
def test_mean_and_deviation(initialiser: Initialiser, mean: float, deviation: float) -> None:
    """60,000 draws: the mean is within five standard errors, the deviation within two per cent."""
    found = drawn(initialiser)
    assert found.mean() == pytest.approx(mean, abs=5 * deviation / sqrt(found.size))
    assert found.std() == pytest.approx(deviation, rel=0.02)


@pytest.mark.parametrize(
    ("initialiser", "limit"),
    [
        (Uniform(-0.25, 0.25), 0.25),
        (Glorot("uniform"), sqrt(6 / (FAN_IN + UNITS))),
        (He("uniform"), sqrt(6 / FAN_IN)),
    ],
    ids=str,
)
def test_even_draws_reach_their_limits_and_stay_inside(initialiser: Initialiser, limit: float) -> None:
    size = np.abs(drawn(initialiser)).max()
    assert 0.99 * limit < size <= limit


def test_normal_draws_have_tails() -> None:
    found = drawn(He("normal"))
    assert np.abs(found).max() > 3 * found.std()


@pytest.mark.parametrize(("fan_in", "units"), [(7, 7), (9, 4), (4, 9), (1, 5), (5, 1)])
def test_orthogonal(fan_in: int, units: int) -> None:
    """The fewer of rows and columns are orthonormal, times the gain."""
    matrix = drawn(Orthogonal(gain=3.0), fan_in, units)
    product = matrix.T @ matrix if fan_in >= units else matrix @ matrix.T
    assert product == pytest.approx(9.0 * np.eye(min(fan_in, units)), abs=1e-12)


def test_python_random_draws_unit_by_unit_then_the_biases_layer_by_layer() -> None:
    network = Network(
        layers="2 -> 3 relu -> 1", initialiser=PythonRandom(), bias_initialiser=PythonRandom(low=0.0, high=2.0)
    )
    found = values(network, 2, 1, seed=11)
    draw = Random(11)
    assert found["hidden.W"].T.tolist() == [[draw.uniform(-1, 1) for _ in range(2)] for _ in range(3)]
    assert found["hidden.b"].tolist() == [draw.uniform(0, 2) for _ in range(3)]
    assert found["output.W"].T.tolist() == [[draw.uniform(-1, 1) for _ in range(3)]]
    assert found["output.b"].tolist() == [draw.uniform(0, 2)]


def test_the_seed_decides() -> None:
    assert np.array_equal(drawn(He(), 3, 4, seed=1), drawn(He(), 3, 4, seed=1))
    assert not np.array_equal(drawn(He(), 3, 4, seed=1), drawn(He(), 3, 4, seed=2))


def test_normalisations_start_by_changing_nothing() -> None:
    found = values(Network(layers="3 -> layer-norm -> batch-norm -> 1", initialiser=He()), 3, 1)
    assert {name: array.tolist() for name, array in found.items() if name.startswith("norm")} == {
        "norm1.gain": [1, 1, 1],
        "norm1.shift": [0, 0, 0],
        "norm2.gain": [1, 1, 1],
        "norm2.shift": [0, 0, 0],
        "norm2.mean": [0, 0, 0],
        "norm2.variance": [1, 1, 1],
    }


def test_a_layer_may_be_drawn_in_its_own_way() -> None:
    layers = (Dense(2, "relu", initialiser=ConstantValue(0.1), bias_initialiser=ConstantValue(0.2)), Dense(1))
    found = values(Network(layers=layers, inputs=("x0", "x1"), initialiser=Zeros()), 2, 1)
    assert (found["hidden.W"] == 0.1).all()
    assert (found["hidden.b"] == 0.2).all()
    assert not found["output.W"].any()
