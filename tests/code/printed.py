"""Printing an experiment as a program, running that, and the losses it ought to print."""

from __future__ import annotations

import io
from contextlib import redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from whygrad.cli.learned import epochs_table
from whygrad.pipeline import go_on
from whygrad.pipeline.program import Commands, Written, printed_by, program, write
from whygrad.pipeline.starting import untrained

if TYPE_CHECKING:
    from collections.abc import Iterable

    from whygrad import Experiment, Run
    from whygrad.code import Language

COMMANDS = Commands("whygrad code FILE", "whygrad train FILE")
SHOWN = ("epoch", "loss", "validation loss")
ROUNDING = 1e-20  # a loss below this is what is left of its own rounding, which depends on the order of sums
NEEDED = {"pytorch": "torch", "jax": "jax"}
Row = list[str]


def trained(experiment: Experiment, folder: Path = Path()) -> Run:
    return go_on(untrained(experiment, folder))


def written(run: Run, language: Language) -> Written:
    """The program of a run; skips where its framework is missing."""
    if language in NEEDED:
        framework = pytest.importorskip(NEEDED[language], reason=f"the program is one for {language}")
        if language == "pytorch":
            framework.set_num_threads(1)  # the matrices are small, and the tests already run side by side
    return program(run, language, printed_by(run), COMMANDS, "program_rows.csv")


def ran(program: Written) -> list[Row]:
    """What a program prints, row by row and word by word, without the head."""
    with TemporaryDirectory() as folder, redirect_stdout(io.StringIO()) as out:
        path = Path(folder) / "program.py"
        write(path, program)
        try:
            exec(compile(program.text, str(path), "exec"), {"__name__": "__main__", "__file__": str(path)})  # noqa: S102
        finally:
            leave_precision()
    return [line.split() for line in out.getvalue().splitlines()[1:]]


def leave_precision() -> None:
    """PyTorch's precision as it was before a program asked for another."""
    import sys

    if "torch" in sys.modules:
        sys.modules["torch"].set_default_dtype(sys.modules["torch"].float32)


def expected(run: Run) -> list[Row]:
    """The losses that `whygrad train` prints, row by row and word by word."""
    head, rows = epochs_table(run.history)
    return [[word for name, word in zip(head, row, strict=True) if name in SHOWN] for row in rows]


def differing(run: Run, language: Language) -> list[tuple[Row, Row]]:
    """The rows in which a program and the training differ; those of nothing but rounding aside."""
    wanted, found = expected(run), ran(written(run, language))
    assert len(wanted) == len(found)
    return [pair for pair in zip(wanted, found, strict=True) if not all(map(same, *pair))]


def same(one: str, other: str) -> bool:
    """Whether two printed numbers are equal, or both nothing but rounding."""
    return one == other or (float(one) < ROUNDING and float(other) < ROUNDING)


def lines_of(text: str, words: Iterable[str]) -> list[str]:
    """The lines of a program that hold any of some words."""
    return [line for line in text.splitlines() if any(word in line for word in words)]
