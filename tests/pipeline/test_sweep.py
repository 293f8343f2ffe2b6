"""Many networks at once: each ends as it does when it is trained by itself, and what is counted is true."""

from __future__ import annotations

from dataclasses import replace as replaced
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from msgspec.structs import replace

from tests.asked import asked
from whygrad import Data, train
from whygrad.errors.run import EngineMissing, EngineUnfit
from whygrad.errors.sweep import NothingDrawn, NothingHidden, NothingToTrain, TooManyNetworks, TwiceInList
from whygrad.pipeline import sweep_lot
from whygrad.pipeline.flock import HOWS, of_seed
from whygrad.pipeline.sweep import Fates, Grid, Progress, Setting, Swept, lots_of, prepared, sweep, with_hidden
from whygrad.pipeline.sweep_lot import MOST_AT_ONCE, Lot, Plan, pays
from whygrad.pipeline.swept import as_csv, asked_in_words, counted, criterion, named, networks, structure
from whygrad.run import choice
from whygrad.run.choice import Work
from whygrad.run.fast import abreast
from whygrad.run.fast.compiled import functions_of
from whygrad.spec import Experiment, Split, Toy, read_experiment

if TYPE_CHECKING:
    from collections.abc import Callable

EXAMPLES = Path(__file__).parents[2] / "examples"
XOR_DATA = Data(toy=Toy("xor"))
STICKS = read_experiment(EXAMPLES / "xor-sticks.toml")
CLASSES = asked("2 -> 3 tanh -> 1 sigmoid", data=XOR_DATA, learning_rate=4.0, batch_size="all", order="in order")
PAIRS = replace(CLASSES, training=replace(CLASSES.training, batch_size=2, order="shuffled", learning_rate=2.0))
ENGINES = ("numpy", "compiled")


@pytest.fixture(autouse=True)
def by_python(monkeypatch: pytest.MonkeyPatch) -> None:
    """What would be compiled is run by Python: the same lines, no compiler."""
    monkeypatch.setattr(abreast, "compiled", run_by_python)
    monkeypatch.setattr(sweep_lot, "can_compile", lambda: True)


def run_by_python(text: str, function: str, _inner: object, *, may_fuse: bool) -> Callable[..., Any]:
    """The generated code, as quiet about infinity as a machine is."""
    assert may_fuse
    made: Callable[..., Any] = functions_of(text)[function]
    return np.errstate(all="ignore")(made)


def swept(experiment: Experiment, seeds: int = 6, **more: Any) -> Swept:
    return sweep(Grid(experiment, EXAMPLES, seeds, **more))


def alone(experiment: Experiment, setting: Setting, seed: int, epochs: int) -> tuple[list[float], list[float]]:
    """Losses and accuracies of each epoch, as `whygrad train` has them."""
    known = of_seed(with_hidden(experiment, setting.hidden), seed)
    training = replace(known.training, epochs=epochs, learning_rate=setting.learning_rate, stop_below=None)
    history = train(replace(known, training=training), engine="interpreter").history
    right = history.column("accuracy") if "accuracy" in history.columns else [0.0] * len(history)
    return [float(each or 0.0) for each in history.column("loss")], [float(each or 0.0) for each in right]


def assert_true(experiment: Experiment, found: Swept) -> None:
    """Each network ended when and how it does by itself, at the same loss."""
    for setting, fates in found.fates.items():
        for place in range(found.grid.seeds):
            losses, right = alone(experiment, setting, found.first + place, found.epochs)
            solved = [loss < found.goal or share == 1.0 for loss, share in zip(losses, right, strict=True)]
            if found.classes:
                solved = [share == 1.0 for share in right]
            wanted = ("solved", solved.index(True) + 1) if any(solved) else ("stuck", found.epochs)
            assert (HOWS[fates.how[place]], fates.epochs[place]) == wanted
            assert fates.loss[place] == pytest.approx(losses[fates.epochs[place] - 1], rel=1e-9)


@pytest.mark.parametrize("engine", ENGINES)
def test_numbers_are_solved_below_a_loss(engine: str) -> None:
    found = swept(STICKS, 5, hidden=(2, 3), learning_rates=(0.05, 0.1), epochs=60, goal=0.3, engine=engine, first=4)
    assert list(found.fates) == [Setting(2, 0.05), Setting(2, 0.1), Setting(3, 0.05), Setting(3, 0.1)]
    assert found.engines == (engine,)
    assert {how for fates in found.fates.values() for how in fates.how.tolist()} == {0, 1}
    assert_true(STICKS, found)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("experiment", [CLASSES, PAIRS], ids=["all rows", "shuffled pairs"])
