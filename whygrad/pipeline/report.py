"""The page of a run: what it knows, gathered section by section and handed to `render`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from whygrad.document import Block, Code, Document, Facts, Fold, Paragraph, Picture, Section, Table
from whygrad.errors.saved import CannotPlot
from whygrad.pipeline import pictures
from whygrad.pipeline.columns import columns_in_words
from whygrad.pipeline.describing import (
    figure_in_words,
    headline,
    judging_part,
    kept_in_words,
    layers,
    network_line,
    readable,
)
from whygrad.pipeline.files import write_text
from whygrad.pipeline.sketch import drawing
from whygrad.pipeline.small_table import rows_and_predictions
from whygrad.render.loss import layer_figure, loss_figure
from whygrad.render.network import network_svg
from whygrad.render.numbers import count
from whygrad.render.page import page
from whygrad.render.svg import as_svg
from whygrad.spec import write_experiment

if TYPE_CHECKING:
    from whygrad.pipeline.trained import Trained

COLUMNS_OPEN = 16  # more than these are shown when asked for
WEIGHTS_OPEN = 24  # more than these are shown when asked for
WEIGHTS_LISTED = 120  # more than these are summed up parameter by parameter


def write(run: Trained, path: Path) -> Path:
    """Write the page of a run as one file. Raises CannotWrite (WG606)."""
    return write_text(path, html(run))


def html(run: Trained) -> str:
    """The page of a run: self-contained, opens without a network."""
    sections = [summary(run), data(run), network(run), losses(run), learned(run), weights(run), settings(run)]
    title = run.experiment.title or arrows(network_line(run.set_up.plan))
    below = arrows(headline(run.set_up).removeprefix(f"{title}: "))
    return page(Document(title, below, tuple(sections)))


def arrows(text: str) -> str:
    """The short form for reading: an arrow is one character, which no line break splits."""
    return text.replace("->", "→")


def summary(run: Trained) -> Section:
    """The figures one wants first."""
    facts: list[tuple[str, str | float | int | None]] = [("epochs", run.position.epoch)]
    facts += [("kept, after epochs", run.kept)] if run.kept != run.position.epoch else []
    for part in run.parts:
        found = run.metrics(part)
        facts.append((f"{part} loss", found.pop("loss")))
        name, value = next(iter(found.items()))
        facts.append((f"{part} {readable(name)}", figure_in_words(name, value)))
    best = run.position.best
    kept = kept_in_words(run.kept, run.position.epoch, best.loss if best else None)
    blocks: list[Block] = [Facts(tuple(facts)), Paragraph(f"Training {run.ending.sentence}. {kept}".rstrip())]
    if run.fault:
        blocks += [Paragraph(line.strip()) for line in ("What went wrong:", *str(run.fault).splitlines())]
    return Section("In short", tuple(blocks))


def data(run: Trained) -> Section:
    """Where the rows come from, how many are in each part, and how each column was prepared."""
    ready = run.set_up.dataset
    parts = Facts(tuple((f"{part} rows", len(rows)) for part, rows in run.parts.items()))
    listed = columns_in_words(ready.preparation)
    table = Table("Columns", ("column", "used as", "prepared"), listed)
    shown: Block = Fold(f"All {len(listed)} columns", (table,)) if len(listed) > COLUMNS_OPEN else table
    return Section("The data", (Paragraph(f"{ready.source}."), parts, shown))


def network(run: Trained) -> Section:
    """The drawing of the network with its final weights, and its layers as a table."""
    rows = tuple(
        (each.name, arrows(each.kind), each.inputs, each.outputs, each.parameters) for each in layers(run.set_up.plan)
    )
    caption = f"The network with its weights after {count(run.kept, 'epoch')}."
    table = Table("Layers", ("layer", "kind", "values in", "values out", "parameters"), rows)
    return Section("The network", (Picture(network_svg(drawing(run.model)), caption), table))


def losses(run: Trained) -> Section:
    """The loss curves, and how large the gradients of each layer were."""
    if not len(run.history):
        return Section("Losses", (Paragraph("No epoch was run."),))
    blocks: list[Block] = [Picture(as_svg(loss_figure(run.history)), "The loss of each epoch.")]
    if len(run.history.layers()) > 1:
        figure = layer_figure(run.history, "gradient_norm")
        blocks.append(
            Picture(as_svg(figure), "The length of each layer's gradient, the mean over the epoch's updates.")
        )
    return Section("Losses", tuple(blocks))


def learned(run: Trained) -> Section:
    """What the network says: over its inputs where they can be drawn, on held-out rows, and row by row when few."""
    blocks: list[Block] = []
    try:
        figure = pictures.surface(run, pictures.telling_epochs(run))
        moments = f"at the start of these epochs; the last is the network after {count(run.kept, 'epoch')}"
        blocks.append(Picture(as_svg(figure), f"What the network says over its inputs, {moments}."))
    except CannotPlot:
        pass  # more inputs than a page has room for
    part = judging_part(run)
    for name, figure in pictures.quality(run, part).items():
        blocks.append(Picture(as_svg(figure), f"Predictions of {name} on the {part} part."))
    few = rows_and_predictions(run)
    if few is not None:
        blocks.append(Table("Rows and predictions", few.head, few.rows))
    found = tuple((readable(name), figure_in_words(name, value)) for name, value in run.metrics(part).items())
    blocks.append(Table(f"Figures on the {part} part", ("figure", "value"), found))
    return Section("What was learned", tuple(blocks))


def weights(run: Trained) -> Section:
    """Every named weight before and after; of large networks, each parameter summed up."""
    before, after = run.at(0), run.model
    named = after.weights()
    if named and len(named) <= WEIGHTS_LISTED:
        start = before.weights()
        rows = tuple((name, start[name], value, value - start[name]) for name, value in named.items())
        table = Table(f"As drawn and after {count(run.kept, 'epoch')}", ("weight", "before", "after", "change"), rows)
        return Section("Weights", (Fold(f"All {len(rows)} of them", (table,)) if len(rows) > WEIGHTS_OPEN else table,))
    sums = tuple(
        (name, array.size, float(np.std(start)), float(np.std(array)), float(np.sqrt(np.mean((array - start) ** 2))))
        for (name, array), start in zip(after.parameters().items(), before.parameters().values(), strict=True)
    )
    head = ("parameter", "numbers", "deviation before", "deviation after", "root mean square change")
    return Section(
        "Weights", (Table(f"As drawn and after {count(run.kept, 'epoch')}, parameter by parameter", head, sums),)
    )


def settings(run: Trained) -> Section:
    """The experiment, as it can be run again."""
    return Section("Settings", (Fold("The experiment file", (Code(write_experiment(run.experiment)),)),))
