"""A process of its own in which JAX has several devices: trains on them and by the interpreter, says how they agree.

XLA_FLAGS=--xla_force_host_platform_device_count=8 python -m tests.run.on_devices
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tests.asked import asked
from whygrad import train
from whygrad.pipeline.flock import Flock
from whygrad.pipeline.sweep import Grid, sweep
from whygrad.pipeline.sweep_lot import Plan
from whygrad.run.devices.course import OnDevices
from whygrad.run.devices.fleet import fleet, in_words, precise
from whygrad.run.devices.many import Afar
from whygrad.spec import Adam

if TYPE_CHECKING:
    from whygrad import Experiment, Run

EXPERIMENTS = {
    "a batch for all, and a rest": asked(batch_size=16, epochs=50, optimizer=Adam()),  # 24 rows: 16 and 8
    "batches that do not divide": asked("2 -> 6 relu -> batch-norm -> 1 sigmoid", batch_size=10, epochs=34),
    "fewer rows than devices": asked(batch_size=3, epochs=13),
}


def adds_up(run: Run) -> bool:
    """Whether the devices add up what each has found: they do where the rows of a batch are shared out."""
    engine = run.set_up.job.engine
    with engine.joined(lambda: "the same"), precise():
        batch = next(iter(run.set_up.job.batches(0)))
        made, course = engine.yard(len(batch)), OnDevices(engine.yard, run.position.states)
        return "all-reduce" in made.epoch.lower(*course.given(made, [batch], 0)).compile().as_text()


SWEPT = {
    "the same rows": asked("2 -> 3 relu -> 1 sigmoid", batch_size="all", order="in order", epochs=100),
    "rows in an order of their own": asked(batch_size=8, epochs=34),
    "masks": asked("2 -> 4 tanh -> dropout 0.3 -> 1 sigmoid", batch_size=10, epochs=34),
}


def swept(experiment: Experiment) -> dict[str, Any]:
    """How far the losses of a sweep on the devices are from those by NumPy, and whether they ended alike."""
    grid = Grid(experiment, Path(), seeds=6, learning_rates=(0.05, 0.1), goal=1e-9)
    plain, spread = (sweep(replace(grid, engine=engine)) for engine in ("numpy", "jax"))
    pairs = [(plain.fates[setting], spread.fates[setting]) for setting in plain.fates]
    return {
        "engines": spread.engines,
        "apart": max(float(np.max(np.abs(one.loss - other.loss))) for one, other in pairs),
        "alike": all(np.array_equal(getattr(a, n), getattr(b, n)) for a, b in pairs for n in ("how", "epochs")),
    }


def shards() -> list[int]:
    """How many of eleven networks each device has after an update, one of them more than once."""
    plan = Plan.of(SWEPT["the same rows"], Grid(SWEPT["the same rows"], Path(), seeds=11, engine="jax"), 0)
    flock = Flock(range(11), [plan.member(seed, 0.1) for seed in range(11)], many=plan.many)
    for _ in flock.train(0):
        pass
    assert isinstance(flock.states, Afar)
    return [len(each.data) for each in flock.states.held["hidden.W"].addressable_shards]


def main() -> None:
    found: dict[str, Any] = {"sweeps": {name: swept(experiment) for name, experiment in SWEPT.items()}}
    found["shards"] = shards()
    found["trainings"] = trainings()
    json.dump(found, sys.stdout)


def trainings() -> dict[str, Any]:
    """How far trainings on the devices are from those by the interpreter."""
    found = {}
    for name, experiment in EXPERIMENTS.items():
        plain, spread = (train(experiment, engine=engine) for engine in ("interpreter", "jax"))
        engine = spread.set_up.job.engine
        states = plain.position.states
        found[name] = {
            "devices": engine.devices,
            "words": in_words(spread.set_up.batch_sizes[0]),
            "shares": [fleet(together=True).shares(rows) for rows in spread.set_up.batch_sizes],
            "adds up": adds_up(spread),
            "apart": max(float(np.max(np.abs(states[key] - spread.position.states[key]))) for key in states),
        }
    return found


if __name__ == "__main__":
    main()
