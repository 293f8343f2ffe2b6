"""Pictures of a run: what it knows, handed to `render` as arrays."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from numpy.typing import NDArray

from whygrad.data import numbers_in_units
from whygrad.dataset import ClassTarget, NumberColumn
from whygrad.errors.saved import CannotPlot, CannotWrite
from whygrad.pipeline.reading import reading_of
from whygrad.render.boundary import Panel, boundary_figure
from whygrad.render.evaluation import confusion_figure, residual_figure
from whygrad.render.fit import Curve, fit_figure
from whygrad.render.loss import loss_figure
from whygrad.render.plane import line_around, places_of, plane_around
from whygrad.render.save import save_figure

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from whygrad.pipeline.model import Model
    from whygrad.pipeline.trained import Trained

Array = NDArray[Any]
NEARLY_DONE = 0.02  # of the way from the first loss to the lowest: what is left when a run has turned


def loss(run: Trained) -> Figure:
    """The loss curves."""
    return loss_figure(run.history)


def surface(run: Trained, epochs: Sequence[int] = ()) -> Figure:
    """What the network says over its one or two inputs, at some epochs; without epochs, as it is now.

    Raises CannotPlot (WG605) for other inputs, NoSuchEpoch (WG502) for epochs that were not run.
    """
    columns = number_columns(run)
    moments = [(f"start of epoch {epoch}", run.at(epoch)) for epoch in epochs] or [("as it is now", run.model)]
    target = " and ".join(run.set_up.dataset.preparation.output_names)
    names = [column.name for column in columns]
    if len(columns) == 1:
        return fit_figure([curve(run, model, title) for title, model in moments], name=names[0], target=target)
    panels = [panel(run, model, title) for title, model in moments]
    classes = run.set_up.job.target.classes if isinstance(run.set_up.job.target, ClassTarget) else ()
    return boundary_figure(panels, names=(names[0], names[1]), classes=classes or ("0", "1"), target=target)


def number_columns(run: Trained) -> tuple[NumberColumn, ...]:
    """The one or two input columns of a run that can be drawn; raises CannotPlot (WG605)."""
    preparation, columns = run.set_up.dataset.preparation, reading_of(run.set_up.dataset).columns
    if not 1 <= len(columns) <= 2:
        reason = f"it has {len(preparation.feature_names)} inputs, and a plane has two"
        raise CannotPlot("picture over the inputs", reason)
    if not isinstance(run.set_up.job.target, ClassTarget) and len(preparation.output_names) > 1:
        raise CannotPlot("picture over the inputs", f"it has {len(preparation.output_names)} outputs")
    return columns


def panel(run: Trained, model: Model, title: str) -> Panel:
    """The plane of two inputs under one state of the network."""
    reading, part = reading_of(run.set_up.dataset), run.set_up.dataset.training
    points = reading.raw(part.inputs)
    xs, ys = plane_around(points)
    said, truth = (reading.in_units(each) for each in (model.predict(places_of(xs, ys)).outputs, part.targets))
    values, labels = said[:, 0], truth[:, 0]
    if reading.classes is not None:
        labels = reading.labels(truth, 0.5)
    if reading.shows == "classes":
        values = reading.labels(said, 0.5)
    return Panel(title, xs, ys, values.reshape(len(ys), len(xs)), points, labels, reading.shows, model.threshold)


def curve(run: Trained, model: Model, title: str) -> Curve:
    """What the network says along its one input."""
    reading, part = reading_of(run.set_up.dataset), run.set_up.dataset.training
    points = reading.raw(part.inputs)[:, 0]
    xs = line_around(points)
    if reading.shows == "classes":
        raise CannotPlot("curve", f"it has {len(part.targets[0])} outputs")
    said, truth = (reading.in_units(each)[:, 0] for each in (model.predict(xs[:, None]).outputs, part.targets))
    threshold = model.threshold if isinstance(reading.target, ClassTarget) else None
    return Curve(title, xs, said, points, truth, threshold)


def quality(run: Trained, part: str) -> dict[str, Figure]:
    """How good the predictions on a part are, by target: a confusion matrix, or predictions against the truth."""
    target = run.set_up.job.target
    if isinstance(target, ClassTarget):
        return {target.name: confusion_figure(run.confusion(part), target.classes)}
    rows = run.parts[part]
    said = numbers_in_units(target, run.model.predict_prepared(rows.inputs).outputs)
    true = numbers_in_units(target, rows.targets)
    return {name: residual_figure(said[:, place], true[:, place], name) for place, name in enumerate(target.names)}


def telling_epochs(run: Trained) -> tuple[int, ...]:
    """The epochs at which a picture says most: the start, when most of the loss was gone, and the kept network."""
    last = run.kept
    losses = [float("inf") if value is None else value for value in run.history.column("loss")[:last]]
    if not losses:
        return (0,)
    goal = min(losses) + NEARLY_DONE * (losses[0] - min(losses))
    turned = next((place for place, value in enumerate(losses) if value <= goal), last)
    return tuple(sorted({0, turned, last}))


def write(figure: Figure, path: Path) -> Path:
    """Write a figure as a picture, whole or not at all. Raises SuffixUnknown (WG701), CannotWrite (WG606)."""
    try:
        return save_figure(figure, path)
    except OSError as error:
        raise CannotWrite(str(path), error.strerror or str(error)) from error
