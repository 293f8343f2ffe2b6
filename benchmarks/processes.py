"""Whole processes timed against each other: each in an interpreter of its own, taking turns.

A busy moment of the machine then falls on all of them.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def command(*words: str) -> str:
    """A script that does what these words do after `whygrad`."""
    return f"import sys; sys.argv = {['whygrad', *words]!r}; from whygrad.cli import main; main()"


def peer(name: str, file: str) -> str:
    """A script that trains what a file holds as one of the peers does."""
    return f"""
from pathlib import Path
from benchmarks.peers.roster import PEERS
from benchmarks.task import Task
(peer,) = [each for each in PEERS if each.name == {name!r}]
peer.ready(Task.load(Path({file!r})))()()
"""


def seconds(script: str, folder: str) -> float:
    """Seconds from the start of an interpreter in a folder to its end; what it prints goes nowhere.

    It keeps compiled modules, as every installed program has them, also where the environment forbids that.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = perf_counter()
    subprocess.run(
        [sys.executable, "-c", script],
        check=True,
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return perf_counter() - start


def measure(scripts: Mapping[str, str], rounds: int) -> dict[str, list[float]]:
    """Seconds per script and round, in an empty folder; a first round that warms the disk is thrown away."""
    taken: dict[str, list[float]] = {name: [] for name in scripts}
    with TemporaryDirectory() as folder:
        for turn in range(rounds + 1):
            for name, script in scripts.items():
                once = seconds(script, folder)
                if turn:
                    taken[name].append(once)
    return taken


def compare(
    scripts: Mapping[str, str],
    ratios: Iterable[tuple[str, str]],
    *,
    about: str | None,
    rounds: int,
    goals: Mapping[tuple[str, str], float] | None = None,
) -> None:
    """Print the medians, their ranges and the ratios, beside what these are to be at most."""
    parser = argparse.ArgumentParser(description=about.splitlines()[0] if about else None)
    parser.add_argument("--rounds", type=int, default=rounds, help=f"how often each command runs ({rounds})")
    taken = measure(scripts, parser.parse_args().rounds)
    widest = max(map(len, scripts))
    for name, times in taken.items():
        print(f"{name:{widest}} {1000 * median(times):7.1f} ms   {1000 * min(times):.1f} to {1000 * max(times):.1f}")
    for one, other in ratios:
        goal = (goals or {}).get((one, other))
        wanted = f"   goal: at most {goal}" if goal else ""
        print(f"{one} / {other}: {median(taken[one]) / median(taken[other]):.2f}{wanted}")
