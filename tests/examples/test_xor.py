"""XOR: the printed losses and predictions, the boundary while it bends, and what happens without the bend."""

from __future__ import annotations

from random import Random
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.examples.trained import figures, trained

CORNERS = [[0, 0], [0, 1], [1, 0], [1, 1]]
AXIS = np.linspace(0, 1, 21)
SQUARE = np.array([(x, y) for x in AXIS for y in AXIS])


def over_the_square(epoch: int) -> NDArray[Any]:
    """What the network said at the start of an epoch over the unit square, (21, 21)."""
    return np.asarray(trained("xor").at(epoch).predict(SQUARE).outputs.reshape(21, 21))


def flatness(values: NDArray[Any]) -> float:
    """How much of the surface a plane explains: 1 for a plane."""
    plane = np.column_stack([SQUARE, np.ones(len(SQUARE))])
    left = values.ravel() - plane @ np.linalg.lstsq(plane, values.ravel(), rcond=None)[0]
    return 1 - float(left.var() / values.var())


def test_the_losses_that_are_printed() -> None:
    printed = {0: 4.6972, 20: 0.5956, 40: 0.0763, 60: 0.0026, 80: 0.0000}
    assert figures(trained("xor"), "loss", printed) == pytest.approx(list(printed.values()), abs=5e-5)


def test_it_ends_with_the_four_answers() -> None:
    run = trained("xor")
    assert len(run.history) == 3001
    assert run.predict(CORNERS).outputs[:, 0] == pytest.approx([0, 1, 1, 0], abs=5e-4)


def test_the_weights_are_drawn_in_the_order_of_the_tutorial() -> None:
    draw = Random(7)
    hidden = [[draw.uniform(-1, 1) for _ in range(2)] for _ in range(8)]
    hidden_biases = [draw.uniform(-1, 1) for _ in range(8)]
    output = [draw.uniform(-1, 1) for _ in range(8)]
    start = trained("xor").at(0)
    assert start["hidden.W"].T.tolist() == hidden
    assert start["hidden.b"].tolist() == hidden_biases
    assert start["output.W"][:, 0].tolist() == output
    assert start["output.b"].tolist() == [draw.uniform(-1, 1)]


def test_the_boundary_starts_as_a_flat_ramp() -> None:
    start = over_the_square(0)
    assert flatness(start) > 0.98
    assert (np.diff(start.diagonal()) > 0).all()
    assert start.max() < 0.5  # so that every corner is said to be 0


def test_the_boundary_bends_by_epoch_40() -> None:
    bent = over_the_square(40)
    assert flatness(bent) < 0.1
    corners = bent[[0, 0, -1, -1], [0, -1, 0, -1]]
    assert (corners > 0.5).tolist() == [False, True, True, False]
    assert np.abs(corners - [0, 1, 1, 0]).max() > 0.05


def test_the_boundary_is_wrapped_around_two_corners_at_epoch_3000() -> None:
    """Both zeros lie in pockets of their own: the ridge between the ones parts them."""
    wrapped = over_the_square(3000)
    assert wrapped[[0, 0, -1, -1], [0, -1, 0, -1]] == pytest.approx([0, 1, 1, 0], abs=5e-4)
    assert (np.fliplr(wrapped).diagonal() > 0.5).all()
    assert wrapped[:3, :3].max() < 0.5
    assert wrapped[-3:, -3:].max() < 0.5


def test_without_the_activation_it_stays_unsolved() -> None:
    run = trained("xor-linear")
    assert len(run.history) == 3001
    outputs = run.predict(CORNERS).outputs[:, 0]
    assert outputs == pytest.approx([0.5] * 4, abs=0.05)
    assert min(figures(run, "loss", range(1000, 3001))) > 1.0  # a plane's best: 0.25 for each corner


def test_without_the_activation_the_network_is_a_plane() -> None:
    model = trained("xor-linear").model
    one = model["hidden.W"] @ model["output.W"]
    bias = model["hidden.b"] @ model["output.W"] + model["output.b"]
    assert model.predict(SQUARE).outputs == pytest.approx(SQUARE @ one + bias, abs=1e-12)
