"""Why one number of a step is what it is: what it is made of, or, of a gradient, every path that leads to it."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from whygrad.document import Document, Equation, Equations, Formula, Paragraph, Quantity, Section, Side, Table
from whygrad.explain.chain import listed, one_path, others_below
from whygrad.explain.chart import Sort
from whygrad.explain.cone import cone_of
from whygrad.explain.depth import counted, depth_section
from whygrad.explain.equation import NO_NAMES, definition, definitions, name_of
from whygrad.explain.flow import flow_section, share
from whygrad.explain.hand import ByHand, worked_by_hand
from whygrad.explain.jacobian import jacobian_section
from whygrad.explain.nudge import measured
from whygrad.explain.paths import largest_paths
from whygrad.explain.samples import inflow, rows_section, through_one_row
from whygrad.explain.worked import place_of
from whygrad.graph import Input

if TYPE_CHECKING:
    from whygrad.explain.chart import Chart, Element
    from whygrad.explain.cone import Cone
    from whygrad.explain.links import Links
    from whygrad.explain.paths import Path
    from whygrad.explain.wanted import Wanted
    from whygrad.graph import Expr

LINES_LISTED: Final = 12
LARGEST_LISTED: Final = 5
UNITS_ON_A_WAY: Final = 4
TELLING: Final = 0.1  # of the whole: a path that carries less says little
ELEMENTS_COUNTED: Final = 500
READABLE: Final = 16  # elements on a path


def explained(links: Links, element: Element, wanted: Wanted) -> Document:
    """The derivation of a quantity; a parameter by itself means its gradient.

    Raises NotPartOf (WG403) for what is wanted and has no place in it, NoSoftmax (WG402) without one to derive.
    """
    chart = links.chart
    adjoint = chart.other(element, Sort.ADJOINT) if chart.is_parameter(element) else None
    gradient = (chart.other(element, Sort.GRADIENT) if adjoint else None) or adjoint or element
    if isinstance(chart, ByHand):
        wanted.heeded([], gradient.written, by_hand=True)
        sections = worked_by_hand(links, chart, gradient)
    elif gradient.named.sort in (Sort.ADJOINT, Sort.GRADIENT):
        sections = of_gradient(links, gradient, wanted)
    else:
        wanted.heeded([], gradient.written)
        sections = of_value(links, gradient)
    title = f"Why {gradient.written} is {wanted.numbers.shown(gradient.value)}"
    return Document(title, place_of(chart.trace), tuple(each for each in sections if each.blocks))


def of_value(links: Links, element: Element) -> list[Section]:
    """A value: its own equation, and those of what it is made of, the nearest first, down to what was given."""
    below, more = made_of(links.chart, element)
    sections = [Section(element.written, (Equations(definition(links, element)),))]
    if below:
        many = f"{more:,}" if more < ELEMENTS_COUNTED - LINES_LISTED else "hundreds"
        told = (Paragraph(f"and of {many} more, which have names of their own to ask for."),) if more else ()
        sections.append(Section("What it is made of", (Equations(definitions(links, below)), *told)))
    return sections


def made_of(chart: Chart, element: Element) -> tuple[list[Element], int]:
    """What an element was computed from, the nearest first, as far as one reads it, and how many are left."""
    order: dict[Element, None] = {element: None}
    queue = [element]
    while queue and len(order) <= ELEMENTS_COUNTED:
        for each in chart.below(queue.pop(0)):
            if each not in order and not chart.is_given(each):
                order[each] = None
                queue.append(each)
    found = list(order)[1:]
    return found[:LINES_LISTED], len(found[LINES_LISTED:])


def of_gradient(links: Links, gradient: Element, wanted: Wanted) -> list[Section]:
    """A gradient: how it was computed, what each row adds, its paths, the flow, and the same number by other ways."""
    chart = links.chart
    adjoint = chart.other(gradient, Sort.ADJOINT)
    target = chart.other(gradient, Sort.VALUE)
    if target is None:
        raise LookupError(gradient.written)
    if adjoint is None:
        wanted.heeded([], gradient.written)
        return of_value(links, gradient)
    options = ["--paths", "--jacobian", "--nudge"] if chart.is_parameter(target) else ["--paths", "--jacobian"]
    wanted.heeded(options, gradient.written)
    flows = inflow(links, adjoint)
    sections = [as_computed(links, gradient, adjoint)]
    through = through_one_row(links, target, flows)
    if through:
        sections.append(rows_section(links, adjoint, flows))
    cone = cone_of(chart, links.runner, target, through=through)
    if cone.reaches_loss:
        sections += through_cone(links, adjoint, target, cone, through, wanted)
    if wanted.jacobian:
        sections.append(jacobian_section(links, row_of(target if target.row is not None else through)))
    if chart.is_parameter(target):
        sections.append(measured(links, adjoint, target, wanted))
    return sections


def row_of(element: Element | None) -> int:
    """The row that an element belongs to, else the first."""
    return 0 if element is None or element.row is None else element.row


def as_computed(links: Links, gradient: Element, adjoint: Element) -> Section:
    """The line of the backward pass that gave the number, and where what it used was needed as well."""
    chart = links.chart
    lines = list(definition(links, gradient)) if gradient is not adjoint else []
    lines += [
        line
        for each in chart.below(gradient)
        if gradient is not adjoint and each.named.name.symbol == "clip_factor"
        for line in definition(links, each)
    ]
    lines += definition(links, adjoint, shared_note(chart, adjoint))
    return Section("As it was computed", (Equations(tuple(lines)),))


def shared_note(chart: Chart, adjoint: Element) -> str:
    """Whose gradients need the same delta."""
    above = [each for each in chart.below(adjoint) if each.adjoint]
    reader, target = (chart.other(each, Sort.VALUE) for each in (above[0] if len(above) == 1 else adjoint, adjoint))
    if len(above) != 1 or reader is None or target is None:
        return ""
    others = listed(others_below(chart, reader, target))
    return f"{above[0].written} is the same delta as for {others}" if others else ""


def through_cone(
    links: Links, adjoint: Element, target: Element, cone: Cone, through: Element | None, wanted: Wanted
) -> list[Section]:
    """Paths, flow and depth of what lies between the loss and the quantity, or between it and one row's part of it."""
    count = cone.count
    whole = float(cone.slopes[-1][0])
    where = f" through {through.written}" if through else ""
    if count <= wanted.every_path_up_to:
        paths = largest_paths(cone, count)
        sections = list(path_sections(links, name_of(adjoint), paths, count, where))
        if count > 1:
            sections += [together(adjoint, paths, whole, where), flow_section(cone, target.name, whole)]
    else:
        paths = largest_paths(cone, max(wanted.derived or 0, LARGEST_LISTED))
        derived = wanted.derived if wanted.derived is not None else int(len(paths[0].elements) <= READABLE)
        sections = [flow_section(cone, target.name, whole), largest_section(paths, count, whole, where)]
        sections += path_sections(links, name_of(adjoint), paths[:derived], count, where)
    sections.append(depth_section(links, cone, paths[0]))
    return [from_here_on(sections[0], through, adjoint), *sections[1:]] if through else sections


