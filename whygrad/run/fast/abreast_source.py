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
from whygrad.run.fast.scalar_draft import ScalarDraft
from whygrad.run.fast.scalar_source import ERROR, laid_out

if TYPE_CHECKING:
    from whygrad.graph import Step

LANES: Final = 32  # networks in a group
OWN: Final = frozenset(
    (*vars(elementary), *"block epoch errors lane mine rows said sound spoken state train update updates".split())  # noqa: SIM905
)
PREDICTION: Final = "prediction"


INNER: Final = tuple(name for name, each in vars(elementary).items() if isfunction(each))  # what the loop may call


def abreast_source(step: Step, *, with_said: bool) -> str:
    """`train(state, updates, rows, errors, sound, said)`: all of them arrays of doubles, but the count of updates.

    - `state`: (groups, numbers x LANES), changed; `updates`: how many each network had; `rows`: (updates, inputs).
    - `errors`: (groups, epochs, LANES), sums over the updates; `sound`: the same, sums of all numbers of the states.
    - `said`: (groups, epochs, updates, predictions x LANES), written where it is wanted.
    """
    draft = ScalarDraft(slimmed(step), OWN)
    counted = next(draft.scalars(leaf) for name, leaf in step.states.items() if name == UPDATES)
    count, counting = draft.names[counted], draft.text(draft.after.pop(counted))
    places = {leaf: place_of(place) for place, leaf in enumerate(each for each in draft.states if each is not counted)}
    changed = {leaf: place for leaf, place in places.items() if draft.after[leaf] is not leaf}
    lines, error = draft.write(), draft.text(draft.worth[ERROR])
    said = [draft.text(node) for node in draft.said] if with_said else []
    inner = [
        *(f"{draft.names[leaf]} = mine[{place}]" for leaf, place in places.items()),
        *lines,
        *(f"spoken[{place_of(place)}] = {text}" for place, text in enumerate(said)),
        f"errors[block, epoch, lane] += {error}",
        *draft.changes(),
        *(f"mine[{place}] = {draft.names[leaf]}" for leaf, place in changed.items()),
    ]
    given = [f"{draft.names[leaf]} = rows[update, {place}]" for place, leaf in enumerate(draft.inputs)]
    body = [
        "for block in range(state.shape[0]):",
        "    mine = state[block]",
        f"    {count} = updates",
        "    for epoch in range(errors.shape[1]):",
        f"        for lane in range({LANES}):",
        "            errors[block, epoch, lane] = 0.0",
        "        for update in range(rows.shape[0]):",
        *indented([*given, *(["spoken = said[block, epoch, update]"] if said else [])], 3),
        f"            for lane in range({LANES}):",
        *indented(inner, 4),
        f"            {count} = {counting}",
        f"        for lane in range({LANES}):",
        f"            sound[block, epoch, lane] = {' + '.join(f'mine[{place}]' for place in changed.values())}",
    ]
    return program("def train(state, updates, rows, errors, sound, said):", body)


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
