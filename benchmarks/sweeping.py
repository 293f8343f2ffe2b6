"""How long many small networks take: side by side, against PyTorch's batched products, and against one after the other.

A thousand XOR networks 2-4-1 are trained for a thousand epochs of all four rows, in double precision, by two threads.
PyTorch holds their weights as arrays with the networks in front, so that each of its calls serves all of them. The
losses of the first epochs must agree before any time counts; the contestants take turns within one process.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from threading import Event
from time import perf_counter
from typing import Any

import numpy as np

from whygrad import Data, Experiment, Loss, Network, Training
from whygrad.errors.run import EngineMissing
from whygrad.pipeline import go_on
from whygrad.pipeline.flock import Flock
from whygrad.pipeline.starting import untrained
from whygrad.pipeline.sweep import Grid, Progress, sweep
from whygrad.pipeline.sweep_lot import Lot, Plan
from whygrad.spec import Activation, PythonRandom, Toy

NETWORKS = 1_000
EPOCHS = 1_000
THREADS = 2
NEVER = 1e-300  # a loss that none of them comes to, so that all are trained to the end
CHECKED = 20
TOLERANCE = 1e-9
ALONE = 20  # networks that are trained one after the other; their time is scaled up


@dataclass(frozen=True)
class Contest:
    """What is trained: the same but for the activation, since PyTorch and we spend our time differently on each."""

    activation: Activation

    @property
    def grid(self) -> Grid:
        """The sweep of it."""
        network = Network(
            layers=f"2 -> 4 {self.activation} -> 1",
            initialiser=PythonRandom(),
            bias_initialiser=PythonRandom(),
        )
        training = Training(
            loss=Loss("squared-error", "sum"),
            learning_rate=0.05,
            epochs=EPOCHS,
            batch_size="all",
            order="in order",
        )
        experiment = Experiment(network=network, training=training, data=Data(toy=Toy("xor")))
        return Grid(experiment, Path(), NETWORKS, goal=NEVER, engine="compiled")


def planned(contest: Contest, engine: str) -> Plan:
    """The plan of it by an engine."""
    grid = contest.grid
    return Plan.of(grid.experiment, Grid(grid.experiment, Path(), NETWORKS, engine=engine), 0)


def flocks_of(plan: Plan) -> list[Flock]:
    """All networks before their first epoch, a flock for each thread."""
    rate = plan.ready.experiment.training.learning_rate
    parts = np.array_split(np.arange(NETWORKS), THREADS)
    return [Flock(part.tolist(), [plan.member(int(seed), rate) for seed in part], with_curves=False) for part in parts]


def side_by_side(plan: Plan, flocks: list[Flock]) -> list[Any]:
    """Train flocks that were made ready, each in a thread of its own."""
    progress = Progress(NETWORKS, EPOCHS)
    with ThreadPoolExecutor(THREADS) as pool:
        lots = [pool.submit(Lot(plan, None, ()).trained, flock, progress, NEVER, Event()) for flock in flocks]
        return [each for lot in lots for each in lot.result()]


def first_losses(plan: Plan) -> Any:
    """The losses of the first epochs, (epochs, networks)."""
    found = []
    for flock in flocks_of(plan):
        losses = []
        for epoch in range(CHECKED):
            for _ in flock.train(epoch):
                pass
            losses.append(flock.went.losses[0] if flock.went else np.nan)
        found.append(np.array(losses))
    return np.concatenate(found, axis=1)


def torch_batched(torch: Any, contest: Contest, plan: Plan, epochs: int, *, fused: bool) -> Callable[[], Any]:
    """A function that trains all networks with PyTorch and gives the losses of the first epochs."""
    dtype = torch.float64
    states = [flock.states for flock in flocks_of(plan)]
    parameters = plan.ready.job.engine.ready(plan.ready.batch_sizes[0])[0].parameters
    starts = [torch.tensor(np.concatenate([each[name] for each in states]), dtype=dtype) for name in parameters]
    (part,) = plan.ready.job.batches(0)
    x, y = torch.tensor(part.inputs, dtype=dtype), torch.tensor(part.targets, dtype=dtype)
    bend = {"relu": torch.relu, "tanh": torch.tanh}[contest.activation]
    rate = contest.grid.experiment.training.learning_rate

    def trained() -> Any:
        weights = [each.clone().requires_grad_() for each in starts]
        first, first_bias, last, last_bias = weights
        optimizer = torch.optim.SGD(weights, lr=rate, fused=fused)
        losses = []
        for epoch in range(epochs):
            hidden = bend(torch.baddbmm(first_bias[:, None], x.expand(NETWORKS, -1, -1), first))
            error = torch.baddbmm(last_bias[:, None], hidden, last) - y
            each = (error * error).sum(dim=(1, 2))
            optimizer.zero_grad()
            each.sum().backward()
            optimizer.step()
            if epoch < CHECKED:
                losses.append(each.detach().numpy().copy())
        return np.array(losses)

    return trained


def one_by_one(contest: Contest, engine: str) -> float:
    """How long so many networks are likely to take one after the other, set up and compiled before."""
    run = untrained(contest.grid.experiment, engine=engine)
    go_on(run)
    return NETWORKS * median(seconds(partial(go_on, run)) for _ in range(ALONE))


def seconds(work: Callable[[], object]) -> float:
    """How long a call takes."""
    start = perf_counter()
    work()
    return perf_counter() - start


def compare(torch: Any, contest: Contest, rounds: int) -> None:
    """Print the medians and ratios, after checking that all compute the same losses."""
    plans = {name: planned(contest, name) for name in ("compiled", "numpy")}
    mine = first_losses(plans["numpy"])
    theirs = torch_batched(torch, contest, plans["numpy"], CHECKED, fused=False)()
    apart = float(np.max(np.abs(mine - theirs) / np.maximum(np.abs(theirs), 1e-9)))
    if apart > TOLERANCE:
        raise SystemExit(f"the losses differ by {apart:.1e}, so the times mean nothing")
    side_by_side(plans["compiled"], flocks_of(plans["compiled"]))  # compiled now, or taken from the cache
    peers = {
        "PyTorch, batched": torch_batched(torch, contest, plans["numpy"], EPOCHS, fused=False),
        "the same, fused SGD": torch_batched(torch, contest, plans["numpy"], EPOCHS, fused=True),
    }
    times: dict[str, list[float]] = {}
    for _ in range(rounds):
        for name, peer in peers.items():
            times.setdefault(name, []).append(seconds(peer))
        for name, plan in plans.items():
            flocks = flocks_of(plan)
            times.setdefault(f"side by side, {name}", []).append(seconds(partial(side_by_side, plan, flocks)))
        times.setdefault("whole sweep, compiled", []).append(seconds(partial(sweep, contest.grid)))
    for name in ("compiled", "python"):
        times[f"one by one, {name}"] = [one_by_one(contest, name)]
    print(f"{NETWORKS:,} XOR networks 2-4-1 {contest.activation}, {EPOCHS:,} epochs, {THREADS} threads, float64")
    print(f"  {'':24} {'ms':>9} {'from':>9} {'to':>9} {'PyTorch/it':>11} {'fused/it':>9}")
    for name, each in times.items():
        ratios = [median(np.array(times[peer]) / np.array(each)) for peer in peers]
        middle, low, high = 1000 * median(each), 1000 * min(each), 1000 * max(each)
        print(f"  {name:24} {middle:9.1f} {low:9.1f} {high:9.1f} {ratios[0]:11.2f} {ratios[1]:9.2f}")


def main() -> None:
    """Compare for a unit that bends and one that curves."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=5, help="how often each runs (5)")
    rounds = parser.parse_args().rounds
    try:
        import torch
    except ImportError:
        print("PyTorch is not installed here: nothing to compare with (make check installs it)")
        return
    torch.set_num_threads(THREADS)
    try:
        for activation in ("relu", "tanh"):
            compare(torch, Contest(activation), rounds)
    except EngineMissing as missing:
        print(missing)


if __name__ == "__main__":
    main()
