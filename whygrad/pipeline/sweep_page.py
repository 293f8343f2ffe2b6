"""A sweep as a picture and as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.document import Code, Document, Fold, Paragraph, Picture, Section, Table
from whygrad.pipeline.flock import HOWS
from whygrad.pipeline.swept import asked_in_words, counted, criterion, named, with_interval
from whygrad.render.page import page
from whygrad.render.shares import Bar, shares_figure
from whygrad.render.svg import as_svg
from whygrad.spec import write_experiment

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from whygrad.pipeline.sweep import Swept

INTERVALS = (
    "The interval behind a share is Wilson's: in 95 of 100 such sweeps, each with other seeds, it would hold the share "
    "that endlessly many seeds would have. Epochs are the median of those networks that solved it."
)


def figure(swept: Swept) -> Figure:
    """The share of the networks of each setting that ended in each way."""
    names = named(swept)
    labels = [", ".join(each) for each in zip(*names.values(), strict=True)]
    bars = [
        Bar(label, tuple(each.shares[how].share for how in HOWS), each.shares["solved"].low, each.shares["solved"].high)
        for label, each in zip(labels, counted(swept), strict=True)
    ]
    group = ", ".join("hidden units" if name == "hidden" else name for name in names)
    return shares_figure(HOWS, bars, title=swept.grid.experiment.title or "How many networks solve it", group=group)


def html(swept: Swept) -> str:
    """A page with the picture, the figures and the experiment; opens without a network."""
    caption = "How the networks of each setting ended."
    found = Section("How many solve it", (Picture(as_svg(figure(swept)), caption), table(swept)))
    meant = Section("What is counted", (Paragraph(criterion(swept)), Paragraph(INTERVALS)))
    file = Section("Settings", (Fold("The experiment file", (Code(write_experiment(swept.grid.experiment)),)),))
    title = swept.grid.experiment.title or "Many networks"
    return page(Document(title, asked_in_words(swept), (found, meant, file)))


def table(swept: Swept) -> Table:
    """The figures."""
    names, lines = named(swept), counted(swept)
    rows = [
        (*labels, *(with_interval(each.shares[how]) for how in HOWS), each.median)
        for labels, each in zip(zip(*names.values(), strict=True), lines, strict=True)
    ]
    return Table("Shares in per cent, and their 95 % intervals", (*names, *HOWS, "epochs to solve"), tuple(rows))
