"""Many starts of an experiment: each ends as it does when it is trained by itself, and what is counted is true."""

from __future__ import annotations

from itertools import pairwise
from math import sqrt
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
from msgspec.structs import replace

from tests.asked import asked
from tests.lab.asking import desk, only, told
from tests.pipeline.variants import VARIANTS
from whygrad import train
from whygrad.lab.desk import Desk
from whygrad.lab.message import Change, Go, Said, Step, Told, Use
from whygrad.lab.presets import preset
from whygrad.lab.sweep import Sweep, Wish
from whygrad.lab.tools.seeds import rank, share
from whygrad.pipeline import go_on
from whygrad.pipeline.flock import Outcome, of_seed
from whygrad.pipeline.starting import untrained
from whygrad.spec import Experiment, Split, read_experiment

EXAMPLES = Path(__file__).parents[2] / "examples"
SMALL = "2 -> 2 relu -> 1"


def xor(layers: str = SMALL, **changed: Any) -> Experiment:
    known = preset("xor")
    network = replace(known.network, layers=layers)
    return replace(known, network=network, training=replace(known.training, **changed))


def over(found: Desk, **ask: Any) -> dict[str, Any]:
    """What is told when all starts have ended; the page asks on until then."""
    go_on = False
    while True:
        last = [each for each in told(found, Use("seeds", {**ask, "go_on": go_on})) if isinstance(each, Told)][-1]
        if last.data["stands"] == "over":
            return dict(last.data)
        assert last.data["stands"] == "asks on"
        go_on = True


def swept(experiment: Experiment, starts: int, epochs: int, goal: float = 0.01, first: int = 0) -> Sweep:
    sweep = Sweep(Wish(experiment, first, starts, epochs, goal), EXAMPLES)
    for _ in sweep.work:
        pass
    assert sweep.is_over
    return sweep


def alone(experiment: Experiment, seed: int, epochs: int) -> list[float]:
    """The losses of each epoch, as `whygrad train` has them."""
    training = replace(experiment.training, seed=seed, epochs=epochs, stop_below=None, early_stopping=None)
    run = go_on(untrained(replace(experiment, training=training), engine="interpreter"))
    return [float(each or 0.0) for each in run.history.column("loss")]


def test_each_start_ends_where_its_own_training_does() -> None:
    sweep = swept(xor(), 12, 120, first=3)
    assert sorted(each.seed for each in sweep.outcomes) == list(range(3, 15))
    assert {each.how for each in sweep.outcomes} == {"solved", "stuck"}
    for each in sweep.outcomes:
        losses = alone(xor(), each.seed, 120)
        below = [epoch for epoch, loss in enumerate(losses) if loss < 0.01]
        assert each.how == ("solved" if below else "stuck")
        assert each.epochs == (below[0] + 1 if below else 120)
        assert each.loss == losses[each.epochs - 1]
        assert all(loss == losses[epoch] for epoch, loss in each.curve)
        assert each.curve[0][0] == 0
        assert each.curve[-1] == (each.epochs - 1, each.loss)


@pytest.mark.parametrize("name", [name for name in VARIANTS if "held" not in name and "everything" not in name])
def test_what_else_is_drawn_is_drawn_for_each(name: str) -> None:
    sweep = swept(VARIANTS[name], 4, 4)
    assert {each.epochs for each in sweep.outcomes} <= {1, 2, 3, 4}
    for each in sweep.outcomes:
        assert each.loss == alone(VARIANTS[name], each.seed, 4)[each.epochs - 1]


def test_parts_that_the_seed_decides_are_those_of_the_seed() -> None:
    experiment = asked(split=Split(validation=0.25))
    for each in swept(experiment, 3, 2).outcomes:
        assert each.loss == alone(experiment, each.seed, 2)[each.epochs - 1]


def test_classes_are_solved_when_every_row_is_right() -> None:
    experiment = replace(asked("2 -> 4 tanh -> 1 sigmoid", learning_rate=2.0, epochs=200), data=preset("xor").data)
    sweep = swept(experiment, 6, 200)
    for each in sweep.outcomes:
        training = replace(experiment.training, seed=each.seed, epochs=each.epochs)
        right = train(replace(experiment, training=training), engine="interpreter").history.column("accuracy")
        first = [epoch + 1 for epoch, share in enumerate(right) if share == 1.0]
        wanted = ("solved", first[0]) if first else ("stuck", 200)
        assert (each.how, each.epochs) == wanted
    assert any(each.how == "solved" for each in sweep.outcomes)


def test_a_start_that_runs_away_is_counted_as_such() -> None:
    sweep = swept(xor(learning_rate=5.0), 10, 50)
    away = [each for each in sweep.outcomes if each.how == "diverged"]
    assert away
    for each in away:
        losses = alone(xor(learning_rate=5.0), each.seed, 50)
        assert len(losses) <= each.epochs
        assert not np.isfinite([*losses, each.loss]).all() or len(losses) < each.epochs


def test_they_come_in_several_lots() -> None:
    sweep = swept(xor(), 1_200, 2)
    assert sorted(each.seed for each in sweep.outcomes) == list(range(1_200))
    drawn = [each for each in sweep.outcomes if each.curve]
    assert len(drawn) == 200
    assert [each.seed for each in drawn] == list(range(0, 1_200, 6))
    for seed in (0, 502, 1_199):
        assert sweep.outcomes[seed].loss == alone(xor(), seed, 2)[-1]


def test_long_curves_are_thinned_out_and_keep_their_end() -> None:
    sweep = swept(xor(), 3, 700, goal=1e-300)
    for each in sweep.outcomes:
        epochs = [epoch for epoch, _ in each.curve]
        assert len(epochs) <= 121
        assert epochs[-1] == 699
        assert len({later - earlier for earlier, later in pairwise(epochs[:-1])}) == 1


