"""How long many small networks take: side by side, against PyTorch's batched products, and against one after the other.

A thousand XOR networks 2-4-1 are trained for a thousand epochs of all four rows, in double precision, by two threads.
PyTorch and JAX hold their weights as arrays with the networks in front, so that each of their calls serves all of them;
JAX goes through the epochs in one jitted scan, compiled before the clock starts. The losses of the first epochs must
agree before any time counts; the contestants take turns within one process. Beside the time on the clock stands that of
the processors, which other work on the machine lengthens less. PyTorch and those that train one network after the other
do a part, and their time is scaled up.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import median
from threading import Event
from time import perf_counter, process_time
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
PART = 5  # PyTorch is given one epoch of so many
TURNS = 10  # of what takes some milliseconds, in each round
ALONE = 20  # of the networks are trained one after the other
FORM = "  {:24} {:>9} {:>9} {:>9} {:>11} {:>9} {:>9} {:>9} {:>11} {:>9} {:>9}"
TORCH, FUSED, JAX = "PyTorch, batched", "the same, fused SGD", "JAX, scan"


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


def starts_of(plan: Plan) -> list[Any]:
    """The weights and biases of all networks before their first epoch, the networks in front."""
    states = [flock.states for flock in flocks_of(plan)]
    parameters = plan.ready.job.engine.ready(plan.ready.batch_sizes[0])[0].parameters
    return [np.concatenate([each[name] for each in states]) for name in parameters]


def torch_batched(torch: Any, contest: Contest, plan: Plan, epochs: int, *, fused: bool) -> Callable[[], Any]:
    """A function that trains all networks with PyTorch and gives the losses of the first epochs."""
    dtype = torch.float64
    starts = [torch.tensor(each, dtype=dtype) for each in starts_of(plan)]
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


def jax_batched(contest: Contest, plan: Plan) -> Callable[[], Any] | None:
    """A function that trains all networks with JAX and gives the losses of all epochs; None where JAX is missing."""
    try:
        import jax
        import jax.numpy as jnp
    except ImportError:
        return None
    jax.config.update("jax_enable_x64", True)  # noqa: FBT003 (JAX calls it so)
    starts = [jnp.asarray(each) for each in starts_of(plan)]
    (part,) = plan.ready.job.batches(0)
    x, y = jnp.asarray(part.inputs), jnp.asarray(part.targets)
    bend = {"relu": jax.nn.relu, "tanh": jnp.tanh}[contest.activation]
    rate = contest.grid.experiment.training.learning_rate

    def losses(weights: Any) -> Any:
        first, first_bias, last, last_bias = weights
        hidden = bend(x @ first + first_bias[:, None])
        each = ((hidden @ last + last_bias[:, None] - y) ** 2).sum(axis=(1, 2))
        return each.sum(), each

    def update(weights: Any, _: Any) -> Any:
        (_, each), slopes = jax.value_and_grad(losses, has_aux=True)(weights)
        return [w - rate * slope for w, slope in zip(weights, slopes, strict=True)], each

    program = jax.jit(lambda weights: jax.lax.scan(update, weights, None, length=EPOCHS)[1]).lower(starts).compile()
    return lambda: np.asarray(program(starts))


def agree(name: str, mine: Any, theirs: Any) -> None:
    """Stop where the losses of the first epochs differ."""
    apart = float(np.max(np.abs(mine - theirs) / np.maximum(np.abs(theirs), 1e-9)))
    if apart > TOLERANCE:
        raise SystemExit(f"the losses of {name} differ by {apart:.1e}, so the times mean nothing")


@dataclass
class Timed:
    """How long something took, each time: by the clock, and of the processors."""

    clock: list[float] = field(default_factory=list)
    processors: list[float] = field(default_factory=list)

    def add(self, work: Callable[[], object], scale: float = 1.0) -> None:
        """Once more; `scale` is what the whole is of that part."""
        start, spent = perf_counter(), process_time()
        work()
        self.clock.append(scale * (perf_counter() - start))
        self.processors.append(scale * (process_time() - spent))


def one_by_one(contest: Contest, engine: str) -> Callable[[], object]:
    """Some of the networks one after the other, set up and compiled before."""
    run = untrained(contest.grid.experiment, engine=engine)
    go_on(run)
    return lambda: [go_on(run) for _ in range(ALONE)]


def one_after_the_other(turns: Sequence[Callable[[], object]]) -> None:
    """Some calls."""
    for turn in turns:
        turn()


def compare(torch: Any, contest: Contest, rounds: int) -> None:
    """Print the medians and ratios, after checking that all compute the same losses."""
    plans = {name: planned(contest, name) for name in ("compiled", "numpy")}
    mine = first_losses(plans["numpy"])
    agree(TORCH, mine, torch_batched(torch, contest, plans["numpy"], CHECKED, fused=False)())
    jitted = jax_batched(contest, plans["numpy"])
    if jitted:
        agree(JAX, mine, jitted()[:CHECKED])
    side_by_side(plans["compiled"], flocks_of(plans["compiled"]))  # compiled now, or taken from the cache
    peers = {
        TORCH: torch_batched(torch, contest, plans["numpy"], EPOCHS // PART, fused=False),
        FUSED: torch_batched(torch, contest, plans["numpy"], EPOCHS // PART, fused=True),
    }
    singles = {f"one by one, {name}": one_by_one(contest, name) for name in ("compiled", "python")}
    times: dict[str, Timed] = {}
    for _ in range(rounds):
        for name, work in peers.items():
            times.setdefault(name, Timed()).add(work, PART)
        if jitted:
            times.setdefault(JAX, Timed()).add(jitted)
        for name, plan in plans.items():
            turns = [partial(side_by_side, plan, flocks_of(plan)) for _ in range(TURNS if name == "compiled" else 1)]
            times.setdefault(f"side by side, {name}", Timed()).add(partial(one_after_the_other, turns), 1 / len(turns))
        times.setdefault("whole sweep, compiled", Timed()).add(partial(sweep, contest.grid))
        for name, work in singles.items():
            times.setdefault(name, Timed()).add(work, NETWORKS / ALONE)
    report(contest, times)


def report(contest: Contest, times: dict[str, Timed]) -> None:
    """Print a line for each."""
    peers = [times.get(name) for name in (TORCH, FUSED, JAX)]
    heads = ("PyTorch/it", "fused/it", "JAX/it")
    print(f"{NETWORKS:,} XOR networks 2-4-1 {contest.activation}, {EPOCHS:,} epochs, {THREADS} threads, float64")
    print(FORM.format("", "ms", "from", "to", *heads, "cpu ms", *heads))
    for name, each in times.items():
        clock = [f"{1000 * found:.1f}" for found in (median(each.clock), min(each.clock), max(each.clock))]
        ratios = [ratio(peer.clock, each.clock) if peer else "" for peer in peers]
        spent = f"{1000 * median(each.processors):.1f}"
        others = [ratio(peer.processors, each.processors) if peer else "" for peer in peers]
        print(FORM.format(name, *clock, *ratios, spent, *others))


def ratio(theirs: list[float], mine: list[float]) -> str:
    """The median of the ratios of all rounds."""
    return f"{median(np.array(theirs) / np.array(mine)):.2f}"


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
