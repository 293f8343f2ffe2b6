"""A process of its own in which JAX has several devices: trains on them and by the interpreter, says how they agree.

XLA_FLAGS=--xla_force_host_platform_device_count=8 python -m tests.run.on_devices
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import numpy as np

from tests.asked import asked
from whygrad import train
from whygrad.run.devices.course import OnDevices
from whygrad.run.devices.fleet import fleet, in_words, precise
from whygrad.spec import Adam

if TYPE_CHECKING:
    from whygrad import Run

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


def main() -> None:
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
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