def from_here_on(section: Section, through: Element, adjoint: Element) -> Section:
    """A section that begins with a word on what it and those after it are about: one row's part of a gradient."""
    told = (
        f"From here on only what comes through {through.written} is followed: of all rows, row {through.row} of the "
        f"batch moves {adjoint.written} most."
    )
    return replace(section, blocks=(Paragraph(told), *section.blocks))


def path_sections(links: Links, name: Side, paths: list[Path], count: int, where: str) -> list[Section]:
    """One section for each of some paths."""
    if count == 1:
        left = leaf_of(1) if where else name  # through one row it is that row's part of the gradient
        return [Section(f"The chain{where}", one_path(links, left, path)) for path in paths]
    shown = "Path" if len(paths) == count else "Largest path"
    return [
        Section(f"{shown} {k} of {counted(count)}{where}", one_path(links, leaf_of(k), path))
        for k, path in enumerate(paths, 1)
    ]


def leaf_of(number: int) -> Formula:
    """The name of a path."""
    return Formula(Input((), f"path {number}"), NO_NAMES)


def together(adjoint: Element, paths: list[Path], whole: float, where: str) -> Section:
    """The sum of all paths."""
    parts: dict[Expr, Quantity] = {Input((), f"path {k}"): Quantity(path.product) for k, path in enumerate(paths, 1)}
    total = list(parts)
    expr = sum(total[1:], start=total[0])
    left = Formula(Input((), "all paths"), NO_NAMES) if where else name_of(adjoint)
    sides = (left, Formula(expr, NO_NAMES), Formula(expr, NO_NAMES, parts), Quantity(whole))
    return Section(f"All paths together{where}", (Equations((Equation(sides, ("=",) * 3),)),))


def largest_section(paths: list[Path], count: int, whole: float, where: str) -> Section:
    """The largest of many paths, what they are of the whole, and what all the others add up to."""
    few = paths[:LARGEST_LISTED]
    rows = [(f"path {k}", each.product, share(each.product, whole), way(each)) for k, each in enumerate(few, 1)]
    rest = whole - sum(each.product for each in few)
    rows.append((f"{counted(count - len(few))} others", rest, share(rest, whole), ""))
    told = f"{counted(count)} paths lead from the loss{where}."
    if whole and abs(few[0].product / whole) < TELLING:
        told += " No single one says much where they are so many."
    table = Table("The largest paths", ("path", "product", "share of all", "by way of"), tuple(rows), digits=None)
    return Section("Largest paths", (Paragraph(told), table))


def is_said(above: Element, element: Element) -> bool:
    """Whether a path needs no mention of an element: an error, or the net of the unit whose out was just named."""
    if "." not in element.array:
        return True
    return element.array.endswith(".net") and above.array == element.array.replace(".net", ".out")


def way(path: Path) -> str:
    """The units that a path goes through, from the loss down, each by its out where that is on the path."""
    inner = path.elements[1:-1]
    names = [each.name for above, each in pairwise((path.elements[0], *inner)) if not is_said(above, each)]
    return ", ".join(names[:UNITS_ON_A_WAY]) + (", ..." if len(names) > UNITS_ON_A_WAY else "")
