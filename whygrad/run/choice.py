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
from whygrad.run.fast.compiled import can_compile, missing

if TYPE_CHECKING:
    from whygrad.graph import Expr, Step

EngineName = Literal["interpreter", "numpy", "python", "compiled", "jax"]
ON_NUMBERS: Final = ("python", "compiled")
ASKED_FOR: Final[tuple[EngineName, ...]] = ("jax",)  # never chosen by the work: only who asks knows the devices
NEEDS: Final = {"compiled": ("numba", "fast"), "jax": ("jax", "jax")}  # the package, and the extra that has it
MOST_NUMBERS: Final = 20_000  # operations in one update that are still written out one by one


@dataclass(frozen=True)
class Cost:
    """What an engine pays, in seconds.

    - `ready`: to be made ready, besides `ready_per_node` and `ready_per_operation`.
    - `per_node`, `per_operation`, `per_product`: in an update; products are the operations of matrix products.
    """

    ready: float
    ready_per_node: float
    ready_per_operation: float
    per_node: float
    per_operation: float
    per_product: float


COSTS: Final[dict[EngineName, Cost]] = {
    "interpreter": Cost(0.0, 0.0, 0.0, 2.2e-6, 6e-10, 2.5e-11),
    "numpy": Cost(0.03, 0.0, 0.0, 0.8e-6, 3e-10, 2.5e-11),
    "python": Cost(0.02, 0.0, 1e-4, 0.0, 3.5e-8, 3.5e-8),
    "compiled": Cost(2.5, 0.0, 1e-3, 0.0, 1e-9, 1e-9),
}
IN_LOOPS: Final = Cost(2.0, 0.01, 0.0, 2e-8, 5e-11, 2.5e-11)  # compiled code with arrays instead of single numbers


@dataclass(frozen=True)
class Work:
    """What a training asks for: nodes of a step, operations on single numbers in them, and how many updates.

    `products` are those of the operations that are done in matrix products.
    `obstacle` says in words what keeps it from being written number by number, `hindrance` what keeps it from being
    written as loops over arrays.
    """

    nodes: int
    operations: int
    updates: int
    obstacle: str = ""
    hindrance: str = ""
    products: int = 0


def work_of(step: Step, updates: int, obstacle: str = "", hindrance: str = "") -> Work:
    """The work of so many updates, with what keeps it from being written in one way or the other."""
    order = topological(lowered((*step.outputs.values(), *step.next.values())).values())
    nodes = [node for node in order if isinstance(node, Apply)]
    operations = sum(map(operations_of, nodes))
    if not obstacle and operations > MOST_NUMBERS:
        obstacle = f"an update has {operations} operations, of at most {MOST_NUMBERS} that are written out one by one"
    products = sum(operations_of(node) for node in nodes if node.primitive is matmul)
    return Work(len(nodes), operations, updates, obstacle, hindrance, products)


def operations_of(node: Expr) -> int:
    """How many operations on single numbers give a node its value."""
    if not isinstance(node, Apply) or node.primitive.kind is Kind.MOVER:
        return 0
    if node.primitive is matmul:
        return 2 * prod(node.shape) * node.arguments[0].shape[-1]
    return max(prod(x.shape) for x in (node, *node.arguments))


def is_tiny(work: Work) -> bool:
    """Whether a network is so small that code on single numbers is the faster, which depends on the network alone."""
    return not work.obstacle and per_update("python", work) < per_update("numpy", work)


def cost(name: EngineName, work: Work) -> Cost:
    """What an engine pays for such work."""
    return IN_LOOPS if name == "compiled" and not is_tiny(work) else COSTS[name]


def seconds(name: EngineName, work: Work) -> float:
    """How long an engine is likely to take."""
    paid = cost(name, work)
    ready = paid.ready + paid.ready_per_node * work.nodes + paid.ready_per_operation * work.operations
    return ready + work.updates * per_update(name, work)


def per_update(name: EngineName, work: Work) -> float:
    """How long an engine is likely to take for one update."""
    paid = COSTS[name] if name != "compiled" else cost(name, work)
    others = work.operations - work.products
    return paid.per_node * work.nodes + paid.per_operation * others + paid.per_product * work.products


def unfit(name: EngineName, work: Work) -> str:
    """What keeps an engine from such work, in words; nothing where it fits."""
    if name == "python":
        return work.obstacle
    return work.hindrance if name == "compiled" and not is_tiny(work) else ""


def chosen(asked: str, work: Work) -> EngineName:
    """The engine that was asked for, or with "auto" the one that is likely to be done first.

    A tiny network is computed number by number, in Python or compiled, with the same bits; all others in arrays.

    Raises EngineUnfit (WG504) and EngineMissing (WG505).
    """
    if asked in ASKED_FOR:
        return on_devices()
    fit = [name for name in COSTS if is_there(name) and not unfit(name, work)]
    if asked == "auto":
        suited = [name for name in fit if (name in ON_NUMBERS) == is_tiny(work) or name == "compiled"]
        return min(suited, key=lambda name: seconds(name, work))
    for name in COSTS:
        if name == asked:
            if not is_there(name):
                raise EngineMissing(name, missing() or "numba", "fast")
            if name not in fit:
                raise EngineUnfit(name, unfit(name, work), tuple(fit))
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


def at_hand(name: str, work: Work) -> str:
    """The engine that a run was made by, or where it is missing the one whose numbers are the same, or the nearest."""
    if name == "jax" and not has_jax():
        return "numpy"
    if name == "compiled" and not can_compile():
        return "python" if is_tiny(work) else "numpy"
    return name


def is_there(name: EngineName) -> bool:
    """Whether what an engine needs is installed."""
    return name != "compiled" or can_compile()
