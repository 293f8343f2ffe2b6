"""How long an answer takes, from the start of the command to its last line: small steps, and one weight of large ones.

The large network is 784-256-128-10 on a batch of 128 drawn rows, which are read from a table of 785 columns; the deep
one has 30 layers of 100 units, and 1e58 paths from the loss to the weight.
"""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

from benchmarks.processes import command, compare

LARGE = """[data]
file = "pixels.csv"
target = "digit"
[network]
layers = "in -> 256 relu -> 128 relu -> out softmax"
[training]
loss = "mean cross-entropy"
optimizer = "adam"
learning_rate = 0.001
batch_size = 128
epochs = 1
"""
DEEP = f"""[data]
toy = "moons"
[network]
layers = "2 -> {" -> ".join(["100 tanh"] * 30)} -> 1 sigmoid"
[training]
loss = "mean binary-cross-entropy"
learning_rate = 0.01
batch_size = "per row"
epochs = 1
"""
SMALL = Path(__file__).parents[1] / "examples" / "notes-222.toml"


def pixels(rows: int = 512, columns: int = 784) -> str:
    """A table of drawn pixels with ten classes."""
    draw = random.Random(0)  # noqa: S311 (numbers for a table)
    head = ",".join([*(f"pixel{k}" for k in range(columns)), "digit"])
    lines = (
        ",".join([*(f"{draw.random():.3f}" for _ in range(columns)), f"d{draw.randrange(10)}"]) for _ in range(rows)
    )
    return "\n".join([head, *lines]) + "\n"


def main() -> None:
    """Write the files, then time the commands in turn."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in (("pixels.csv", pixels()), ("large.toml", LARGE), ("deep.toml", DEEP)):
            (Path(folder) / name).write_text(text, encoding="utf-8")
        large, deep = f"{folder}/large.toml", f"{folder}/deep.toml"
        scripts = {
            "import numpy": "import numpy",
            "2-2-2, the whole step": command("explain", str(SMALL)),
            "2-2-2, one weight": command("explain", str(SMALL), "--of", "w1"),
            "784-256-128-10, the table": command("show", large, "--json"),
            "784-256-128-10, one weight": command("explain", large, "--of", "hidden1.W[3,0]"),
            "30 x 100, one weight": command("explain", deep, "--of", "hidden1.W[1,0]"),
        }
        compare(scripts, [(name, "import numpy") for name in list(scripts)[1:]], about=__doc__, rounds=7)


if __name__ == "__main__":
    main()
