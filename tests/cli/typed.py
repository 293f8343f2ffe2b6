"""Typing commands: in this process, for speed, or in one of their own, for signals and streams."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import pytest

from whygrad.cli import main

EXAMPLES = Path(__file__).parents[2] / "examples"
# The console script, with Ctrl-C as a terminal has it even where the tests run in the background.
SCRIPT = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from whygrad.cli import main; main()"


@dataclass(frozen=True)
class Said:
    """What a command printed, and its exit code."""

    out: str
    err: str
    code: int

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def line(self) -> str:
        """What stands on stderr, with single spaces."""
        return " ".join(self.err.split())

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


class Shell:
    """Types commands in a folder of its own; paths in what they print are relative to it."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.capsys = capsys

    def __call__(self, *words: str | Path) -> Said:
        with pytest.raises(SystemExit) as left:
            main([str(word) for word in words])
        out, err = self.capsys.readouterr()
        return Said(out, err, int(left.value.code or 0))

    def done(self, *words: str | Path) -> Said:
        """A command that must succeed."""
        said = self(*words)
        assert said.code == 0, said.err
        return said

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return Path(name)

    def read(self, name: str) -> Any:
        """A file of JSON."""
        return json.loads((self.folder / name).read_text(encoding="utf-8"))


def process(
    *words: str | Path, cwd: Path, stdout: IO[str] | int = subprocess.PIPE, **surroundings: str
) -> subprocess.Popen[str]:
    """A command in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT, *map(str, words)],
        cwd=cwd,
        env={**os.environ, "COLUMNS": "80", **surroundings},
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
    )


STUDENTS = """
title = "Pass or fail"
[data]
columns = { hours = [1, 2, 3, 4], passed = [0, 0, 1, 1] }
target = "passed"
[network]
layers = "1 -> 1 sigmoid"
[network.weights]
w = { from = "hours", to = "o1", value = 0.1 }
b = { to = "o1", value = 0.0 }
[training]
loss = "sum binary-cross-entropy"
reported_loss = "sum squared-error"
learning_rate = 0.1
epochs = 1000
batch_size = "per row"
order = "in order"
"""

MOONS = """
title = "Moons"
[data]
toy = { name = "moons", rows = 60, noise = 0.1 }
[network]
layers = "2 -> 8 relu -> dropout 0.1 -> 1 sigmoid"
[training]
loss = "mean binary-cross-entropy"
optimizer = "adam"
learning_rate = 0.02
epochs = 10
batch_size = 8
split = { validation = 0.2 }
seed = 3
"""

XOR = """
title = "XOR"
[data]
toy = "xor"
[network]
layers = "2 -> 8 relu -> 1"
initialiser = "python-random"
bias_initialiser = "python-random"
[training]
loss = "sum squared-error"
learning_rate = 0.1
epochs = 101
batch_size = "per row"
order = "in order"
seed = 7
"""

RUNAWAY = """
[data]
toy = "linear"
[network]
layers = "1 -> 8 relu -> 1"
[training]
loss = "sum squared-error"
learning_rate = 1.0
epochs = 20
batch_size = 10
"""
