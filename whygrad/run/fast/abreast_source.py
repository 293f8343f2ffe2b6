"""A step of many networks side by side as straight code, with the loop from network to network innermost.

Each variable is a number of one network. What stands in that loop does the same to each, so a compiler makes one
instruction of it for as many networks as fit into a register. A group of `LANES` networks is taken through all epochs
before the next, while its numbers are near.
"""

from __future__ import annotations

from dataclasses import replace
from inspect import getsource, isfunction
from typing import TYPE_CHECKING, Final

from whygrad.code.layout import indented
from whygrad.graph import UPDATES
from whygrad.run.fast import elementary
from whygrad.run.fast.numbers.draft import ScalarDraft
from whygrad.run.fast.numbers.lines import Told, lines_of
from whygrad.run.fast.numbers.source import ERROR, laid_out

if TYPE_CHECKING:
    from whygrad.graph import Step

LANES: Final = 32  # networks in a group
USED: Final = "block epoch errors lane mine order rows said spoken state taken train update updates".split()  # noqa: SIM905
OWN: Final = frozenset((*vars(elementary), *USED))
PREDICTION: Final = "prediction"
HEAD: Final = "def train(state, updates, rows, order, errors, said):"
INNER: Final = tuple(name for name, each in vars(elementary).items() if isfunction(each))  # what the loop may call


def abreast_source(step: Step, *, with_said: bool, own_order: bool = False) -> str:
    """`train(state, updates, rows, order, errors, said)`: arrays of doubles, but for the two that count.

    - `state`: (groups, numbers x LANES), changed; `updates`: how many each network had.
    - `rows`: (updates, inputs), the same for all networks and epochs; `order` then says nothing. Where networks have an
      order of their own it has (rows, numbers), and `order`, (groups, epochs, updates, rows of a batch x LANES), says
      which of them an update is given.
    - `errors`: (epochs, groups, LANES), sums over the updates; NaN where a state after them is not finite.
    - `said`: (epochs, updates, groups, predictions x LANES), written where it is wanted.
    """
    draft = ScalarDraft(slimmed(step), OWN)
    counted = next(draft.scalars(leaf) for name, leaf in step.states.items() if name == UPDATES)
    count, counting = draft.names[counted], draft.text(draft.after.pop(counted))
    places = {leaf: place_of(place) for place, leaf in enumerate(each for each in draft.states if each is not counted)}
    changed = {leaf: place for leaf, place in places.items() if draft.after[leaf] is not leaf}
    given = given_of_own(step, draft) if own_order else given_to_all(draft)
    said = draft.said if with_said else []
    told = [Told(f"spoken[{place_of(place)}] = {{}}", node) for place, node in enumerate(said)]
    told.append(Told("errors[epoch, block, lane] += {}", draft.worth[ERROR]))
    before = ["taken = order[block, epoch, update]"] if own_order else given
    before += ["spoken = said[epoch, update, block]"] if said else []
    inner = [
        *(f"{draft.names[leaf]} = mine[{place}]" for leaf, place in places.items()),
        *(given if own_order else ()),
        *lines_of(draft, told, (), gated=False),
        *(f"mine[{place}] = {draft.names[leaf]}" for leaf, place in changed.items()),
    ]
    nothing = " + ".join(f"0.0 * mine[{place}]" for place in changed.values())  # NaN where one is not finite
    body = [
        "for block in range(state.shape[0]):",
        "    mine = state[block]",
        f"    {count} = updates",
        "    for epoch in range(errors.shape[0]):",
        f"        for lane in range({LANES}):",
        "            errors[epoch, block, lane] = 0.0",
        "        for update in range(order.shape[2]):",
        *indented(before, 3),
        f"            for lane in range({LANES}):",
        *indented(inner, 4),
        f"            {count} = {counting}",
        f"        for lane in range({LANES}):",
        f"            errors[epoch, block, lane] += {nothing}",
    ]
    return program(HEAD, body)


def given_to_all(draft: ScalarDraft) -> list[str]:
    """The lines that read what all networks are given."""
    return [f"{draft.names[leaf]} = rows[update, {place}]" for place, leaf in enumerate(draft.inputs)]


def given_of_own(step: Step, draft: ScalarDraft) -> list[str]:
    """The lines that read the rows whose turn it is for one network: of each its inputs, then its targets."""
    shapes = [step.inputs[name].shape for name in ("x", "y")]
    numbers = [draft.identifiers("row") for _ in range(shapes[0][0])]
    lines = [f"{name} = taken[{place_of(place)}]" for place, name in enumerate(numbers)]
    columns = (
        (row, column)
        for start, (rows, width) in zip((0, shapes[0][1]), shapes, strict=True)
        for row in range(rows)
        for column in range(start, start + width)
    )
    reads = zip(draft.inputs, columns, strict=True)
    return lines + [f"{draft.names[leaf]} = rows[{numbers[row]}, {column}]" for leaf, (row, column) in reads]


def slimmed(step: Step) -> Step:
    """The step without the figures that nobody asks of so many networks."""
    return replace(step, outputs={name: step.outputs[name] for name in (PREDICTION, ERROR)})


def place_of(number: int) -> str:
    """Where a number of the network `lane` stands in its group."""
    return f"{number * LANES} + lane" if number else "lane"


def program(head: str, body: list[str]) -> str:
    """A function of some lines, after the functions that it calls."""
    lines = [each for line in body for each in laid_out(line)]
    return getsource(elementary) + "\n\n" + "\n".join([head, *indented(lines)]) + "\n"
