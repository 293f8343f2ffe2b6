"""The update of a parameter: one formula for all parameters that share it, read from the step's graph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from whygrad.code.merge import named_leaf
from whygrad.graph import UPDATES, Constant, Input, State, topological
from whygrad.graph.traverse import replaced

if TYPE_CHECKING:
    from whygrad.graph import Expr, Step

RATE = "learning_rate"
PARAMETER = "parameter"
GRADIENT = "gradient"


@dataclass(frozen=True, eq=False)
class Update:
    """What becomes of a parameter and of what is remembered of it, as expressions of leaves with general names.

    - `memory`: the words for what is remembered, such as "velocity", and what each becomes.
    - `parameter`: what the parameter becomes; `reads`: the leaves it is all made of, by name.
    """

    memory: dict[str, Expr]
    parameter: Expr
    reads: tuple[str, ...]


def memory_of(step: Step, parameter: str) -> dict[str, State]:
    """The states that the optimizer keeps beside a parameter, by their words."""
    start = f"{parameter}."
    return {name.removeprefix(start): state for name, state in step.states.items() if name.startswith(start)}


def update_of(step: Step, parameter: str) -> Update:
    """The update of one parameter."""
    state, gradient = step.states[parameter], step.gradients[parameter]
    memory = memory_of(step, parameter)
    known: dict[Expr, Expr] = {
        state: State(state.shape, PARAMETER),
        gradient: State(gradient.shape, GRADIENT),
        step.outputs["learning_rate"]: named_leaf(RATE),
        step.next[UPDATES]: named_leaf(UPDATES),
        **{kept: State(kept.shape, word) for word, kept in memory.items()},
    }
    after = {word: step.next[kept.name] for word, kept in memory.items()}
    wanted = (*after.values(), step.next[parameter])
    new = replaced(wanted, known)
    remembered = {word: new[node] for word, node in after.items()}
    leaves = {each.name for each in topological(new[node] for node in wanted) if isinstance(each, Input | State)}
    order = (PARAMETER, GRADIENT, *remembered, RATE, UPDATES)
    return Update(remembered, new[step.next[parameter]], tuple(name for name in order if name in leaves))


def rate_is_fixed(step: Step) -> bool:
    """Whether the learning rate is one number."""
    return isinstance(step.outputs["learning_rate"], Constant)


def counts_updates(step: Step) -> bool:
    """Whether anything depends on how many updates came before."""
    wanted = [step.outputs["learning_rate"], *(step.next[name] for name in step.parameters)]
    return bool(step.masks) or step.states[UPDATES] in topological(wanted)
