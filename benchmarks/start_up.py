"""How long whygrad takes to start, against what any program with NumPy in it takes."""

from __future__ import annotations

from benchmarks.processes import command, compare

SCRIPTS = {
    "python": "pass",
    "import numpy": "import numpy",
    "import whygrad": "import whygrad",
    "whygrad --help": command("--help"),
}
RATIOS = (("import whygrad", "import numpy"), ("whygrad --help", "import numpy"), ("whygrad --help", "python"))

if __name__ == "__main__":
    compare(SCRIPTS, RATIOS, about=__doc__, rounds=15)
