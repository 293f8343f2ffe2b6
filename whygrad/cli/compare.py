"""`whygrad compare`: runs side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from whygrad.cli.cells import as_rows, figure_cells
from whygrad.cli.chart import chart
from whygrad.cli.paper import document, fitting, heading, put, say, table, width
from whygrad.cli.settings import differing, settings_of, written
from whygrad.errors.saved import CannotWrite
from whygrad.pipeline.describing import readable
from whygrad.pipeline.epochs import readable_epochs
from whygrad.pipeline.layout import Record
from whygrad.pipeline.loading import kept_epochs, read_history, read_record, read_settings
from whygrad.render.numbers import column, count
from whygrad.trace import History

if TYPE_CHECKING:
    from whygrad.cli.settings import Settings

FIGURES: Final = ("loss", "validation_loss", "accuracy", "validation_accuracy", "r2", "validation_r2")
SHORTEST: Final = 12  # a setting is never cut to fewer characters


@dataclass(frozen=True)
class Compared:
    """What is read of a run to compare it."""

    folder: Path
    name: str
    title: str
    settings: Settings
    record: Record
    history: History
    kept: int

    @property
    def epochs(self) -> str:
        """How many epochs ran, and after how many of them the network is kept."""
        return f"{self.kept:,} of {self.record.epochs:,}" if self.kept != self.record.epochs else f"{self.kept:,}"


def carry_out(folders: Sequence[Path], *, chart: Path | None, as_json: bool) -> None:
    """Compare saved runs; raises NotARun (WG601), and CannotWrite (WG606) or SuffixUnknown (WG701) for the chart."""
    names = names_for(folders)
    runs = [read_run(folder, name) for folder, name in zip(folders, names, strict=True)]
    if chart is not None:
        write_chart(runs, chart)
    if as_json:
        document(as_tables(runs, chart))
        return
    say(f"{len(runs)} runs: " + ", ".join(f"{run.name} ({run.title})" if run.title else run.name for run in runs))
    print_settings(runs)
    print_ends(runs)
    print_losses(runs)
    print_chart(runs)
    if chart is not None:
        say()
        say(f"The chart is in {chart}")


def names_for(folders: Sequence[Path]) -> list[str]:
    """The folders' own names where these differ, else their paths."""
    names = [folder.resolve().name for folder in folders]
    return names if len(set(names)) == len(names) else [str(folder) for folder in folders]


def read_run(folder: Path, name: str) -> Compared:
    """The parts of a saved run that need no data."""
    record, experiment = read_record(folder), read_settings(folder)
    settings, kept = settings_of(experiment, folder), kept_epochs(record, experiment)
    return Compared(folder, name, experiment.title, settings, record, read_history(folder), kept)


def print_settings(runs: Sequence[Compared]) -> None:
    """The settings that are not the same in all runs, a line for each."""
    heading("Settings that differ")
    found = differing([run.settings for run in runs])
    room = (width() - max(map(len, found), default=0)) // len(runs) - 2
    rows = [[key, *(shortened(written(value), room) for value in values)] for key, values in found.items()]
    if rows:
        table(["", *(run.name for run in runs)], rows, left=1 + len(runs))
    else:
        say("none: the runs are of one experiment")


def shortened(text: str, room: int) -> str:
    """A long setting cut short."""
    most = max(room, SHORTEST)
    return text if len(text) <= most else f"{text[: most - 3]}..."


def print_ends(runs: Sequence[Compared]) -> None:
    """Where each run ended, a line for each."""
    heading("At the end")
    names = [name for name in FIGURES if any(name in run.record.figures for run in runs)]
    columns: dict[str, Sequence[str]] = {
        "run": [run.name for run in runs],
        "ended": [run.record.ending for run in runs],
        "epochs": [run.epochs for run in runs],
    }
    columns |= {readable(name): figure_cells(name, [run.record.figures.get(name) for run in runs]) for name in names}
    dropped = fitting(columns, list(map(readable, names)))
    shown = {name: cells for name, cells in columns.items() if name not in dropped}
    table(list(shown), as_rows(list(shown.values())), left=2)
    if restored := next((run for run in runs if run.kept != run.record.epochs), None):
        say(f"({restored.epochs}: the network after {count(restored.kept, 'epoch')} is kept, and so are its figures)")
    if dropped:
        say(f"(not shown: {', '.join(dropped)}; --json has all)")


def print_losses(runs: Sequence[Compared]) -> None:
    """The loss of each run at readable epochs."""
    longest = max((run.history for run in runs), key=len)
    epochs = readable_epochs(longest)
    if not epochs:
        return
    heading("Loss by epoch")
    columns = [column([loss_at(run.history, epoch) for epoch in epochs]) for run in runs]
    table(["epoch", *(run.name for run in runs)], as_rows([list(map(str, epochs)), *columns]))


def loss_at(history: History, epoch: int) -> float | None:
    """The loss of an epoch; None where it was not run."""
    try:
        return history.at(epoch)["loss"]
    except KeyError:
        return None


def print_chart(runs: Sequence[Compared]) -> None:
    """The loss curves in letters."""
    lines = chart({run.name: loss_points(run.history) for run in runs}, name="loss", width=width())
    if lines:
        say()
    for line in lines:
        put(line)


def loss_points(history: History) -> list[tuple[float, float]]:
    """Epochs and losses."""
    return [(float(row["epoch"] or 0), float("nan" if row["loss"] is None else row["loss"])) for row in history.rows]


def write_chart(runs: Sequence[Compared], path: Path) -> None:
    """The loss curves as a picture."""
    from whygrad.render.loss import comparison_figure  # matplotlib is only worth loading for a picture
    from whygrad.render.save import save_figure

    figure = comparison_figure({run.name: run.history for run in runs})
    try:
        save_figure(figure, path)
    except OSError as error:
        raise CannotWrite(str(path), error.strerror or str(error)) from error


def as_tables(runs: Sequence[Compared], path: Path | None) -> dict[str, Any]:
    """Everything for a program."""
    return {
        "runs": [
            {
                "run": run.folder,
                "title": run.title,
                "epochs": run.record.epochs,
                "kept_epochs": run.kept,
                "ending": run.record.ending,
                "figures": run.record.figures,
                "settings": run.settings,
                "history": tuple(run.history.rows),
            }
            for run in runs
        ],
        "differing": differing([run.settings for run in runs]),
        "chart": path,
    }