def test_the_tool_tells_how_it_stands() -> None:
    found = desk(xor())
    data = over(found, starts=40, epochs=60, first=3)
    counts = data["counts"]
    assert sum(counts.values()) == data["ended"] == 40
    assert data["asked"] == {"starts": 40, "first": 3, "epochs": 60, "goal": 0.01}
    assert data["left"] == 0.0
    assert not data["alike"]
    assert sum(each["solved"] for each in data["bins"]) == counts["solved"]
    assert sum(each["stuck"] for each in data["bins"]) == counts["stuck"]
    assert data["shares"]["solved"]["share"] == 100 * counts["solved"] / 40
    losses = sorted(each.loss for each in swept(xor(), 40, 60, first=3).outcomes)
    assert len(data["lines"]) == 40
    edges = [(each["from"], each["to"]) for each in data["bins"]]
    assert (edges[0][0], edges[-1][1]) == (losses[0], losses[-1])
    assert msgspec.json.decode(msgspec.json.encode(data)) == data


def test_the_best_needed_the_fewest_epochs_and_the_worst_never_came_there() -> None:
    solved = [Outcome(1, "solved", 40, 0.001, ()), Outcome(2, "solved", 12, 0.009, ())]
    stuck = [Outcome(3, "stuck", 60, 0.02, ()), Outcome(4, "stuck", 60, 0.5, ())]
    away = [Outcome(5, "diverged", 9, float("nan"), ()), Outcome(6, "diverged", 3, float("inf"), ())]
    every = [*away, *stuck, *solved]
    assert [each.seed for each in sorted(every, key=rank)] == [2, 1, 3, 4, 5, 6]
    data = over(desk(xor()), starts=40, epochs=60, first=3)
    in_order = [each.seed for each in sorted(swept(xor(), 40, 60, first=3).outcomes, key=rank)]
    assert [each["seed"] for each in data["best"]] == in_order[:10]
    assert [each["seed"] for each in data["worst"]] == in_order[::-1][:10]


def test_what_nobody_says_is_as_the_experiment_has_it() -> None:
    data = over(desk(xor(seed=11, epochs=7, stop_below=0.5)), starts=3)
    assert data["asked"] == {"starts": 3, "first": 11, "epochs": 7, "goal": 0.5}


@pytest.mark.parametrize(("count", "of"), [(0, 10), (10, 10), (5, 10), (194, 200), (1, 3)])
def test_the_interval_is_wilsons(count: int, of: int) -> None:
    """Its ends are the shares p at which the count is 1.96 standard deviations off: (x - np)^2 = z^2 n p (1 - p)."""
    found, z = share(count, of), 1.959963984540054
    for end in (found["low"], found["high"]):
        p = end / 100
        assert (count - of * p) ** 2 == pytest.approx(z**2 * of * p * (1 - p), abs=1e-9)
    assert found["low"] <= found["share"] <= found["high"]
    assert found["high"] - found["low"] < 100 * 2 * z / sqrt(of)


def test_work_goes_on_where_it_was_stopped() -> None:
    found = desk(xor())
    answers = found.answers(Use("seeds", {"starts": 30, "epochs": 3_000}))
    for _ in range(200):
        next(answers)
    found.stop = "asked"
    last = only([each for each in answers if each], Told).data
    assert (last["stands"], last["ended"] + last["running"]) == ("stopped", 30)
    assert last["epoch"] > 0
    found.stop = ""
    first = next(each for each in found.answers(Use("seeds", {"starts": 30, "epochs": 3_000, "go_on": True})) if each)
    assert isinstance(first, Told)
    assert first.data["epoch"] == last["epoch"]


def test_other_settings_begin_anew() -> None:
    found = desk(xor())
    over(found, starts=3, epochs=2)
    kept = found.kept["seeds"]
    told(found, Change("training.seed", 9))
    told(found, Use("seeds", {"starts": 3, "epochs": 2, "first": 7, "go_on": True}))
    assert found.kept["seeds"] is kept
    told(found, Change("training.learning_rate", 0.2))
    told(found, Use("seeds", {"starts": 3, "epochs": 2, "first": 7, "go_on": True}))
    assert found.kept["seeds"] is not kept


def test_the_run_that_is_looked_at_stays_as_it_was() -> None:
    found = desk(xor())
    told(found, Go(5))
    before = found.view.frame()
    over(found, starts=5, epochs=3)
    assert found.view.frame() == before
    told(found, Step("move"))


def test_weights_that_are_given_leave_nothing_to_be_drawn() -> None:
    assert over(desk(preset("students")), starts=3, epochs=2)["alike"]
    assert not over(desk(preset("students")), starts=1, epochs=2)["alike"]


@pytest.mark.parametrize(
    ("experiment", "what"),
    [
        (asked("2 -> 60 tanh -> 60 -> 1 sigmoid"), "3,901 parameters"),
        (read_experiment(EXAMPLES / "moons.toml"), ""),
    ],
)
def test_only_small_experiments_are_swept(experiment: Experiment, what: str) -> None:
    heard = told(desk(experiment), Use("seeds", {"starts": 2, "epochs": 1}))
    errors = [each for each in heard if isinstance(each, Said)]
    assert [each.code for each in errors] == (["WG1029"] if what else [])
    assert not what or what in errors[0].what


def test_the_page_of_it_is_offered() -> None:
    opened = next(desk(xor()).opened())
    assert {"name": "seeds", "title": "Seeds"} in msgspec.to_builtins(opened)["pages"]


def test_another_seed_is_another_start() -> None:
    assert of_seed(xor(), 5).training.seed == 5
