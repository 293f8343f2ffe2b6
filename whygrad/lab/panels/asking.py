"""A network that is asked at places of its inputs, all in the units of the data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from whygrad.lab.sight import Sight
    from whygrad.pipeline.reading import Reading

Array = NDArray[Any]


@dataclass(frozen=True, eq=False)
class Asking:
    """The network of a sight, and how it is read.

    `output`: which of several numbers is shown; `threshold`: the one that is shown, `own`: the run's.
    """

    sight: Sight
    reading: Reading
    output: int
    threshold: float
    own: float

    def said(self, raw: Array) -> Array:
        """What the network says at places (k, inputs): (k, outputs)."""
        return self.reading.in_units(np.asarray(self.sight.predict(self.reading.prepared(raw))))

    def values(self, said: Array) -> Array:
        """The one number that is shown of each place: the score, the largest probability, or the number asked for."""
        match self.reading.shows:
            case "classes":
                return np.asarray(said.max(axis=1))
            case "score":
                return said[:, 0]
            case "numbers":
                return said[:, self.output]

    def labels(self, said: Array) -> list[int]:
        """The classes at the threshold that is shown."""
        return [] if self.reading.classes is None else self.reading.labels(said, self.threshold).tolist()
