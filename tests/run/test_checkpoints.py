"""How many positions a run remembers: evenly spread, few, and fewer still when they are large."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from whygrad.run import Checkpoints, Position
from whygrad.run import checkpoints as module


def position(epoch: int, numbers: int = 1) -> Position:
    return Position(epoch, {"w": np.zeros(numbers)})


@pytest.mark.parametrize("epochs", [0, 1, 31, 32, 33, 1000, 3001])
def test_few_and_evenly_spread(epochs: int) -> None:
    kept = Checkpoints(position(0))
    for epoch in range(1, epochs + 1):
        kept.add(position(epoch))
    at = sorted(kept.positions)
    assert at[0] == 0
    assert len(at) <= module.KEPT_AT_MOST
    assert {after - before for before, after in itertools.pairwise(at)} <= {kept.every}
    assert kept.last.epoch == epochs
    assert epochs - at[-1] < kept.every


def test_large_states_leave_room_for_fewer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BYTES_AT_MOST", 5 * 800)
    kept = Checkpoints(position(0, 100))
    for epoch in range(1, 100):
        kept.add(position(epoch, 100))
    assert 2 <= len(kept.positions) <= 5


def test_states_larger_than_all_the_room_leave_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BYTES_AT_MOST", 10)
    kept = Checkpoints(position(0, 100))
    for epoch in range(1, 20):
        kept.add(position(epoch, 100))
    assert list(kept.positions) == [0]
    assert kept.last.epoch == 19


def test_states_that_stay_while_others_go_are_no_parts_of_what_went() -> None:
    trail = np.arange(100.0).reshape(100, 1)
    kept = Checkpoints(position(0))
    for epoch in range(1, 100):
        kept.add(Position(epoch, {"w": trail[epoch]}))
    for epoch, each in [*kept.positions.items()][1:]:
        assert each.states["w"] == trail[epoch]
        assert each.states["w"].base is None
        assert not each.states["w"].flags.writeable
