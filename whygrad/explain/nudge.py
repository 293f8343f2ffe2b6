"""What the loss does when one number moves: measured by running the step again, beside what the gradient predicts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from whygrad.graph import Input, State, topological

if TYPE_CHECKING:
    from collections.abc import Mapping

    from whygrad.explain.chart import Element
    from whygrad.explain.links import Evaluate
    from whygrad.graph import Expr
    from whygrad.trace import StepTrace

NUDGES = (0.1, 0.001)
SMALL = 1e-6  # of the number's own size, or of 1: where rounding and curvature disturb a difference least


@dataclass(frozen=True)
class Nudge:
    """A number moved by `by`: the loss then, and the slope from the loss before."""

    by: float
    loss: float
    slope: float


def nudges(trace: StepTrace, parameter: Element, evaluate: Evaluate) -> tuple[Nudge, ...]:
    """What the loss does when a parameter moves by 0.1 and by 0.001."""
    moved = ((by, loss_when(trace, parameter, by, evaluate)) for by in NUDGES)
    return tuple(Nudge(by, loss, (loss - trace.loss) / by) for by, loss in moved)


def central_difference(trace: StepTrace, parameter: Element, evaluate: Evaluate) -> float:
    """The slope of the loss between a little below and a little above."""
    by = SMALL * max(1.0, abs(parameter.value))
    above, below = (loss_when(trace, parameter, sign * by, evaluate) for sign in (1.0, -1.0))
    return (above - below) / (2.0 * by)


def loss_when(trace: StepTrace, parameter: Element, by: float, evaluate: Evaluate) -> float:
    """The loss with one element of a parameter moved and all else as it was."""
    state = trace.step.states[parameter.array]
    array = np.array(trace.values[state], dtype=np.float64)
    array[parameter.index] += by
    return loss_with(trace, {state: array}, evaluate)


def loss_after_update(trace: StepTrace, evaluate: Evaluate) -> float:
    """The loss of the same rows, and of the same masks, with the parameters as they are after the update."""
    step = trace.step
    after: dict[Expr, Any] = {step.states[name]: trace.values[step.next[name]] for name in step.parameters}
    return loss_with(trace, after, evaluate)


def loss_with(trace: StepTrace, changed: Mapping[Expr, Any], evaluate: Evaluate) -> float:
    """The loss of the step with some leaves changed."""
    loss = trace.step.loss
    leaves: dict[Expr, Any] = {
        node: trace.values[node] for node in topological([loss]) if isinstance(node, Input | State)
    }
    return float(evaluate([loss], {**leaves, **changed})[loss])
