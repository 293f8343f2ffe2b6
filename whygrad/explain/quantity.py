"""Why one gradient is the number it is: every path from the loss, its factors, their product, and the sum."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

from whygrad.document import (
    Block,
    Cell,
    Derivative,
    Document,
    Equation,
    Equations,
    Formula,
    Paragraph,
    Quantity,
    Section,
    Side,
    Table,
)
from whygrad.explain.equation import definition, name_of, numbers, symbols
from whygrad.explain.links import Link, Links, Path, product
from whygrad.explain.nudge import central_difference, nudges
from whygrad.explain.worked import place_of
from whygrad.graph import Apply, Input, Name, Names

if TYPE_CHECKING:
    from whygrad.explain.chart import Chart, Element
    from whygrad.graph import Expr

PATHS_LISTED = 12  # beyond these the largest are shown, and what the rest adds up to


def explained(links: Links, name: str) -> Document:
    """The derivation of a quantity: a value by what it is made of, a gradient by every path that leads to it.

    `name` is that of an element ("w5", "dE/dw5", "net_H1", "w5_new"); a parameter by itself means its gradient.
    Raises UnknownName (WG105).
    """
    chart = links.chart
    element = chart[name]
    if element.adjoint:
        return of_gradient(links, element)
    if is_parameter(chart, element) and f"dE/d{name}" in chart.elements:
        return of_gradient(links, chart[f"dE/d{name}"])
    return of_value(chart, element)


def of_value(chart: Chart, element: Element) -> Document:
    """A value: its own equation, and those of what it is made of, down to what was given."""
    order: dict[Element, None] = {}
    stack = [element]
    while stack:
        each = stack.pop(0)
        if each not in order and isinstance(each.expr, Apply):
            order[each] = None
            stack.extend(chart.below(each.expr))
    below = list(order)[1:]
    sections = [Section(element.written, (Equations((definition(chart, element),)),))]
    if below:
        lines = tuple(definition(chart, each) for each in below)
        sections.append(Section("What it is made of", (Equations(lines),)))
    return Document(f"Why {element.written} is {element.value:.6g}", place_of(chart.trace), tuple(sections))


def of_gradient(links: Links, element: Element) -> Document:
    """A gradient: how it was computed, every path, and the same number by other ways."""
    chart = links.chart
    target = next(each for each in chart.elements.values() if each.name == element.name and not each.adjoint)
    count = links.count(chart.loss, target)
    computed = Section("As it was computed", (Equations((definition(chart, element),)),))
    listed = every_path(links, element, target) if count <= PATHS_LISTED else too_many(count)
    sections = (computed, *listed, *measured(links, element, target))
    title = f"Why {element.written} is {element.value:.6g}"
    return Document(title, place_of(chart.trace), tuple(each for each in sections if each.blocks))


def every_path(links: Links, element: Element, target: Element) -> tuple[Section, ...]:
    """One section per path, and their sum when there are several."""
    chart, paths = links.chart, links.paths(links.chart.loss, target)
    if len(paths) == 1:
        return (Section("The chain", one_path(chart, name_of(element), paths[0])),)
    parts: dict[Expr, Quantity] = {Input((), f"path {k}"): Quantity(product(path)) for k, path in enumerate(paths, 1)}
    names = Names({leaf: Name(f"path {k}") for k, leaf in enumerate(parts, 1)})
    sections = [
        Section(f"{names.of[leaf].symbol.capitalize()} of {len(paths)}", one_path(chart, Formula(leaf, names), path))
        for leaf, path in zip(parts, paths, strict=True)
    ]
    whole, total = sum(list(parts)[1:], start=next(iter(parts))), sum(part.value for part in parts.values())
    sides = (name_of(element), Formula(whole, names), Formula(whole, names, parts), Quantity(total))
    return (*sections, Section("All paths together", (Equations((Equation(sides, ("=",) * 3),)),)))


def one_path(chart: Chart, left: Side, path: Path) -> tuple[Block, ...]:
    """A path as the chain rule writes it, then each factor with the question it answers."""
    leaves = {Input((), f"d{short(chart, link)}/d{link.by.name}"): link for link in path}
    names = Names({leaf: Name(leaf.name) for leaf in leaves})
    chain = prod(list(leaves)[1:], start=next(iter(leaves)))
    shown: dict[Expr, Quantity] = {leaf: Quantity(link.value) for leaf, link in leaves.items()}
    sides = (left, Formula(chain, names), Formula(chain, names, shown), Quantity(product(path)))
    rows: list[tuple[Cell, ...]] = [
        (Derivative(short(chart, link), link.by.name), question(chart, link), *formula_of(chart, link), link.value)
        for link in path
    ]
    head = ("factor", "answers", "is", "in numbers", "value")
    return Equations((Equation(sides, ("=",) * 3),)), Table("Factor by factor", head, tuple(rows), digits=6)


def short(chart: Chart, link: Link) -> str:
    """What a link starts from, as the symbol of a derivative has it: the loss is E."""
    return "E" if link.of is chart.loss else link.of.name


def formula_of(chart: Chart, link: Link) -> tuple[Cell, Cell]:
    """A link's slope in symbols and in numbers."""
    return symbols(chart, link.slope), numbers(chart, link.slope)


def question(chart: Chart, link: Link) -> str:
    """What a factor of the chain tells, in the words of the four questions."""
    if link.of is chart.loss and link.by.array == "errors":
        return "how much of this output's error is in the loss?"
    if link.of.array in ("errors", chart.loss.array):
        return "how wrong is the output?"
    if is_parameter(chart, link.by):
        return "what fed this weight?" if isinstance(link.slope, Apply | Input) else "what fed this bias?"
    if link.of.array.rpartition(".")[0] == link.by.array.rpartition(".")[0]:
        return "how steep is the activation here?"
    return "what weight carries it?"


def is_parameter(chart: Chart, element: Element) -> bool:
    """Whether an element is learned."""
    return element.array in chart.trace.step.parameters


def too_many(count: int) -> tuple[Section, ...]:
    """What is said instead of more paths than one can read."""
    return (Section("Paths", (Paragraph(f"{count:,} paths lead here, too many to read one by one."),)),)


def measured(links: Links, element: Element, target: Element) -> tuple[Section, ...]:
    """What running the step again with the parameter moved says of its gradient; nothing for other quantities."""
    chart = links.chart
    if not is_parameter(chart, target):
        return ()
    trace, evaluate = chart.trace, links.evaluate
    slope = central_difference(trace, target, evaluate)
    ways = (
        ("backpropagation", element.value, 0.0),
        ("central difference", slope, slope - element.value),
    )
    moved = tuple(
        (each.by, each.loss, each.slope, trace.loss + each.by * element.value)
        for each in nudges(trace, target, evaluate)
    )
    head = (f"{target.name} moves by", "loss then", "measured slope", "loss the gradient predicts")
    blocks: tuple[Block, ...] = (
        Table("The same gradient by another way", ("way", "gradient", "difference"), ways, digits=8),
        Table(f"The loss was {trace.loss:.6g}; what it does when {target.name} moves", head, moved, digits=6),
    )
    return (Section("Measured, by running the step again", blocks),)
