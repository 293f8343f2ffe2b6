"""What the network says over its one or two inputs, beside the rows of the data, and who flips at another threshold."""

from __future__ import annotations

from math import isqrt
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from whygrad.build.plan import DensePlan, every_layer
from whygrad.lab.frame import isfinite, numbers
from whygrad.lab.panels.asking import Asking
from whygrad.lab.panels.flips import Flips
from whygrad.lab.panels.panel import Panel
from whygrad.lab.panels.plotted import drawn, rows_of
from whygrad.pipeline.reading import reading_of
from whygrad.render.contour import contour
from whygrad.render.plane import line_around, places_of, plane_around, strength

if TYPE_CHECKING:
    from whygrad.lab.sight import Sight
    from whygrad.pipeline.setting_up import SetUp

Array = NDArray[Any]

ALONG: Final = 241  # places along a single input
MOST_NUMBERS: Final = 1_000_000  # outs of units over a plane: larger networks get a coarser one


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a page may ask for.

    - `places`: along each axis of a plane; `threshold`: another one than the run's; `output`: which of several numbers.
    - `at`: a place to ask at, in the units of the data.
    """

    places: Literal[21, 41, 81, 121] = 81
    threshold: Annotated[float, msgspec.Meta(ge=0, le=1)] | None = None
    output: Annotated[int, msgspec.Meta(ge=0, le=10_000)] = 0
    at: Annotated[tuple[float, ...], msgspec.Meta(max_length=2)] = ()


def fits(ready: SetUp) -> bool:
    """One or two inputs, and they are numbers."""
    return 1 <= len(reading_of(ready.dataset).columns) <= 2


@np.errstate(all="ignore")  # of a network that has run away something is told as well
def draw(sight: Sight, settings: Settings) -> dict[str, Any]:
    """The inputs and what is said of them, in the units of the data.

    - `shows`: "score", "classes" or "numbers", as `Reading` has it; `classes` and `outputs`: their names.
    - `axes`: the places along each input; over them, one line along the first after another, `values`, `said` (the
      number of the class) and `shades` (percent; of numbers from -100 for `low` to 100 for `high`; null: not finite).
    - `lines`: pieces of the boundary; `curves`: along a single input, what each output says.
    - `parts`: the rows, as `rows_of` has them; `threshold` and the run's `own`, None where nothing turns on it.
    - `flips`: who flips, in words; `asked`: what is said at `settings.at`.
    """
    asking = asking_of(sight, settings)
    rows = {name: asking.reading.raw(part.inputs) for name, part in sight.parts.items()}
    axes = axes_around(np.concatenate(list(rows.values())), side_of(sight.ready, settings.places))
    said = asking.said(axes[0][:, None] if len(axes) == 1 else places_of(*axes))
    parts = [rows_of(asking, name, part, rows[name]) for name, part in sight.parts.items()]
    scale = scale_of(asking, said, parts)
    shown, flips = what_is_shown(asking), Flips(asking.reading, asking.own, asking.threshold)
    return {
        **shown,
        "axes": [numbers(each) for each in axes],
        **over(asking, said, scale),
        "lines": numbers(lines_of(asking, axes, said)),
        "curves": curves_of(asking, said, shown) if len(axes) == 1 else [],
        "parts": [drawn(coloured(asking, each, scale)) for each in parts],
        "flips": flips.sentence(parts, axes, said, shown["inputs"]),
        "asked": asked_at(asking, flips, settings.at),
    }


def asking_of(sight: Sight, settings: Settings) -> Asking:
    """The network that is asked; another output than there is means the last."""
    own = sight.ready.experiment.training.threshold
    outputs = len(sight.dataset.preparation.output_names)
    threshold = own if settings.threshold is None else settings.threshold
    return Asking(sight, reading_of(sight.dataset), min(settings.output, outputs - 1), threshold, own)


def what_is_shown(asking: Asking) -> dict[str, Any]:
    """Names, and the thresholds where there are two classes of one output."""
    reading, is_score = asking.reading, asking.reading.shows == "score"
    outputs = asking.sight.dataset.preparation.output_names
    return {
        "shows": reading.shows,
        "inputs": [column.name for column in reading.columns],
        "outputs": list(outputs),
        "output": asking.output,
        "target": reading.classes.name if reading.classes else outputs[asking.output],
        "classes": list(reading.classes.classes) if reading.classes else [],
        "threshold": asking.threshold if is_score else None,
        "own": asking.own if is_score else None,
        "settable": is_score and reading.classes is reading.target,
    }


def side_of(ready: SetUp, wanted: int) -> int:
    """How many places along each axis of a plane a network of this size is asked at."""
    units = sum(len(layer.labels) for layer in every_layer(ready.plan.layers) if isinstance(layer, DensePlan))
    return max(2, min(wanted, isqrt(MOST_NUMBERS // units)))


def axes_around(points: Array, side: int) -> list[Array]:
    """Places along each input that frame all rows."""
    if points.shape[1] == 1:
        return [line_around(points[:, 0], places=ALONG)]
    return list(plane_around(points, places=side))


def scale_of(asking: Asking, said: Array, parts: list[dict[str, Any]]) -> tuple[float, float]:
    """The ends of the scale of colours: of numbers the smallest and the largest, of the places and of the rows."""
    if asking.reading.classes:
        return 0.0, 1.0
    every = np.concatenate([asking.values(said), *(np.array(part["truth"], dtype=float) for part in parts)])
    known = every[np.isfinite(every)]
    return (float(known.min()), float(known.max())) if len(known) else (0.0, 1.0)


def over(asking: Asking, said: Array, scale: tuple[float, float]) -> dict[str, Any]:
    """What is said at the places, and how strongly each is coloured."""
    values = asking.values(said)
    return {
        "low": scale[0],
        "high": scale[1],
        "values": numbers(values),
        "said": asking.labels(said),
        "shades": shades(shares(asking, said, values, scale)),
    }


def coloured(asking: Asking, rows: dict[str, Any], scale: tuple[float, float]) -> dict[str, Any]:
    """Rows with the colour of their target, where that is a number."""
    return rows if asking.reading.classes else {**rows, "shades": shades(scaled_to(np.array(rows["truth"]), scale))}


def shares(asking: Asking, said: Array, values: Array, scale: tuple[float, float]) -> Array:
    """How strongly each place is coloured, as a share of one."""
    match asking.reading.shows:
        case "score":
            return np.where(np.isfinite(values), strength(values, asking.threshold), np.nan)
        case "classes":
            even = 1 / said.shape[1]
            return np.asarray(np.clip((values - even) / (1 - even), 0.0, 1.0))
        case "numbers":
            return scaled_to(values, scale)


def scaled_to(values: Array, scale: tuple[float, float]) -> Array:
    """Numbers on a scale from -1 to 1."""
    low, high = scale
    return np.asarray(2 * (values - low) / ((high - low) or 1.0) - 1)


def shades(shares: Array) -> list[int | None]:
    """Shares in whole percent."""
    if isfinite(shares):
        found: list[int | None] = np.rint(100 * shares).astype(int).tolist()
        return found
    return [round(100 * share) if np.isfinite(share) else None for share in shares.tolist()]


def lines_of(asking: Asking, axes: list[Array], said: Array) -> Array:
    """Where what is said turns from one class to another."""
    shows = asking.reading.shows
    if len(axes) == 1 or shows == "numbers":
        return np.zeros((0, 4))
    xs, ys = axes
    shape = len(ys), len(xs)
    if shows == "score":
        return contour(xs, ys, said[:, 0].reshape(shape), asking.threshold)
    leads = [said[:, one] - np.delete(said, one, axis=1).max(axis=1) for one in range(1, said.shape[1])]
    return np.concatenate([contour(xs, ys, lead.reshape(shape), 0.0) for lead in leads])


def curves_of(asking: Asking, said: Array, shown: dict[str, Any]) -> list[dict[str, Any]]:
    """What each output says along the one input; of several numbers only the one asked for."""
    if asking.reading.shows == "classes":
        return [{"name": name, "values": numbers(said[:, place])} for place, name in enumerate(shown["classes"])]
    return [{"name": shown["target"], "values": numbers(asking.values(said))}]


def asked_at(asking: Asking, flips: Flips, at: tuple[float, ...]) -> dict[str, Any] | None:
    """What is said at a place that was typed in."""
    if len(at) != len(asking.reading.columns):
        return None
    said = asking.said(np.array([at]))
    return {"at": list(at), "value": numbers(asking.values(said)[0]), "words": flips.of_place(said)}


PANEL = Panel("boundary", "Decision boundary", fits, draw, Settings)
