"""Schedules against PyTorch's, against figures worked out by hand, and between their ends."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from whygrad.graph import Input
from whygrad.primitive.schedule import SCHEDULES
from whygrad.run.interpreter import prepare

FRACTION = st.floats(0.0, 1.0)
RATE = st.floats(1e-6, 10.0)
LENGTH = st.integers(1, 12)


def rates(name: str, base: float, steps_per_epoch: int, epochs: int, **settings: float) -> list[float]:
    """The rate of every update, in order."""
    count = Input((), "count")
    rate = SCHEDULES[name](base, count, steps_per_epoch=steps_per_epoch, epochs=epochs, **settings)
    assert rate.shape == ()
    program = prepare([rate])
    return [float(program.run({count: float(k)})[program.slots[rate]]) for k in range(steps_per_epoch * epochs)]


def torchs_rates(kind: str, base: float, updates: int, every: int = 1, **arguments: Any) -> list[float]:
    """The same by PyTorch, whose scheduler is stepped after every so many updates."""
    torch = pytest.importorskip("torch", reason="PyTorch is what the schedules are compared with")
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=base)
    scheduler = getattr(torch.optim.lr_scheduler, kind)(optimizer, **arguments)
    found = []
    for k in range(updates):
        found.append(float(optimizer.param_groups[0]["lr"]))
        optimizer.step()
        if (k + 1) % every == 0 and k + 1 < updates:
            scheduler.step()
    return found


def close(expected: list[float]) -> Any:
    return pytest.approx(expected, rel=1e-12, abs=1e-15)


def test_constant_stays() -> None:
    assert rates("constant", 0.25, 2, 3) == [0.25] * 6


def test_step_changes_between_epochs_only() -> None:
    found = rates("step", 0.8, 2, 5, every_epochs=2, factor=0.5)
    assert found == [0.8, 0.8, 0.8, 0.8, 0.4, 0.4, 0.4, 0.4, 0.2, 0.2]


def test_cosine_is_halfway_in_the_middle_and_would_end_at_its_final_rate() -> None:
    assert rates("cosine", 1.0, 1, 4, final=0.2) == close([1.0, 0.6 + 0.4 * 0.5**0.5, 0.6, 0.6 - 0.4 * 0.5**0.5])


def test_warm_up_rises_in_equal_steps_and_stays() -> None:
    assert rates("warm-up", 2.0, 1, 6, warm_epochs=4, start=0.0) == close([0.0, 0.5, 1.0, 1.5, 2.0, 2.0])


def test_one_cycle_has_its_ends_and_its_peak_where_they_are_said_to_be() -> None:
    found = rates("one-cycle", 0.5, 10, 10, warm_fraction=0.3, start_divisor=25.0, final_divisor=1e4)
    assert found[0] == pytest.approx(0.02, rel=1e-12)
    assert found[29] == max(found) == pytest.approx(0.5, rel=1e-12)
    assert found[-1] == min(found) == pytest.approx(2e-6, rel=1e-9)


@given(RATE, st.integers(1, 4), LENGTH, st.integers(1, 5), st.floats(0.1, 1.0))
def test_step_is_pytorchs(base: float, steps_per_epoch: int, epochs: int, every_epochs: int, factor: float) -> None:
    found = rates("step", base, steps_per_epoch, epochs, every_epochs=every_epochs, factor=factor)
    updates = steps_per_epoch * epochs
    assert found == close(torchs_rates("StepLR", base, updates, steps_per_epoch, step_size=every_epochs, gamma=factor))


@given(RATE, st.integers(1, 4), LENGTH, FRACTION)
def test_cosine_is_pytorchs(base: float, steps_per_epoch: int, epochs: int, final: float) -> None:
    found = rates("cosine", base, steps_per_epoch, epochs, final=final)
    expected = torchs_rates(
        "CosineAnnealingLR", base, steps_per_epoch * epochs, steps_per_epoch, T_max=epochs, eta_min=base * final
    )
    # PyTorch multiplies rate after rate, which loses digits near an end at 0.
    assert found == pytest.approx(expected, rel=1e-12, abs=1e-12 * base)


@given(RATE, st.integers(1, 4), LENGTH, st.integers(1, 15), st.floats(0.001, 1.0))
def test_warm_up_is_pytorchs(base: float, steps_per_epoch: int, epochs: int, warm_epochs: int, start: float) -> None:
    found = rates("warm-up", base, steps_per_epoch, epochs, warm_epochs=warm_epochs, start=start)
    expected = torchs_rates(
        "LinearLR", base, steps_per_epoch * epochs, steps_per_epoch, start_factor=start, total_iters=warm_epochs
    )
    assert found == close(expected)


@given(RATE, st.integers(2, 60), FRACTION, st.floats(1.0, 50.0), st.floats(1.0, 1e5))
def test_one_cycle_is_pytorchs(base: float, updates: int, warm: float, start: float, final: float) -> None:
    assume(warm * updates != 1.0)  # a first phase that ends at the first update makes PyTorch divide by zero
    found = rates("one-cycle", base, 1, updates, warm_fraction=warm, start_divisor=start, final_divisor=final)
    expected = torchs_rates(
        "OneCycleLR",
        base,
        updates,
        max_lr=base,
        total_steps=updates,
        pct_start=warm,
        div_factor=start,
        final_div_factor=final,
        cycle_momentum=False,
    )
    assert found == pytest.approx(expected, rel=1e-12, abs=1e-12 * base)


@given(RATE, st.integers(1, 6), LENGTH, FRACTION, st.floats(1.0, 50.0), st.floats(1.0, 1e5))
def test_one_cycle_stays_between_its_ends_and_turns_once(
    base: float, steps_per_epoch: int, epochs: int, warm: float, start: float, final: float
) -> None:
    found = rates(
        "one-cycle", base, steps_per_epoch, epochs, warm_fraction=warm, start_divisor=start, final_divisor=final
    )
    assert all(base / start / final * (1 - 1e-9) - 1e-15 <= rate <= base * (1 + 1e-12) for rate in found)
    peak = found.index(max(found))
    assert found[: peak + 1] == sorted(found[: peak + 1])
    assert found[peak:] == sorted(found[peak:], reverse=True)


@given(RATE, st.integers(1, 4), LENGTH, FRACTION)
def test_cosine_falls_between_its_ends(base: float, steps_per_epoch: int, epochs: int, final: float) -> None:
    found = rates("cosine", base, steps_per_epoch, epochs, final=final)
    slack = 1e-12 * base
    assert found[0] == pytest.approx(base, rel=1e-12)
    assert all(base * final - slack <= rate <= base + slack for rate in found)
    assert all(later <= earlier + slack for earlier, later in pairwise(found))


@given(RATE, st.integers(1, 4), LENGTH, st.integers(1, 15), FRACTION)
def test_warm_up_rises_between_its_ends(
    base: float, steps_per_epoch: int, epochs: int, warm_epochs: int, start: float
) -> None:
    found = rates("warm-up", base, steps_per_epoch, epochs, warm_epochs=warm_epochs, start=start)
    slack = 1e-12 * base
    assert found[0] == pytest.approx(base * start, rel=1e-12)
    assert all(earlier <= later + slack for earlier, later in pairwise(found))
    assert found[-1] <= base + slack
    if epochs > warm_epochs:
        assert found[-1] == pytest.approx(base, rel=1e-12)


@pytest.mark.parametrize(
    ("name", "settings"),
    [
        ("constant", {}),
        ("step", {"every_epochs": 2, "factor": 0.5}),
        ("cosine", {"final": 0.0}),
        ("warm-up", {"warm_epochs": 3, "start": 0.0}),
        ("one-cycle", {"warm_fraction": 0.3, "start_divisor": 25.0, "final_divisor": 1e4}),
    ],
)
def test_a_training_of_no_epochs_has_a_schedule_all_the_same(name: str, settings: dict[str, float]) -> None:
    """An experiment may ask for 0 epochs, to see the network as drawn; its graph is built nevertheless."""
    assert rates(name, 0.1, 4, 0, **settings) == []
