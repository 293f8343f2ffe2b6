"""A whole training as straight code on single numbers, for networks so small that calling a library is the cost.

The loops over epochs and updates are inside. The same lines run as Python and, compiled, as machine code; only what
surrounds them differs: Python appends to lists, compiled code writes into arrays.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from whygrad.code.layout import fitted, indented, unpacked
from whygrad.graph import UPDATES, Apply, Constant, topological
from whygrad.primitive import multiply
from whygrad.run.fast.numbers.draft import ScalarDraft
from whygrad.run.fast.numbers.gates import change_of
from whygrad.run.fast.numbers.lines import Told, lines_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from whygrad.graph import Expr, Step

LISTS: Final = "apart epoch epochs figures row rows said say state trail train updates_made"
ARRAYS: Final = "given place spoken start starts update"
OWN: Final = frozenset(f"{LISTS} {ARRAYS}".split())
ERROR: Final = "error"
IMPORTS: Final = "from math import cos, exp, expm1, floor, log, log1p, sin, sqrt, tanh"


@dataclass(frozen=True)
class ScalarSource:
    """Generated code, and the names of the figures that it gives for each epoch; then come the open units.

    - `is_steady`: whether a state that is not finite stays so, whatever the updates that follow.
    """

    text: str
    figures: tuple[str, ...]
    is_steady: bool


def python_source(step: Step) -> ScalarSource:
    """`train(state, epochs, apart, said, figures, trail)`: epochs of rows of numbers, and lists that are appended to.

    For each update the numbers said are appended, for each epoch the sums of the figures with the open units, and after
    so many epochs and at the end the states.
    """
    parts = Parts(step, lambda place: "say({})")  # noqa: ARG005 (one behind the other)
    body = [
        f"{unpacked(parts.states)} = state",
        "say = said.append",
        "for epoch, rows in enumerate(epochs, 1):",
        *indented(parts.start),
        "    for row in rows:",
        *indented([f"{unpacked(parts.inputs)} = row", *parts.lines], 2),
        *indented(parts.counted("len(rows)")),
        f"    figures.append(({unpacked(parts.figures)}))",
        "    if epoch % apart == 0:",
        f"        trail.append(({unpacked(parts.states)}))",
        f"trail.append(({unpacked(parts.states)}))",
    ]
    head = "def train(state, epochs, apart, said, figures, trail):"
    return ScalarSource(program(head, body), parts.worth, parts.is_steady)


def compiled_source(step: Step) -> ScalarSource:
    """`train(state, rows, starts, updates_made, apart, said, figures, trail)`: arrays of doubles, and two that count.

    - `rows`: (rows, inputs); `starts`: which of them the first of the updates of each epoch is given.
    - `said`: (epochs, updates, predictions); `figures`: (epochs, figures), both written to.
    - `trail`: (epochs // apart + 1, states), the states after so many epochs, and at the end.
    """
    parts = Parts(step, lambda place: f"spoken[update, {place}] = {{}}")
    given = [f"{name} = given[update, {place}]" for place, name in enumerate(parts.inputs)]
    body = [
        *(f"{name} = state[{place}]" for place, name in enumerate(parts.states)),
        "for epoch in range(starts.shape[0]):",
        "    start = starts[epoch]",
        "    given = rows[start : start + updates_made]",
        "    spoken = said[epoch]",
        *indented(parts.start),
        "    for update in range(updates_made):",
        *indented([*given, *parts.lines], 2),
        *indented(parts.counted("updates_made")),
        *(f"    figures[epoch, {place}] = {name}" for place, name in enumerate(parts.figures)),
        "    if (epoch + 1) % apart == 0:",
        "        place = epoch // apart",
        *(f"        trail[place, {place}] = {name}" for place, name in enumerate(parts.states)),
        *(f"trail[-1, {place}] = {name}" for place, name in enumerate(parts.states)),
    ]
    head = "def train(state, rows, starts, updates_made, apart, said, figures, trail):"
    return ScalarSource(program(head, body), parts.worth, parts.is_steady)


class Parts:
    """The lines of a step, and the names that its surroundings use; `say` writes a number said, by its place.

    - `start`: the lines before the first update of an epoch; `figures`: what an epoch gives, as it is written after it.
    """

    def __init__(self, step: Step, say: Callable[[int], str]) -> None:
        draft = self.draft = ScalarDraft(step, OWN)
        added = {name: node for name, node in draft.worth.items() if name == ERROR or "/" in name}
        own = {name: node for name, node in draft.worth.items() if not self.is_known(name)}
        totals = {name: draft.identifiers(f"sum_of_{name}" if name in added else name) for name in own}
        flags = [draft.identifiers("was_open") for _ in draft.open]
        told = [Told(f"{total} {'+=' if name in added else '='} {{}}", own[name]) for name, total in totals.items()]
        told += [Told(f"{flag} = 1.0", node, is_condition=True) for flag, node in zip(flags, draft.open, strict=True)]
        told += [Told(say(place), node) for place, node in enumerate(draft.said)]
        self.is_steady = all(change_of(state, node) is not None for state, node in draft.after.items())
        self.count = self.own_count(step)
        self.lines = lines_of(draft, told, [*added.values(), *draft.said], gated=True)
        self.worth = tuple(draft.worth)
        self.start = [f"{name} = 0.0" for name in (*totals.values(), *flags)]
        self.figures = [*(totals.get(name) or self.known(name, totals) for name in draft.worth), *flags]
        self.inputs = [draft.names[each] for each in draft.inputs]
        self.states = [draft.names[each] for each in draft.states]

    def is_known(self, name: str) -> bool:
        """Whether a figure is a number, or so many times another one."""
        node = self.draft.worth[name]
        return isinstance(node, Constant) or self.multiple(name) is not None

    def multiple(self, name: str) -> tuple[Expr, str] | None:
        """The number, and the figure of which this one is a multiple."""
        node = self.draft.worth[name]
        if isinstance(node, Apply) and node.primitive is multiply and isinstance(node.arguments[0], Constant):
            others = (other for other, each in self.draft.worth.items() if each is node.arguments[1] and "/" in other)
            return next(((node.arguments[0], other) for other in others if "/" in name), None)
        return None

    def known(self, name: str, totals: Mapping[str, str]) -> str:
        """A figure after an epoch of which nothing was counted."""
        multiple = self.multiple(name)
        if multiple is None:
            return self.draft.text(self.draft.worth[name])
        return f"{self.draft.text(multiple[0])} * {totals[multiple[1]]}"

    def own_count(self, step: Step) -> Expr | None:
        """The number that counts the updates, where nothing reads it: then it is counted after an epoch."""
        draft = self.draft
        count = next(draft.scalars(leaf) for name, leaf in step.states.items() if name == UPDATES)
        after = draft.after.pop(count)
        if count in topological((*draft.worth.values(), *draft.said, *draft.open, *draft.after.values())):
            draft.after[count] = after
            return None
        return count

    def counted(self, updates: str) -> list[str]:
        """The line that counts the updates of an epoch, where they are not counted one by one."""
        if self.count is None:
            return []
        name = self.draft.names[self.count]
        return [f"{name} = {name} + {updates}"]


def program(head: str, body: Sequence[str]) -> str:
    """A function of some lines, with what it imports."""
    lines = [each for line in body for each in laid_out(line)]
    return "\n".join([IMPORTS, "", "", head, *indented(lines)]) + "\n"


def laid_out(line: str) -> list[str]:
    """A line as lines that fit, as far to the right as it stands."""
    depth = (len(line) - len(line.lstrip())) // 4
    return indented(fitted(line.lstrip(), depth + 1), depth)
