"""The trace of one step: every value that running it gave. Reading a trace never changes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from whygrad.errors.graph import UnknownName

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from whygrad.graph import Expr, Step

Array = NDArray[Any]
Index = tuple[int, ...]


@dataclass(frozen=True)
class Change:
    """What one step did to a parameter, or to one element of it: arrays of one shape, or single numbers."""

    name: str
    before: Array
    gradient: Array
    after: Array

    @property
    def update(self) -> Array:
        """What the step added to it."""
        with np.errstate(all="ignore"):  # where a run broke, infinity less infinity is NaN, and that is the answer
            return np.asarray(self.after - self.before)


@dataclass(frozen=True, eq=False, repr=False)
class StepTrace:
    """Every node of a training step with its value.

    - `number`: how many updates came before this one; `epoch` and `batch` say the same in the loop's words.
    - `rows`: row numbers in the data source, (rows,).
    - `values`: the value of every node: forward pass, loss, adjoints, gradients, update, optimizer state.
    """

    step: Step
    values: Mapping[Expr, Array]
    number: int
    epoch: int
    batch: int
    rows: NDArray[np.int64]

    def __repr__(self) -> str:
        rows = f"{len(self.rows)} row{'s' * (len(self.rows) != 1)}"
        return f"<StepTrace of epoch {self.epoch}, batch {self.batch}: {rows}, loss {self.loss:.6g}>"

    @property
    def loss(self) -> float:
        """The loss that was differentiated, penalties included."""
        return float(self.values[self.step.loss])

    def value(self, name: str) -> Array:
        """The value of a named node or element: "hidden.out", "out_H1" (one number per row), "w5".

        Raises UnknownName (WG105).
        """
        node, index = self.step.names.find(name)
        return picked(self.values[node], index)

    def adjoint(self, name: str) -> Array:
        """D loss / d node for a named node or element, in its shape; zeros where the loss does not depend on it."""
        node, index = self.step.names.find(name)
        if node not in self.step.adjoints:
            return picked(np.zeros(node.shape), index)
        return picked(self.values[self.step.adjoints[node]], index)

    def change(self, name: str) -> Change:
        """What the step did to a parameter ("hidden.W") or one element of it ("w5", "hidden.W[0,1]")."""
        leaves: dict[Expr, str] = {self.step.states[parameter]: parameter for parameter in self.step.parameters}
        node, index = self.step.names.among(leaves).find(name)
        whole = self._change(leaves[node])
        return Change(name, picked(whole.before, index), picked(whole.gradient, index), picked(whole.after, index))

    def changes(self) -> Iterator[Change]:
        """What the step did to each parameter, in the network's order."""
        return map(self._change, self.step.parameters)

    def _change(self, parameter: str) -> Change:
        before = self.values[self.step.states[parameter]]
        gradient = self.values[self.step.gradients[parameter]]
        return Change(parameter, before, gradient, self.values[self.step.next[parameter]])

    def state(self, name: str) -> tuple[Array, Array]:
        """Any state before and after the step: a parameter, the optimizer's memory, a running statistic."""
        if name not in self.step.states:
            raise UnknownName(name, "")
        return self.values[self.step.states[name]], self.values[self.step.next[name]]


def picked(array: Array, index: Index | None) -> Array:
    """The elements an index means: all of them (None), one, or a unit's column when the index lacks the batch axis."""
    whole = np.asarray(array)
    place: Any = (..., *(index or ()))
    return np.asarray(whole[place])
