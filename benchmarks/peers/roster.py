"""Who else is timed, on what, and how much of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from shutil import which
from typing import TYPE_CHECKING

from benchmarks.results import FUSED, JAX, NUMBA, TORCH, C

if TYPE_CHECKING:
    from benchmarks.task import Fresh, Task


@dataclass(frozen=True)
class Peer:
    """Something that trains the same networks.

    - `module`: its file in this folder; `package`: what it needs, if anything, and `program`, a
      compiler that has to be there.
    - `looseness`: how many times as far apart its losses may be as those of others.
    - `parts`: by work, one in how many of its epochs or rows it is given; its time is scaled up.
    - `cannot`: by work, why it is left out.
    """

    name: str
    module: str
    package: str = ""
    parts: Mapping[str, int] = field(default_factory=dict)
    cannot: Mapping[str, str] = field(default_factory=dict)
    is_fused: bool = False
    program: str = ""
    looseness: float = 1.0

    def obstacle(self, work: str) -> str:
        """Why it does not do a work; empty where it does."""
        if work in self.cannot:
            return self.cannot[work]
        if self.package and find_spec(self.package) is None:
            return f"{self.package} is not installed"
        return f"there is no {self.program} here" if self.program and not which(self.program) else ""

    def ready(self, task: Task) -> Fresh:
        """A training, made ready and compiled if it is to be."""
        make = import_module(f"benchmarks.peers.{self.module}").ready
        made: Fresh = make(task, fused=True) if self.is_fused else make(task)
        return made


NUMBERS_ONLY = "an update is hundreds of thousands of operations, and it does them one by one"
SCALARS = {"W2a": NUMBERS_ONLY, "W2b": NUMBERS_ONLY}
TORCH_PARTS = {"W1": 30, "W2a": 4}
PEERS = (
    Peer(TORCH, "pytorch", "torch", TORCH_PARTS),
    Peer(FUSED, "pytorch", "torch", TORCH_PARTS, is_fused=True),
    Peer(JAX, "jax_scan", "jax"),
    # Its Adam adds epsilon before it corrects for the start.
    Peer("scikit-learn", "scikit_learn", "sklearn", {"W1": 30, "W2a": 4}, looseness=10.0),
    Peer("autograd", "autograd", "autograd", {"W1": 30, "W2a": 4}),
    # Its Adam corrects for the start in single precision.
    Peer("tinygrad", "tinygrad", "tinygrad", {"W1": 100, "W2a": 20, "W2b": 20}, program="clang", looseness=10.0),
    Peer("micrograd", "micrograd", "micrograd", {"W1": 100}, SCALARS),
    Peer("plain Python by hand", "plain_python", "", {"W1": 10}, SCALARS),
    Peer(NUMBA, "numba_by_hand", "numba"),
    Peer(C, "c_by_hand", program="gcc"),
)
