"""`whygrad train`: train, say what was learned, save."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from shlex import quote
from typing import Final, Literal

from whygrad.cli import learned
from whygrad.cli.columns import columns_as_tables, print_columns
from whygrad.cli.paper import commands, complain, document, heading, put, say
from whygrad.cli.places import (
    Wish,
    asked_experiment,
    holds_run,
    latest_folder,
    meant_as,
    new_folder,
    refuse_unwritable,
    reserved,
    with_options,
)
from whygrad.cli.progress import shown, unseen
from whygrad.cli.rows import example_row
from whygrad.cli.settings import differing, settings_of, written
from whygrad.data import load_table
from whygrad.errors.command import FewerEpochs, NothingToResume
from whygrad.errors.saved import OtherExperiment
from whygrad.pipeline import Run, by_engine, go_on, load, with_epochs
from whygrad.pipeline.describing import headline, network_line
from whygrad.pipeline.layout import EXPERIMENT, PAGE
from whygrad.pipeline.starting import ColumnUse, column_uses, untrained
from whygrad.render.numbers import count
from whygrad.spec import Data, Experiment, located_in
from whygrad.trace import Ending

Style = Literal["words", "json", "quiet"]
CODES: Final = {Ending.NOT_FINITE: 1, Ending.INTERRUPTED: 130}


@dataclass(frozen=True)
class Outcome:
    """What a command led to: the run, where it lies, the page if there is one, and the epochs it had before."""

    run: Run
    folder: Path
    page: Path | None
    before: int


def carry_out(wish: Wish, *, report: bool, style: Style) -> None:
    """Train as wished, print what came of it, and exit with 1 after a NaN, 130 after Ctrl-C."""
    if not wish.leads:
        follow(wish)
        return
    folder = latest_folder(wish) if wish.resume else new_folder(wish)
    run = before = taken_up(wish, folder) if wish.resume else fresh(wish)
    if style == "words":
        say(headline(run.set_up))
        if uses := uses_of(wish):
            print_columns(uses, wish.target)
    if has_more(run):
        join(wish)
        say_devices(run, style)
        run = trained(run, style)
        part(run, wish)
    with uninterrupted(), nullcontext(folder) if wish.resume else reserved(wish) as folder:  # what is saved is said
        page = kept(run, folder, report=report, changed=run is not before or not wish.resume)
        SAY[style](Outcome(run, folder, page, before.position.epoch), wish)
    if run is not before:
        if run.fault is not None:
            complain(str(run.fault))
        leave(run, wish)


def follow(wish: Wish) -> None:
    """Train along with the first process, which prints and saves, and exit as it does."""
    run = taken_up(wish, latest_folder(wish)) if wish.resume else fresh(wish)
    if has_more(run):
        join(wish)
        run = trained(run, "quiet")
        part(run, wish)
    leave(run, wish)


def leave(run: Run, wish: Wish) -> None:
    """Exit as the run ended."""
    code = CODES.get(run.ending, 0)
    if wish.coordinator and run.ending is Ending.INTERRUPTED:
        sys.stdout.flush()
        os._exit(code)  # JAX would wait for the others, who may wait for this one
    sys.exit(code)


def join(wish: Wish) -> None:
    """Find the other processes, where there are any. Raises NotJoined (WG520)."""
    if wish.coordinator:
        from whygrad.run.devices import fleet

        fleet.join(wish.coordinator, wish.process, wish.processes)


def part(run: Run, wish: Wish) -> None:
    """Leave the other processes, when all have come to the same end; one that was stopped cannot wait for them."""
    if wish.coordinator and run.ending is not Ending.INTERRUPTED:
        from whygrad.run.devices import fleet

        fleet.part()


def fresh(wish: Wish) -> Run:
    """A run before its first epoch; what its data or network refuse is said with its line of the file."""
    experiment, folder = asked_experiment(wish)
    with located_in(wish.file) if meant_as(wish.file) == "experiment" else nullcontext():
        return untrained(experiment, folder, wish.engine)


def say_devices(run: Run, style: Style) -> None:
    """Which devices compute, where these are not this processor as NumPy has it."""
    if run.engine == "jax" and style == "words":
        from whygrad.run.devices.fleet import in_words

        say(f"JAX trains it on {in_words(run.set_up.batch_sizes[0])}")


def uses_of(wish: Wish) -> tuple[ColumnUse, ...]:
    """What is done with each column of a table that nobody has described; nothing for an experiment."""
    if meant_as(wish.file) != "table":
        return ()
    return column_uses(load_table(Data(file=str(wish.file)), Path()), wish.target)


def taken_up(wish: Wish, folder: Path) -> Run:
    """The saved run to go on with, to be trained to the epochs that were asked for.

    Raises NothingToResume (WG804), FewerEpochs (WG805), OtherExperiment (WG607), and what reading a run raises.
    """
    if not holds_run(folder):
        raise NothingToResume(str(folder))
    refuse_unwritable(folder)
    run = load(folder)
    if holds_run(wish.file):
        wanted, place = with_options(run.experiment, wish), run.folder
    else:
        wanted, place = asked_experiment(wish)
    refuse_other_settings(run, wanted, place)
    done, epochs = run.position.epoch, wanted.training.epochs
    if wish.epochs is not None and wish.epochs < done:
        raise FewerEpochs(str(folder), wish.epochs, done)
    if epochs <= done:
        return run
    longer = with_epochs(run, epochs)
    return longer if wish.engine in ("auto", run.engine) else by_engine(longer, wish.engine)


def refuse_other_settings(run: Run, wanted: Experiment, place: Path) -> None:
    """Raises OtherExperiment (WG607) for the first setting, but the number of epochs, that the run does not have."""
    found = differing([settings_of(run.experiment, run.folder), settings_of(wanted, place)])
    found.pop("training.epochs", None)
    for key, (saved, asked) in found.items():
        raise OtherExperiment(str(run.folder), f"{key} ({written(saved)}, not {written(asked)})")


def has_more(run: Run) -> bool:
    """Whether there are epochs left to train."""
    return run.position.epoch < run.experiment.training.epochs and not run.ending.is_over


def trained(run: Run, style: Style) -> Run:
    """The run taken to its end, while a person watches."""
    watched = shown(run.position.epoch, run.experiment.training.epochs) if style == "words" else nullcontext(unseen)
    with watched as watch:
        return go_on(run, watch)


def kept(run: Run, folder: Path, *, report: bool, changed: bool) -> Path | None:
    """Save a run that has changed, and write its page when that is wanted or was there before."""
    wants_page = report or (changed and (folder / PAGE).exists())
    if changed:
        run.save(folder)
    return run.report(folder / PAGE) if wants_page else None


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Let no second Ctrl-C break off the saving."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def say_document(outcome: Outcome, wish: Wish) -> None:
    """Everything as one JSON document."""
    run = outcome.run
    best = run.position.best
    document(
        {
            "run": outcome.folder,
            "title": run.experiment.title,
            "network": network_line(run.set_up.plan),
            "parameters": run.model.parameter_count,
            "data": run.set_up.dataset.source,
            "columns": columns_as_tables(uses_of(wish), wish.target),
            "ending": run.ending.value,
            "epochs": run.position.epoch,
            "best_epoch": best.epoch if best else None,
            "fault": str(run.fault) if run.fault else None,
            "metrics": {part: run.metrics(part) for part in run.parts},
            "weights": run.weights(),
            "history": tuple(run.history.rows),
            "report": outcome.page,
        }
    )


def say_folder(outcome: Outcome, _wish: Wish) -> None:
    """Only where the run is."""
    put(str(outcome.folder))


def say_words(outcome: Outcome, wish: Wish) -> None:
    """What was learned, for people."""
    run = outcome.run
    if len(run.history):
        learned.print_epochs(run.history)
    learned.print_learned(run)
    learned.print_weights(run)
    learned.print_ending(run)
    say(saved_in_words(outcome, wish))
    heading("Next")
    commands(next_commands(outcome, wish))


def saved_in_words(outcome: Outcome, wish: Wish) -> str:
    """Where the run is, and whether it had been there."""
    run, folder, page = outcome.run, outcome.folder, outcome.page
    where = f"{folder}; its page is {page}" if page else f"{folder}"
    if wish.resume and outcome.before == run.position.epoch:
        return f"Nothing was left to train; the run is in {where}"
    if wish.resume:
        return f"Went on from {count(outcome.before, 'epoch')}; saved in {where}"
    return f"Saved in {where}"


def next_commands(outcome: Outcome, wish: Wish) -> Iterator[str]:
    """Commands that make sense now."""
    run, folder = outcome.run, quote(str(outcome.folder))
    if run.ending is Ending.INTERRUPTED:
        yield f"whygrad train {folder} --resume"
    if run.ending is Ending.NOT_FINITE:
        file = outcome.folder / EXPERIMENT if wish.resume else wish.file
        yield f"whygrad train {quote(str(file))} --learning-rate {run.experiment.training.learning_rate / 10:g}"
    yield f"whygrad show {folder}"
    yield f"whygrad predict {folder} {example_row(run)}".rstrip()
    if outcome.page is None and not has_more(run):
        yield f"whygrad train {folder} --resume --report"


SAY: Final[dict[Style, Callable[[Outcome, Wish], None]]] = {
    "words": say_words,
    "json": say_document,
    "quiet": say_folder,
}
