"""What training leaves: the network, its history, and the way back to every step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whygrad.dataset import ClassTarget
from whygrad.errors.saved import CannotPlot
from whygrad.pipeline.model import Model, Predictions
from whygrad.run import Checkpoints, confusion_matrix, metrics, trace_step
from whygrad.trace import Ending, History

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from whygrad.dataset import Part
    from whygrad.errors.run import RunError
    from whygrad.pipeline.setting_up import SetUp
    from whygrad.run import Best, Position
    from whygrad.spec import Experiment
    from whygrad.trace import Row, StepTrace


@dataclass(eq=False, repr=False)
class Trained:
    """A trained network with everything that led to it; users hold it as a `Run`, which can also be written down.

    - `history`: the figures of every epoch; `ending`: why training stopped; `fault`: the NaN or the loss behind that.
    - `position`: where training stands; `checkpoints`: from where every epoch can be reached again.
    - `table`: rows that came from memory, kept so that saving can write them down.
    - `folder`: where the paths in the experiment start.
    """

    set_up: SetUp
    history: History
    ending: Ending
    position: Position
    checkpoints: Checkpoints
    fault: RunError | None = None
    table: object | None = None
    folder: Path = field(default_factory=Path)

    def __repr__(self) -> str:
        title = self.experiment.title or self.experiment.network.layers
        loss = f", loss {self.figures['loss']:.6g}" if self.figures else ""
        kept = f" (kept: after {self.kept})" if self.kept != self.position.epoch else ""
        return f"<Run of {title!s}: {self.position.epoch} epochs{kept}{loss}; {self.ending.value}>"

    @property
    def experiment(self) -> Experiment:
        """What was asked for."""
        return self.set_up.experiment

    @property
    def engine(self) -> str:
        """What runs its epochs; every step that is looked at is run by the interpreter."""
        return self.set_up.job.engine.kind

    @property
    def kept(self) -> int:
        """After how many epochs the network is kept: all of them, or the best when early stopping restores it."""
        return self._restored.epoch if self._restored else self.position.epoch

    @property
    def figures(self) -> Row:
        """The figures of the last epoch that the kept network has learned from; none before the first."""
        return self.history.rows[self.kept - 1] if self.kept else {}

    @property
    def model(self) -> Model:
        """The network as it is now: after the last epoch, or after the best one when early stopping restores it."""
        return self._model(self._restored.states if self._restored else self.position.states)

    @property
    def _restored(self) -> Best | None:
        stopping = self.experiment.training.early_stopping
        return self.position.best if stopping and stopping.restore_best else None

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
        target = self.class_target
        rows, model = self.parts[part], self.model
        return confusion_matrix(target, model.predict_prepared(rows.inputs).outputs, rows.targets, model.threshold)

    @property
    def class_target(self) -> ClassTarget:
        """The target as classes; raises CannotPlot (WG605) when it is a number."""
        target = self.set_up.job.target
        if not isinstance(target, ClassTarget):
            raise CannotPlot("confusion matrix", f"{', '.join(target.names)} is a number, not a class")
        return target

    def _model(self, values: Mapping[str, Any]) -> Model:
        known, training = self.set_up, self.experiment.training
        return Model(known.plan, values, known.dataset.preparation, known.job.engine.predictor, training.threshold)
