"""How long whygrad takes from start to end, against a process that only imports NumPy.

The last one trains XOR, 12,004 updates, prints its table and saves the run.
"""

from __future__ import annotations

from pathlib import Path

from benchmarks.processes import command, compare

XOR = Path(__file__).parents[1] / "examples" / "xor.toml"
SCRIPTS = {
    "python": "pass",
    "import numpy": "import numpy",
    "import whygrad": "import whygrad",
    "whygrad --help": command("--help"),
    "whygrad train xor.toml": command("train", str(XOR)),
}
GOALS = {
    ("import whygrad", "import numpy"): 1.3,
    ("whygrad --help", "import numpy"): 1.5,
    ("whygrad train xor.toml", "import numpy"): 4.0,
}
RATIOS = (*GOALS, ("whygrad --help", "python"))

if __name__ == "__main__":
    compare(SCRIPTS, RATIOS, about=__doc__, rounds=15, goals=GOALS)
