"""A network at one point of its training: weights by name, predictions for new rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from whygrad.data import outputs_to_labels, prepare_rows
from whygrad.errors import nearest
from whygrad.errors.graph import UnknownName
from whygrad.graph.names import flat
from whygrad.pipeline.describing import network_line
from whygrad.render.numbers import count

if TYPE_CHECKING:
    from whygrad.build import NetworkPlan, Parameter
    from whygrad.dataset import Preparation
    from whygrad.run import Predictor

Array = NDArray[Any]
LABELS_SHOWN = 6


@dataclass(frozen=True, eq=False, repr=False)
class Predictions:
    """What a network says of some rows.

    - `outputs`: (rows, outputs), as the network gives them: probabilities of classes, or numbers in prepared units.
    - `labels`: a class name per row, or numbers (rows, targets) in the units of the data.
    - `names`: what the columns of `outputs` are called.
    """

    outputs: Array
    labels: tuple[str, ...] | Array
    names: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.outputs)

    def __repr__(self) -> str:
        first = ", ".join(label if isinstance(label, str) else said(label) for label in self.labels[:LABELS_SHOWN])
        more = ", ..." if len(self) > LABELS_SHOWN else ""
        return f"<Predictions for {count(len(self), 'row')}: {first}{more}>"


def said(numbers: Array) -> str:
    """The numbers that are said of one row."""
    return " and ".join(f"{number:.6g}" for number in np.atleast_1d(numbers))


@dataclass(frozen=True, eq=False, repr=False)
class Model:
    """A network with its values: `model["w5"]`, `model.weights()`, `model.predict(rows)`.

    `values` holds parameters and running statistics by name; nobody changes them.
    """

    plan: NetworkPlan
    values: Mapping[str, Any]
    preparation: Preparation
    predictor: Predictor
    threshold: float

    def __repr__(self) -> str:
        return f"<Model {network_line(self.plan)}: {count(self.parameter_count, 'parameter')}>"

    def __getitem__(self, name: str) -> Any:
        """A parameter ("hidden.W") as an array, or one weight ("w5") as a number; raises UnknownName (WG105)."""
        if name in self.values:
            return np.array(self.values[name])
        for weight, parameter, index in self._elements():
            if weight == name:
                return float(np.asarray(self.values[parameter.name])[index])
        names = [*self.values, *(weight for weight, _, _ in self._elements())]
        raise UnknownName(name, nearest(name, names))

    def weights(self) -> dict[str, float]:
        """Every weight and bias that has a name of its own, in the network's order."""
        return {
            name: float(np.asarray(self.values[parameter.name])[index]) for name, parameter, index in self._elements()
        }

    def parameters(self) -> dict[str, Array]:
        """Every parameter as an array, by name, in the network's order."""
        return {parameter.name: np.array(self.values[parameter.name]) for parameter in self.plan.parameters()}

    @property
    def parameter_count(self) -> int:
        """How many numbers are learned."""
        return sum(parameter.size for parameter in self.plan.parameters())

    def predict(self, rows: object, *, threshold: float | None = None) -> Predictions:
        """What the network says of new rows: a frame, a dict of columns, or an array (rows, inputs) in raw units.

        `threshold` is the probability from which a row is of the second of two classes. Raises DataError (WG3xx).
        """
        inputs = prepare_rows(self.preparation, rows)
        return self.predict_prepared(inputs, threshold=threshold)

    def predict_prepared(self, inputs: Array, *, threshold: float | None = None) -> Predictions:
        """The same for inputs (rows, features) that are scaled and encoded already."""
        outputs = np.asarray(self.predictor.predict(self.values, inputs))
        at = self.threshold if threshold is None else threshold
        return Predictions(outputs, outputs_to_labels(self.preparation, outputs, at), self.preparation.output_names)

    def _elements(self) -> Iterator[tuple[str, Parameter, tuple[int, ...]]]:
        """Named elements with their places: weights unit by unit, as they are numbered."""
        for parameter in self.plan.parameters():
            places: Iterable[tuple[int, ...]] = np.ndindex(*parameter.shape[::-1])
            for reverse in places if parameter.elements else ():
                place = reverse[::-1]
                if name := parameter.elements[flat(place, parameter.shape)]:
                    yield name, parameter, place
