"""How long whygrad takes to start, against what any program with NumPy in it takes.

Each command runs in an interpreter of its own; the commands take turns, so that a busy moment of the machine falls on
all of them.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from statistics import median
from time import perf_counter

COMMANDS = {
    "python": "pass",
    "import numpy": "import numpy",
    "import whygrad": "import whygrad",
    "whygrad --help": "import sys; sys.argv = ['whygrad', '--help']; from whygrad.cli import main; main()",
}
RATIOS = (("import whygrad", "import numpy"), ("whygrad --help", "import numpy"), ("whygrad --help", "python"))


def seconds(script: str) -> float:
    """Seconds from the start of an interpreter to its end."""
    start = perf_counter()
    subprocess.run([sys.executable, "-c", script], check=True, stdout=subprocess.DEVNULL)
    return perf_counter() - start


def measure(rounds: int) -> dict[str, list[float]]:
    """Seconds per command and round; a first round that warms the disk is thrown away."""
    taken: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for turn in range(rounds + 1):
        for name, script in COMMANDS.items():
            once = seconds(script)
            if turn:
                taken[name].append(once)
    return taken


def main() -> None:
    """Print the medians, their ranges and the ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=15, help="how often each command runs (15)")
    taken = measure(parser.parse_args().rounds)
    for name, times in taken.items():
        print(f"{name:16} {1000 * median(times):7.1f} ms   {1000 * min(times):.1f} to {1000 * max(times):.1f}")
    for one, other in RATIOS:
        print(f"{one} / {other}: {median(taken[one]) / median(taken[other]):.2f}")


if __name__ == "__main__":
    main()
