"""Formulas as they are put on paper: shorter than what ran, and worth the same."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from whygrad.document import Quantity
from whygrad.graph import Apply, Composite, Expr, Input, rebuild, topological
from whygrad.graph.canon import Canon
from whygrad.graph.simplify import simpler, simplified, squared
from whygrad.graph.traverse import replaced
from whygrad.primitive import absolute_error, half_squared_error, squared_error

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from whygrad.explain.links import Links

WRITTEN_OUT: Final = (squared_error, half_squared_error, absolute_error)
TERMS_AT_MOST: Final = 12  # of a sum: beyond these the largest are kept and the others added up
TERMS_KEPT: Final = 5
WORTH_A_NAME: Final = 2  # operations in a part that stands in a formula more than once
LETTERS: Final = {"maximum": "m", "add": "s", "exp": "t", "sqrt": "r"}  # e is a number


@dataclass(frozen=True, eq=False)
class Paper:
    """A formula for a page.

    - `expr`: what is written; `numbers`: the numbers of what it names, in full precision.
    - `parts`: parts that would stand in it more than once, each under a name of its own, in the order of need.
    - `left_out`: for each "rest" in it how many terms are added up there.
    """

    expr: Expr
    numbers: Mapping[Expr, Quantity]
    parts: tuple[tuple[Expr, Paper], ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)


def on_paper(links: Links, expr: Expr) -> Paper:
    """A formula over named elements as on paper: losses written out, squares as powers, long sums cut short."""
    numbers: dict[Expr, Quantity] = {each.leaf: Quantity(each.value, each.ref) for each in links.chart.leaves(expr)}
    (opened,) = rebuild([expr], written_out)
    (whole,) = rebuild([Canon(simpler)(opened)], squared)
    whole, rests = abridged(links, whole, numbers)
    numbers |= {leaf: Quantity(value) for leaf, (value, _) in rests.items()}
    left_out = {leaf.name: count for leaf, (_, count) in rests.items()}
    whole, parts = lettered(links, whole, numbers)
    return Paper(whole, numbers, parts, left_out)


def lettered(links: Links, whole: Expr, numbers: dict[Expr, Quantity]) -> tuple[Expr, tuple[tuple[Expr, Paper], ...]]:
    """The formula with a letter for each part that would stand in it twice, and those parts; `numbers` gets theirs."""
    parts: list[tuple[Expr, Paper]] = []
    new: dict[Expr, Expr] = {}
    taken = {node.name for node in topological([whole]) if isinstance(node, Input)}
    for part in repeated(whole):
        inside = replaced([part], new)[part]
        leaf = new[part] = Input((), free_name(part, taken))
        parts.append((leaf, Paper(inside, dict(numbers))))
        numbers[leaf] = Quantity(worth(links, [inside], numbers)[0])
        taken.add(leaf.name)
    return replaced([whole], new)[whole], tuple(parts)


def worth(links: Links, formulas: Sequence[Expr], numbers: Mapping[Expr, Quantity]) -> list[float]:
    """The values of formulas over numbers."""
    found = links.runner.evaluate(formulas, {leaf: each.value for leaf, each in numbers.items()})
    return [float(found[each]) for each in formulas]


def written_out(node: Expr) -> Expr:
    """A plain loss by its formula, not by the name of a function."""
    if isinstance(node, Apply) and isinstance(node.primitive, Composite) and node.primitive in WRITTEN_OUT:
        return node.primitive.lowering(*node.arguments, **dict(node.attributes))
    return node


def terms_of(node: Expr) -> list[Expr]:
    """The terms of a sum of any depth, in their order; the node itself where it is no sum."""
    found: list[Expr] = []
    stack = [node]
    while stack:
        term = stack.pop()
        if isinstance(term, Apply) and term.primitive.name == "add":
            stack.extend(reversed(term.arguments))
        elif isinstance(term, Apply) and term.primitive.name == "subtract":
            stack.extend((-term.arguments[1], term.arguments[0]))
        else:
            found.append(term)
    return found


def abridged(
    links: Links, whole: Expr, numbers: Mapping[Expr, Quantity]
) -> tuple[Expr, dict[Input, tuple[float, int]]]:
    """The formula with the largest terms of its long sums, and what stands for the rest: its value and its number."""
    order = topological([whole])
    inner = {x for node in order if is_sum(node) for x in node.inputs if is_sum(x)}
    sums = {node: terms_of(node) for node in order if is_sum(node) and node not in inner}
    long = {node: terms for node, terms in sums.items() if len(terms) > TERMS_AT_MOST}
    rests: dict[Input, tuple[float, int]] = {}
    new: dict[Expr, Expr] = {}
    for node, terms in long.items():
        values = worth(links, terms, numbers)
        order_of_size = sorted(range(len(terms)), key=lambda k: -abs(values[k]))
        kept, left = sorted(order_of_size[:TERMS_KEPT]), order_of_size[TERMS_KEPT:]
        rest = Input((), "rest" if len(long) == 1 else f"rest_{len(rests) + 1}")
        rests[rest] = sum(values[k] for k in left), len(left)
        shown = [replaced([terms[k]], new)[terms[k]] for k in kept]
        new[node] = simplified(sum(shown[1:], shown[0]) + rest)
    return replaced([whole], new)[whole], rests


def is_sum(node: Expr) -> bool:
    """Whether a node adds two, or subtracts one from the other."""
    return isinstance(node, Apply) and node.primitive.name in ("add", "subtract")


def repeated(whole: Expr) -> list[Expr]:
    """The parts that are worth a name: those that stand in the formula more than once and are not short."""
    order = topological([whole])
    readers: dict[Expr, int] = {}
    for node in order:
        for x in node.inputs:
            readers[x] = readers.get(x, 0) + 1
    return [
        node
        for node in order
        if isinstance(node, Apply) and readers.get(node, 0) > 1 and operations(node) >= WORTH_A_NAME
    ]


def operations(node: Expr) -> int:
    """How many operations a formula has, each counted once."""
    return sum(isinstance(each, Apply) for each in topological([node]))


def free_name(part: Expr, taken: set[str]) -> str:
    """A letter for a part of a formula that nothing in it is called by."""
    letter = LETTERS.get(part.primitive.name, "u") if isinstance(part, Apply) else "u"
    number = 1
    while (name := letter if number == 1 else f"{letter}_{number}") in taken:
        number += 1
    return name
