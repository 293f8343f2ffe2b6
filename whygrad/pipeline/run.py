"""A run: what training leaves in a user's hands."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from whygrad.dataset import NumberColumn
from whygrad.pipeline import saving
from whygrad.pipeline.trained import Trained

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    from matplotlib.figure import Figure

    from whygrad.pipeline.derivation import Derivation


@dataclass(eq=False, repr=False)
class Run(Trained):
    """A trained network with everything that led to it.

    - `history`: the figures of every epoch; `ending`: why training stopped; `fault`: the first NaN, if that is why.
    - `step(epoch, batch)`: the trace of one step; `at(epoch)`: the network at the start of an epoch.
    - `predict(rows)`, `weights()`, `run["w5"]`: the network as it is now.
    - `save(folder)`, `report(path)`, `plot_loss(path)`, `plot_boundary(path)`: what others can look at.

    A run is its file, its seed and its engine: the same three give the same bits on the same machine.
    """

    def save(self, folder: str | os.PathLike[str], *, replace: bool = False) -> Path:
        """Write the run as a folder, whole or not at all.

        A folder that holds this run at an earlier or the same epoch is brought up to date; one that holds another run
        is left alone, unless it is to `replace` that. Raises CannotWrite (WG606) and OtherRun (WG608).
        """
        return saving.save(self, Path(folder), replace=replace)

    def explain(self, of: str | None = None, *, epoch: int = 0, batch: int = 0, **asked: Any) -> Derivation:
        """Why: one step as a worked solution, or one of its quantities ("w5", "dE/dw5", "net_H1") with every path.

        What else can be asked for is what `whygrad.pipeline.derivation.explain` takes: `numbers`, `paths`, `nudges`,
        `by_hand`, `jacobian`, `torch`. Raises UnknownName (WG105), NoSuchEpoch (WG502), and TooManyElements (WG401)
        for steps too large to be written out whole.
        """
        from whygrad.pipeline.derivation import explain

        derivation = explain(self.step(epoch, batch), of, **asked)
        columns = self.set_up.dataset.preparation.columns
        scaled = any(isinstance(each, NumberColumn) and each.is_scaled for each in columns)
        return derivation.with_word("inputs are as the network reads them, scaled") if scaled else derivation

    def report(self, path: str | os.PathLike[str]) -> Path:
        """Write one self-contained page: network, losses, what was learned, weights before and after."""
        from whygrad.pipeline import report  # draws with matplotlib, which costs more to import than to train XOR

        return report.write(self, Path(path))

    @overload
    def plot_loss(self) -> Figure: ...
    @overload
    def plot_loss(self, path: str | os.PathLike[str]) -> Path: ...
    def plot_loss(self, path: str | os.PathLike[str] | None = None) -> Figure | Path:
        """The loss curves: written as a picture (.png or .svg), or as matplotlib's Figure where no path is given."""
        from whygrad.pipeline import pictures

        figure = pictures.loss(self)
        return figure if path is None else pictures.write(figure, Path(path))

    @overload
    def plot_boundary(self, *, epochs: Sequence[int] = ()) -> Figure: ...
    @overload
    def plot_boundary(self, path: str | os.PathLike[str], epochs: Sequence[int] = ()) -> Path: ...
    def plot_boundary(self, path: str | os.PathLike[str] | None = None, epochs: Sequence[int] = ()) -> Figure | Path:
        """What the network says over its input plane, at some epochs: as a picture (.png or .svg), or as a Figure.

        Without epochs, as it is now. Raises CannotPlot (WG605) unless it has one or two inputs.
        """
        from whygrad.pipeline import pictures

        figure = pictures.surface(self, epochs)
        return figure if path is None else pictures.write(figure, Path(path))
