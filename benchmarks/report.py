"""Run every benchmark that docs/performance.md tells of, keep what they found, and write the page.

Without settings everything is run, which takes about ten minutes on two cores.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path
from time import perf_counter

from benchmarks import limits, page, results
from benchmarks.results import Machine, Printed, Training

QUICK = Path(__file__).parents[1] / "build" / "performance"
PRINTED = ("sweeping", "looking", "start_up")


def run(part: str, folder: Path, *, quick: bool) -> None:
    """One part of what is measured."""
    started = perf_counter()
    if part == "training":
        from benchmarks.training import contests

        results.write(Training(contests(quick=quick)), folder / "training.json")
    elif part == "printed":
        texts = {name: printed(name, ["--rounds", "1"] if quick else []) for name in PRINTED[2 if quick else 0 :]}
        results.write(Printed(texts), folder / "printed.json")
    else:
        measure(part, folder / f"{part}.json", quick=quick)
    print(f"{part}: {perf_counter() - started:.0f} s", file=sys.stderr, flush=True)


def measure(part: str, out: Path, *, quick: bool) -> None:
    """Run a script that keeps what it found."""
    out.parent.mkdir(parents=True, exist_ok=True)
    settings = [*(["--quick"] if quick else []), "--out", str(out)]
    subprocess.run([sys.executable, "-m", f"benchmarks.{part}", *settings], check=True, cwd=limits.ROOT)


def printed(name: str, settings: list[str]) -> str:
    """What a script prints."""
    command = [sys.executable, "-m", f"benchmarks.{name}", *settings]
    return subprocess.run(command, check=True, cwd=limits.ROOT, capture_output=True, text=True).stdout


PARTS = ("training", "growth", "memory", "whole", "printed")


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--quick", action="store_true", help="to try it: few rounds, into build/performance")
    parser.add_argument("--only", choices=PARTS, action="append", help="this part, more than one if given again")
    parser.add_argument("--from-results", action="store_true", help="run nothing, write the page anew")
    asked = parser.parse_args()
    folder = QUICK if asked.quick else results.HERE
    for part in () if asked.from_results else asked.only or PARTS:
        run(part, folder, quick=asked.quick)
    if not asked.from_results:
        results.write(Machine.here(), folder / "machine.json")
    if asked.quick:
        page.write(folder, folder / page.PAGE.name, folder / page.PICTURE.name)
    else:
        page.write(folder)


if __name__ == "__main__":
    main()
