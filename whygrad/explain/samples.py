"""A gradient of a batch as what its rows add to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from whygrad.document import Cell, Paragraph, Section, Table
from whygrad.explain.chart import Sort
from whygrad.explain.flow import share
from whygrad.graph import Apply, gradient

if TYPE_CHECKING:
    from whygrad.explain.chart import Chart, Element
    from whygrad.explain.links import Links
    from whygrad.graph import Expr

ROWS_LISTED: Final = 8


@dataclass(frozen=True, eq=False)
class Inflow:
    """What flows into a quantity: from each element that reads it, and what it adds by itself, as a penalty does."""

    parts: tuple[tuple[Element, float], ...]
    own: float


def inflow(links: Links, adjoint: Element) -> Inflow:
    """The flow into an adjoint from every adjoint that it is made of; with `own` they add up to it."""
    chart = links.chart
    made = chart.definition(adjoint)
    near = chart.leaves(made)
    above = [each for each in near if each.adjoint]
    values: dict[Expr, float] = {each.leaf: each.value for each in near}
    slopes = gradient(made, [each.leaf for each in above])
    alone = links.runner.evaluate([made], values | {each.leaf: 0.0 for each in above})[made]
    found = links.runner.evaluate(slopes, values)
    parts = tuple((each, float(found[slope]) * each.value) for each, slope in zip(above, slopes, strict=True))
    return Inflow(parts, float(alone))


def strongest(flows: Inflow) -> Element | None:
    """The adjoint from which most flows."""
    return max(flows.parts, key=lambda pair: abs(pair[1]), default=(None, 0.0))[0]


def through_one_row(links: Links, target: Element, flows: Inflow) -> Element | None:
    """Where a batch's gradient is followed through one of its rows: what reads the parameter there, and counts most."""
    if links.chart.rows == 1 or len(flows.parts) < 2 or target.row is not None:
        return None
    above = strongest(flows)
    return above and links.chart.other(above, Sort.VALUE)


def by_row(flows: Inflow) -> dict[int, float]:
    """How much flows from each row of the batch."""
    rows: dict[int, float] = {}
    for element, flow in flows.parts:
        if element.row is not None:
            rows[element.row] = rows.get(element.row, 0.0) + flow
    return rows


def rows_section(links: Links, adjoint: Element, flows: Inflow) -> Section:
    """What each row of the batch adds to a gradient, the largest first."""
    chart, rows = links.chart, by_row(flows)
    apart = not rows_share(chart)
    averaged = is_mean(links) and apart
    order = sorted(rows, key=lambda row: -abs(rows[row]))
    lines: list[tuple[Cell, ...]] = []
    listed = [row for row in order[:ROWS_LISTED] if rows[row]]
    for row in listed:
        alone = (rows[row] * chart.rows,) if averaged else ()
        lines.append((str(row), str(int(chart.trace.rows[row])), *alone, rows[row], share(rows[row], adjoint.value)))
    rest = order[len(listed) :]
    if rest:
        others = sum(rows[row] for row in rest)
        blank = (None,) if averaged else ()
        lines.append((f"{len(rest)} others", "", *blank, others, share(others, adjoint.value)))
    if flows.own:
        blank = (None,) if averaged else ()
        lines.append(("penalty", "", *blank, flows.own, share(flows.own, adjoint.value)))
    head = ("batch row", "data row", *(("its own gradient",) if averaged else ()), "adds", "share")
    how = told(chart, adjoint, averaged=averaged, apart=apart, own=flows.own)
    table = Table(f"What each row adds to {adjoint.written}", head, tuple(lines), digits=None)
    return Section("Row by row", (Paragraph(how), table))


def told(chart: Chart, adjoint: Element, *, averaged: bool, apart: bool, own: float) -> str:
    """How a gradient is made of its rows, in a sentence."""
    name, rows = adjoint.written, chart.rows
    if not apart:
        return (
            f"What flows into {name} through each row. The rows share the statistics of the batch, so no row would add "
            "the same by itself."
        )
    pull = ", and what the penalty pulls besides" if own else ""
    if averaged:
        return (
            f"The loss is the mean over {rows} rows, so {name} is the mean of their own gradients{pull}: each adds "
            f"1/{rows} of its own."
        )
    return f"The loss is the sum over {rows} rows, so {name} is the sum of their gradients{pull}."


def rows_share(chart: Chart) -> bool:
    """Whether what comes of one row depends on the others, as where a layer normalises by the batch."""
    return any(named.name.symbol.endswith(".batch_mean") for named in chart.named)


def is_mean(links: Links) -> bool:
    """Whether the loss that is differentiated averages over the rows."""
    named = links.chart.array("loss", Sort.VALUE)
    return named is not None and isinstance(named.node, Apply) and named.node.primitive.name == "mean"
