"""One path as a chain: the factors by their names, in symbols, with the numbers in place, and their product."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Final

from whygrad.document import Block, Derivative, Equation, Equations, Formula, Quantity, Side, Table
from whygrad.explain.equation import NO_NAMES, about_rest, both, part_lines
from whygrad.explain.paper import on_paper
from whygrad.graph import Apply, Input

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from whygrad.explain.chart import Chart, Element
    from whygrad.explain.links import Link, Links
    from whygrad.explain.paths import Path
    from whygrad.graph import Expr

COUNTED: Final = {
    "errors": "this error",
    "loss": "the loss",
    "penalty": "the penalty",
    "l1_penalty": "this penalty",
    "l2_penalty": "this penalty",
}
GLANCE: Final = 16  # characters of a list of names before the others are only counted


def one_path(links: Links, left: Side, path: Path) -> tuple[Block, ...]:
    """A path as the chain rule writes it, then each factor with the question it answers and what else needs it."""
    chart, chain = links.chart, links.along(path)
    factors: dict[Expr, Quantity] = {Input((), symbol(chart, each)): Quantity(each.value) for each in chain}
    by_name = product(list(factors))
    paper = on_paper(links, product([each.slope for each in chain]))
    sides = (
        left,
        Formula(by_name, NO_NAMES),
        *both(paper),
        Formula(by_name, NO_NAMES, factors),
        Quantity(path.product),
    )
    rows = tuple(
        (Derivative(short(chart, each.of), each.by.name), each.value, question(chart, each), sharers(chart, each, path))
        for each in chain
    )
    lines = (*part_lines(paper), Equation(sides, ("=",) * 5, about_rest(paper)))
    table = Table("Factor by factor", ("factor", "value", "answers", "also for"), rows, digits=None)
    return Equations(lines), table


def product(factors: Sequence[Expr]) -> Expr:
    """Factors multiplied from left to right."""
    return prod(factors[1:], start=factors[0])


def symbol(chart: Chart, link: Link) -> str:
    """The name of a factor: dout_H1/dnet_H1."""
    return f"d{short(chart, link.of)}/d{link.by.name}"


def short(chart: Chart, element: Element) -> str:
    """An element as the symbol of a derivative has it: the loss is E."""
    return "E" if element is chart.loss else element.name


def question(chart: Chart, link: Link) -> str:
    """What a factor of the chain tells, in the words of the four questions."""
    if link.by.array in COUNTED:
        return f"how much does {COUNTED[link.by.array]} count?"
    if link.of is chart.loss or (link.of.array in ("errors", "loss")):
        return "how wrong is the output?"
    if link.of.array.endswith("penalty"):
        return "how strong is its own pull?"
    if chart.is_parameter(link.by):
        return "what fed this weight?" if isinstance(link.slope, Apply | Input) else "what fed this bias?"
    if link.of.array.rpartition(".")[0] == link.by.array.rpartition(".")[0]:
        return "how steep is the activation?" if link.of.array.endswith(".out") else "how does it change with it?"
    return (
        "what weight carries it?" if any(map(chart.is_parameter, chart.leaves(link.slope))) else "what carries it on?"
    )


def sharers(chart: Chart, link: Link, path: Path) -> str:
    """The other parameters whose chains have this factor in them and end right below it."""
    if link.by is path.elements[-1]:
        return "nothing else"
    return listed(others_below(chart, link.by, path.elements[-1]))


def others_below(chart: Chart, element: Element, parameter: Element) -> list[str]:
    """The parameters that an element reads, besides the one that is asked about."""
    return [name for name in chart.parameters_read(element) if name != parameter.name]


def listed(names: Iterable[str]) -> str:
    """A few names, as many as are read at a glance, and how many more there are."""
    every = list(dict.fromkeys(names))
    few = every[:1]
    for name in every[1:]:
        if len(", ".join([*few, name])) > GLANCE:
            break
        few.append(name)
    left = len(every) - len(few)
    return ", ".join(few) + (f" and {left:,} more" if left else "")
