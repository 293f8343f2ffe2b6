"""A step whose number of rows is left open, so that one piece of code serves full batches and a smaller last one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from whygrad.graph import Apply, Constant, Expr, Input, Step, lowered, topological
from whygrad.graph.traverse import with_inputs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


@dataclass(frozen=True, eq=False)
class OpenStep:
    """A step for any of some numbers of rows.

    - `outputs`, `next`: its nodes; `called`: what people call them.
    - `rows`: the size that stands for the number of rows, and that no other axis has; None where nothing depends on it.
    - `sizes`: the numbers of rows there are; `depends`: numbers that depend on them, one value for each.
    """

    step: Step
    outputs: Mapping[str, Expr]
    next: Mapping[str, Expr]
    called: Mapping[Expr, str]
    rows: int | None
    sizes: tuple[int, ...]
    depends: Mapping[Input, tuple[float, ...]]


class RowsDecide(Exception):
    """The number of rows decides what is computed, not only how often."""


def closed(step: Step) -> OpenStep:
    """A step whose sizes are all as they stand."""
    return OpenStep(step, step.outputs, step.next, called_in(step), None, (), {})


def called_in(step: Step) -> dict[Expr, str]:
    """What the nodes of a step are called: as people call them, derivatives and next values after what they are of."""
    called = {node: f"next_{name}" for name, node in step.next.items()}
    called |= {node: name for name, node in step.outputs.items()}
    called |= {node: f"dE_d{name}" for name, node in step.gradients.items()}
    names = {node: name.symbol for node, name in step.names.of.items()}
    adjoints = {adjoint: f"dE_d{names[node]}" for node, adjoint in step.adjoints.items() if node in names}
    return adjoints | called | names


def opened(step_for: Callable[[int], Step], sizes: Sequence[int]) -> OpenStep:
    """The step for some numbers of rows: their graphs differ in nothing but sizes and single numbers.

    It is built for a number that no axis has, so that wherever that stands in a shape, rows are meant.
    Raises RowsDecide where the graphs differ in more.
    """
    steps = [step_for(size) for size in sizes]
    largest = max(size for step in steps for node in below(step) for size in node.shape)
    rows = largest + 1
    step = step_for(rows)
    depends: dict[tuple[float, ...], Input] = {}
    new: dict[Expr, Expr] = {}
    low = lowered((*step.outputs.values(), *step.next.values()))
    orders = [below(step, low), *(below(each) for each in steps)]
    if len(set(map(len, orders))) > 1:
        raise RowsDecide
    for node, *others in zip(*orders, strict=True):
        new[node] = with_inputs(node, tuple(new[x] for x in node.inputs))
        if any(kind_of(other) != kind_of(node) for other in others):
            raise RowsDecide
        if isinstance(node, Constant) and len({str(each.value) for each in (node, *others)}) > 1:
            if node.shape:
                raise RowsDecide
            values = tuple(float(each.value) for each in others)
            new[node] = depends.setdefault(values, Input((), named(values, sizes)))
    return OpenStep(
        step,
        {name: new[low[node]] for name, node in step.outputs.items()},
        {name: new[low[node]] for name, node in step.next.items()},
        {new[low[node]]: name for node, name in called_in(step).items() if node in low},
        rows,
        tuple(sizes),
        {leaf: values for values, leaf in depends.items()},
    )


def below(step: Step, low: Mapping[Expr, Expr] | None = None) -> list[Expr]:
    """The basic nodes that a run computes, inputs first."""
    roots = (*step.outputs.values(), *step.next.values())
    low = lowered(roots) if low is None else low
    return topological(low[root] for root in roots)


def kind_of(node: Expr) -> Any:
    """What is the same in two graphs that differ in their sizes."""
    return node.primitive if isinstance(node, Apply) else type(node)


def named(values: Sequence[float], sizes: Sequence[int]) -> str:
    """What a number that depends on the rows is called."""
    return "rows_counted" if list(values) == list(sizes) else "share_of_a_row"
