"""A run: what training leaves in a user's hands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whygrad.pipeline import pictures, report, saving
from whygrad.pipeline.model import Model, Predictions
from whygrad.run import Checkpoints, confusion_matrix, metrics, trace_step
from whygrad.trace import Ending, History

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from whygrad.dataset import ClassTarget, Part
    from whygrad.errors.run import NotFinite
    from whygrad.pipeline.setting_up import SetUp
    from whygrad.run import Position
    from whygrad.spec import Experiment
    from whygrad.trace import StepTrace


@dataclass(eq=False, repr=False)
class Run:
    """A trained network with everything that led to it.

    - `history`: the figures of every epoch; `ending`: why training stopped; `fault`: the first NaN, if that is why.
    - `step(epoch, batch)`: the trace of one step; `at(epoch)`: the network at the start of an epoch.
    - `predict(rows)`, `weights()`, `run["w5"]`: the network as it is now.
    - `save(folder)`, `report(path)`, `plot_loss(path)`, `plot_boundary(path)`: what others can look at.

    A run is its file, its seed and its engine: the same three give the same bits on the same machine.
    """

    set_up: SetUp
    history: History
    ending: Ending
    position: Position
    checkpoints: Checkpoints
    fault: NotFinite | None = None
    table: object | None = None  # rows that came from memory, kept so that saving can write them down
    folder: Path = field(default_factory=Path)  # where the paths in the experiment start

    def __repr__(self) -> str:
        title = self.experiment.title or self.experiment.network.layers
        loss = f", loss {self.history.rows[-1]['loss']:.6g}" if len(self.history) else ""
        return f"<Run of {title!s}: {self.position.epoch} epochs{loss}; {self.ending.value}>"

    @property
    def experiment(self) -> Experiment:
        """What was asked for."""
        return self.set_up.experiment

    @property
    def model(self) -> Model:
        """The network as it is now: after the last epoch, or after the best one when early stopping restores it."""
        stopping, best = self.experiment.training.early_stopping, self.position.best
        restored = stopping is not None and stopping.restore_best and best is not None
        return self._model(best.states if restored and best else self.position.states)

    def at(self, epoch: int) -> Model:
        """The network at the start of an epoch; epoch 0 is as drawn. Raises NoSuchEpoch (WG502)."""
        return self._model(self.checkpoints.at(epoch, self.set_up.job).states)

    def step(self, epoch: int = 0, batch: int = 0) -> StepTrace:
        """The trace of one step: every value, adjoint and gradient, each parameter before and after.

        The epoch after the last is the step that training would take next. Raises NoSuchEpoch (WG502).
        """
        return trace_step(self.set_up.job, self.checkpoints.at(epoch, self.set_up.job), batch)

    def __getitem__(self, name: str) -> Any:
        """A parameter ("hidden.W") as an array, or one weight ("w5") as a number; raises UnknownName (WG105)."""
        return self.model[name]

    def weights(self) -> dict[str, float]:
        """Every weight and bias that has a name of its own."""
        return self.model.weights()

    def predict(self, rows: object, *, threshold: float | None = None) -> Predictions:
        """What the network says of new rows: a frame, a dict of columns, or an array in raw units."""
        return self.model.predict(rows, threshold=threshold)

    @property
    def parts(self) -> Mapping[str, Part]:
        """The parts of the data that have rows, by name: training, validation, test."""
        dataset = self.set_up.dataset
        every = {"training": dataset.training, "validation": dataset.validation, "test": dataset.test}
        return {name: part for name, part in every.items() if len(part)}

    def metrics(self, part: str = "training") -> dict[str, float]:
        """Loss and metrics of the network as it is now on one part of the data."""
        rows, model = self.parts[part], self.model
        said, loss = model.predictor.judge(model.values, rows)
        return {"loss": loss} | metrics(self.set_up.job.target, said, rows.targets, model.threshold)

    def confusion(self, part: str = "training") -> NDArray[Any]:
        """Counts of rows, (true class, predicted class), on one part; for targets that are classes."""
        target: ClassTarget = pictures.class_target(self)
        rows, model = self.parts[part], self.model
        return confusion_matrix(target, model.predict_prepared(rows.inputs).outputs, rows.targets, model.threshold)

    def save(self, folder: str | os.PathLike[str]) -> Path:
        """Write the run as a folder, whole or not at all; a run that is there already is replaced.

        Raises CannotWrite (WG606).
        """
        return saving.save(self, Path(folder))

    def report(self, path: str | os.PathLike[str]) -> Path:
        """Write one self-contained page: network, losses, what was learned, weights before and after."""
        return report.write(self, Path(path))

    def plot_loss(self, path: str | os.PathLike[str]) -> Path:
        """Write the loss curves as a picture (.png or .svg)."""
        return pictures.write(pictures.loss(self), Path(path))

    def plot_boundary(self, path: str | os.PathLike[str], epochs: Sequence[int] = ()) -> Path:
        """Write what the network says over its input plane, at some epochs, as a picture (.png or .svg).

        Without epochs, as it is now. Raises CannotPlot (WG605) unless it has one or two inputs.
        """
        return pictures.write(pictures.surface(self, epochs), Path(path))

    def _model(self, values: Mapping[str, Any]) -> Model:
        known, training = self.set_up, self.experiment.training
        return Model(known.plan, values, known.dataset.preparation, known.job.engine.predictor, training.threshold)
