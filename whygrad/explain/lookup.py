"""From what a person types to the quantity that is meant."""

from __future__ import annotations

import re
from operator import lt
from typing import TYPE_CHECKING, Final

import numpy as np

from whygrad.errors import nearest
from whygrad.errors.graph import UnknownName
from whygrad.explain.chart import Sort, is_column
from whygrad.graph.names import place_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.explain.chart import Chart, Element, Named
    from whygrad.graph.element import Index

TOTALS: Final = ("E_total", "E")
# What is written around a name, most plain first: a weight may itself be called g_x.
SORTS: Final = {
    Sort.VALUE: re.compile(r"(.+)"),
    Sort.ADJOINT: re.compile(r"dE/d(.+)|delta_(.+)|d(.+)"),
    Sort.AFTER: re.compile(r"(.+)_new"),
    Sort.GRADIENT: re.compile(r"g_(.+)"),
}
WITH_ROW: Final = re.compile(r"(.+)\((\d+)\)")


def element_called(chart: Chart, name: str) -> Element:
    """The element with this name: "w5", "hidden.W[3,0]", "net_H1", "net_H1(2)" in a batch, "dE/dw5", "w5_new", "g_w5".

    The loss is also "E_total", and the delta of a unit is the derivative by its net. Raises UnknownName (WG105), which
    suggests the nearest name.
    """
    name = name.strip()
    found = next(every_meaning(chart, name), chart.loss if name in TOTALS else None)
    if found is None:
        raise UnknownName(name, nearest(name, suggestions(chart)) or an_example(chart))
    return found


def an_example(chart: Chart) -> str:
    """The name of one weight, to show how weights are called."""
    first = chart.array(chart.trace.step.parameters[0])
    labels = () if first is None else map(first.label, np.ndindex(first.node.shape))
    return next((label for label in labels if label), "")


def every_meaning(chart: Chart, name: str) -> Iterator[Element]:
    """The elements that a name may mean, the likeliest first."""
    for sort, form in SORTS.items():
        if matched := form.fullmatch(name):
            label = next(group for group in matched.groups() if group)
            for meant in (label, f"net_{label}") if name.startswith("delta_") else (label,):
                for named in chart.named:
                    if named.sort is sort and (index := index_called(named, meant)) is not None:
                        yield chart.element(named, index)


def index_called(named: Named, label: str) -> Index | None:
    """Where in an array the quantity of this name is, if it is there."""
    name, shape = named.name, named.node.shape
    if label == name.symbol and not shape:
        return ()
    matched = WITH_ROW.fullmatch(label)
    rest, row = (matched[1], int(matched[2])) if matched else (label, 0)
    index = (row,) if is_column(name, shape) and rest == name.short else place_of(rest, name, shape)
    if index is not None and len(index) == 1 and len(shape) == 2:
        index = (row, *index)
    if index is None or len(index) != len(shape) or not all(map(lt, index, shape)):
        return None
    return index if label in (named.label(index), f"{name.symbol}{brackets(index)}") else None


def brackets(index: Index) -> str:
    """An index as it is written behind the symbol of an array."""
    return f"[{','.join(map(str, index))}]" if index else ""


def suggestions(chart: Chart) -> list[str]:
    """Names that somebody may have meant who typed another; of a batch those of its first row."""
    behind = "(0)" if chart.rows > 1 else ""
    found = []
    for named in chart.named:
        first = named.label((0,) * len(named.node.shape))
        labels = {first, *named.name.elements, *(named.name.unit(each) + behind for each in named.name.labels if first)}
        found += [named.sort.value.format(label) for label in labels if label]
    return found
