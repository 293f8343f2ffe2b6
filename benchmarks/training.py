"""How long each engine takes to train, against PyTorch's eager loop doing the same arithmetic.

All start from the same weights and see the same rows in the same order; their losses must agree before any time counts.
They take turns within one process. An engine that makes its code first is timed without that (it is made once) and with
it. PyTorch trains a part of the epochs, and its time is scaled up.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np

from whygrad import Adam, Data, Dense, Experiment, Loss, Network, Run, Training
from whygrad.errors.run import EngineMissing, EngineUnfit
from whygrad.pipeline import go_on
from whygrad.pipeline.starting import untrained
from whygrad.run.choice import ASKED_FOR, COSTS
from whygrad.spec import Toy


@dataclass(frozen=True)
class Work:
    """One thing to learn, and how; PyTorch is given one in `part` of the epochs."""

    name: str
    network: Network
    training: Training
    data: Data
    tolerance: float
    part: int


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
)


def experiment_of(work: Work) -> Experiment:
    """What a work is, as one record."""
    return Experiment(network=work.network, training=work.training, data=work.data)


def torch_losses(torch: Any, work: Work, run: Run) -> Callable[[], list[float]]:
    """A function that trains the same network with PyTorch and returns its loss per epoch."""
    dtype = torch.float32 if work.training.dtype == "float32" else torch.float64
    start, part = run.at(0), run.parts["training"]
    inputs, targets = (torch.tensor(array, dtype=dtype) for array in (part.inputs, part.targets))
    size = 1 if work.training.batch_size == "per row" else int(work.training.batch_size)
    adam = isinstance(work.training.optimizer, Adam)

    def epochs() -> list[float]:
        weights = [torch.tensor(value, dtype=dtype, requires_grad=True) for value in start.parameters().values()]
        kind = torch.optim.Adam if adam else torch.optim.SGD
        optimizer = kind(weights, lr=work.training.learning_rate)
        first, first_bias, last, last_bias = weights
        totals = []
        for _ in range(work.training.epochs // work.part):
            total = 0.0
            for at in range(0, len(inputs), size):
                x, y = inputs[at : at + size], targets[at : at + size]
                net = torch.relu(x @ first + first_bias) @ last + last_bias
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


def compare(torch: Any, work: Work, rounds: int) -> None:
    """Print the medians and ratios of one work, after checking that all compute the same losses."""
    runs, firsts = {}, {}
    for name in (*COSTS, *ASKED_FOR):
        try:
            started = perf_counter()
            runs[name] = untrained(experiment_of(work), engine=name)
            run = go_on(runs[name])
            firsts[name] = perf_counter() - started
        except (EngineUnfit, EngineMissing):
            runs.pop(name, None)
            continue
        peer = torch_losses(torch, work, run)
        apart = far_apart([float(row["loss"] or 0.0) for row in run.history.rows], peer())
        if apart > work.tolerance:
            raise SystemExit(f"{work.name}: the losses of {name} differ by {apart:.1e}, so the times mean nothing")
    times: dict[str, list[float]] = {name: [] for name in ("PyTorch eager", *runs)}
    for _ in range(rounds):
        times["PyTorch eager"].append(work.part * seconds(peer))
        for name, start in runs.items():
            times[name].append(seconds(partial(go_on, start)))
    print(f"{work.name}; auto takes {untrained(experiment_of(work)).engine}")
    print(f"  {'':14} {'ms':>9} {'from':>9} {'to':>9} {'PyTorch/it':>11} {'first time, ms':>15}")
    for label, each in times.items():
        ratio = median(np.array(times["PyTorch eager"]) / np.array(each))
        first = f"{1000 * firsts[label]:15.0f}" if label in firsts else ""
        low, high = 1000 * min(each), 1000 * max(each)
        print(f"  {label:14} {1000 * median(each):9.1f} {low:9.1f} {high:9.1f} {ratio:11.1f} {first}")


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
