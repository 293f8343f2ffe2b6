"""What it costs to look: a training with all figures of its history, against the same without those of its layers.

Two programs are made from one step: with its outputs as they are, and without the lengths of gradients and updates and
the word which units were open. They train 784-256-128-10 for an epoch in turns, within one process. The program without
figures runs twice a round, so that what the ratio of a thing to itself comes to stands beside what is measured. Last
comes the whole of it: the figures of every epoch are worked out as well, and read.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from time import perf_counter
from typing import Any

import numpy as np

from benchmarks.works import WORKS, start_of
from whygrad import Run
from whygrad.graph import GATE, Step
from whygrad.pipeline import go_on
from whygrad.run.fast.loops.arrays import Arrays
from whygrad.run.stretch import WholeEpochs

WIDE = WORKS["W2b"]


def unwatched(step: Step) -> Step:
    """A step without the figures of its layers."""
    names = [name for name in step.outputs if not name.startswith(("gradient_norm/", "update_norm/", GATE))]
    return replace(step, outputs={name: step.outputs[name] for name in names})


def program(run: Run, change: Callable[[Step], Step]) -> Callable[[], object]:
    """An epoch by compiled loops made of a changed step."""
    engine = run.set_up.job.engine
    other = replace(engine, step_for=lambda rows: change(engine.step_for(rows)), steps={})
    for rows in run.set_up.batch_sizes:
        other.ready(rows)
    straight, (epochs, _) = Arrays(other), WholeEpochs(run.set_up.job)(0, 1)
    return lambda: straight.run(run.position.states, epochs)


def whole(run: Run) -> list[Any]:
    """A training and its history."""
    return [*go_on(run).history.rows]


def seconds(work: Callable[[], object]) -> float:
    """How long a call takes."""
    start = perf_counter()
    work()
    return perf_counter() - start


def in_turns(tried: list[Callable[[], object]], first: int) -> list[float]:
    """How long each takes; another one begins each time, so that none is always behind the same."""
    order = [(first + place) % len(tried) for place in range(len(tried))]
    took = {place: seconds(tried[place]) for place in order}
    return [took[place] for place in range(len(tried))]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=21, help="how often each runs (21)")
    rounds = parser.parse_args().rounds
    run = start_of(WIDE, "compiled")
    without, with_figures = program(run, unwatched), program(run, lambda step: step)
    tried: dict[str, Callable[[], object]] = {
        "without figures of layers": without,
        "the same again": without,
        "with them": with_figures,
        "with the epoch's, read": lambda: whole(run),
    }
    for each in tried.values():
        each()
    times = np.array([in_turns([*tried.values()], first) for first in range(rounds)])
    print(f"{WIDE.title}; {rounds} rounds")
    print(f"  {'':26} {'ms':>8} {'more than the first, %: median':>32} {'quartiles':>16}")
    for name, took in zip(tried, times.T, strict=True):
        low, middle, high = np.percentile(100 * (took / times[:, 0] - 1), [25, 50, 75])
        print(f"  {name:26} {1000 * np.median(took):8.1f} {middle:32.2f} {low:8.2f}{high:8.2f}")


if __name__ == "__main__":
    main()
