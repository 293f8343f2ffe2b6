"""How long it takes from the start of a process to a network that has learned XOR: 12,000 updates, libraries and all.

A cold cache is that of a machine on which this network was never compiled, a warm one that of every later start.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import limits, processes, results
from benchmarks.results import JAX, TORCH, Timed, Whole
from benchmarks.tables import whole_table

BY_HAND = "plain Python by hand"
HEAD = f"import os, sys, tempfile; sys.path.insert(0, {str(limits.ROOT)!r})\n"
COLD = 'os.environ["WHYGRAD_CACHE"] = tempfile.mkdtemp(dir=os.getcwd())\n'
WARM = 'os.environ["WHYGRAD_CACHE"] = os.path.abspath("warm")\n'
OURS = """
from benchmarks.works import WORKS
from whygrad import train
train(WORKS["W1"].experiment, engine={engine!r}).history.column("loss")
"""


def scripts_of(file: str, *, quick: bool) -> dict[str, str]:
    """What each does, by name."""
    mine = {
        "whygrad python": HEAD + WARM + OURS.format(engine="python"),
        "whygrad numpy": HEAD + WARM + OURS.format(engine="numpy"),
        "whygrad compiled, cold cache": HEAD + COLD + OURS.format(engine="compiled"),
        "whygrad compiled, warm cache": HEAD + WARM + OURS.format(engine="compiled"),
        "whygrad auto": HEAD + WARM + OURS.format(engine="auto"),
    }
    theirs = {name: HEAD + processes.peer(name, file) for name in (BY_HAND, JAX, TORCH)[: 1 if quick else None]}
    return {"import numpy": "import numpy"} | mine | theirs


def measured(rounds: int, *, quick: bool = False) -> Whole:
    """Everybody in turns."""
    from benchmarks.works import WORKS, start_of, task_of

    with TemporaryDirectory() as folder:
        file = Path(folder) / "xor.npz"
        task_of(start_of(WORKS["W1"])).save(file)
        taken = processes.measure(scripts_of(str(file), quick=quick), rounds)
    return Whole([Timed(name, seconds) for name, seconds in taken.items()])


def main() -> None:
    """Time everybody and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=3, help="how often each runs (3)")
    parser.add_argument("--quick", action="store_true", help="once, and without the slowest")
    parser.add_argument("--out", type=Path, help="where to keep what was found")
    asked = parser.parse_args()
    found = measured(1 if asked.quick else asked.rounds, quick=asked.quick)
    print("\n".join(whole_table(found)))
    if asked.out:
        results.write(found, asked.out)


if __name__ == "__main__":
    main()
