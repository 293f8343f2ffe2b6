"""One work done by all, in turns, within one process that has so many threads; `training` starts it."""

from __future__ import annotations

import argparse
import gc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import ceil
from pathlib import Path
from time import perf_counter

from benchmarks import ours, results
from benchmarks.ours import Differs
from benchmarks.peers.roster import PEERS, Peer
from benchmarks.results import AGAIN, ALONE, PRODUCTS, READ, Contest, Timed
from benchmarks.task import Task
from benchmarks.works import WORKS, Work, start_of, task_of
from whygrad import Run

CHECKED = 20  # epochs whose losses must agree
SHORT = 0.02  # seconds: what takes less is done several times in a turn
# One in how many epochs an engine is given where it goes from call to call.
PARTS = {"W1": {"interpreter": 30, "numpy": 10, "jax": 30}, "W2a": {"interpreter": 4, "jax": 4}}


@dataclass(frozen=True, eq=False)
class Entrant:
    """Who takes part: each turn it is given a fresh start, which is not timed, and then it runs."""

    name: str
    fresh: Callable[[], Callable[[], object]]
    ready: float = 0.0
    scale: float = 1.0
    repeats: int = 1

    def turn(self) -> float:
        """Seconds of one run of all epochs."""
        runs = [self.fresh() for _ in range(self.repeats)]
        start = perf_counter()
        for run in runs:
            run()
        return self.scale * (perf_counter() - start) / self.repeats

    def warmed(self) -> Entrant:
        """The same with as many runs in a turn as make it long enough to be timed."""
        once = min(self.turn(), self.turn()) / self.scale
        return replace(self, repeats=max(1, min(50, ceil(SHORT / once))))


def far_apart(mine: Sequence[float], theirs: Sequence[float]) -> float:
    """The largest relative difference of the losses of the first epochs."""
    return max(abs(a - b) / max(abs(b), 1e-9) for a, b in zip(mine[:CHECKED], theirs[:CHECKED], strict=False))


def agree(name: str, work: Work, mine: Sequence[float], theirs: Sequence[float], looseness: float = 1.0) -> None:
    """Raises Differs where the losses are not those of the same arithmetic."""
    apart = far_apart(mine, theirs)
    if not apart <= work.tolerance * looseness:
        raise Differs(f"the losses of {name} on {work.key} differ by {apart:.1e}, so its times mean nothing")


def engines(work: Work, table: object | None, losses: Sequence[float]) -> Iterator[Entrant]:
    """Everything that whygrad has for a work: whole calls, loops alone, one of those twice, products alone."""
    loops: list[Entrant] = []
    for name, full in ours.starts(work, table):
        part = PARTS.get(work.key, {}).get(name, 1)
        run = full if part == 1 else start_of(work.for_epochs(work.epochs // part), name, table)
        began = perf_counter()
        found = ours.trained(run)
        ready = perf_counter() - began
        agree(name, work, found, losses)
        yield Entrant(f"whygrad {name}", ours.whole(run), ready, part)
        if loop := ours.loop_alone(run):
            yield Entrant(f"whygrad {name}{READ}", ours.read(run))
            loops.append(Entrant(f"whygrad {name}{ALONE}", loop.fresh))
        if products := ours.products_alone(run):
            loops.insert(0, Entrant(PRODUCTS, products))
    yield from loops
    if loops:
        yield replace(loops[-1], name=AGAIN)


def part_of(task: Task, part: int) -> Task:
    """One in so many of the epochs; where there are not so many, of the rows, in whole batches."""
    if task.epochs >= part:
        return replace(task, epochs=task.epochs // part)
    rows = len(task.x) // part // task.size * task.size
    return replace(task, x=task.x[:rows], y=task.y[:rows])


def entered(peer: Peer, work: Work, task: Task, losses: Callable[[int], Sequence[float]]) -> Entrant:
    """A peer that was seen to do the same arithmetic; `losses` are those of so many rows. Raises Differs."""
    given = part_of(task, peer.parts.get(work.key, 1))
    began = perf_counter()
    fresh = peer.ready(given)
    found = fresh()()
    ready = perf_counter() - began
    agree(peer.name, work, found, losses(len(given.x)), peer.looseness)
    return Entrant(peer.name, fresh, ready, task.updates / given.updates)


def others(work: Work, run: Run, losses: Callable[[int], Sequence[float]]) -> tuple[list[Entrant], dict[str, str]]:
    """The peers that take part, and why others do not."""
    task, found, left_out = task_of(run), [], {}
    for peer in PEERS:
        obstacle = peer.obstacle(work.key)
        try:
            if not obstacle:
                found.append(entered(peer, work, task, losses))
        except Differs as fault:
            obstacle = str(fault)
        if obstacle:
            left_out[peer.name] = obstacle
    return found, left_out


def timed(entrants: Sequence[Entrant], rounds: int) -> list[Timed]:
    """All take turns, every other round from the end."""
    warm = [each.warmed() for each in entrants]
    gc.collect()
    gc.freeze()  # what the libraries have made is not looked through again while somebody is timed
    seconds: dict[str, list[float]] = {each.name: [] for each in warm}
    for number in range(rounds):
        for each in warm[:: -1 if number % 2 else 1]:
            seconds[each.name].append(each.turn())
    return [Timed(each.name, seconds[each.name], each.ready, each.scale) for each in warm]


def contest(work: Work, threads: int, rounds: int) -> Contest:
    """Check everybody, then time everybody."""
    table = work.rows() if work.rows else None
    start = start_of(work, table=table)

    @cache
    def losses(rows: int) -> list[float]:
        known = tuple(each[:rows] for each in table) if table else None
        return ours.trained(start_of(work.for_epochs(min(CHECKED, work.epochs)), "interpreter", known))

    mine = list(engines(work, table, losses(len(start.parts["training"]))))
    peers, left_out = others(work, start, losses)
    return Contest(work.key, work.title, threads, start.engine, timed([*peers, *mine], rounds), left_out)


def main() -> None:
    """Time one work and keep what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", choices=WORKS)
    parser.add_argument("--threads", type=int, default=1, help="how many this process was given")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    results.write(contest(WORKS[asked.work], asked.threads, asked.rounds), asked.out)


if __name__ == "__main__":
    main()
