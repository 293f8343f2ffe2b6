"""The rows of the data as a picture over the inputs shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from whygrad.lab.frame import numbers
from whygrad.render.thinning import thinned

if TYPE_CHECKING:
    from whygrad.dataset import Part
    from whygrad.lab.panels.asking import Asking

Array = NDArray[Any]


def rows_of(asking: Asking, name: str, part: Part, raw: Array) -> dict[str, Any]:
    """The rows of one part of the data, at places `raw` (rows, inputs).

    - `rows`: their numbers in the data; `inputs`: a list for each input; `batch`: their places in the batch that is
      looked at, None for those that are not in it.
    - `truth` and `said`: numbers of classes, or numbers; `values`: what the network says; `right`, `flips`: whether
      the class is the true one, and another one than at the run's own threshold; `errors`: of numbers, said less true.
    - `heights`: where each stands over a single input: at its target, or at the probability of its class.
    """
    reading, rows = asking.reading, part.rows.tolist()
    said, true = asking.said(raw), reading.in_units(part.targets)
    values = asking.values(said)
    batch = places_in_batch(asking) if name == "training" else {}
    known = {
        "name": name,
        "rows": rows,
        "inputs": numbers(raw.T),
        "batch": [batch.get(row) for row in rows],
        "values": numbers(values),
    }
    if reading.classes is None:
        truth = true[:, asking.output]
        return {**known, "truth": truth.tolist(), "errors": numbers(values - truth), "heights": truth.tolist()}
    return {**known, **judged(asking, said, true)}


def judged(asking: Asking, said: Array, true: Array) -> dict[str, Any]:
    """What is said of rows with a class, and whether it is right."""
    reading = asking.reading
    labels, truth = reading.labels(said, asking.threshold), reading.labels(true, 0.5)
    heights = said[np.arange(len(said)), truth] if reading.shows == "classes" else truth
    return {
        "truth": truth.tolist(),
        "said": labels.tolist(),
        "right": (labels == truth).tolist(),
        "flips": (labels != reading.labels(said, asking.own)).tolist(),
        "heights": numbers(heights),
    }


def places_in_batch(asking: Asking) -> dict[int, int]:
    """Which of the batch that is looked at each row is."""
    return {row: place for place, row in enumerate(asking.sight.shown.trace.rows.tolist())}


def drawn(rows: dict[str, Any]) -> dict[str, Any]:
    """So many of the rows as can be told apart in a picture, chosen fairly; `of` says how many there are."""
    size = len(rows["rows"])
    chosen = thinned(size).tolist()
    if len(chosen) == size:
        return {**rows, "of": size}
    by_row = {key: each for key, each in rows.items() if key not in {"name", "inputs"}}
    few = {key: [each[place] for place in chosen] for key, each in by_row.items()}
    return {**rows, **few, "inputs": [[each[place] for place in chosen] for each in rows["inputs"]], "of": size}
