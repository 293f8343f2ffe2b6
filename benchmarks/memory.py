"""How much memory a training takes at most, in a process of its own, above an interpreter that does nothing.

Everybody reads the same rows from the same file. What counts is the peak of what a process really has in memory, with
its libraries (VmHWM of Linux, so it runs there only).
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import limits, processes, results
from benchmarks.results import JAX, TORCH, Memory, Peak
from benchmarks.tables import memory_table

STATUS = Path("/proc/self/status")
TOLD = """
import pathlib
print(pathlib.Path("/proc/self/status").read_text())
"""
OURS = """
import numpy
from benchmarks.works import WORKS
from whygrad import Data, train
work = WORKS[{work!r}].experiment
with numpy.load({file!r}) as file:
    x, y = file["x"], file["y"]
y = y if y.shape[1] == 1 else numpy.array([f"class {{each}}" for each in y.argmax(axis=1)])
train(work.network, work.training, (x, y), engine={engine!r})
"""
ENGINES = ("auto", "numpy", "compiled")


def peak(script: str) -> float:
    """Bytes that a process which runs a script had in memory at most."""
    done = subprocess.run(
        [sys.executable, "-c", script + TOLD],
        check=True,
        cwd=limits.ROOT,
        env=limits.environment(1),
        capture_output=True,
        text=True,
    )
    found = re.search(r"VmHWM:\s+(\d+) kB", done.stdout)
    return 1024.0 * int(found[1]) if found else 0.0


def scripts_of(work: str, file: str) -> dict[str, str]:
    """What each does, by name."""
    mine = {f"whygrad {engine}": OURS.format(work=work, file=file, engine=engine) for engine in ENGINES}
    return mine | {name: processes.peer(name, file) for name in (TORCH, JAX)}


def measured(rounds: int, *, quick: bool = False) -> Memory:
    """The peaks of all, on every work; of several rounds the least counts, what is more was chance."""
    from benchmarks.works import WORKS, start_of, task_of

    empty = min(peak("") for _ in range(3))
    peaks = []
    with TemporaryDirectory() as folder:
        for key, work in list(WORKS.items())[: 1 if quick else None]:
            file = Path(folder) / f"{key}.npz"
            task_of(start_of(work)).save(file)
            for name, script in scripts_of(key, str(file)).items():
                peaks.append(Peak(key, name, min(peak(script) for _ in range(rounds)) - empty))
    return Memory(empty, peaks)


def main() -> None:
    """Measure everybody and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=2, help="how often each runs (2)")
    parser.add_argument("--quick", action="store_true", help="one work, once")
    parser.add_argument("--out", type=Path, help="where to keep what was found")
    asked = parser.parse_args()
    if not STATUS.exists():
        print("this system does not tell the peak of a process's memory")
        return
    found = measured(1 if asked.quick else asked.rounds, quick=asked.quick)
    print("\n".join(memory_table(found)))
    if asked.out:
        results.write(found, asked.out)


if __name__ == "__main__":
    main()
