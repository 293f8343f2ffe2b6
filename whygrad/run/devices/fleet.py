"""The devices that JAX has, of this process or of all that were joined: arrays are put on them, and fetched.

They stand along the axes of a mesh, one axis for each prime factor of their number, so that the rows of a batch can be
shared out among as many of them as divide their number; the others then do the same work once more.
"""

from __future__ import annotations

import os
import re
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from math import gcd
from typing import TYPE_CHECKING, Any, Final

import jax
import numpy as np
from jax.experimental import multihost_utils
from jax.sharding import Mesh, NamedSharding, PartitionSpec

from whygrad.errors.run import DifferentWork, NotJoined, ProcessLost, UnevenDevices
from whygrad.run.devices.meeting import meet
from whygrad.run.fast.compiled import functions_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

STATUS: Final = re.compile(r"[A-Z]+(_[A-Z]+)*: ")
PATIENCE: Final = 300  # seconds for the other processes to come


@contextmanager
def precise() -> Iterator[None]:
    """Double precision where it is asked for, and products as precise as their inputs, whatever the device likes."""
    with jax.enable_x64(new_val=True), jax.default_matmul_precision("highest"):
        yield


@dataclass(frozen=True, eq=False)
class Fleet:
    """Some devices."""

    mesh: Mesh

    @property
    def count(self) -> int:
        """How many devices they are."""
        return int(self.mesh.size)

    @property
    def whole(self) -> NamedSharding:
        """Each device has all of an array."""
        return NamedSharding(self.mesh, PartitionSpec())

    @property
    def dealt(self) -> NamedSharding:
        """Each device has its part of the first axis."""
        return NamedSharding(self.mesh, PartitionSpec(self.mesh.axis_names or None))

    def split(self, shape: tuple[int, ...], rows: int) -> NamedSharding:
        """Of many arrays of a shape, one after the other, the rows are shared out as far as they are in equal parts."""
        if shape[:1] != (rows,):
            return self.whole
        axes = []
        for axis, size in self.mesh.shape.items():
            if rows % size == 0:
                axes.append(axis)
                rows //= size
        return NamedSharding(self.mesh, PartitionSpec(None, tuple(axes)))

    def shares(self, rows: int) -> int:
        """Among how many devices a batch of so many rows is shared out."""
        return gcd(rows, self.count)

    def put(self, value: Any, sharding: NamedSharding) -> Any:
        """An array on the devices; each process puts there what its own have of it."""
        array = np.asarray(value)
        return jax.make_array_from_callback(array.shape, sharding, lambda index: array[index])

    @staticmethod
    def function(text: str, name: str, *settings: int) -> Callable[..., Any]:
        """A function of a generated program, compiled for arrays as they lie; some of its arguments are settings."""
        made: Callable[..., Any] = jax.jit(functions_of(text)[name], static_argnums=settings)
        return made

    def compiled(self, text: str) -> Callable[..., Any]:
        """`epoch` of a generated program; all that it gives each device has whole."""
        return compiled(text, self.whole)


@lru_cache(maxsize=32)
def compiled(text: str, whole: NamedSharding) -> Callable[..., Any]:
    """The same for a run that is read back, or made once more: compiling takes longer than many a training."""
    made: Callable[..., Any] = jax.jit(functions_of(text)["epoch"], out_shardings=whole)
    return made


def fleet(*, together: bool) -> Fleet:
    """The devices of all processes, or those of this one."""
    devices = jax.devices() if together else jax.local_devices()
    factors = primes(len(devices))
    return Fleet(Mesh(np.array(devices).reshape(factors), tuple(f"part{number}" for number in range(len(factors)))))


def primes(number: int) -> tuple[int, ...]:
    """The prime factors of a number; nothing for 1."""
    smallest = next((each for each in range(2, number + 1) if number % each == 0), None)
    return () if smallest is None else (smallest, *primes(number // smallest))


def processes() -> int:
    """How many processes were joined."""
    return int(jax.process_count())


def as_first_has_it(value: Any) -> Any:
    """What the first of the joined processes has, in all of them."""
    return multihost_utils.broadcast_one_to_all(value)


def refuse_different_work(work: str) -> None:
    """Raises DifferentWork (WG521) where a joined process has other work than the first, by its name."""
    if processes() == 1:
        return
    own = np.frombuffer(sha256(work.encode()).digest(), np.uint8)
    with unheard():
        every = multihost_utils.process_allgather(own).reshape(processes(), -1)
    others = tuple(number for number, each in enumerate(every) if not np.array_equal(each, every[0]))
    if others:
        raise DifferentWork(others)


@contextmanager
def all_present() -> Iterator[None]:
    """Say so where one of the joined processes is gone. Raises ProcessLost (WG522)."""
    try:
        yield
    except (RuntimeError, ValueError) as error:  # JAX has no kind of its own for it: its text begins with a status
        if processes() == 1 or not STATUS.match(str(error)):
            raise
        raise ProcessLost(str(error).splitlines()[0]) from error


@contextmanager
def unheard() -> Iterator[None]:
    """Keep off stdout what libraries write there as processes meet: it belongs to what was asked for."""
    sys.stdout.flush()
    kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)


def in_words(rows: int) -> str:
    """How many devices of which kind all processes have, and where not all of them get a part of so many rows."""
    devices = jax.devices()
    shares = fleet(together=True).shares(rows)
    few = f"; a batch of {rows} rows is cut into {shares} parts" if 1 < shares < len(devices) else ""
    few = few or ("; its batches cannot be cut into equal parts, so one would do" if shares < len(devices) else "")
    kinds = " and ".join(sorted({each.device_kind for each in devices}))
    many = f" of {processes()} processes" if processes() > 1 else ""
    return f"{len(devices)} device{'s' * (len(devices) != 1)} ({kinds}){many}{few}"


def join(coordinator: str, number: int, count: int) -> None:
    """Make this process one of several that train together; the first listens at an address, HOST:PORT.

    Raises NotJoined (WG520) and UnevenDevices (WG523).
    """
    meet(coordinator, number, count, PATIENCE)
    jax.config.update("jax_cpu_collectives_implementation", "gloo")  # processors have no network of their own
    try:
        jax.distributed.initialize(coordinator, count, number)
    except (RuntimeError, ValueError) as error:
        raise NotJoined(coordinator, number, count, str(error).splitlines()[0]) from error
    refuse_uneven([each.process_index for each in jax.devices()])


def part() -> None:
    """Let each of the joined processes go its own way; what follows, each does with its own devices."""
    jax.distributed.shutdown()


def refuse_uneven(owners: Sequence[int]) -> None:
    """Raises UnevenDevices (WG523) where the processes that own the devices do not own as many each."""
    counts = [count for _, count in sorted(Counter(owners).items())]
    if len(set(counts)) > 1:
        raise UnevenDevices(tuple(counts))
