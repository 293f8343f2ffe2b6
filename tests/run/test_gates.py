"""What a shut gate skips: the numbers stay those of the interpreter, and nothing that is not finite is hidden."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from msgspec.structs import replace

from tests.asked import asked
from whygrad import Data, train
from whygrad.code.identifier import Identifiers
from whygrad.errors.run import NotFinite
from whygrad.graph import Apply, Input, State, constant
from whygrad.primitive import exp, greater, where
from whygrad.run.fast.numbers.gates import Shut
from whygrad.run.fast.numbers.order import Line, ordered
from whygrad.run.fast.numbers.straight import Same, Straight
from whygrad.spec import Adam, Toy

if TYPE_CHECKING:
    from whygrad import Experiment
    from whygrad.graph import Expr
    from whygrad.run import Position

XOR = Data(toy=Toy("xor"))
BY_ROW: dict[str, Any] = {"data": XOR, "batch_size": "per row", "order": "in order", "loss": "sum squared-error"}
GATED = {
    "one layer": asked("2 -> 8 relu -> 1", learning_rate=0.1, epochs=25, **BY_ROW),
    "two layers": asked("2 -> 4 relu -> 3 relu -> 2 relu -> 1", learning_rate=0.05, epochs=25, **BY_ROW),
    "one unit": asked("2 -> 1 relu -> 1 relu -> 1", learning_rate=0.05, epochs=25, **BY_ROW),
    "all rows": asked("2 -> 4 relu -> 1", learning_rate=0.1, epochs=100, **{**BY_ROW, "batch_size": "all"}),
    "decay": asked("2 -> 4 relu -> 3 relu -> 1", learning_rate=0.05, epochs=25, l2=0.01, **BY_ROW),
    "adam": asked("2 -> 4 relu -> 1", learning_rate=0.05, epochs=25, optimizer=Adam(), **BY_ROW),
}


def straight_of(experiment: Experiment) -> tuple[Straight, Position, Any]:
    """The code that trains it, where it starts, and the rows of every epoch."""
    run = train(replace(experiment, training=replace(experiment.training, epochs=0)), engine="python")
    straight = run.set_up.job.engine.straight
    assert isinstance(straight, Straight)
    return straight, run.position, run.set_up.job.always[0]


@pytest.mark.parametrize("name", GATED)
@pytest.mark.parametrize("seed", range(3))
def test_a_hundred_updates_are_those_of_the_interpreter(name: str, seed: int) -> None:
    experiment = replace(GATED[name], training=replace(GATED[name].training, seed=seed))
    plain, fast = (train(experiment, engine=engine) for engine in ("interpreter", "python"))
    assert "if net_" in fast.set_up.job.engine.source()
    for key, value in plain.position.states.items():
        np.testing.assert_allclose(fast.position.states[key], value, rtol=1e-12, atol=1e-12)
    for column in plain.history.columns:
        mine, theirs = (np.array(run.history.column(column), np.float64) for run in (fast, plain))
        np.testing.assert_allclose(mine, theirs, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("layers", ["2 -> 4 relu -> 1", "2 -> 3 relu -> 3 relu -> 1", "2 -> 1 relu -> 2 relu -> 1"])
@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("rate", [3.0, 1e60, 1e170])
def test_what_runs_away_is_named_as_by_the_interpreter(layers: str, seed: int, rate: float) -> None:
    """By the interpreter, at the same place: as if no gate had been there."""
    experiment = asked(layers, learning_rate=rate, epochs=40, seed=seed, **BY_ROW)
    faults = []
    for engine in ("interpreter", "python"):
        with warnings.catch_warnings(action="ignore"):
            fault = train(experiment, engine=engine).fault
        faults.append(isinstance(fault, NotFinite) and (fault.epoch, fault.batch, fault.node))
    assert faults[0] == faults[1]


def changed_by(factor: Expr, weight: State, x: Expr) -> Shut:
    """A weight from which something is taken, times a factor, where x is positive; the factor is in no figure."""
    after: dict[Expr, Expr] = {weight: weight - factor * where(greater(x, 0.0), x, 0.0)}
    return Shut((x,), after, ())


def test_a_factor_that_would_not_show_keeps_its_product_from_being_skipped() -> None:
    """Infinity times nothing is no number, which the weight would have been."""
    weight, other, x = State((), "w"), State((), "v"), Input((), "x")
    assert changed_by(x, weight, x).changes
    assert changed_by(constant(2.0), weight, x).changes
    assert changed_by(weight, weight, x).changes, "a weight that is infinite stays so, and is seen after the epoch"
    assert not changed_by(exp(x), weight, x).changes
    assert not changed_by(other, weight, x).changes


def test_a_factor_shows_in_a_figure_that_it_always_makes_infinite() -> None:
    weight, x = State((), "w"), Input((), "x")
    factor = exp(x)
    after: dict[Expr, Expr] = {weight: weight - factor * where(greater(x, 0.0), x, 0.0)}
    figure, blind = factor * factor + x, 1.0 / (factor + x)
    assert isinstance(figure, Apply)
    assert Shut((figure,), after, (figure,)).changes
    assert not Shut((blind,), after, (blind,)).changes, "one divided by infinity looks well"


def test_rows_that_are_not_finite_are_left_to_the_interpreter() -> None:
    straight, position, rows = straight_of(GATED["one layer"])
    spoilt = rows.copy()
    spoilt[1, 0] = np.inf
    assert straight.run(position.states, Same(rows, 3)).finite() == 3
    assert straight.run(position.states, Same(spoilt, 3)).finite() == 0


def test_states_between_two_that_were_kept_are_computed_again() -> None:
    straight, position, rows = straight_of(GATED["one layer"])
    each, few = (straight.run(position.states, Same(rows, 11), apart) for apart in (1, 4))
    assert (len(each.marks), len(few.marks)) == (12, 3)
    for number in range(11):
        for name, value in each.states(number).items():
            assert np.array_equal(few.states(number)[name], value), (number, name)


def test_of_two_states_that_change_each_other_one_is_set_aside() -> None:
    lines = [
        Line("a = a + b", frozenset("ab"), "a"),
        Line("b = b - a", frozenset("ab"), "b", "x > 0"),
        Line("c = a", frozenset("a"), "c"),
    ]
    text = ordered(lines, {"a", "b"}, Identifiers())
    for x in (0, 1):
        space = {"a": 1, "b": 2, "x": x}
        exec("\n".join(text), space)  # noqa: S102 (our own text)
        assert (space["a"], space["b"], space["c"]) == (3, 2 - x, 1)