def test_classes_are_solved_when_every_row_is_right(experiment: Experiment, engine: str) -> None:
    found = swept(experiment, 5, epochs=40, engine=engine)
    assert found.classes
    (fates,) = found.fates.values()
    assert set(fates.how.tolist()) == {0, 1}
    assert_true(experiment, found)


def test_rows_that_a_seed_holds_out_are_those_of_the_seed() -> None:
    experiment = asked("2 -> 2 tanh -> 1 sigmoid", split=Split(validation=0.25))
    found = swept(experiment, 3, epochs=3)
    assert found.engines == ("numpy",)
    assert_true(experiment, found)


@pytest.mark.parametrize("engine", ENGINES)
def test_what_runs_away_is_counted_as_diverged(engine: str) -> None:
    linear = replace(STICKS, network=replace(STICKS.network, layers="2 -> 2 -> 1"))
    found = swept(linear, 4, learning_rates=(0.01, 5.0), epochs=30, engine=engine)
    calm, wild = found.fates.values()
    assert set(calm.how.tolist()) == {1}
    assert set(wild.how.tolist()) == {2}
    assert (wild.epochs < 30).all()


@pytest.mark.parametrize("engine", ENGINES)
def test_weights_that_are_infinite_count_though_the_loss_before_was_not(engine: str) -> None:
    """Those of the first seed are only very large after one update."""
    found = swept(STICKS, 3, learning_rates=(1e308,), epochs=5, engine=engine)
    (fates,) = found.fates.values()
    assert (fates.how.tolist(), fates.epochs.tolist()) == ([2, 2, 2], [2, 1, 1])


def test_the_engines_agree_on_when_a_network_ran_away() -> None:
    linear = replace(STICKS, network=replace(STICKS.network, layers="2 -> 2 -> 1"))
    one, other = (swept(linear, 6, learning_rates=(5.0,), epochs=30, engine=engine) for engine in ENGINES)
    for mine, theirs in zip(one.fates.values(), other.fates.values(), strict=True):
        assert mine.epochs.tolist() == theirs.epochs.tolist()


def test_all_rows_at_once_need_no_order() -> None:
    """Shuffling them is another order of sums, so such networks are trained as if it were one."""
    shuffled = replace(CLASSES, training=replace(CLASSES.training, order="shuffled"))
    one, other = swept(CLASSES, 4, epochs=20), swept(shuffled, 4, epochs=20)
    for mine, theirs in zip(one.fates.values(), other.fates.values(), strict=True):
        assert (mine.epochs.tolist(), mine.loss.tolist()) == (theirs.epochs.tolist(), theirs.loss.tolist())


def test_it_is_told_how_far_it_is() -> None:
    heard: list[tuple[int, int]] = []
    found = sweep(Grid(STICKS, EXAMPLES, 40, epochs=30, goal=0.3), lambda now: heard.append((now.ended, now.done)))
    assert heard[-1] == (40, 40 * 30)
    assert heard == sorted(heard)
    assert found.first == 0


def test_networks_are_trained_in_lots_so_that_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    grid = Grid(STICKS, EXAMPLES, 5_000, learning_rates=(0.1, 0.2), engine="numpy")
    plan = Plan.of(prepared(grid), grid, 0)
    sizes = [len(lot.members) for lot in lots_of(grid, None, plan, 0)]
    assert sum(sizes) == 10_000
    assert max(sizes) <= MOST_AT_ONCE
    monkeypatch.setattr("whygrad.pipeline.sweep.cores", lambda: 4)
    few = Grid(STICKS, EXAMPLES, 100, engine="numpy")
    assert [len(lot.members) for lot in lots_of(few, None, plan, 0)] == [32, 32, 32, 4]


def test_somebody_who_stops_it_does_not_wait_for_the_end() -> None:
    grid = Grid(STICKS, EXAMPLES, 3, engine="numpy")
    halt = Event()
    halt.set()
    assert Lot(Plan.of(prepared(grid), grid, 0), None, ((0.05, 0),)).train(Progress(1, 3_000), 0.01, halt) == []


def test_every_hidden_layer_gets_the_units() -> None:
    deep = asked("2 -> 8 relu -> dropout 0.1 -> residual(8 tanh) -> 8 -> 1 sigmoid")
    layers: Any = with_hidden(deep, 3).network.layers
    assert [getattr(each, "units", None) for each in layers] == [3, None, None, 3, 1]
    assert layers[2].layers[0].units == 3
    assert with_hidden(deep, None) is deep


