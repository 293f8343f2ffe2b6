"""What was measured, as records that are kept as JSON: every single time, so that a table can be made of them anew."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median
from typing import TypeVar

import msgspec
import numpy as np
from msgspec import json

HERE = Path(__file__).parent / "results"
PACKAGES = ("numpy", "scipy", "numba", "torch", "jax", "scikit-learn", "autograd", "tinygrad", "micrograd")
TORCH, FUSED, JAX, NUMBA, C = "PyTorch", "PyTorch, fused optimizer", "JAX, scan", "Numba by hand", "C by hand"
ALONE, READ = ", loop alone", ", history read"
AGAIN = "the same loop again"
PRODUCTS = "its matrix products alone"
Record = TypeVar("Record", bound=msgspec.Struct)


class Timed(msgspec.Struct, frozen=True):
    """What something took, in seconds, once for each round, beside what it took to be made ready.

    - `scale`: one in how many of the updates it was given; the seconds are those of all of them.
    """

    name: str
    seconds: list[float]
    ready: float = 0.0
    scale: float = 1.0

    @property
    def middle(self) -> float:
        """The median."""
        return median(self.seconds)


class Ratio(msgspec.Struct, frozen=True):
    """How many times as long one thing takes as another, round by round: the median, the least and the most."""

    middle: float
    least: float
    most: float

    @staticmethod
    def of(one: Timed, other: Timed) -> Ratio:
        """Of two that took turns."""
        each = np.array(one.seconds) / np.array(other.seconds)
        return Ratio(float(np.median(each)), float(each.min()), float(each.max()))


class Contest(msgspec.Struct, frozen=True):
    """One work, done by all, with so many threads.

    - `chosen`: the engine that whygrad takes by itself; `left_out`: who did not take part, and why.
    """

    work: str
    title: str
    threads: int
    chosen: str
    timed: list[Timed]
    left_out: dict[str, str] = {}

    def named(self, name: str) -> Timed | None:
        """Who has this name; None where it did not take part."""
        return next((each for each in self.timed if each.name == name), None)


class Training(msgspec.Struct, frozen=True):
    """All works."""

    contests: list[Contest]

    def find(self, work: str, threads: int) -> Contest | None:
        """One of them; None where it was not measured."""
        return next((each for each in self.contests if (each.work, each.threads) == (work, threads)), None)


class Point(msgspec.Struct, frozen=True):
    """The seconds of one update at one place of a curve: of width, depth or batch."""

    sweep: str
    at: int
    timed: list[Timed]

    def named(self, name: str) -> Timed | None:
        """Who has this name."""
        return next((each for each in self.timed if each.name == name), None)


class Growth(msgspec.Struct, frozen=True):
    """All places of all curves."""

    points: list[Point]


class Peak(msgspec.Struct, frozen=True):
    """Bytes in memory at most, above an empty interpreter."""

    work: str
    name: str
    bytes: float


class Memory(msgspec.Struct, frozen=True):
    """The peaks of all, and what an empty interpreter has."""

    empty: float
    peaks: list[Peak]

    def of(self, work: str, name: str) -> float | None:
        """The peak of one on a work."""
        return next((each.bytes for each in self.peaks if (each.work, each.name) == (work, name)), None)


class Whole(msgspec.Struct, frozen=True):
    """Whole processes."""

    timed: list[Timed]


class Printed(msgspec.Struct, frozen=True):
    """What other scripts printed, by their name."""

    texts: dict[str, str]


class Machine(msgspec.Struct, frozen=True):
    """Where and when something was measured."""

    date: str
    processor: str
    cores: int
    memory: float
    system: str
    python: str
    packages: dict[str, str]

    @staticmethod
    def here() -> Machine:
        """This one, now."""
        return Machine(
            datetime.now(UTC).strftime("%Y-%m-%d"),
            processor(),
            len(affinity()),
            round(memory() / 2**30, 1),
            f"{platform.system()} {platform.machine()}",
            platform.python_version(),
            {name: found for name in PACKAGES if (found := installed(name))},
        )


def affinity() -> set[int]:
    """The processors that this process may run on."""
    return os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set(range(os.cpu_count() or 1))


def memory() -> int:
    """Bytes of memory that the machine has; 0 where it does not say."""
    names = os.sysconf_names if hasattr(os, "sysconf_names") else {}
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") if "SC_PHYS_PAGES" in names else 0


def processor() -> str:
    """What the processor calls itself."""
    file = Path("/proc/cpuinfo")
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.processor())


def installed(package: str) -> str:
    """The version of a package; empty where it is not there."""
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def write(record: msgspec.Struct, path: Path) -> None:
    """Keep a record."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(json.format(json.encode(record), indent=1) + b"\n")


def read(kind: type[Record], path: Path) -> Record:
    """A record that was kept."""
    return json.decode(path.read_bytes(), type=kind)
