"""Which engine runs a training: the one that is likely to be done first, or the one that was asked for.

The estimate counts operations and knows roughly what each engine pays for one, and to be made ready. It depends on the
experiment and on what is installed, never on a clock, so that it says the same every time.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from math import prod
from typing import TYPE_CHECKING, Final, Literal

from whygrad.errors.run import EngineMissing, EngineUnfit
from whygrad.graph import Apply, Kind, lowered, topological
from whygrad.primitive import matmul
from whygrad.run.fast.compiled import can_compile

if TYPE_CHECKING:
    from whygrad.graph import Expr, Step

EngineName = Literal["interpreter", "numpy", "python", "compiled", "jax"]
ON_NUMBERS: Final = ("python", "compiled")
ASKED_FOR: Final[tuple[EngineName, ...]] = ("jax",)  # never chosen by the work: only who asks knows the devices
NEEDS: Final = {"compiled": ("numba", "fast"), "jax": ("jax", "jax")}  # the package, and the extra that has it
MOST_NUMBERS: Final = 20_000  # operations in one update that are still written out one by one


@dataclass(frozen=True)
class Cost:
    """What an engine pays, in seconds: to be made ready, for each node, and for each operation, of an update."""

    ready: float
    ready_per_operation: float
    per_node: float
    per_operation: float


COSTS: Final[dict[EngineName, Cost]] = {
    "interpreter": Cost(0.0, 0.0, 2.5e-6, 1e-9),
    "numpy": Cost(0.03, 0.0, 1.0e-6, 0.5e-9),
    "python": Cost(0.02, 1e-4, 0.0, 3.5e-8),
    "compiled": Cost(2.5, 1e-3, 0.0, 1e-9),
}


@dataclass(frozen=True)
class Work:
    """What a training asks for: nodes of a step, operations on single numbers in them, and how many updates."""

    nodes: int
    operations: int
    updates: int
    obstacle: str = ""


def work_of(step: Step, updates: int, obstacle: str = "") -> Work:
    """The work of so many updates; `obstacle` says in words what keeps it from being written number by number."""
    order = topological(lowered((*step.outputs.values(), *step.next.values())).values())
    nodes = [node for node in order if isinstance(node, Apply)]
    operations = sum(map(operations_of, nodes))
    if not obstacle and operations > MOST_NUMBERS:
        obstacle = f"an update has {operations} operations, of at most {MOST_NUMBERS} that are written out one by one"
    return Work(len(nodes), operations, updates, obstacle)


def operations_of(node: Expr) -> int:
    """How many operations on single numbers give a node its value."""
    if not isinstance(node, Apply) or node.primitive.kind is Kind.MOVER:
        return 0
    if node.primitive is matmul:
        return 2 * prod(node.shape) * node.arguments[0].shape[-1]
    return max(prod(x.shape) for x in (node, *node.arguments))


def seconds(name: EngineName, work: Work) -> float:
    """How long an engine is likely to take."""
    return COSTS[name].ready + COSTS[name].ready_per_operation * work.operations + work.updates * per_update(name, work)


def per_update(name: EngineName, work: Work) -> float:
    """How long an engine is likely to take for one update."""
    return COSTS[name].per_node * work.nodes + COSTS[name].per_operation * work.operations


def chosen(asked: str, work: Work) -> EngineName:
    """The engine that was asked for, or with "auto" the one that is likely to be done first.

    Python and compiled code on single numbers give the same bits, and so do the interpreter and NumPy. Which pair it is
    depends on the network alone: training it longer is going on with the same run.

    Raises EngineUnfit (WG504) and EngineMissing (WG505).
    """
    if asked in ASKED_FOR:
        return on_devices()
    fit = [name for name in COSTS if is_there(name) and not (name in ON_NUMBERS and work.obstacle)]
    if asked == "auto":
        small = "python" in fit and per_update("python", work) < per_update("numpy", work)
        return min((name for name in fit if (name in ON_NUMBERS) == small), key=lambda name: seconds(name, work))
    for name in COSTS:
        if name == asked:
            if not is_there(name):
                raise EngineMissing(name, "numba", "fast")
            if name not in fit:
                raise EngineUnfit(name, work.obstacle, tuple(fit))
            return name
    raise EngineUnfit(asked, "there is no such engine", ("auto", *COSTS, *ASKED_FOR))


def on_devices() -> EngineName:
    """The engine that trains on the devices that JAX has. Raises EngineMissing (WG505)."""
    if not has_jax():
        raise EngineMissing("jax", *NEEDS["jax"])
    return "jax"


@cache
def has_jax() -> bool:
    """Whether JAX is there (extra `jax`)."""
    return find_spec("jax") is not None


def at_hand(name: str) -> str:
    """The engine that a run was made by, or where it is missing the one that gives the same numbers."""
    if name == "jax" and not has_jax():
        return "numpy"
    return "python" if name == "compiled" and not can_compile() else name


def is_there(name: EngineName) -> bool:
    """Whether what an engine needs is installed."""
    return name != "compiled" or can_compile()
