"""docs/performance.md, made of what was measured: no number of it is typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING

from benchmarks import goals, results, tables
from benchmarks.results import Growth, Machine, Memory, Printed, Record, Training, Whole

if TYPE_CHECKING:
    from collections.abc import Iterable

DOCS = Path(__file__).parents[1] / "docs"
PAGE, PICTURE = DOCS / "performance.md", DOCS / "performance.svg"
START = """\
# Performance

How fast whygrad trains, against everybody who can do the same arithmetic, and how near to what the machine can do.

This page is written by `make performance`, which runs every benchmark and types no number by hand; what was measured is
in `benchmarks/results/`, time by time. How it is measured, and what each of the peers is, says
[benchmarks/README.md](../benchmarks/README.md).
"""
AIMS = """\
On one thread, in the terms of the tables below. C by hand is what this machine can do: no engine gets far above its
line. Where the range of a ratio includes 1, *met* and *not met* may be the same.
"""
READING = """\
Ratios come first: how many times as long PyTorch takes, by its default optimizer and by its fused one, which updates
all weights in one pass. A ratio is the median of those of every round, with the least and the most; where a range
includes 1, there may be no difference. *Loop alone* is the generated function with its arrays, like the loops of
others, which keep no history, though it counts what a history needs. The line without a word is the whole call that a
person makes, *history read* the same with every figure of every epoch worked out, which is done when the first is asked
for. *Made ready in* is everything before and in the first run: compiling, where there is any, with whatever its cache
held. What whygrad takes by itself counts compiling as well, which short work does not pay for
([engines.md](engines.md)).
"""


@dataclass(frozen=True)
class Measured:
    """All that was measured; None where it was not."""

    machine: Machine
    training: Training
    growth: Growth | None = None
    memory: Memory | None = None
    whole: Whole | None = None
    printed: Printed | None = None

    @staticmethod
    def read(folder: Path = results.HERE) -> Measured:
        """What a folder holds."""
        return Measured(
            results.read(Machine, folder / "machine.json"),
            results.read(Training, folder / "training.json"),
            kept(Growth, folder / "growth.json"),
            kept(Memory, folder / "memory.json"),
            kept(Whole, folder / "whole.json"),
            kept(Printed, folder / "printed.json"),
        )


def kept(kind: type[Record], path: Path) -> Record | None:
    """A record, if it was kept."""
    return results.read(kind, path) if path.exists() else None


def page(measured: Measured) -> str:
    """The whole page."""
    return "\n".join([START, *machine_lines(measured.machine), "", *sections(measured)]).rstrip() + "\n"


def machine_lines(machine: Machine) -> list[str]:
    """Where and when."""
    packages = ", ".join(f"{name} {version}" for name, version in machine.packages.items())
    where = f"{machine.processor}, {machine.cores} cores, {machine.memory:g} GiB of memory, {machine.system}"
    return wrap(f"Measured on {machine.date}: {where}, Python {machine.python}; {packages}.", 120)


def sections(measured: Measured) -> Iterator[str]:
    """One after the other."""
    yield from ["## Goals", "", AIMS, *goals.goals_table(measured.training), ""]
    yield from ["## Training", "", READING]
    for contest in measured.training.contests:
        yield from [*tables.contest_table(contest), ""]
    if measured.growth:
        yield from growth_section(measured.growth)
    if measured.memory:
        yield from memory_section(measured.memory)
    if measured.whole:
        yield from ["## From start to end", "", WHOLE, *tables.whole_table(measured.whole), ""]
    if measured.printed:
        yield from printed_section(measured.printed)


WHOLE = """\
Whole processes, from their start until XOR is learned (W1), libraries loaded and code compiled:
"""
GROWTH = """\
The time of one update by width, depth and batch: single precision, Adam, one thread. Width: two hidden layers,
batches of 128. Depth: layers of 64 units, batches of 32. Batch: one hidden layer of 128 units. Everywhere 64 inputs and
10 classes.
"""
MEMORY = """\
What a process has in memory at most, above an interpreter that does nothing ({empty} MiB): libraries, the rows,
which everybody reads from one file, and the training.
"""


def growth_section(growth: Growth) -> Iterator[str]:
    """How time grows."""
    yield from ["## Growth", "", GROWTH, f"![Time of one update by width, depth and batch]({PICTURE.name})", ""]
    yield from ["The goal is never to be above PyTorch's curve.", "", *listed(goals.growth_goals(growth)), ""]
    yield from [*tables.growth_table(growth), ""]


def memory_section(memory: Memory) -> Iterator[str]:
    """How much memory is needed."""
    yield from ["## Memory", "", MEMORY.format(empty=tables.mebibytes(memory.empty))]
    yield from [*tables.memory_table(memory), ""]
    yield from ["The goal is to need less than PyTorch and JAX.", "", *listed(goals.memory_goals(memory)), ""]


def printed_section(printed: Printed) -> Iterator[str]:
    """What other scripts said."""
    for name, text in printed.texts.items():
        yield from [f"## benchmarks/{name}.py", "", *(f"    {line}".rstrip() for line in text.splitlines()), ""]


def listed(lines: Iterable[str]) -> Iterator[str]:
    """Lines as a list."""
    return (f"- {line}" for line in lines)


def write(folder: Path = results.HERE, page_file: Path = PAGE, picture: Path = PICTURE) -> None:
    """Write the page and its picture of what a folder holds."""
    measured = Measured.read(folder)
    page_file.write_text(page(measured), encoding="utf-8")
    if measured.growth:
        from benchmarks.picture import draw

        draw(measured.growth, picture)
