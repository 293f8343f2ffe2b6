"""How long the reference interpreter takes to train, against PyTorch's eager loop doing the same arithmetic.

Both start from the same weights and see the same rows in the same order; their losses must agree before any time
counts. The two take turns within one process.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np

from whygrad import Adam, Data, Dense, Loss, Network, Run, Training, train
from whygrad.spec import Toy


@dataclass(frozen=True)
class Work:
    """One thing to learn, and how."""

    name: str
    network: Network
    training: Training
    data: Data
    tolerance: float


WORKS = (
    Work(
        "xor 2-8-1, one update per row, 1,600 updates, float64",
        Network(layers="2 -> 8 relu -> 1"),
        Training(
            loss=Loss("squared-error", "sum"), learning_rate=0.1, epochs=400, batch_size="per row", order="in order"
        ),
        Data(toy=Toy("xor")),
        1e-9,
    ),
    Work(
        "digits 64-128-10, batches of 32, Adam, 3 epochs, float32",
        Network(layers=(Dense(units=128, activation="relu"), Dense(units="out", activation="softmax"))),
        Training(
            loss=Loss("cross-entropy", "mean"),
            optimizer=Adam(),
            learning_rate=0.001,
            epochs=3,
            batch_size=32,
            order="in order",
            dtype="float32",
        ),
        Data(dataset="digits", scale="min-max"),
        1e-4,
    ),
)


def whygrad_run(work: Work) -> Run:
    """The run of one work."""
    return train(work.network, work.training, work.data)


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
        for _ in range(work.training.epochs):
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
    """Print the medians and the ratio of one work, after checking that both compute the same losses."""
    run = whygrad_run(work)
    peer = torch_losses(torch, work, run)
    mine = [float(row["loss"] or 0.0) for row in run.history.rows]
    apart = max(abs(a - b) / max(abs(b), 1e-9) for a, b in zip(mine[:50], peer()[:50], strict=True))
    if apart > work.tolerance:
        raise SystemExit(f"{work.name}: the losses differ by {apart:.1e}, so the times mean nothing")
    times = [(seconds(lambda: whygrad_run(work)), seconds(peer)) for _ in range(rounds)]
    ours, theirs = (np.array(each) for each in zip(*times, strict=True))
    print(f"{work.name} (losses agree to {apart:.0e})")
    for name, each in (("whygrad, set-up included", ours), ("PyTorch eager", theirs)):
        print(f"  {name:26} {1000 * median(each):8.0f} ms   {1000 * each.min():.0f} to {1000 * each.max():.0f}")
    print(f"  PyTorch / whygrad          {median(theirs / ours):8.2f}")


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
