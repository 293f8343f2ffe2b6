"""What the loss does when one number moves: measured by running the step again, beside what the gradient predicts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from whygrad.document import Section, Table
from whygrad.graph import Input, State, topological

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from whygrad.explain.chart import Element
    from whygrad.explain.links import Links
    from whygrad.explain.runner import Runner
    from whygrad.explain.wanted import Wanted
    from whygrad.graph import Expr
    from whygrad.trace import StepTrace

NUDGES: Final = (0.1, 0.001)  # the usual sizes: one that is seen, one that comes close to the slope
SMALL = 1e-6  # of the number's own size, or of 1: where rounding and curvature disturb a difference least


@dataclass(frozen=True)
class Nudge:
    """A number moved by `by`: the loss then, and the slope from the loss before."""

    by: float
    loss: float
    slope: float


def nudges(trace: StepTrace, parameter: Element, runner: Runner, sizes: Sequence[float]) -> tuple[Nudge, ...]:
    """What the loss does when a parameter moves by each of some sizes."""
    moved = ((by, loss_when(trace, parameter, by, runner)) for by in sizes)
    return tuple(Nudge(by, loss, (loss - trace.loss) / by) for by, loss in moved)


def central_difference(trace: StepTrace, parameter: Element, runner: Runner) -> float:
    """The slope of the loss between a little below and a little above, computed in double precision."""
    by = SMALL * max(1.0, abs(parameter.value))
    above, below = (loss_when(trace, parameter, sign * by, runner) for sign in (1.0, -1.0))
    return (above - below) / (2.0 * by)


def loss_when(trace: StepTrace, parameter: Element, by: float, runner: Runner) -> float:
    """The loss with one element of a parameter moved and all else as it was."""
    state = trace.step.states[parameter.array]
    array = np.array(trace.values[state], dtype=np.float64)
    array[parameter.index] += by
    return loss_with(trace, {state: array}, runner)


def loss_after_update(trace: StepTrace, runner: Runner) -> float:
    """The loss of the same rows, and of the same masks, with the parameters as they are after the update."""
    step = trace.step
    after: dict[Expr, Any] = {step.states[name]: trace.values[step.next[name]] for name in step.parameters}
    return loss_with(trace, after, runner)


def loss_with(trace: StepTrace, changed: Mapping[Expr, Any], runner: Runner) -> float:
    """The loss of the step with some leaves changed."""
    loss = trace.step.loss
    return float(runner.evaluate([loss], {**leaf_values(trace), **changed})[loss])


def leaf_values(trace: StepTrace) -> dict[Expr, Any]:
    """What the loss is computed from."""
    return {node: trace.values[node] for node in topological([trace.step.loss]) if isinstance(node, Input | State)}


def measured(links: Links, adjoint: Element, parameter: Element, wanted: Wanted) -> Section:
    """The gradient of a parameter by ways that know nothing of the chain rule, and what the loss does when it moves."""
    trace, runner = links.chart.trace, links.runner
    state, leaves = trace.step.states[parameter.array], leaf_values(trace)
    ways = [("backpropagation", adjoint.value), ("central difference", central_difference(trace, parameter, runner))]
    ways += [(way.name, way.derive(trace.step.loss, state, parameter.index, leaves)) for way in runner.ways]
    rows = tuple((name, value, value - adjoint.value if place else None) for place, (name, value) in enumerate(ways))
    moved = tuple(
        (each.by, each.loss, each.loss - trace.loss, each.by * adjoint.value, each.slope)
        for each in nudges(trace, parameter, runner, wanted.nudges or NUDGES)
    )
    head = (f"{parameter.name} moves by", "loss then", "it changes by", "gradient predicts", "measured slope")
    was = f"The loss was {wanted.numbers.shown(trace.loss)}; what it does when {parameter.name} moves"
    return Section(
        "Measured, by running the step again",
        (
            Table("The same gradient by other ways", ("way", "gradient", "difference"), rows, digits=8),
            Table(was, head, moved, digits=None),
        ),
    )
