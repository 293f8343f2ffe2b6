"""How the time of an update grows with width, depth and batch: whygrad's compiled loops and NumPy, and PyTorch.

Single precision, Adam, one thread. Every point is a network of its own; all take turns, and their losses must agree.
A point of whygrad is a whole call, with the history that it keeps; the loop alone stands beside it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import msgspec

from benchmarks import limits, results
from benchmarks.results import FUSED, TORCH, Growth, Point
from benchmarks.tables import growth_table

WIDTHS, DEPTHS, BATCHES = (64, 128, 256, 512, 1024, 2048), (2, 5, 10, 20, 50), (1, 8, 32, 128, 512, 1024)
QUICK = {"width": (64, 128), "depth": (2,), "batch": (32,)}
INPUTS, CLASSES = 64, 10
SECONDS = 0.1  # about so long PyTorch is to train in a turn
TOLERANCE = 1e-3
MODULE = "benchmarks.growth"


@dataclass(frozen=True)
class Place:
    """A network and the size of its batches, at one place of a curve."""

    sweep: str
    at: int
    hidden: tuple[int, ...]
    batch: int

    @property
    def updates(self) -> int:
        """How many updates are timed, by a guess of how long PyTorch takes for one."""
        sizes = (INPUTS, *self.hidden, CLASSES)
        weights = sum(a * b for a, b in pairwise(sizes))
        guess = 1e-4 + 3e-5 * len(sizes) + (6 * self.batch / 6e10 + 1e-9) * weights
        return max(8, min(400, int(SECONDS / guess)))


def places(*, quick: bool) -> Iterator[Place]:
    """Every place of every curve."""
    chosen = QUICK if quick else {"width": WIDTHS, "depth": DEPTHS, "batch": BATCHES}
    yield from (Place("width", each, (each, each), 128) for each in chosen["width"])
    yield from (Place("depth", each, (64,) * each, 32) for each in chosen["depth"])
    yield from (Place("batch", each, (128,), each) for each in chosen["batch"])


def measured(place: Place, rounds: int) -> Point:
    """All who take part at one place."""
    from benchmarks import ours
    from benchmarks.contest import Entrant, agree, entered, timed
    from benchmarks.peers.roster import PEERS
    from benchmarks.works import Work, by_adam, drawn, hidden, start_of, task_of
    from whygrad import Data, Experiment, Network

    network = Network(layers=hidden(*place.hidden))
    training, data = by_adam(1, place.batch), Data(target="y")
    work = Work("growth", "", Experiment(network=network, training=training, data=data), TOLERANCE)
    table = drawn(place.batch * place.updates, INPUTS, CLASSES)
    entrants = []
    losses = ours.trained(start_of(work, "numpy", table))
    for name in ("numpy", "compiled"):
        run = start_of(work, name, table)
        agree(name, work, ours.trained(run), losses)
        entrants.append(Entrant(f"whygrad {name}", ours.whole(run)))
        if loop := ours.loop_alone(run):
            entrants.append(Entrant(f"whygrad {name}{results.ALONE}", loop.fresh))
    task = task_of(run)
    entrants += [entered(peer, work, task, lambda _: losses) for peer in PEERS if peer.name in (TORCH, FUSED)]
    per_update = [
        msgspec.structs.replace(each, seconds=[once / place.updates for once in each.seconds])
        for each in timed(entrants, rounds)
    ]
    return Point(place.sweep, place.at, per_update)


def main() -> None:
    """Time every place, in a process that has one thread."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, help="how often each runs at a place (5)")
    parser.add_argument("--quick", action="store_true", help="few places, few rounds")
    parser.add_argument("--out", type=Path, help="where to keep what was found")
    asked = parser.parse_args()
    if not limits.within(1, MODULE, sys.argv[1:]):
        return
    rounds = asked.rounds or (3 if asked.quick else 5)
    points = []
    for place in places(quick=asked.quick):
        print(f"{place.sweep} {place.at}", file=sys.stderr, flush=True)
        points.append(measured(place, rounds))
    found = Growth(points)
    print("\n".join(growth_table(found)))
    if asked.out:
        results.write(found, asked.out)


if __name__ == "__main__":
    main()
