"""Processes that have so many threads and no more, whoever counts them."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parents[1]
# Where each library reads how many threads it may have; JAX takes NPROC. DEV is of tinygrad.
COUNTS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS", "NPROC")


def environment(threads: int) -> dict[str, str]:
    """The variables of a process that has so many threads."""
    return {**os.environ, **dict.fromkeys(COUNTS, str(threads)), "JAX_PLATFORMS": "cpu", "DEV": "CPU"}


def processors(threads: int) -> set[int]:
    """Those that it may run on: the last, for what else a machine has to do often comes to the first."""
    return set(sorted(os.sched_getaffinity(0))[-threads:])


def run_python(arguments: Sequence[str], threads: int) -> None:
    """Run Python with these arguments on so many processors; its words go where ours go."""
    pin = partial(os.sched_setaffinity, 0, processors(threads)) if hasattr(os, "sched_setaffinity") else None
    subprocess.run(
        [sys.executable, *arguments],
        check=True,
        cwd=ROOT,
        env=environment(threads),
        preexec_fn=pin,
    )


def within(threads: int, module: str, arguments: Sequence[str]) -> bool:
    """Whether this process has so many threads; one that has not starts another of the same module that has."""
    if os.environ.get(COUNTS[0]) == str(threads) and len(os.sched_getaffinity(0)) <= threads:
        return True
    run_python(["-m", module, *arguments], threads)
    return False
