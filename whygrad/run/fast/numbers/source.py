"""A whole training as straight code on single numbers, for networks so small that calling a library is the cost.

The loops over epochs and updates are inside. The same lines run as Python and, compiled, as machine code; only what
surrounds them differs: Python appends to lists, compiled code writes into arrays.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from whygrad.code.layout import fitted, indented, unpacked
from whygrad.run.fast.numbers.draft import ScalarDraft

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whygrad.graph import Step

OWN: Final = frozenset("epoch epochs figures order row rows said state trail train update updates_made".split())  # noqa: SIM905
ERROR: Final = "error"
IMPORTS: Final = "from math import cos, exp, expm1, floor, log, log1p, sin, sqrt, tanh"


@dataclass(frozen=True)
class ScalarSource:
    """Generated code, and the names of the figures that it gives for each epoch; then come the open units."""

    text: str
    figures: tuple[str, ...]


def python_source(step: Step) -> ScalarSource:
    """`train(state, epochs, said, figures, trail)`: epochs of rows of numbers, and lists that are appended to.

    For each update the predictions are appended, for each epoch the sums of the figures with the open units, and the
    states after it.
    """
    parts = Parts(ScalarDraft(step, OWN))
    inner = [*parts.lines, f"said.append(({unpacked(parts.said)}))", *parts.changes]
    body = [
        f"{unpacked(parts.states)} = state",
        "for rows in epochs:",
        *indented(parts.start),
        "    for row in rows:",
        *indented([f"{unpacked(parts.inputs)} = row", *inner], 2),
        f"    figures.append(({unpacked(parts.figures)}))",
        f"    trail.append(({unpacked(parts.states)}))",
    ]
    return ScalarSource(program("def train(state, epochs, said, figures, trail):", body), parts.worth)


def compiled_source(step: Step) -> ScalarSource:
    """`train(state, rows, order, said, figures, trail)`: all of them arrays of doubles, but `order`.

    - `rows`: (rows, inputs); `order`: (epochs, updates), which row each update is given.
    - `said`: (epochs, updates, predictions); `figures`: (epochs, figures); `trail`: (epochs, states), all written to.
    """
    parts = Parts(ScalarDraft(step, OWN))
    given = [f"{name} = rows[row, {place}]" for place, name in enumerate(parts.inputs)]
    said = [f"said[epoch, update, {place}] = {text}" for place, text in enumerate(parts.said)]
    body = [
        *(f"{name} = state[{place}]" for place, name in enumerate(parts.states)),
        "for epoch in range(order.shape[0]):",
        *indented(parts.start),
        "    for update in range(order.shape[1]):",
        *indented(["row = order[epoch, update]", *given, *parts.lines, *said, *parts.changes], 2),
        *(f"    figures[epoch, {place}] = {name}" for place, name in enumerate(parts.figures)),
        *(f"    trail[epoch, {place}] = {name}" for place, name in enumerate(parts.states)),
    ]
    return ScalarSource(program("def train(state, rows, order, said, figures, trail):", body), parts.worth)


class Parts:
    """The lines of a step, and the names that its surroundings use."""

    def __init__(self, draft: ScalarDraft) -> None:
        self.lines = draft.write()
        added = {name: name == ERROR or "/" in name for name in draft.worth}  # of the others the last is told
        totals = {name: draft.identifiers(f"sum_of_{name}" if added[name] else name) for name in draft.worth}
        flags = [draft.identifiers("was_open") for _ in draft.open]
        self.worth = tuple(draft.worth)
        self.figures = [*totals.values(), *flags]
        self.start = [f"{name} = 0.0" for name in self.figures]
        for name, node in draft.worth.items():
            self.lines.append(f"{totals[name]} {'+=' if added[name] else '='} {draft.text(node)}")
        for flag, node in zip(flags, draft.open, strict=True):
            self.lines += [f"if {draft.text(node)} > 0:", f"    {flag} = 1.0"]
        self.said = [draft.text(node) for node in draft.said]
        self.changes = draft.changes()
        self.inputs = [draft.names[each] for each in draft.inputs]
        self.states = [draft.names[each] for each in draft.states]


def program(head: str, body: Sequence[str]) -> str:
    """A function of some lines, with what it imports."""
    lines = [each for line in body for each in laid_out(line)]
    return "\n".join([IMPORTS, "", "", head, *indented(lines)]) + "\n"


def laid_out(line: str) -> list[str]:
    """A line as lines that fit, as far to the right as it stands."""
    depth = (len(line) - len(line.lstrip())) // 4
    return indented(fitted(line.lstrip(), depth + 1), depth)