def test_what_nobody_says_is_as_the_experiment_has_it() -> None:
    training = replace(STICKS.training, seed=11, epochs=7, stop_below=0.5)
    found = swept(replace(STICKS, training=training), 3)
    assert (found.first, found.epochs, found.goal) == (11, 7, 0.5)
    assert list(found.fates) == [Setting(None, 0.05)]


def test_compiling_pays_where_there_is_much_to_do() -> None:
    grid = Grid(STICKS, EXAMPLES, 10, engine="numpy")
    plan = Plan.of(prepared(grid), grid, 0)
    assert not pays(replaced(plan, work=Work(nodes=60, operations=300, updates=300)), 10, kept=False)
    assert pays(plan, 200, kept=False)
    long = replaced(plan, work=Work(nodes=60, operations=8_000, updates=1_000))
    assert not pays(long, 1_000, kept=False)
    assert pays(long, 1_000, kept=True)
    assert pays(replaced(long, weights_only=False), 3_000, kept=False)


def test_refusals_say_what_is_wrong() -> None:
    given = read_experiment(EXAMPLES / "students.toml")
    cases: list[tuple[type[Exception], Experiment, dict[str, Any]]] = [
        (NothingHidden, read_experiment(EXAMPLES / "students.toml"), {"hidden": (2,), "seeds": 1}),
        (TooManyNetworks, STICKS, {"seeds": 30_000_000}),
        (NothingDrawn, given, {"seeds": 2}),
        (NothingToTrain, STICKS, {"epochs": 0}),
        (TwiceInList, STICKS, {"learning_rates": (0.1, 0.1)}),
        (EngineUnfit, STICKS, {"engine": "python"}),
        (EngineUnfit, asked("2 -> 4 relu -> dropout 0.5 -> 1 sigmoid"), {"engine": "compiled"}),
    ]
    for kind, experiment, more in cases:
        with pytest.raises(kind):
            swept(experiment, **more)


def test_without_the_extra_numpy_does_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweep_lot, "can_compile", lambda: False)
    assert swept(STICKS, 2, epochs=3).engines == ("numpy",)
    monkeypatch.setattr(choice, "has_jax", lambda: False)
    for engine in ("compiled", "jax"):
        with pytest.raises(EngineMissing):
            swept(STICKS, 2, epochs=3, engine=engine)


def found_before() -> Swept:
    """A sweep as if it had been: of five networks at each of two rates, two and none solved it."""
    grid = Grid(STICKS, EXAMPLES, 5, learning_rates=(0.1, 0.2))
    fates = {
        Setting(None, 0.1): Fates(
            np.array([0, 1, 0, 1, 1], np.int8), np.array([10, 50, 30, 50, 50], np.int32), np.ones(5)
        ),
        Setting(None, 0.2): Fates(
            np.array([1, 1, 2, 2, 2], np.int8), np.array([50, 50, 3, 4, 5], np.int32), np.ones(5)
        ),
    }
    return Swept(grid, 7, 50, 0.01, classes=False, engines=("numpy",), fates=fates)


def test_what_was_found_is_counted() -> None:
    one, other = counted(found_before())
    assert one.counts == {"solved": 2, "stuck": 3, "diverged": 0}
    assert (one.median, one.quarters) == (20.0, (15.0, 25.0))
    assert one.shares["solved"].share == 0.4
    assert (other.median, other.quarters) == (None, None)
    assert named(found_before()) == {"learning rate": ("0.1", "0.2")}
    assert asked_in_words(found_before()) == "10 networks, 2 settings with seeds 7 to 11"
    assert criterion(found_before()).startswith("A network has solved it once its loss is below 0.01, has diverged")


def test_programs_get_everything() -> None:
    found = found_before()
    assert structure(found)["settings"][0]["counts"]["solved"] == 2
    rows = list(networks(found))
    assert rows[0] == {
        "hidden": None,
        "learning_rate": 0.1,
        "seed": 7,
        "ended": "solved",
        "epochs": 10,
        "loss": 1.0,
    }
    assert as_csv(found).splitlines()[:2] == ["hidden,learning_rate,seed,ended,epochs,loss", ",0.1,7,solved,10,1.0"]
    assert len(as_csv(found).splitlines()) == 11


def test_exclusive_or_sticks_with_few_units() -> None:
    """The share is far from that of the tutorial only if something is wrong: 100 seeds, wide limits."""
    found = swept(STICKS, 100, hidden=(2, 8), epochs=400, engine="numpy")
    two, eight = (each.shares["stuck"] for each in counted(found))
    assert two.low < 0.734 < two.high
    assert eight.low < 0.114 < eight.high
