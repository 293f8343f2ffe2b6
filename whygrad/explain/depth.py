"""How deep a chain is, what of it others share, and what is saved by computing the shared part once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from whygrad.document import Cell, Facts, Section, Table
from whygrad.explain.chain import listed, others_below
from whygrad.explain.tally import tally_of

if TYPE_CHECKING:
    from whygrad.explain.chart import Chart
    from whygrad.explain.cone import Cone
    from whygrad.explain.links import Links
    from whygrad.explain.paths import Path

WRITTEN_OUT: Final = 10**9  # larger counts are rounded


def depth_section(links: Links, cone: Cone, path: Path) -> Section:
    """The links from the loss to a quantity, what of a path others share, and what three ways to all gradients cost."""
    fewest, most = lengths(cone)
    long = counted(most) if fewest == most else f"{fewest} to {most}"
    pairs: list[tuple[str, Cell]] = [
        ("links from the loss", long),
        ("paths", counted(cone.count)),
        *(("shared", told) for told in filter(None, [shared_part(links.chart, path)])),
    ]
    facts = Facts(tuple(pairs))
    tally = tally_of(links.chart)
    costs = (
        ("one sweep backward, shared parts once", tally.links),
        ("every path multiplied out", tally.path_by_path),
        ("nudging each parameter: a forward pass each", tally.nudging),
    )
    rows = tuple((way, counted(int(number))) for way, number in costs)
    table = Table("Multiplications for the gradients of all parameters", ("way", "multiplications"), rows)
    return Section("Depth of the chain", (facts, table))


def shared_part(chart: Chart, path: Path) -> str:
    """How far down from the loss a path's factors are needed for other parameters as well."""
    target = path.elements[-1]
    for place in range(len(path.elements) - 2, 0, -1):
        others = others_below(chart, path.elements[place], target)
        if others:
            word, verb = ("link", "is") if place == 1 else (f"{place} links", "are")
            return f"the first {word}, down to {path.elements[place].written}, {verb} needed for {listed(others)} too"
    return ""


def lengths(cone: Cone) -> tuple[int, int]:
    """The number of links of the shortest and of the longest path."""
    shortest = [np.full(int(np.prod(each.node.shape)), np.inf) for each in cone.arrays]
    longest = [np.full(len(each), -np.inf) for each in shortest]
    shortest[0][cone.start] = longest[0][cone.start] = 0.0
    for number, edges in enumerate(cone.edges):
        for array in np.unique(edges.array):
            some = edges.only(edges.array == array)
            np.minimum.at(shortest[number], some.of, shortest[array][some.by] + 1.0)
            np.maximum.at(longest[number], some.of, longest[array][some.by] + 1.0)
    return int(shortest[-1][0]), int(longest[-1][0])


def counted(number: int) -> str:
    """A whole number, rounded where it is very large."""
    if number < WRITTEN_OUT:
        return f"{number:,}"
    digits = str(number)
    return f"about {digits[0]}.{digits[1:3]}e{len(digits) - 1}"
