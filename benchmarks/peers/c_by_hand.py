"""C written by hand for exactly these works, compiled by gcc: what the machine can do, within reason."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.task import flat_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from benchmarks.task import Fresh, Task

SOURCES = Path(__file__).parents[1] / "c"
MADE = Path(__file__).parents[2] / "build" / "benchmarks"
PLAIN = ("-O3", "-march=native")
# Not -ffast-math: a library that is linked with it takes the smallest numbers from the whole process.
FAST = (*PLAIN, "-fno-math-errno", "-fno-trapping-math", "-fno-signed-zeros", "-fassociative-math", "-freciprocal-math")


def ready(task: Task) -> Fresh:
    """A training."""
    return in_batches(task) if task.classes else row_by_row(task)


def compiled(name: str, *flags: str) -> Any:
    """The library that a source is with these flags, compiled the first time."""
    source = SOURCES / f"{name}.c"
    mark = sha256(source.read_bytes() + " ".join(flags).encode()).hexdigest()[:12]
    library = MADE / f"{name}-{mark}.so"
    if not library.exists():
        MADE.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            [shutil.which("gcc") or "gcc", *flags, "-shared", "-fPIC", "-o", str(library), str(source), "-lm"],
            check=True,
        )
    return ctypes.CDLL(str(library))


def row_by_row(task: Task, flags: Sequence[str] = PLAIN) -> Fresh:
    """One update per row, for one hidden layer."""
    inputs, hidden, _ = task.sizes
    library = compiled("row_by_row", *flags, f"-DINPUTS={inputs}", f"-DHIDDEN={hidden}")
    *weights, last_bias = task.weights
    losses = np.empty(task.epochs)
    given = [address(each) for each in (task.x, task.y)]
    counts = (ctypes.c_long(len(task.x)), ctypes.c_long(task.epochs), ctypes.c_double(task.rate))
    start = [address(each) for each in weights]
    call = partial(library.train, *given, *counts, *start, ctypes.c_double(float(last_bias[0])), address(losses))
    return lambda: partial(told, call, losses, task)


def in_batches(task: Task, flags: Sequence[str] = FAST) -> Fresh:
    """Batches, Adam, and the BLAS that SciPy brings."""
    library = compiled("in_batches", *flags)
    labels, sizes, losses = task.labels, np.array(task.sizes, np.int32), np.empty(task.epochs)
    counts = [ctypes.c_long(each) for each in (len(task.x), task.size, task.epochs)]
    head = (gemm(), address(task.x), address(labels), *counts, ctypes.c_float(task.rate))

    def fresh() -> Callable[[], list[float]]:
        flat, _ = flat_of(task)
        tail = (ctypes.c_long(len(sizes) - 1), address(sizes), address(flat), address(losses))
        return partial(told, partial(library.train, *head, *tail), losses, task, flat, labels, sizes)

    return fresh


def told(call: Callable[[], object], losses: Any, *_: object) -> list[float]:
    """The losses that a call writes; what else is given is only held on to while it runs."""
    call()
    found: list[float] = losses.tolist()
    return found


def address(array: Any) -> ctypes.c_void_p:
    """Where an array lies."""
    return ctypes.c_void_p(array.ctypes.data)


def gemm() -> ctypes.c_void_p:
    """The product of single-precision matrices that SciPy offers to compiled code."""
    from scipy.linalg import cython_blas

    capsule = cython_blas.__pyx_capi__["sgemm"]
    python = ctypes.pythonapi
    python.PyCapsule_GetName.restype = ctypes.c_char_p
    python.PyCapsule_GetName.argtypes = [ctypes.py_object]
    python.PyCapsule_GetPointer.restype = ctypes.c_void_p
    python.PyCapsule_GetPointer.argtypes = [ctypes.py_object, ctypes.c_char_p]
    return ctypes.c_void_p(python.PyCapsule_GetPointer(capsule, python.PyCapsule_GetName(capsule)))
