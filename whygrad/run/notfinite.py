"""Finding the node where NaN or infinity first appears."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from whygrad.errors.run import NotFinite
from whygrad.graph import Constant, Expr, topological
from whygrad.notation import text

if TYPE_CHECKING:
    from whygrad.graph import Step
    from whygrad.trace import StepTrace

Index = tuple[int, ...]
SHORT = 4  # operations deep: a message is read, not studied


def first_not_finite(trace: StepTrace) -> NotFinite | None:
    """What went wrong first in a step, in the order of computation; None when every value it trains with is finite.

    Statistics are left out: the square of a large but finite gradient may overflow where nothing is wrong yet.
    """
    step = trace.step
    trained = (step.loss, step.outputs["error"], *step.adjoints.values(), *step.gradients.values(), *step.next.values())
    for node in topological(trained):
        value = trace.values.get(node)
        if value is not None and not np.all(np.isfinite(value)):
            return described(trace, node)
    return None


def described(trace: StepTrace, node: Expr) -> NotFinite:
    """The error that names a node with a value that is not finite."""
    value = np.asarray(trace.values[node])
    index = tuple(int(i) for i in np.argwhere(~np.isfinite(value))[0])
    return NotFinite(
        epoch=trace.epoch,
        batch=trace.batch,
        rows=tuple(int(row) for row in trace.rows),
        node=called(trace.step, node, index),
        formula=formula(trace.step, node, index),
        index=index,
        value=float(value[index]),
        sources=tuple(
            f"{called(trace.step, x, None)} from {np.min(seen):.6g} to {np.max(seen):.6g}"
            for x in dict.fromkeys(node.inputs)
            if not isinstance(x, Constant) and (seen := np.asarray(trace.values[x], dtype=np.float64)).size
        ),
    )


def called(step: Step, node: Expr, index: Index | None) -> str:
    """What people call a node or its element: its name, the parameter whose gradient it is, or its formula."""
    name = step.names.of.get(node)
    if name is not None:
        return name.symbol if index is None else name.element(index, node.shape)
    gradient_of = next((leaf for leaf, adjoint in step.adjoints.items() if adjoint is node), None)
    if gradient_of is not None and gradient_of in step.names.of:
        return f"the gradient of {called(step, gradient_of, index)}"
    following = next((state for state, after in step.next.items() if after is node), None)
    return f"{following} after the update" if following else text(node, step.names, depth=SHORT)


def formula(step: Step, node: Expr, index: Index) -> str:
    """How an element of a node is computed, down to the nearest names; empty for a leaf."""
    return text(node, step.names, depth=SHORT, element=index) if node.inputs else ""
