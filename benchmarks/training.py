"""How long each engine takes to train, against everybody else who can do the same arithmetic.

All start from the same weights and see the same rows in the same order; the losses of the first epochs must agree
before any time counts. They take turns within one process, which has as many threads as is said. Of whygrad both the
whole call is timed, with its history, and the generated loop alone, since others' loops keep no history. Who is slow
does a part of the epochs, and its time is scaled up.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import limits, results
from benchmarks.results import Contest
from benchmarks.tables import contest_table
from benchmarks.works import WORKS

ROUNDS = {"W1": 15, "W2a": 9, "W2b": 7}
QUICK = 3
QUICK_WORKS = ("W1", "W2a")


def contests(rounds: int | None = None, *, quick: bool = False) -> list[Contest]:
    """Every work with each number of threads, each in a process of its own; with `quick` only some."""
    return [
        measured(key, threads, rounds or (QUICK if quick else ROUNDS[key]))
        for key, work in WORKS.items()
        for threads in work.threads
        if not quick or key in QUICK_WORKS
    ]


def measured(key: str, threads: int, rounds: int) -> Contest:
    """One work with so many threads."""
    with TemporaryDirectory() as folder:
        out = Path(folder) / "contest.json"
        settings = ["--threads", str(threads), "--rounds", str(rounds), "--out", str(out)]
        limits.run_python(["-m", "benchmarks.contest", key, *settings], threads)
        found = results.read(Contest, out)
    print("\n".join(contest_table(found)), end="\n\n", flush=True)
    return found


def main() -> None:
    """Compare on every work."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, help=f"how often each runs ({ROUNDS})")
    parser.add_argument("--quick", action="store_true", help="few rounds, and not all works")
    parser.add_argument("--work", choices=WORKS, help="only this one")
    parser.add_argument("--threads", type=int, default=1, help="of that one (1)")
    asked = parser.parse_args()
    if asked.work:
        measured(asked.work, asked.threads, asked.rounds or (QUICK if asked.quick else ROUNDS[asked.work]))
    else:
        contests(asked.rounds, quick=asked.quick)


if __name__ == "__main__":
    main()
