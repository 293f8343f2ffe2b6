"""Training and other long work as it goes, on stderr: a bar on a terminal, a few lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, Final

from whygrad.cli.paper import paper_on
from whygrad.pipeline.epochs import round_step
from whygrad.render.numbers import figure

if TYPE_CHECKING:
    from whygrad.pipeline.sweep import Progress
    from whygrad.trace import Row

Watch = Callable[["Row"], None]
REDRAWN_EVERY: Final = 0.1  # seconds
LINES: Final = 10
SOON: Final = 2.0  # seconds after which what is over needs no word


@contextmanager
def shown(done: int, epochs: int) -> Iterator[Watch]:
    """What to call with each epoch's figures, so that a person sees how the training goes on."""
    if sys.stderr.isatty():
        with bar(done, epochs) as watch:
            yield watch
    else:
        yield lines(epochs)


def unseen(_row: Row) -> None:
    """Show nothing."""


def lines(epochs: int) -> Watch:
    """A line at each of about ten round epochs."""
    step = round_step(epochs / LINES)

    def watch(row: Row) -> None:
        if int(row["epoch"] or 0) % step == 0:
            print(f"epoch {row['epoch']} of {epochs}: {losses(row)}", file=sys.stderr)  # noqa: T201

    return watch


@contextmanager
def bar(done: int, epochs: int) -> Iterator[Watch]:
    """A bar that fills, with the losses of the newest epoch beside it; it is gone when the training is over."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    words = TextColumn("epoch {task.completed:.0f} of {task.total:.0f}  {task.fields[losses]}")
    console = paper_on(sys.stderr)
    with Progress(BarColumn(20), words, TimeRemainingColumn(), console=console, transient=True) as progress:
        task = progress.add_task("training", total=epochs, completed=done, losses="")
        drawn = 0.0

        def watch(row: Row) -> None:
            nonlocal drawn
            if monotonic() - drawn > REDRAWN_EVERY:
                drawn = monotonic()
                progress.update(task, completed=int(row["epoch"] or 0) + 1, losses=losses(row))

        yield watch


@contextmanager
def files_done() -> Iterator[Callable[[int, int], None]]:
    """What to call with how many of all files are done: a bar on a terminal, a line at round numbers elsewhere."""
    if not sys.stderr.isatty():
        yield line_of_files
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    words = TextColumn("{task.completed:.0f} of {task.total:.0f} files")
    console = paper_on(sys.stderr)
    with Progress(BarColumn(20), words, TimeRemainingColumn(), console=console, transient=True) as progress:
        task = progress.add_task("marking", total=None)
        yield lambda done, every: progress.update(task, completed=done, total=every)


@contextmanager
def networks_ended(*, seen: bool) -> Iterator[Callable[[Progress], None]]:
    """What to call with how far a sweep is: a bar on a terminal, a line at round numbers elsewhere."""
    if not seen or not sys.stderr.isatty():
        yield LinesOfNetworks() if seen else lambda _: None
        return
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = BarColumn(20), TextColumn("{task.fields[words]}"), TimeRemainingColumn()
    with Bar(*columns, console=paper_on(sys.stderr), transient=True) as bar:
        task = bar.add_task("training", total=None, words="getting ready")
        yield lambda now: bar.update(task, completed=now.done, total=now.networks * now.epochs, words=networks(now))


def networks(now: Progress) -> str:
    """How many have ended."""
    return f"{now.ended:,} of {now.networks:,} networks have ended"


class LinesOfNetworks:
    """A line whenever another tenth of a long sweep is done."""

    def __init__(self) -> None:
        self.start, self.tenths = monotonic(), 0

    def __call__(self, now: Progress) -> None:
        tenths = LINES * now.done // (now.networks * now.epochs)
        if tenths > self.tenths and monotonic() - self.start > SOON:
            self.tenths = tenths
            print(networks(now), file=sys.stderr)  # noqa: T201


def line_of_files(done: int, every: int) -> None:
    """A line at about ten round numbers of files, where there are many."""
    if every > LINES and done % round_step(every / LINES) == 0:
        print(f"{done} of {every} files", file=sys.stderr)  # noqa: T201


def losses(row: Row) -> str:
    """The loss of an epoch, and that of the validation part."""
    validation = row.get("validation_loss")
    return f"loss {figure(row['loss'])}" + (f", validation {figure(validation)}" if validation is not None else "")
