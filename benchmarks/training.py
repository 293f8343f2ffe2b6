"""How long each engine takes to train, against PyTorch's eager loop doing the same arithmetic.

All start from the same weights and see the same rows in the same order; their losses must agree before any time counts.
They take turns within one process. An engine that makes its code first is timed without that (it is made once) and with
it. PyTorch trains a part of the epochs, and its time is scaled up; its Adam is timed as it comes and fused. Where
compiled code works on arrays, its matrix products are timed alone as well: nothing that takes them from a BLAS is
faster.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np

from whygrad import Adam, Data, Dense, Experiment, Loss, Network, Run, Training
from whygrad.errors.run import EngineMissing, EngineUnfit
from whygrad.pipeline import go_on
from whygrad.pipeline.setting_up import set_up
from whygrad.run import Checkpoints
from whygrad.run.choice import ASKED_FOR, COSTS
from whygrad.run.fast.compiled import compiled
from whygrad.run.fast.loops.arrays import Arrays
from whygrad.spec import Toy
from whygrad.trace import Ending, History

ARRAY = re.compile(r"(\w+) = (?:state\[\d+:\d+\]\.reshape|np\.empty)\((\([\d, ]+\))")


@dataclass(frozen=True)
class Work:
    """One thing to learn, and how; PyTorch is given one in `part` of the epochs, `rows` where they come from memory."""

    name: str
    network: Network
    training: Training
    data: Data
    tolerance: float
    part: int
    rows: Callable[[], dict[str, Any]] | None = None


def wide_rows() -> dict[str, Any]:
    """Twenty thousand rows of 784 numbers, in ten classes."""
    rng = np.random.default_rng(0)
    columns: dict[str, Any] = {f"x{place}": each for place, each in enumerate(rng.random((784, 20_000)))}
    return columns | {"y": [f"class {each}" for each in rng.integers(0, 10, 20_000)]}


WORKS = (
    Work(
        "xor 2-8-1, one update per row, 12,000 updates, float64",
        Network(layers="2 -> 8 relu -> 1"),
        Training(
            loss=Loss("squared-error", "sum"), learning_rate=0.1, epochs=3000, batch_size="per row", order="in order"
        ),
        Data(toy=Toy("xor")),
        1e-9,
        10,
    ),
    Work(
        "digits 64-128-10, batches of 32, Adam, 20 epochs, float32",
        Network(layers=(Dense(units=128, activation="relu"), Dense(units="out", activation="softmax"))),
        Training(
            loss=Loss("cross-entropy", "mean"),
            optimizer=Adam(),
            learning_rate=0.001,
            epochs=20,
            batch_size=32,
            order="in order",
            dtype="float32",
        ),
        Data(dataset="digits", scale="min-max"),
        1e-4,
        4,
    ),
    Work(
        "784-256-128-10, batches of 128, Adam, 1 epoch of 20,000 rows, float32",
        Network(
            layers=(
                Dense(units=256, activation="relu"),
                Dense(units=128, activation="relu"),
                Dense(units="out", activation="softmax"),
            )
        ),
        Training(
            loss=Loss("cross-entropy", "mean"),
            optimizer=Adam(),
            learning_rate=0.001,
            epochs=1,
            batch_size=128,
            order="in order",
            dtype="float32",
        ),
        Data(target="y"),
        1e-4,
        1,
        wide_rows,
    ),
)


def experiment_of(work: Work) -> Experiment:
    """What a work is, as one record."""
    return Experiment(network=work.network, training=work.training, data=work.data)


def start_of(work: Work, table: dict[str, Any] | None, engine: str = "auto") -> Run:
    """A run before its first epoch."""
    ready = set_up(experiment_of(work), Path(), table, engine)
    position = ready.start()
    return Run(ready, History(), Ending.FINISHED, position, Checkpoints(position))


def torch_losses(torch: Any, work: Work, run: Run, *, fused: bool) -> Callable[[], list[float]]:
    """A function that trains the same network with PyTorch and returns its loss per epoch."""
    dtype = torch.float32 if work.training.dtype == "float32" else torch.float64
    start, part = run.at(0), run.parts["training"]
    inputs, targets = (torch.tensor(array, dtype=dtype) for array in (part.inputs, part.targets))
    size = 1 if work.training.batch_size == "per row" else int(work.training.batch_size)
    adam = isinstance(work.training.optimizer, Adam)

    def epochs() -> list[float]:
        weights = [torch.tensor(value, dtype=dtype, requires_grad=True) for value in start.parameters().values()]
        kind = torch.optim.Adam if adam else torch.optim.SGD
        optimizer = kind(weights, lr=work.training.learning_rate, fused=fused)
        *hidden, last, last_bias = weights
        totals = []
        for _ in range(work.training.epochs // work.part):
            total = 0.0
            for at in range(0, len(inputs), size):
                x, y = inputs[at : at + size], targets[at : at + size]
                out = x
                for place in range(0, len(hidden), 2):
                    out = torch.relu(out @ hidden[place] + hidden[place + 1])
                net = out @ last + last_bias
                loss = torch.nn.functional.cross_entropy(net, y) if adam else ((net - y) ** 2).sum()
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
                total += float(loss.detach()) * (len(x) / len(inputs) if adam else 1.0)
            totals.append(total)
        return totals

    return epochs


def seconds(work: Callable[[], object]) -> float:
    """How long a call takes."""
    start = perf_counter()
    work()
    return perf_counter() - start


def products_alone(run: Run) -> Callable[[], object] | None:
    """The matrix products of a training by compiled loops, and nothing else; none where it has no such."""
    straight = run.set_up.job.engine.straight
    if not isinstance(straight, Arrays):
        return None
    full, batches = straight.sizes[0], -(-len(run.parts["training"]) // straight.sizes[0])
    calls = [line.strip() for line in straight.text.splitlines() if "np.dot(" in line]
    shapes = {name: tuple(map(int, re.findall(r"\d+", shape))) for name, shape in ARRAY.findall(straight.text)}
    shapes["x"] = (full, len(run.parts["training"].inputs[0]))
    used = sorted({name for call in calls for name in re.findall(r"\w+", call) if name in shapes})
    head = [f"def train({', '.join(used)}):", f"    rows = {full}", f"    for update in range({batches}):"]
    text = "\n".join(["import numpy as np", "", "", *head, *(f"        {call}" for call in calls)]) + "\n"
    function, dtype = compiled(text, "train", any_order=True), straight.engine.dtype
    arrays = [np.full(shapes[name], 0.01, dtype) for name in used]
    epochs = run.experiment.training.epochs
    return lambda: [function(*arrays) for _ in range(epochs)]


def compare(torch: Any, work: Work, rounds: int) -> None:
    """Print the medians and ratios of one work, after checking that all compute the same losses."""
    table = work.rows() if work.rows else None
    tried: dict[str, Callable[[], object]] = {}
    firsts: dict[str, float] = {}
    scale = {"PyTorch eager": work.part, "PyTorch fused": work.part}
    for name in (*COSTS, *ASKED_FOR):
        try:
            start = start_of(work, table, name)
        except (EngineUnfit, EngineMissing):
            continue
        started = perf_counter()
        run = go_on(start)
        firsts[name] = perf_counter() - started
        peers = {label: torch_losses(torch, work, run, fused=label.endswith("fused")) for label in scale}
        apart = far_apart([float(row["loss"] or 0.0) for row in run.history.rows], peers["PyTorch eager"]())
        if apart > work.tolerance:
            raise SystemExit(f"{work.name}: the losses of {name} differ by {apart:.1e}, so the times mean nothing")
        tried[name] = partial(go_on, start)
        if alone := products_alone(start):
            alone()
            tried["products alone"] = alone
    report(work, {**peers, **tried}, scale, firsts, rounds, start_of(work, table).engine)


def report(
    work: Work,
    tried: dict[str, Callable[[], object]],
    scale: dict[str, int],
    firsts: dict[str, float],
    rounds: int,
    chosen: str,
) -> None:
    """Let all take turns, and print how long they took."""
    times: dict[str, list[float]] = {name: [] for name in tried}
    for _ in range(rounds):
        for name, run in tried.items():
            times[name].append(scale.get(name, 1) * seconds(run))
    print(f"{work.name}; auto takes {chosen}")
    print(f"  {'':14} {'ms':>9} {'from':>9} {'to':>9} {'PyTorch/it':>11} {'fused/it':>9} {'first time, ms':>15}")
    for label, each in times.items():
        ratios = [median(np.array(times[peer]) / np.array(each)) for peer in scale]
        first = f"{1000 * firsts[label]:15.0f}" if label in firsts else ""
        low, high = 1000 * min(each), 1000 * max(each)
        print(
            f"  {label:14} {1000 * median(each):9.1f} {low:9.1f} {high:9.1f} {ratios[0]:11.1f} {ratios[1]:9.1f} {first}"
        )


def far_apart(mine: Sequence[float], theirs: Sequence[float]) -> float:
    """The largest relative difference of the losses of the first epochs."""
    return max(abs(a - b) / max(abs(b), 1e-9) for a, b in zip(mine[:20], theirs[:20], strict=False))


def main() -> None:
    """Compare on every work."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=5, help="how often each runs (5)")
    rounds = parser.parse_args().rounds
    try:
        import torch
    except ImportError:
        print("PyTorch is not installed here: nothing to compare with (make check installs it)")
        return
    torch.set_num_threads(1)
    for work in WORKS:
        compare(torch, work, rounds)


if __name__ == "__main__":
    main()
