"""What a panel is drawn from: the network at the place that is looked at, and what its run recorded until then."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whygrad.dataset import Dataset, Part
    from whygrad.lab.shown import Shown
    from whygrad.pipeline.setting_up import SetUp
    from whygrad.run.predictor import States
    from whygrad.trace import Row


@dataclass(frozen=True, eq=False)
class Sight:
    """It never changes, so that another thread may draw from it while the run goes on.

    - `states`: those before the update that is looked at; `rows`: the figures of every epoch made.
    - `folder`: where the file of the data lies, if there is one.
    """

    shown: Shown
    ready: SetUp
    states: States
    rows: Sequence[Row]
    folder: Path = Path()

    @property
    def dataset(self) -> Dataset:
        """The data in its three parts."""
        return self.ready.dataset

    @property
    def parts(self) -> dict[str, Part]:
        """The parts that have rows, by name."""
        data = self.ready.dataset
        every = {"training": data.training, "validation": data.validation, "test": data.test}
        return {name: part for name, part in every.items() if len(part)}

    def predict(self, inputs: Any) -> Any:
        """What the network says of prepared inputs (rows, features): (rows, outputs)."""
        return self.ready.job.engine.predictor.predict(self.states, inputs)

    def inside(self, inputs: Any) -> dict[str, Any]:
        """Every named array on the way from prepared inputs: "hidden.out" is (rows, units)."""
        return self.ready.job.engine.predictor.inside(self.states, inputs)
